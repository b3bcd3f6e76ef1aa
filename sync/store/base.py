"""What every part of the state store rests on: its transactions, and the workbook's row that they lock first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, bindparam, select

from sync.store.connection import READING
from sync.store.records import KeyReusedError, NotEnrolledError
from sync.store.tables import WORKBOOKS
from sync.store.together import Together

Result = TypeVar("Result")
_LOCK = select(WORKBOOKS).where(WORKBOOKS.c.id == bindparam("workbook")).with_for_update()


class Transactions:
    """A database, and the two kinds of transactions on it. One object serves all threads of a process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @cached_property
    def _together(self) -> Together:
        return Together(self._writing, (NotEnrolledError, KeyReusedError))

    def _shared(self, work: Callable[[Connection], Result]) -> Result:
        """Do some small writing work. On SQLite threads that come at the same time share one commit."""
        if self._engine.dialect.name == "sqlite":
            result: Result = self._together.do(work)
            return result
        with self._writing() as db:
            return work(db)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.execution_options(**{READING: True}).begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection


def locked(db: Connection, workbook: str) -> Row[Any] | None:
    """The workbook's row, held until the transaction ends; None when it is not enrolled."""
    return db.execute(_LOCK, {"workbook": workbook}).one_or_none()


def enrolled(db: Connection, workbook: str) -> Row[Any]:
    """The workbook's row, held until the transaction ends. Raises NotEnrolledError."""
    row = locked(db, workbook)
    if row is None:
        raise NotEnrolledError("not_enrolled", facts={"workbook": workbook})
    return row
