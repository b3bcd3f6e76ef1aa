"""What every part of the state store rests on: its transactions, and the workbook's row that they lock first."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from sync.store.connection import READING
from sync.store.records import NotEnrolledError
from sync.store.tables import WORKBOOKS


class Transactions:
    """A database, and the two kinds of transactions on it. One object serves all threads of a process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

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
    return db.execute(select(WORKBOOKS).where(WORKBOOKS.c.id == workbook).with_for_update()).one_or_none()


def enrolled(db: Connection, workbook: str) -> Row[Any]:
    """The workbook's row, held until the transaction ends. Raises NotEnrolledError."""
    row = locked(db, workbook)
    if row is None:
        raise NotEnrolledError("not_enrolled", facts={"workbook": workbook})
    return row
