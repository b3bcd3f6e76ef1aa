"""The rows of runs: the conditions by which they are found, and the way from a row to a record and back."""

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, func, insert, select

from sync.store.records import Run, RunState
from sync.store.tables import RUNS

UNPARKED = dict.fromkeys(("parked_at", "parked_until", "parked_reason", "parked_error"))


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
