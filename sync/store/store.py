"""The state store: enrolments, the row that decides, runs and idempotency keys.

Every method is one transaction. The clock is passed in (`now`, Unix seconds), so that tests own it. A writing
transaction locks the row of its workbook first: what concerns one workbook happens one after another.
"""

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, insert, or_, select, true, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from sync.errors import UsageError
from sync.store.base import enrolled, locked
from sync.store.cards import CardBox
from sync.store.changes import ChangeLog
from sync.store.connection import connect
from sync.store.control import RunControl
from sync.store.nonces import first_use, keep_use, sweep_keys
from sync.store.pairing import Pairing
from sync.store.records import Outcome, Run, RunState, Workbook, failed
from sync.store.tables import METADATA, RUNS, WORKBOOKS

KEEP_RUNS_SECONDS = 30 * 86_400
MAX_ATTEMPTS = 5  # claims of which none came to an end: after that the workbook itself is what kills the process

# Made once, for what is asked of the store most often.
_ONE = select(WORKBOOKS).where(WORKBOOKS.c.id == bindparam("named"))
_COUNT = (
    update(WORKBOOKS)
    .where(WORKBOOKS.c.id == bindparam("named"))
    .values(wanted=bindparam("ticket"), due=bindparam("moment"))
)
_QUEUED = select(RUNS).where(
    RUNS.c.workbook == bindparam("w"), RUNS.c.state == RunState.QUEUED, RUNS.c.dry == bindparam("d")
)


def open_store(url: str) -> "Store":
    """The store at an SQLAlchemy address, its tables made where they are missing. Raises UsageError."""
    engine = connect(url)
    try:
        METADATA.create_all(engine)
    except DBAPIError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise UsageError("database_closed", facts={"place": str(place)}) from error
    return Store(engine)


