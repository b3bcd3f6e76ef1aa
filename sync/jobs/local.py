"""Syncs on a worker thread of this process: the row decides what is due, the thread only asks it."""

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from sync.jobs.carry import Clock, carry, carry_workbook, store_clock
from sync.jobs.runner import LEASE_SECONDS, Runner
from sync.store.store import Store

_LOG = logging.getLogger(__name__)
_POLL_SECONDS = 1.0  # how soon a trigger is noticed that another process wrote; our own wakes us at once
FAIR_SHARE = 5  # every so many claims look at who waited longest alone, so that presses can't starve scheduled work


class LocalWorker:
    """Claims and runs one sync after another until it is stopped. Several of them may share a store."""

    def __init__(self, store: Store, runner: Runner, clock: Clock = store_clock, lease: float = LEASE_SECONDS) -> None:
        self._store = store
        self._runner = runner
        self._clock = clock
        self._lease = lease
        self._claims = 0
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

    def claim_no_more(self) -> None:
        """The sync that is running is the last one."""
        self._stopping.set()
        self._wake.set()

    def stop(self, timeout: float = 30.0) -> bool:
        """Claim nothing more and let the sync that is running come to its end. True when it did in `timeout` seconds.

        What is queued stays in the store for the next start.
        """
        self.claim_no_more()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    def run_once(self) -> bool:
        """Claim and run the most urgent sync, in this thread. False when nothing was due."""
        self._claims += 1
        run = self._store.claim(self._clock(), self._lease, oldest=self._claims % FAIR_SHARE == 0)
        if run is None:
            return False
        carry(self._store, self._runner, run, self._clock, self._lease)
        return True

    def run_due(self, workbook: str) -> bool:
        """Sync this workbook in this thread, if it is due and free. False when it was not."""
        return carry_workbook(self._store, self._runner, workbook, self._clock, self._lease)

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
