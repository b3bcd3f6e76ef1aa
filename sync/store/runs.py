"""The part of the state store that counts triggers and knows the runs that answer them."""

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, func, insert, select

from sync.store.base import Transactions, change_row, enrolled, moment
from sync.store.nonces import first_use, keep_use
from sync.store.records import INTERACTIVE, Run, RunState
from sync.store.tables import RUNS

UNPARKED = dict.fromkeys(("parked_at", "parked_until", "parked_reason", "parked_error"))


class Triggers(Transactions):
    """Triggers, and their runs by id."""

    def request_run(
        self,
        workbook: str,
        key: str,
        now: float | None = None,
        fingerprint: str = "",
        priority: int = INTERACTIVE,
        *,
        dry: bool = False,
        asked_by: str | None = None,
    ) -> Run:
        """Count a trigger and give the run that answers it: a `dry` one joins dry ones only.

        While a run is queued every further trigger joins it; while one is running exactly one more is queued. A key
        that was used before gives the run of its first use and counts nothing. A press (priority INTERACTIVE) lets a
        parked workbook go; it does not cut a back-off short.
        Raises NotEnrolledError, and KeyReusedError for a known key with another fingerprint.
        """

        def trigger(db: Connection) -> Run:
            row = enrolled(db, workbook)
            own = moment(db, None)
            asked = own if now is None else now
            known = first_use(db, workbook, key, fingerprint, asked)
            if known is not None:
                return to_run(db.execute(select(RUNS).where(RUNS.c.id == known)).one())
            ticket = row.wanted + 1
            wanted = queued_run(workbook, key, ticket, asked, priority, dry=dry, asked_by=asked_by)
            run = _joined(db, wanted) or insert_run(db, wanted)
            at_once = min(asked, own)  # a caller whose clock is ahead of the store's must not make the trigger wait
            due, urgency = (at_once, priority) if row.due is None else (min(row.due, at_once), row.priority)
            change_row(db, workbook, wanted=ticket, due=due, priority=min(urgency, priority))
            if priority == INTERACTIVE and row.parked_reason is not None:
                change_row(db, workbook, attempts=0, deaths=0, **UNPARKED)
            keep_use(db, workbook, key, fingerprint, run.id, asked)
            return run

        return self._shared(trigger)

    def run(self, run_id: str) -> Run | None:
        """A run by its id; None when there is none, or it is older than we keep them."""
        with self._reading() as db:
            row = db.execute(select(RUNS).where(RUNS.c.id == run_id)).one_or_none()
        return None if row is None else to_run(row)


def is_open(workbook: str) -> Any:
    """The condition on runs of this workbook that are not over."""
    return and_(RUNS.c.workbook == workbook, RUNS.c.state.in_([RunState.QUEUED, RunState.RUNNING]))


def is_answered(row: Row[Any]) -> Any:
    """The condition on runs that the present claim of this workbook's row works on."""
    return and_(RUNS.c.workbook == row.id, RUNS.c.state == RunState.RUNNING)


def most_urgent(db: Connection, workbook: str) -> int | None:
    """The priority of the most urgent run that is open; None when none is."""
    found: int | None = db.execute(select(func.min(RUNS.c.priority)).where(is_open(workbook))).scalar_one()
    return found


def queued_run(workbook: str, key: str, ticket: int, now: float, priority: int, **more: Any) -> Run:
    """A new run, not yet kept."""
    return Run(uuid4().hex, workbook, key, RunState.QUEUED, ticket, token=0, asked_at=now, priority=priority, **more)


def insert_run(db: Connection, run: Run) -> Run:
    """Keep a new run."""
    values = {column.name: getattr(run, column.name) for column in RUNS.columns}
    db.execute(insert(RUNS).values(**values))
    return run


def to_run(row: Row[Any]) -> Run:
    """A row of the table as a record."""
    values = dict(row._mapping)
    return Run(**{**values, "state": RunState(values["state"])})


def _joined(db: Connection, wanted: Run) -> Run | None:
    """The queued run that the trigger joins, made as urgent as it."""
    alike = and_(RUNS.c.workbook == wanted.workbook, RUNS.c.state == RunState.QUEUED, RUNS.c.dry == wanted.dry)
    row = db.execute(select(RUNS).where(alike)).one_or_none()
    if row is not None and wanted.priority < row.priority:
        db.execute(RUNS.update().where(RUNS.c.id == row.id).values(priority=wanted.priority))
    return None if row is None else to_run(row)
