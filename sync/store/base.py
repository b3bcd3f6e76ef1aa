"""What every part of the state store rests on: its transactions, its clock, and the workbook's row, locked first.

The clock: every `now` is Unix seconds and may be passed in, so that tests own it. Without one the store takes its own:
the database's on PostgreSQL, because workers on several machines must agree on when a lease ends, else this machine's.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, select, text, update

from sync.store.connection import READING
from sync.store.records import NotEnrolledError
from sync.store.tables import WORKBOOKS

_LOCK = select(WORKBOOKS).where(WORKBOOKS.c.id == bindparam("workbook")).with_for_update()

# now() would be the start of the transaction (https://www.postgresql.org/docs/current/functions-datetime.html).
_CLOCK = text("SELECT extract(epoch FROM clock_timestamp())")


Statement = Callable[[Connection], None]  # something to be kept in a transaction that others have begun


class Transactions:
    """A database, and the two kinds of transactions on it. One object serves all threads of a process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def now(self) -> float:
        """The store's own clock."""
        with self._reading() as db:
            return moment(db, None)

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


def moment(db: Connection, now: float | None) -> float:
    """`now`, or what the store's own clock says."""
    if now is not None:
        return now
    return float(db.execute(_CLOCK).scalar_one()) if db.dialect.name == "postgresql" else time.time()


def change_row(db: Connection, workbook: str, **values: Any) -> None:
    """Set columns of the workbook's row."""
    db.execute(update(WORKBOOKS).where(WORKBOOKS.c.id == workbook).values(**values))