class Store(ChangeLog, CardBox, Pairing, RunControl):
    """What must outlive a sync. One object serves all threads of a process."""

    # --- workbooks ----------------------------------------------------------------------------------------------------

    def workbook(self, workbook: str) -> Workbook | None:
        """The enrolment of a workbook; None when it has none."""
        with self._reading() as db:
            row = db.execute(_ONE, {"named": workbook}).one_or_none()
        return None if row is None else _workbook(row)

    def workbooks(self) -> tuple[Workbook, ...]:
        """All enrolments, by id."""
        with self._reading() as db:
            return tuple(_workbook(row) for row in db.execute(select(WORKBOOKS).order_by(WORKBOOKS.c.id)))

    def enrol(self, workbook: str, now: float) -> Workbook:
        """Enrol a workbook; one that is enrolled stays as it is."""
        fresh = {"id": workbook, "epoch": 1, "enrolled_at": now, "extra_tabs": []}
        counters = {"token": 0, "wanted": 0, "seen": 0, "attempts": 0, "not_before": 0.0}
        try:
            with self._writing() as db:
                if locked(db, workbook) is None:
                    db.execute(insert(WORKBOOKS).values(**fresh, **counters))
        except IntegrityError:
            pass  # PostgreSQL only: another process enrolled it between our look and our insert
        with self._reading() as db:
            return _workbook(db.execute(select(WORKBOOKS).where(WORKBOOKS.c.id == workbook)).one())

    def rotate(self, workbook: str, now: float, grace: float = 86_400) -> Workbook:
        """Raise the epoch of the workbook's secret; the old secret opens for `grace` more seconds.

        Raises NotEnrolledError.
        """
        with self._writing() as db:
            row = enrolled(db, workbook)
            _set(db, workbook, epoch=row.epoch + 1, old_epoch_until=now + grace)
            return _workbook(enrolled(db, workbook))

    def remember(self, workbook: str, *, kpi_count: int, extra_tabs: tuple[str, ...] = ()) -> None:
        """Keep what the last sync saw, for the next one. Raises NotEnrolledError."""
        with self._writing() as db:
            enrolled(db, workbook)
            _set(db, workbook, kpi_count=kpi_count, extra_tabs=list(extra_tabs))

    # --- triggers and runs --------------------------------------------------------------------------------------------

    def request_run(
        self,
        workbook: str,
        key: str,
        now: float,
        fingerprint: str = "",
        *,
        dry: bool = False,
        asked_by: str | None = None,
    ) -> Run:
        """Count a trigger and give the run that answers it: a `dry` one joins dry ones only.

        While a run is queued every further trigger joins it; while one is running exactly one more is queued. A key
        that was used before gives the run of its first use and counts nothing.
        Raises NotEnrolledError, and KeyReusedError for a known key with another fingerprint.
        """

        def trigger(db: Connection) -> Run:
            row = enrolled(db, workbook)
            known = first_use(db, workbook, key, fingerprint, now)
            if known is not None:
                return _run(db.execute(select(RUNS).where(RUNS.c.id == known)).one())
            ticket = row.wanted + 1
            due = now if row.due is None else min(row.due, now)
            db.execute(_COUNT, {"named": workbook, "ticket": ticket, "moment": due})
            wanted = Run(uuid4().hex, workbook, key, RunState.QUEUED, ticket, 0, now, dry=dry, asked_by=asked_by)
            run = _queued(db, workbook, dry) or _insert_run(db, wanted)
            keep_use(db, workbook, key, fingerprint, run.id, now)
            return run

        return self._shared(trigger)

    def run(self, run_id: str) -> Run | None:
        """A run by its id; None when there is none, or it is older than we keep them."""
        with self._reading() as db:
            row = db.execute(select(RUNS).where(RUNS.c.id == run_id)).one_or_none()
        return None if row is None else _run(row)

    # --- the worker's side --------------------------------------------------------------------------------------------

    def claim(self, now: float, lease: float, *, workbook: str | None = None) -> Run | None:
        """Take the workbook that has waited longest, for `lease` seconds; None when nothing is to be done.

        With a `workbook` only that one is looked at.

        The run carries the fencing token of this claim. A workbook whose lease ended without a word (its worker died)
        is claimed again, up to MAX_ATTEMPTS times; then its runs fail as `gave_up`.
        """
        due = _claimable(now, workbook)
        with self._reading() as db:  # an idle worker asks often: it must not take the write lock for that
            if db.execute(due).first() is None:
                return None
        with self._writing() as db:
            while (row := db.execute(due.with_for_update(skip_locked=True)).first()) is not None:
                if row.lease_until is None or row.attempts < MAX_ATTEMPTS:
                    run = _take(db, row, now, lease)
                    if run is not None:
                        return run
                    continue
                _end(db, row, failed("gave_up"), now, not_before=0.0)
        return None

    def beat(self, run: Run, now: float, lease: float) -> bool:
        """Hold the lease for `lease` more seconds. False: we were replaced, and must drop everything."""
        with self._writing() as db:
            mine = and_(
                WORKBOOKS.c.id == run.workbook, WORKBOOKS.c.token == run.token, WORKBOOKS.c.lease_until.is_not(None)
            )
            return db.execute(update(WORKBOOKS).where(mine).values(lease_until=now + lease)).rowcount == 1

    def progress(self, run: Run, step: str, done: int, total: int) -> bool:
        """Say how far the run is, in all runs that this sync answers. False: we were replaced."""
        with self._writing() as db:
            row = _holder(db, run)
            if row is not None:
                db.execute(update(RUNS).where(_answered(row)).values(step=step, done=done, total=total))
            return row is not None

    def finish(self, run: Run, outcome: Outcome, now: float, retry_later: bool = False) -> bool:
        """End the sync, and with it every run that it answers. False: we were replaced, and nothing was changed.

        `retry_later` begins a back-off that doubles with each attempt: the next sync waits for it.
        """
        with self._writing() as db:
            row = _holder(db, run)
            if row is None:
                return False
            _end(db, row, outcome, now, not_before=now + min(2.0**row.attempts, 300.0) if retry_later else 0.0)
            old = and_(RUNS.c.workbook == run.workbook, RUNS.c.finished_at < now - KEEP_RUNS_SECONDS)
            db.execute(delete(RUNS).where(old))
            sweep_keys(db, now)
            return True


