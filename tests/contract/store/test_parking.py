"""Workbooks that are left alone: who gets parked, for how long, and what lets them go."""

from typing import Any

import pytest

from sync.store.claims import DAY, HOUR, JITTER
from sync.store.records import SCHEDULED, NotEnrolledError, Outcome, Run, RunState, failed
from sync.store.store import MAX_ATTEMPTS, MAX_RETRIES, Store

LEASE = 60.0
DONE = Outcome(report={})
NOT_SHARED = Outcome(error_code="workbook_not_shared", error={"es": "No compartido.", "en": "Not shared."})


def claimed(store: Store, now: float = 0.0) -> Run:
    run = store.claim(now, LEASE)
    assert run is not None
    return run


def park(store: Store, now: float = 0.0) -> None:
    """As a permanent error does."""
    store.request_run("W1", f"key-{now:06}", now)
    assert store.finish(claimed(store, now), NOT_SHARED, now, park=True)


def poison(store: Store) -> float:
    """Let the workbook kill all its workers; the moment after."""
    store.request_run("W1", "key-0001", 0.0)
    for attempt in range(MAX_ATTEMPTS):
        claimed(store, attempt * LEASE)
    assert store.claim(MAX_ATTEMPTS * LEASE, LEASE) is None
    return MAX_ATTEMPTS * LEASE


def test_nothing_is_parked_to_begin_with(store: Store) -> None:
    assert store.parked() == ()


def test_an_error_that_will_not_pass_parks_the_workbook_with_its_reason(store: Store) -> None:
    park(store, 5.0)
    (found,) = store.parked()
    assert (found.workbook, found.reason, found.since, found.until) == ("W1", "workbook_not_shared", 5.0, 5.0 + DAY)
    assert found.error == NOT_SHARED.error


def test_a_parked_workbook_is_tried_every_day_and_stays_parked_since_the_first_time(store: Store) -> None:
    park(store, 0.0)
    assert store.claim(DAY - 1, LEASE) is None
    again = claimed(store, DAY)
    store.finish(again, NOT_SHARED, DAY, park=True)
    assert [(found.since, found.until) for found in store.parked()] == [(0.0, 2 * DAY)]
    assert store.run(again.id).priority == SCHEDULED  # type: ignore[union-attr]


def test_a_parked_workbook_that_syncs_again_is_parked_no_more(store: Store) -> None:
    park(store, 0.0)
    store.finish(claimed(store, DAY), DONE, DAY)
    assert store.parked() == ()
    assert store.claim(10 * DAY, LEASE) is None


def test_a_press_lets_a_parked_workbook_go_at_once(store: Store) -> None:
    park(store, 0.0)
    run = store.request_run("W1", "key-press", 1.0)
    assert store.parked() == ()
    assert claimed(store, 1.0).id == run.id


def test_scheduled_work_does_not_let_it_go(store: Store) -> None:
    park(store, 0.0)
    store.request_run("W1", "key-clock", 1.0, priority=SCHEDULED)
    assert store.claim(1.0, LEASE) is None
    assert store.claim(DAY, LEASE) is not None


def test_a_press_during_the_sync_keeps_it_from_being_parked(store: Store) -> None:
    store.request_run("W1", "key-0001", 0.0)
    run = claimed(store)
    later = store.request_run("W1", "key-0002", 1.0)
    store.finish(run, NOT_SHARED, 2.0, park=True)
    assert store.parked() == ()
    assert claimed(store, 2.0).id == later.id


def test_a_workbook_that_kills_its_workers_is_parked_until_somebody_presses(store: Store) -> None:
    now = poison(store)
    (found,) = store.parked()
    assert (found.reason, found.until) == ("gave_up", None)
    store.request_run("W1", "key-clock", now, priority=SCHEDULED)
    assert (store.claim(now + 10 * DAY, LEASE), store.next_due("W1")) == (None, None)
    store.request_run("W1", "key-press", now)
    assert claimed(store, now).workbook == "W1"


def test_a_press_that_came_while_it_killed_its_last_worker_is_told_too(store: Store) -> None:
    store.request_run("W1", "key-0001", 0.0)
    for attempt in range(MAX_ATTEMPTS):
        claimed(store, attempt * LEASE)
    late = store.request_run("W1", "key-0002", MAX_ATTEMPTS * LEASE - 1)
    assert store.claim(MAX_ATTEMPTS * LEASE, LEASE) is None
    assert store.run(late.id).state == RunState.FAILED  # type: ignore[union-attr]


def test_failures_in_between_do_not_count_as_deaths(store: Store) -> None:
    store.request_run("W1", "key-0001", 0.0)
    now = 0.0
    for _ in range(MAX_ATTEMPTS):
        claimed(store, now)  # dies
        now += LEASE
        assert store.finish(claimed(store, now), failed("internal"), now, retry_later=True)
        now += 1000.0
    assert store.parked() == ()


def test_trouble_that_does_not_pass_ends_parked_and_is_tried_every_hour(store: Store) -> None:
    store.request_run("W1", "key-0001", 0.0)
    now = 0.0
    for attempt in range(MAX_RETRIES):
        assert store.parked() == ()
        assert store.finish(claimed(store, now), failed("internal"), now, retry_later=True)
        now += min(2.0 ** (attempt + 1), 300.0) * (1 + JITTER)
    (found,) = store.parked()
    assert (found.reason, found.attempts) == ("internal", MAX_RETRIES)
    assert found.until == pytest.approx(found.since + HOUR)
    assert store.claim(found.until - 1, LEASE) is None
    store.finish(claimed(store, found.until), DONE, found.until)
    assert store.parked() == ()


def test_the_operator_can_let_one_go(store: Store) -> None:
    poison(store)
    assert store.release("W1", 1000.0)
    assert store.parked() == ()
    assert claimed(store, 1000.0).workbook == "W1"


def test_there_is_nothing_to_let_go_of_a_workbook_that_is_not_parked(store: Store) -> None:
    assert not store.release("W1", 0.0)
    with pytest.raises(NotEnrolledError):
        store.release("W2", 0.0)


@pytest.mark.parametrize("end", [{"park": True}, {"retry_later": True}])
def test_a_stale_worker_parks_nothing(store: Store, end: dict[str, Any]) -> None:
    store.request_run("W1", "key-0001", 0.0)
    stale = claimed(store, 0.0)
    live = claimed(store, LEASE)
    assert not store.finish(stale, NOT_SHARED, LEASE, **end)
    assert store.finish(live, DONE, LEASE)
    assert (store.parked(), store.next_due("W1")) == ((), None)
