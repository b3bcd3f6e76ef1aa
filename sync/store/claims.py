"""The part of the state store that workers ask: the row that decides who works on which workbook.

Of one workbook one claim is live. Each claim has a fencing token; whatever a worker says under an older one is refused.
"""

import random
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, or_, select, update

from sync.store.base import Transactions, change_row, enrolled, locked, moment
from sync.store.nonces import sweep_keys
from sync.store.records import INTERACTIVE, SCHEDULED, Outcome, Run, RunState, failed
from sync.store.runs import UNPARKED, insert_run, is_answered, is_open, most_urgent, queued_run, to_run
from sync.store.tables import RUNS, WORKBOOKS

KEEP_RUNS_SECONDS = 30 * 86_400
MAX_ATTEMPTS = 5  # claims in a row that ended without a word: after that the workbook itself is what kills the process
MAX_RETRIES = 12  # failures in a row that a repetition might mend, half an hour of them; then the operator should know
LONGEST_WAIT = 300.0  # seconds between two retries
JITTER = 0.25  # a back-off is up to this share longer, by chance, so that many workbooks don't come back at once
HOUR, DAY = 3600.0, 86_400.0


class Claims(Transactions):
    """Claims, and what their holders say."""

    def claim(
        self, now: float | None, lease: float, *, workbook: str | None = None, oldest: bool = False
    ) -> Run | None:
        """Take the most urgent workbook for `lease` seconds; None when nothing is to be done.

        A press goes before scheduled work, then tenants take turns, then whoever waited longest; `oldest` looks at the
        waiting alone, and `workbook` at that one alone. The run carries the fencing token of this claim. A workbook
        whose lease ended without a word (its worker died) is claimed again, up to MAX_ATTEMPTS times; then it is
        parked, and its runs fail as `gave_up`.
        """
        with self._reading() as db:  # an idle worker asks often: it must not take the write lock for that
            if db.execute(_claimable(moment(db, now), workbook, oldest)).first() is None:
                return None
        with self._writing() as db:
            now = moment(db, now)
            due = _claimable(now, workbook, oldest).with_for_update(skip_locked=workbook is None, of=WORKBOOKS)
            while (row := db.execute(due).first()) is not None:
                deaths = row.deaths + (row.lease_until is not None)
                if deaths < MAX_ATTEMPTS:
                    return _take(db, row, now, lease, deaths)
                _give_up(db, row, now)
        return None

    def hold(self, workbook: str, lease: float, now: float | None = None) -> Run | None:
        """Take a workbook for `lease` seconds although nothing may be due: for a sync by hand. None: it is taken.

        The run is not kept: it answers nobody, carries the fencing token alone, and ends with `let_go`. What is queued
        stays so. Raises NotEnrolledError.
        """
        with self._writing() as db:
            row, now = enrolled(db, workbook), moment(db, now)
            if row.lease_until is not None and row.lease_until > now:
                return None
            change_row(db, workbook, token=row.token + 1, lease_until=now + lease)
            return Run("by hand", workbook, "", RunState.RUNNING, row.wanted, row.token + 1, now)

    def let_go(self, run: Run) -> bool:
        """End a `hold`. False: another had taken over."""
        with self._writing() as db:
            held = holder(db, run.workbook, run.token) is not None
            if held:
                change_row(db, run.workbook, lease_until=None)
            return held

    def beat(self, run: Run, now: float | None, lease: float) -> bool:
        """Hold the lease for `lease` more seconds. False: we were replaced, and must drop everything."""
        mine = and_(
            WORKBOOKS.c.id == run.workbook, WORKBOOKS.c.token == run.token, WORKBOOKS.c.lease_until.is_not(None)
        )
        with self._writing() as db:
            until = moment(db, now) + lease
            return db.execute(update(WORKBOOKS).where(mine).values(lease_until=until)).rowcount == 1

    def progress(self, run: Run, step: str, done: int, total: int) -> bool:
        """Say how far the run is, in all runs that this sync answers. False: we were replaced."""
        with self._writing() as db:
            row = holder(db, run.workbook, run.token)
            if row is not None:
                db.execute(update(RUNS).where(is_answered(row)).values(step=step, done=done, total=total))
            return row is not None

    def finish(
        self, run: Run, outcome: Outcome, now: float | None = None, retry_later: bool = False, park: bool = False
    ) -> bool:
        """End the sync, and with it every run that it answers. False: we were replaced, and nothing was changed.

        `retry_later` (the trouble may pass) tries again by itself after a back-off that doubles with each attempt;
        after MAX_RETRIES the workbook is parked and tried every hour. `park` (it won't pass by itself) parks it at
        once, to be tried every day. A press that came during the sync keeps it from being parked.
        """
        with self._writing() as db:
            row = holder(db, run.workbook, run.token)
            if row is None:
                return False
            now = moment(db, now)
            _close_runs(db, row, outcome, now)
            then = _after_dry(db, row, now) if run.dry else _after(db, row, outcome, now, retry_later, park)
            change_row(db, row.id, lease_until=None, deaths=0, **then)
            old = and_(RUNS.c.workbook == run.workbook, RUNS.c.finished_at < now - KEEP_RUNS_SECONDS)
            db.execute(delete(RUNS).where(old))
            sweep_keys(db, now)
            return True

    def next_due(self, workbook: str) -> float | None:
        """When the workbook may be claimed next: Unix seconds, in the past when now; None when nothing is wanted."""
        with self._reading() as db:
            row = db.execute(select(WORKBOOKS).where(WORKBOOKS.c.id == workbook)).one_or_none()
        if row is None or row.due is None or (row.parked_reason is not None and row.parked_until is None):
            return None
        return float(max(row.due, row.not_before, row.parked_until or 0.0, row.lease_until or 0.0))

    def claims_of(self, workbook: str) -> int:
        """How often the workbook was claimed."""
        with self._reading() as db:
            return db.execute(select(WORKBOOKS.c.token).where(WORKBOOKS.c.id == workbook)).scalar_one_or_none() or 0

    def due_workbooks(self, now: float | None = None, limit: int = 1000) -> tuple[str, ...]:
        """The workbooks that could be claimed now, the most urgent first: for who has to wake workers."""
        with self._reading() as db:
            return tuple(row.id for row in db.execute(_claimable(moment(db, now)).limit(limit)))


