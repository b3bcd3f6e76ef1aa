"""One commit for several threads: whoever comes while another commits joins the next transaction.

On SQLite writers wait for each other anyway, and most of a small transaction is the wait for the disk. So one thread
opens a transaction, does the work of all who wait, and commits once; nobody is answered before that commit.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

Work = Callable[[Connection], Any]
_MOST = 64  # works in one transaction


@dataclass
class _Waiting:
    """One thread's work, and what came of it. `mistake` is its own; `failure` that of the whole transaction."""

    work: Work
    done: threading.Event = field(default_factory=threading.Event)
    result: Any = None
    error: BaseException | None = None


class Together:
    """Works that share their commits. `mistakes` are errors that a work raises before it has written anything."""

    def __init__(
        self, writing: Callable[[], AbstractContextManager[Connection]], mistakes: tuple[type[Exception], ...]
    ) -> None:
        self._writing = writing
        self._mistakes = mistakes
        self._lead = threading.Lock()
        self._queue: list[_Waiting] = []
        self._queue_lock = threading.Lock()

    def do(self, work: Work) -> Any:
        """What `work` returns, once it is committed. Raises what it raised, or why the transaction failed."""
        mine = _Waiting(work)
        with self._queue_lock:
            self._queue.append(mine)
        while not mine.done.is_set():
            with self._lead:
                if not mine.done.is_set():
                    self._commit(self._next())
        if mine.error is not None:
            raise mine.error
        return mine.result

    def _next(self) -> list[_Waiting]:
        with self._queue_lock:
            batch, self._queue = self._queue[:_MOST], self._queue[_MOST:]
        return batch

    def _commit(self, batch: list[_Waiting]) -> None:
        with _released(batch), self._writing() as db:
            for each in batch:
                try:
                    each.result = each.work(db)
                except self._mistakes as mistake:
                    each.error = mistake


@contextmanager
def _released(batch: list[_Waiting]) -> Iterator[None]:
    """Lets everybody of the batch go at its end, with the error if the transaction failed."""
    try:
        yield
    except Exception as error:
        # Not swallowed: each of the threads raises it as its own.
        for each in batch:
            each.error = error
    finally:
        for each in batch:
            each.done.set()
