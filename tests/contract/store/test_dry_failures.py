"""A preview that fails, or comes while a real sync is to be tried again, changes nothing about either."""

import pytest

from sync.errors import WorkbookError
from sync.jobs.carry import carry
from sync.jobs.runner import ProgressSink, RunResult
from sync.store.records import Outcome, failed
from sync.store.store import Store

LEASE = 60.0


@pytest.mark.parametrize(
    "error", [WorkbookError("workbook_quota", permanent=False), WorkbookError("credentials_refused")]
)
def test_a_preview_that_failed_never_becomes_a_sync_that_writes(store: Store, error: WorkbookError) -> None:
    def failing(_workbook: str, _progress: ProgressSink, /, *, dry_run: bool = False) -> RunResult:
        raise error

    store.request_run("W1", "key-0001", dry=True)
    run = store.claim(None, LEASE)
    assert run is not None
    assert carry(store, failing, run)
    assert (store.next_due("W1"), store.parked()) == (None, ())


def test_a_preview_does_not_cancel_the_retry_of_a_real_sync(store: Store) -> None:
    store.request_run("W1", "key-0001", 0.0)
    real = store.claim(0.0, LEASE)
    assert real is not None
    store.finish(real, failed("internal"), 0.0, retry_later=True)
    store.request_run("W1", "key-0002", 1.0, dry=True)
    preview = store.claim(10.0, LEASE)
    assert preview is not None
    assert preview.dry
    store.finish(preview, Outcome(report={}), 11.0)
    again = store.claim(12.0, LEASE)
    assert again is not None
    assert not again.dry