# --- the row that decides ---------------------------------------------------------------------------------------------


def _holder(db: Connection, run: Run) -> Row[Any] | None:
    """The workbook's row, if the claim that gave us `run` still holds it."""
    row = locked(db, run.workbook)
    return row if row is not None and row.token == run.token and row.lease_until is not None else None


def _set(db: Connection, workbook: str, **values: Any) -> None:
    db.execute(update(WORKBOOKS).where(WORKBOOKS.c.id == workbook).values(**values))


def _claimable(now: float, workbook: str | None) -> Select[Any]:
    free = or_(WORKBOOKS.c.lease_until.is_(None), WORKBOOKS.c.lease_until <= now)
    ripe = and_(WORKBOOKS.c.due <= now, WORKBOOKS.c.not_before <= now)
    named = WORKBOOKS.c.id == workbook if workbook is not None else true()
    return select(WORKBOOKS).where(and_(ripe, free, named)).order_by(WORKBOOKS.c.due).limit(1)


def _take(db: Connection, row: Row[Any], now: float, lease: float) -> Run | None:
    """The claim's oldest run. A dry run answers nobody who wants a real one, nor the other way round."""
    oldest = select(RUNS.c.dry).where(_open(row.id)).order_by(RUNS.c.ticket).limit(1)
    dry = db.execute(oldest).scalar_one_or_none()
    if dry is None:  # whatever was asked for was cancelled
        _set(db, row.id, due=None, lease_until=None, attempts=0, seen=row.wanted)
        return None
    token, alike = row.token + 1, and_(_open(row.id), RUNS.c.dry == dry)
    _set(db, row.id, token=token, attempts=row.attempts + 1, seen=row.wanted, lease_until=now + lease)
    working = {"state": RunState.RUNNING, "token": token, "started_at": now, "step": "", "done": 0, "total": 0}
    db.execute(update(RUNS).where(alike).values(**working))
    return _run(db.execute(select(RUNS).where(alike).order_by(RUNS.c.ticket).limit(1)).one())


def _end(db: Connection, row: Row[Any], outcome: Outcome, now: float, not_before: float) -> None:
    """Free the workbook, close the runs that the claim works on; due again if another run waits."""
    ended = {
        "state": outcome.state,
        "finished_at": now,
        "report": outcome.report,
        "needs_person": outcome.needs_person,
        "error_code": outcome.error_code,
        "error": outcome.error,
    }
    db.execute(update(RUNS).where(_answered(row)).values(**ended))
    waits = db.execute(select(RUNS.c.id).where(_open(row.id)).limit(1)).first() is not None
    attempts = row.attempts if not_before else 0
    _set(db, row.id, lease_until=None, due=now if waits else None, attempts=attempts, not_before=not_before)


# --- runs -------------------------------------------------------------------------------------------------------------


def _open(workbook: str) -> Any:
    return and_(RUNS.c.workbook == workbook, RUNS.c.state.in_([RunState.QUEUED, RunState.RUNNING]))


def _answered(row: Row[Any]) -> Any:
    """What the present claim works on."""
    return and_(RUNS.c.workbook == row.id, RUNS.c.state == RunState.RUNNING)


def _queued(db: Connection, workbook: str, dry: bool) -> Run | None:
    row = db.execute(_QUEUED, {"w": workbook, "d": dry}).one_or_none()
    return None if row is None else _run(row)


def _insert_run(db: Connection, run: Run) -> Run:
    values = {column.name: getattr(run, column.name) for column in RUNS.columns}
    db.execute(insert(RUNS).values(**values))
    return run


def _run(row: Row[Any]) -> Run:
    values = dict(row._mapping)
    return Run(**{**values, "state": RunState(values["state"])})


def _workbook(row: Row[Any]) -> Workbook:
    tabs = tuple(row.extra_tabs)
    return Workbook(row.id, row.epoch, row.old_epoch_until, row.enrolled_at, row.kpi_count, tabs)
