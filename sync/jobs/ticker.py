"""The clock inside the service: a thread that asks again and again whether a workbook is due by itself."""

import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError

from sync.jobs.refresh import Listing, refresh
from sync.store.store import Store

_LOG = logging.getLogger(__name__)
_TICK_SECONDS = 10.0


class Ticker:
    """Refreshes for as long as the `with` block lasts. Several of them, in any number of processes, do no harm."""

    def __init__(
        self,
        store: Store,
        wake: Callable[[], object],
        listing: Listing | None = None,
        clock: Callable[[], float] = time.time,
        every: float = _TICK_SECONDS,
    ) -> None:
        self._store, self._wake, self._listing = store, wake, listing
        self._clock, self._every = clock, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="semaforo-ticker", daemon=True)

    def __enter__(self) -> "Ticker":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=30.0)

    def _loop(self) -> None:
        while not self._over.is_set():
            try:
                if refresh(self._store, self._clock(), listing=self._listing):
                    self._wake()
            except SQLAlchemyError:
                _LOG.exception("the state store failed")  # it comes back; what is due stays due
            self._over.wait(self._every)
