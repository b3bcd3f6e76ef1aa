"""The part of the state store that keeps readings of now, one a day, of what platforms keep no past of."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Date, Float, String, Table, Text, and_, bindparam, insert, select, update

from sync.model import Reading
from sync.store.base import Statement, Transactions
from sync.store.tables import METADATA

MOST_DAYS = 1_100  # how many days of one subject a sync is given: three years
_PART = 400  # subjects asked for at once; SQLite takes some 32,000 values, older ones 999

# `subject` says what was measured, `key` is its digest. `read_at` is the moment of the last reading of that day.
HISTORY = Table(
    "history",
    METADATA,
    Column("workbook", String(200), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("value", Float, nullable=False),
    Column("definition", String(200)),
    Column("subject", Text, nullable=False),
    Column("read_at", Float, nullable=False),
)


class HistoryBook(Transactions):
    """Readings by workbook, subject and day."""

    def readings(self, workbook: str, subjects: Collection[str]) -> dict[str, list[Reading]]:
        """What was kept of these subjects, oldest first, the last `MOST_DAYS` of each."""
        found: dict[str, list[Reading]] = {}
        with self._reading() as db:
            for part in _parts(sorted(subjects)):
                asked = and_(HISTORY.c.workbook == workbook, HISTORY.c.key.in_([_key(subject) for subject in part]))
                for row in db.execute(select(HISTORY).where(asked).order_by(HISTORY.c.day)):
                    found.setdefault(row.subject, []).append(_reading(row))
        return {subject: readings[-MOST_DAYS:] for subject, readings in found.items()}

    def history(self, workbook: str) -> Iterator[tuple[Reading, float]]:
        """Everything of a workbook, by subject and day, each with the moment at which it was read (Unix seconds)."""
        asked = select(HISTORY).where(HISTORY.c.workbook == workbook).order_by(HISTORY.c.subject, HISTORY.c.day)
        with self._reading() as db:
            for row in db.execute(asked.execution_options(yield_per=1_000)):
                yield _reading(row), row.read_at


def keeping_readings(workbook: str, readings: Sequence[Reading], now: float) -> Statement:
    """Keep these readings, as a statement of the transaction that keeps a sync's results. `now` is Unix seconds.

    A day has one value of a subject, the last: keeping the same again changes nothing.
    """

    def keep(db: Connection) -> None:
        _keep(db, workbook, readings, now)

    return keep


def _keep(db: Connection, workbook: str, readings: Sequence[Reading], now: float) -> None:
    known = _known(db, workbook, readings)
    rows = [_row(workbook, reading, now) for reading in readings]
    new = [row for row in rows if (row["key"], row["day"]) not in known]
    other = [row for row in rows if known.get((row["key"], row["day"]), _told(row)) != _told(row)]
    if new:
        db.execute(insert(HISTORY), new)
    if other:
        mine = and_(*(HISTORY.c[name] == bindparam(f"its_{name}") for name in ("workbook", "key", "day")))
        values: dict[str, Any] = {name: bindparam(f"its_{name}") for name in ("value", "definition", "read_at")}
        changes = [{f"its_{name}": value for name, value in row.items() if name != "subject"} for row in other]
        db.execute(update(HISTORY).where(mine).values(**values), changes)


def _known(db: Connection, workbook: str, readings: Sequence[Reading]) -> dict[tuple[str, date], tuple[Any, Any]]:
    found: dict[tuple[str, date], tuple[Any, Any]] = {}
    for part in _parts(list(readings)):
        keys, days = {_key(one.subject) for one in part}, {one.on for one in part}
        asked = and_(HISTORY.c.workbook == workbook, HISTORY.c.key.in_(keys), HISTORY.c.day.in_(days))
        rows = db.execute(select(HISTORY.c.key, HISTORY.c.day, HISTORY.c.value, HISTORY.c.definition).where(asked))
        found |= {(row.key, row.day): (row.value, row.definition) for row in rows}
    return found


def _parts(items: list[Any]) -> Iterator[list[Any]]:
    return (items[at : at + _PART] for at in range(0, len(items), _PART))


def _key(subject: str) -> str:
    return hashlib.sha256(subject.encode()).hexdigest()


def _row(workbook: str, reading: Reading, now: float) -> dict[str, Any]:
    return {
        "workbook": workbook,
        "key": _key(reading.subject),
        "day": reading.on,
        "value": reading.value,
        "definition": (reading.definition or "")[:200] or None,
        "subject": reading.subject,
        "read_at": now,
    }


def _told(row: dict[str, Any]) -> tuple[Any, Any]:
    return row["value"], row["definition"]


def _reading(row: Any) -> Reading:
    return Reading(row.subject, row.day, row.value, row.definition)
