"""One commit for several threads: whoever comes while another commits joins the next transaction.

On SQLite writers wait for each other anyway, and most of a small transaction is the wait for the disk. So one thread
opens a transaction, does what all who wait have asked for as one piece of work, and commits once; nobody is answered
before that commit.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

Ask = TypeVar("Ask")
Answer = TypeVar("Answer")
Work = Callable[[Connection, Sequence[Ask]], Sequence[Answer | Exception]]
_MOST = 64  # asked for in one transaction


class _Waiting(Generic[Ask, Answer]):
    """What one thread asked for, and the lock on which it sleeps; woken without an answer it has to lead."""

    __slots__ = ("answer", "ask", "asleep")

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.answer: Answer | Exception | None = None
        self.asleep = threading.Lock()
        self.asleep.acquire()


class Together(Generic[Ask, Answer]):
    """Transactions that threads share. `work` gives each of those who ask an answer, or the error that is its own."""

    def __init__(self, writing: Callable[[], AbstractContextManager[Connection]], work: Work[Ask, Answer]) -> None:
        self._writing = writing
        self._work = work
        self._lock = threading.Lock()  # of the two below
        self._queue: list[_Waiting[Ask, Answer]] = []
        self._led = False

    def do(self, ask: Ask) -> Answer:
        """The answer, once it is committed. Raises the error that is this one's, or why the transaction failed."""
        mine: _Waiting[Ask, Answer] = _Waiting(ask)
        with self._lock:
            self._queue.append(mine)
            leads, self._led = not self._led, True
        if not leads:
            mine.asleep.acquire()
        if mine.answer is None:
            self._lead()
        if isinstance(mine.answer, Exception):
            raise mine.answer
        answer: Any = mine.answer
        return answer  # type: ignore[no-any-return]  # whoever leads is always in its own batch

    def _lead(self) -> None:
        """Commit one batch, the first in the queue being its leader; then wake the next leader and all who are done."""
        batch: list[_Waiting[Ask, Answer]] = []
        try:
            with self._writing() as db:
                batch = self._next()  # as late as can be: while we waited for the write lock others came
                answers = self._work(db, [each.ask for each in batch])
        except Exception as error:
            # Not swallowed: each of the threads raises it as its own.
            batch = batch or self._next()
            answers = [error] * len(batch)
        for each, answer in zip(batch, answers, strict=True):
            each.answer = answer
        with self._lock:
            self._led = bool(self._queue)
            successor = self._queue[:1]
        for each in [*successor, *batch]:
            each.asleep.release()

    def _next(self) -> list[_Waiting[Ask, Answer]]:
        with self._lock:
            batch, self._queue = self._queue[:_MOST], self._queue[_MOST:]
        return batch
