"""The part of the state store that stops runs: a wish that the sync notices between its steps."""

from typing import Any

from sqlalchemy import Connection, Row, and_, func, select, update

from sync.store.base import Transactions, enrolled
from sync.store.nonces import first_use, keep_use
from sync.store.records import Run, RunState
from sync.store.tables import RUNS, WORKBOOKS


class RunControl(Transactions):
    """Cancelling, by run."""

    def cancel(self, workbook: str, run: str, key: str, now: float, fingerprint: str = "") -> bool:
        """Cancel a run of this workbook: one that is queued at once, one that works before its next step.

        A run that is over stays as it ended. False when the workbook has no such run.
        Raises NotEnrolledError, and KeyReusedError for a known key with another fingerprint.
        """
        with self._writing() as db:
            row = enrolled(db, workbook)
            mine = and_(RUNS.c.id == run, RUNS.c.workbook == workbook)
            state = db.execute(select(RUNS.c.state).where(mine)).scalar_one_or_none()
            if state is None:
                return False
            if first_use(db, workbook, key, fingerprint, now) is None:
                keep_use(db, workbook, key, fingerprint, run, now)
                _cancel(db, row, run, RunState(state), now)
            return True

    def waiting(self) -> tuple[int, float | None]:
        """How many runs wait for a worker, and when the oldest of them was asked for (Unix seconds)."""
        queued = RUNS.c.state == RunState.QUEUED
        with self._reading() as db:
            count, oldest = db.execute(select(func.count(), func.min(RUNS.c.asked_at)).where(queued)).one()
        return int(count), oldest

    def cancel_wanted(self, run: Run) -> bool:
        """Whether nobody wants the sync that this claim works on any more: every run that it answers is cancelled."""
        answered = and_(RUNS.c.workbook == run.workbook, RUNS.c.token == run.token, RUNS.c.state == RunState.RUNNING)
        with self._reading() as db:
            wishes = db.execute(select(RUNS.c.cancel).where(answered)).scalars().all()
        return bool(wishes) and all(wishes)


def _cancel(db: Connection, row: Row[Any], run: str, state: RunState, now: float) -> None:
    mine = RUNS.c.id == run
    if state is RunState.QUEUED:
        db.execute(update(RUNS).where(mine).values(state=RunState.CANCELLED, finished_at=now))
        _rest(db, row)
    elif state is RunState.RUNNING:
        db.execute(update(RUNS).where(mine).values(cancel=True))


def _rest(db: Connection, row: Row[Any]) -> None:
    """A workbook that nobody waits for any more is not due; one whose retry is pending stays so."""
    still = and_(RUNS.c.workbook == row.id, RUNS.c.state.in_([RunState.QUEUED, RunState.RUNNING]))
    if row.attempts == 0 and row.lease_until is None and db.execute(select(RUNS.c.id).where(still)).first() is None:
        db.execute(update(WORKBOOKS).where(WORKBOOKS.c.id == row.id).values(due=None, seen=row.wanted))