def holder(db: Connection, workbook: str, token: int) -> Row[Any] | None:
    """The workbook's row, locked, if the claim with this token still holds it."""
    row = locked(db, workbook)
    return row if row is not None and row.token == token and row.lease_until is not None else None


def _claimable(now: float, workbook: str | None = None, oldest: bool = False) -> Select[Any]:
    free = or_(WORKBOOKS.c.lease_until.is_(None), WORKBOOKS.c.lease_until <= now)
    ripe = and_(WORKBOOKS.c.due <= now, WORKBOOKS.c.not_before <= now)
    allowed = or_(WORKBOOKS.c.parked_reason.is_(None), WORKBOOKS.c.parked_until <= now)
    wanted = and_(ripe, free, allowed) if workbook is None else and_(ripe, free, allowed, WORKBOOKS.c.id == workbook)
    other = WORKBOOKS.alias("other")
    served = select(func.max(other.c.claimed_at)).where(other.c.tenant == WORKBOOKS.c.tenant).scalar_subquery()
    order = [] if oldest else [WORKBOOKS.c.priority, func.coalesce(served, 0.0)]
    return select(WORKBOOKS).where(wanted).order_by(*order, WORKBOOKS.c.due, WORKBOOKS.c.id).limit(1)


def _take(db: Connection, row: Row[Any], now: float, lease: float, deaths: int) -> Run:
    token, wanted = row.token + 1, row.wanted
    if most_urgent(db, row.id) is None:  # due without a trigger: a retry, or a parked workbook's daily chance
        wanted += 1
        insert_run(db, queued_run(row.id, "", wanted, now, SCHEDULED))
    held = {"lease_until": now + lease, "claimed_at": now, "deaths": deaths}
    change_row(db, row.id, token=token, attempts=row.attempts + 1, wanted=wanted, seen=wanted, **held)
    working = {"state": RunState.RUNNING, "token": token, "started_at": now, "step": "", "done": 0, "total": 0}
    oldest = select(RUNS.c.dry).where(is_open(row.id)).order_by(RUNS.c.ticket).limit(1)
    # A dry run answers nobody who wants a real one, nor the other way round: the others stay queued.
    alike = and_(is_open(row.id), RUNS.c.dry == db.execute(oldest).scalar_one())
    db.execute(update(RUNS).where(alike).values(**working))
    return to_run(db.execute(select(RUNS).where(alike).order_by(RUNS.c.ticket).limit(1)).one())


def _give_up(db: Connection, row: Row[Any], now: float) -> None:
    """Park a workbook that kills its workers: only a press lets it go."""
    outcome = failed("gave_up")
    db.execute(update(RUNS).where(is_open(row.id)).values(**_ended(outcome, now)))
    change_row(db, row.id, lease_until=None, due=None, seen=row.wanted, deaths=0, **_parked(row, outcome, now, None))


def _close_runs(db: Connection, row: Row[Any], outcome: Outcome, now: float) -> None:
    db.execute(update(RUNS).where(is_answered(row)).values(**_ended(outcome, now)))


def _ended(outcome: Outcome, now: float) -> dict[str, Any]:
    return {
        "state": outcome.state,
        "finished_at": now,
        "report": outcome.report,
        "needs_person": outcome.needs_person,
        "error_code": outcome.error_code,
        "error": outcome.error,
    }


def _after(
    db: Connection, row: Row[Any], outcome: Outcome, now: float, retry_later: bool, park: bool
) -> dict[str, Any]:
    """What the row says of the time after this sync: due again if a trigger came after the claim."""
    waiting = most_urgent(db, row.id)
    urgency = row.priority if waiting is None else waiting
    if waiting != INTERACTIVE and (park or (retry_later and row.attempts >= MAX_RETRIES)):
        until = now + (DAY if park else HOUR)
        return {"due": until, "not_before": 0.0, "priority": SCHEDULED, **_parked(row, outcome, now, until)}
    if retry_later:
        wait = min(2.0**row.attempts, LONGEST_WAIT) * (1 + JITTER * random.random())  # noqa: S311  # nothing secret
        return {"due": now, "not_before": now + wait, "priority": urgency}
    due = None if waiting is None else now
    return {"due": due, "not_before": 0.0, "priority": urgency, "attempts": 0, **UNPARKED}


def _after_dry(db: Connection, row: Row[Any], now: float) -> dict[str, Any]:
    """A preview changes nothing: what had failed before it is still to be tried again."""
    waiting, before = most_urgent(db, row.id), row.attempts - 1
    due = now if waiting is not None or before else None
    return {"due": due, "attempts": before, "priority": row.priority if waiting is None else waiting}


def _parked(row: Row[Any], outcome: Outcome, now: float, until: float | None) -> dict[str, Any]:
    since = now if row.parked_at is None else row.parked_at
    why = {"parked_reason": outcome.error_code, "parked_error": outcome.error}
    return {"parked_at": since, "parked_until": until, **why}
