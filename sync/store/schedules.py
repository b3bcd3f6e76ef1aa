"""The part of the state store that knows when each workbook is due by itself, and what its last sync had seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Float, Row, String, Table, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from sync.store.base import Statement, Transactions
from sync.store.tables import METADATA, WORKBOOKS

# `listed` is the workbook's modified time as a listing told it last, `judged` the one that had been listed before the
# last sync that found nothing to write began to read: while the two are equal, nobody has written anything since that
# sync read. A sync that writes moves the time itself, so one more sync follows it, finds nothing to write, and from
# then on they stay equal.
SCHEDULES = Table(
    "schedules",
    METADATA,
    Column("workbook", String(200), primary_key=True),
    Column("code", String(64), nullable=False),  # `Schedule.code` in sync/jobs/schedule.py
    Column("timezone", String(64), nullable=False),
    Column("next_at", Float, index=True),  # None: never by itself
    Column("in_workbook", Boolean, nullable=False),  # every number that is measured stands in the workbook itself
    Column("listed", String(40)),
    Column("judged", String(40)),
    Column("judged_on", String(10)),  # the day that it was judged for, in the workbook's zone
    Column("account", String(200)),  # the key file of the service account that could open it last
    Column("removed", Boolean, nullable=False, default=False),  # taken off the list: never due by itself
)


@dataclass(frozen=True)
class Scheduled:
    """One workbook's schedule. `next_at` in Unix seconds; the other fields as the table's comments say."""

    workbook: str
    code: str
    timezone: str
    next_at: float | None
    in_workbook: bool = False
    listed: str | None = None
    judged: str | None = None
    judged_on: str | None = None
    account: str | None = None
    removed: bool = False


class Schedules(Transactions):
    """Schedules, a row for each workbook. Every method is one transaction."""

    def schedule(self, workbook: str) -> Scheduled | None:
        """The schedule of a workbook; None before its first sync or refresh."""
        with self._reading() as db:
            row = db.execute(select(SCHEDULES).where(SCHEDULES.c.workbook == workbook)).one_or_none()
        return None if row is None else _scheduled(row)

    def schedules(self, due_by: float | None = None) -> tuple[Scheduled, ...]:
        """All schedules, or those due at a moment, the longest overdue first."""
        wanted = select(SCHEDULES).where(SCHEDULES.c.removed.is_(False))
        if due_by is not None:
            wanted = wanted.where(SCHEDULES.c.next_at <= due_by)
        with self._reading() as db:
            return tuple(_scheduled(row) for row in db.execute(wanted.order_by(SCHEDULES.c.next_at)))

    def unscheduled(self) -> tuple[str, ...]:
        """Workbooks that are enrolled and have no schedule yet."""
        joined = WORKBOOKS.outerjoin(SCHEDULES, SCHEDULES.c.workbook == WORKBOOKS.c.id)
        wanted = select(WORKBOOKS.c.id).select_from(joined).where(SCHEDULES.c.workbook.is_(None))
        with self._reading() as db:
            return tuple(db.execute(wanted.order_by(WORKBOOKS.c.id)).scalars())

    def removed(self) -> frozenset[str]:
        """Workbooks that were taken off the list."""
        with self._reading() as db:
            return frozenset(db.execute(select(SCHEDULES.c.workbook).where(SCHEDULES.c.removed.is_(True))).scalars())

    def set_removed(self, workbook: str, removed: bool) -> None:
        """Take a workbook off the list, or put it on again; one without a schedule gets one that is off meanwhile."""
        with self._writing() as db:
            known = db.execute(
                update(SCHEDULES).where(SCHEDULES.c.workbook == workbook).values(removed=removed)
            ).rowcount
            if removed and not known:
                db.execute(insert(SCHEDULES).values(**vars(Scheduled(workbook, "off", "UTC", None, removed=True))))

    def add_schedules(self, rows: Sequence[Scheduled]) -> None:
        """Keep schedules of workbooks that have none; one that another process has just kept stays as it is."""
        for row in rows:
            try:
                with self._writing() as db:
                    db.execute(insert(SCHEDULES).values(**vars(row)))
            except IntegrityError:
                pass

    def reschedule(self, row: Scheduled, next_at: float | None, listed: str | None) -> bool:
        """Set the next moment of a row that is still as we read it. False: another process did it before us."""
        unmoved = and_(SCHEDULES.c.workbook == row.workbook, SCHEDULES.c.next_at.is_not_distinct_from(row.next_at))
        with self._writing() as db:
            return db.execute(update(SCHEDULES).where(unmoved).values(next_at=next_at, listed=listed)).rowcount == 1


def keeping_schedule(row: Scheduled, moved: bool) -> Statement:
    """Keep what a sync learnt, as a statement of the transaction that keeps its results: the row is there already.

    `next_at` only where it was `moved`; `listed` never, since a refresh may have set it meanwhile.
    """
    left = ("workbook", "listed", "removed", *(() if moved else ("next_at",)))
    values = {name: value for name, value in vars(row).items() if name not in left}

    def keep(db: Connection) -> None:
        db.execute(update(SCHEDULES).where(SCHEDULES.c.workbook == row.workbook).values(**values))

    return keep


def _scheduled(row: Row[Any]) -> Scheduled:
    return Scheduled(**row._mapping)
