"""One commit for several threads: whoever comes while another commits joins the next transaction.

On SQLite writers wait for each other anyway, and most of a small transaction is the wait for the disk. So one thread
opens a transaction, does what all who wait have asked for as one piece of work, and commits once; nobody is answered
before that commit.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Generic, TypeVar, cast

from sqlalchemy import Connection

Ask = TypeVar("Ask")
Answer = TypeVar("Answer")
Work = Callable[[Connection, Sequence[Ask]], Sequence[Answer | Exception]]
_MOST = 64  # asked for in one transaction
_GATHER_SECONDS = 0.005  # about as long as a commit waits for a disk


class _Waiting(Generic[Ask, Answer]):
    """What one thread asked for, and the lock on which it sleeps; woken without an answer it has to lead.

    `next` is the one that it has to wake: all at once would only fight for the interpreter.
    """

    __slots__ = ("answer", "ask", "asleep", "next")

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.answer: Answer | BaseException | None = None
        self.next: _Waiting[Ask, Answer] | None = None
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
        self._together = 1  # how many were answered together last
        self._gathered = threading.Event()

    def do(self, ask: Ask) -> Answer:
        """The answer, once it is committed. Raises the error that is this one's, or why the transaction failed."""
        mine: _Waiting[Ask, Answer] = _Waiting(ask)
        with self._lock:
            self._queue.append(mine)
            leads, self._led = not self._led, True
            if len(self._queue) >= self._together:
                self._gathered.set()
        if not leads:
            mine.asleep.acquire()
        if mine.answer is None:
            self._lead()
        if mine.next is not None:
            mine.next.asleep.release()
        if isinstance(mine.answer, BaseException):
            raise mine.answer
        return cast("Answer", mine.answer)  # whoever leads is the first of its batch

    def _lead(self) -> None:
        """Commit one batch, whose first is its leader; then call the next leader. Nobody else is woken here."""
        batch: list[_Waiting[Ask, Answer]] = []
        answers: Sequence[Answer | BaseException]
        try:
            self._gather()
            with self._writing() as db:
                batch = self._next()  # as late as can be: while we waited for the write lock others came
                answers = self._work(db, [each.ask for each in batch])
        except BaseException as error:
            # Not swallowed: each of the threads raises it as its own.
            batch = batch or self._next()
            answers = [error] * len(batch)
        for each, answer, later in zip(batch, answers, [*batch[1:], None], strict=True):
            each.answer, each.next = answer, later
        with self._lock:
            self._led = bool(self._queue)
            leader = self._queue[0] if self._led else None
        if leader is not None:
            leader.asleep.release()

    def _gather(self) -> None:
        """Wait a moment for as many as came last time; whoever was alone then doesn't wait."""
        with self._lock:
            if len(self._queue) >= self._together:
                return
            self._gathered.clear()
        self._gathered.wait(_GATHER_SECONDS)

    def _next(self) -> list[_Waiting[Ask, Answer]]:
        with self._lock:
            batch, self._queue = self._queue[:_MOST], self._queue[_MOST:]
            self._together = len(batch)
        return batch
