"""One claimed sync, carried to its end: what every carrier does, whatever woke it."""

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from sheet_templates.words import LANGUAGES
from sync.errors import SemaforoError
from sync.jobs.runner import LEASE_SECONDS, LeaseLostError, RunCancelledError, Runner
from sync.logs import FIELDS, hashed
from sync.sheet.quota import background
from sync.store.records import SCHEDULED, Outcome, Run, failed
from sync.store.store import Store

_LOG = logging.getLogger(__name__)
_TELL_SECONDS = 0.3  # progress is not written more often than that: each time is a transaction

Clock = Callable[[], float | None]


def store_clock() -> None:
    """The clock of those who take the store's own."""


def carry(store: Store, runner: Runner, run: Run, clock: Clock = store_clock, lease: float = LEASE_SECONDS) -> bool:
    """Run a claimed sync and say in the store how it ended. False when another worker took over meanwhile.

    Trouble that may pass is tried again later, all other trouble parks the workbook: see `Claims.finish`.
    """
    begun = time.monotonic()
    with background(run.priority == SCHEDULED), beating(store, run, clock, lease) as held:
        outcome, retry_later = _outcome(runner, run, held)
    retry_later = retry_later and not run.dry  # a preview that failed must not become a sync that writes
    park = outcome is not None and outcome.error_code is not None and not retry_later and not run.dry
    if outcome is None or not store.finish(run, outcome, clock(), retry_later, park):
        _LOG.warning("run %s was taken over by another worker; its result is dropped", run.id)
        return False
    _LOG.info("run", extra={FIELDS: _line(run, outcome, time.monotonic() - begun)})
    return True


def _line(run: Run, outcome: Outcome, seconds: float) -> dict[str, Any]:
    """What the log says of a run: whose, how it ended, how long it took, and what it came to."""
    report = outcome.report or {}
    lights = Counter(str(kpi.get("light")) for kpi in report.get("kpis", ()) if isinstance(kpi, Mapping))
    return {
        "run": run.id,
        "workbook": hashed(run.workbook),
        "outcome": outcome.state.value,
        **({"code": outcome.error_code} if outcome.error_code else {}),
        **({"dry": True} if run.dry else {}),
        "seconds": round(seconds, 3),
        "api_calls": dict(report.get("api_calls") or {}),
        "kpis": len(report.get("kpis", ())),
        "lights": dict(lights),
    }


def carry_workbook(
    store: Store, runner: Runner, workbook: str, clock: Clock = store_clock, lease: float = LEASE_SECONDS
) -> bool:
    """Sync this workbook if it is due and free: for carriers whose messages name one. False when it was not."""
    run = store.claim(clock(), lease, workbook=workbook)
    if run is not None:
        carry(store, runner, run, clock, lease)
    return run is not None


class Held:
    """A claim as the sync sees it: see ProgressSink."""

    def __init__(self, store: Store, run: Run, clock: Clock, lease: float) -> None:
        self._store = store
        self._run = run
        self._clock = clock
        self._lease = lease
        self._told = -_TELL_SECONDS

    @property
    def token(self) -> int:
        """The fencing token."""
        return self._run.token

    def __call__(self, step: str, done: int, total: int) -> None:
        """Progress. Raises LeaseLostError, and RunCancelledError once nobody wants this run any more."""
        if step != "write" and time.monotonic() - self._told < _TELL_SECONDS:
            return  # nobody watches so closely; but before a write we always look whether we are still wanted
        self._told = time.monotonic()
        if not self._store.progress(self._run, step, done, total):
            raise LeaseLostError(f"run {self._run.id} was taken over by another worker")
        if self._store.cancel_wanted(self._run):
            raise RunCancelledError(f"run {self._run.id} was cancelled")

    def hold(self) -> None:
        """A whole lease from now on, one that a write fits into. Raises LeaseLostError."""
        if not self._store.beat(self._run, self._clock(), max(self._lease, LEASE_SECONDS)):
            raise LeaseLostError(f"run {self._run.id} was taken over by another worker")


@contextmanager
def beating(store: Store, run: Run, clock: Clock, lease: float) -> Iterator[Held]:
    """The claim, whose lease is prolonged while the block runs."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(lease / 3):
            try:
                if not store.beat(run, clock(), lease):
                    return
            except SQLAlchemyError:
                _LOG.exception("the lease of run %s could not be prolonged", run.id)

    thread = threading.Thread(target=beat, name="semaforo-lease", daemon=True)
    thread.start()
    try:
        yield Held(store, run, clock, lease)
    finally:
        over.set()
        thread.join()


def _outcome(runner: Runner, run: Run, held: Held) -> tuple[Outcome | None, bool]:
    """How the sync ended, and whether a back-off shall follow; None when another worker took over."""
    try:
        return _ended(runner, run, held)
    except LeaseLostError:
        return None, False
    except RunCancelledError:
        return Outcome(cancelled=True), False
    except SQLAlchemyError:
        raise  # no trouble of this workbook: the store is gone or full, and the lease brings the run back
    except Exception:
        # The last place that can log a bug of a sync: above it there is only the thread, which must live on. Its text
        # may hold anything, so people get a fixed sentence.
        _LOG.exception("run %s of workbook %s failed by a bug", run.id, hashed(run.workbook))
        return failed("internal"), False


def _ended(runner: Runner, run: Run, held: Held) -> tuple[Outcome, bool]:
    try:
        result = runner(run.workbook, held, dry_run=True) if run.dry else runner(run.workbook, held)
    except SemaforoError as error:
        sentences = {language: error.sentence(language) for language in LANGUAGES}
        return Outcome(error_code=error.code, error=sentences), not error.permanent
    json.dumps(result.report, allow_nan=False)  # a report that can't be kept is a bug of this sync, not of the store
    return Outcome(report=result.report, needs_person=result.needs_person), False
