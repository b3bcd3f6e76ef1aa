"""A sync that somebody starts at the command line: it holds the workbook's lease, like any other."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sync.errors import WorkbookError
from sync.jobs.carry import beating, store_clock
from sync.jobs.runner import LEASE_SECONDS, LeaseLostError, ProgressSink
from sync.store.records import Run
from sync.store.store import Store

PATIENCE = 1.5 * LEASE_SECONDS  # a worker that was killed holds its workbook for one lease
_LOOK_SECONDS = 0.5


@contextmanager
def held_by_hand(
    store: Store, workbook: str, waits: Callable[[], object] = lambda: None, patience: float = PATIENCE
) -> Iterator[ProgressSink]:
    """The claim for a `with` block in which nobody else syncs this workbook; what is queued for it waits.

    `waits` is told once when another sync has to end first. Raises WorkbookError `workbook_busy` when that takes longer
    than `patience` seconds, or when another worker took over because we slept.
    """
    store.enrol(workbook, time.time())
    run = _held(store, workbook, waits, patience)
    try:
        with beating(store, run, store_clock, LEASE_SECONDS) as claim:
            yield claim
    except LeaseLostError as error:
        raise WorkbookError("workbook_busy", permanent=False) from error
    finally:
        store.let_go(run)


def _held(store: Store, workbook: str, waits: Callable[[], object], patience: float) -> Run:
    end = time.monotonic() + patience
    run = store.hold(workbook, LEASE_SECONDS)
    if run is None:
        waits()
    while run is None:
        if time.monotonic() > end:
            raise WorkbookError("workbook_busy", permanent=False)
        time.sleep(_LOOK_SECONDS)
        run = store.hold(workbook, LEASE_SECONDS)
    return run
