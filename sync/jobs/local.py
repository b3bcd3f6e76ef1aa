"""Syncs on a worker thread of this process: the row decides what is due, the thread only asks it."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from sheet_templates.words import LANGUAGES
from sync.errors import SemaforoError
from sync.jobs.runner import LeaseLostError, ProgressSink, RunCancelledError, Runner
from sync.store.records import Outcome, Run, failed
from sync.store.store import Store

_LOG = logging.getLogger(__name__)
_POLL_SECONDS = 1.0  # how soon a trigger is noticed that another process wrote; our own wakes us at once


class LocalWorker:
    """Claims and runs one sync after another until it is stopped. Several of them may share a store."""

    def __init__(
        self, store: Store, runner: Runner, clock: Callable[[], float] = time.time, lease: float = 60.0
    ) -> None:
        self._store = store
        self._runner = runner
        self._clock = clock
        self._lease = lease
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a worker that runs already goes on."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._loop, name="semaforo-worker", daemon=True)
            self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether the thread is at work."""
        return self._thread is not None and self._thread.is_alive()

    def wake(self, workbook: str = "") -> None:
        """Look now whether something is due: anything, not this workbook alone."""
        self._wake.set()

    def stop(self, timeout: float = 30.0) -> bool:
        """Claim nothing more and let the sync that is running come to its end. True when it did in `timeout` seconds.

        What is queued stays in the store for the next start.
        """
        self._stopping.set()
        self._wake.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    def run_once(self) -> bool:
        """Claim and run the one sync that has waited longest, in this thread. False when nothing was due."""
        return self._run(None)

    def run_due(self, workbook: str) -> bool:
        """Sync this workbook in this thread, if it is due and free. False when it was not."""
        return self._run(workbook)

    def _run(self, workbook: str | None) -> bool:
        run = self._store.claim(self._clock(), self._lease, workbook=workbook)
        if run is None:
            return False
        with self._beating(run) as sink:
            outcome, retry_later = _outcome(self._runner, run, sink)
        if outcome is None or not self._store.finish(run, outcome, self._clock(), retry_later):
            _LOG.warning("run %s was taken over by another worker; its result is dropped", run.id)
        return True

    def _loop(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                busy = self.run_once()
            except SQLAlchemyError:
                # A full disk or a database that is gone passes; the lease brings the run back.
                _LOG.exception("the state store failed")
                busy = False
            if not busy and not self._stopping.is_set():
                self._wake.wait(_POLL_SECONDS)

    @contextmanager
    def _beating(self, run: Run) -> Iterator[ProgressSink]:
        """Holds the lease while the sync runs; gives the sink that raises once it is lost."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(self._lease / 3):
                try:
                    if not self._store.beat(run, self._clock(), self._lease):
                        return
                except SQLAlchemyError:
                    _LOG.exception("the lease of run %s could not be prolonged", run.id)

        def sink(step: str, done: int, total: int) -> None:
            if not self._store.progress(run, step, done, total):
                raise LeaseLostError(f"run {run.id} was taken over by another worker")
            if self._store.cancel_wanted(run):
                raise RunCancelledError(f"run {run.id} was cancelled")

        thread = threading.Thread(target=beat, name="semaforo-lease", daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            over.set()
            thread.join()


def _outcome(runner: Runner, run: Run, sink: ProgressSink) -> tuple[Outcome | None, bool]:
    """How the sync ended, and whether a back-off shall follow; None when another worker took over."""
    try:
        return _ended(runner, run, sink)
    except LeaseLostError:
        return None, False
    except RunCancelledError:
        return Outcome(cancelled=True), False
    except Exception:
        # The last place that can log a bug of a sync: above it there is only the thread, which must live on. Its text
        # may hold anything, so people get a fixed sentence.
        _LOG.exception("run %s of workbook %s failed by a bug", run.id, run.workbook)
        return failed("internal"), False


def _ended(runner: Runner, run: Run, sink: ProgressSink) -> tuple[Outcome, bool]:
    try:
        result = runner(run.workbook, sink, dry_run=True) if run.dry else runner(run.workbook, sink)
    except SemaforoError as error:
        sentences = {language: error.sentence(language) for language in LANGUAGES}
        return Outcome(error_code=error.code, error=sentences), not error.permanent
    json.dumps(result.report, allow_nan=False)  # a report that can't be kept is a bug of this sync, not of the store
    return Outcome(report=result.report, needs_person=result.needs_person), False
