"""A workbook held by hand: nobody else claims it meanwhile, and nothing that was asked for is answered by it."""

import pytest

from sync.store.records import NotEnrolledError, Outcome, Results, RunState
from sync.store.store import Store


def asked(store: Store, now: float = 0.0) -> str:
    return store.request_run("W1", f"key-{now:06}", now).id


def test_what_is_held_by_hand_is_claimed_by_nobody_until_it_is_let_go(store: Store) -> None:
    run = asked(store)
    held = store.hold("W1", 60.0, now=1.0)
    assert held is not None
    assert store.claim(30.0, 60.0) is None
    assert store.hold("W1", 60.0, now=30.0) is None
    assert store.let_go(held)
    claimed = store.claim(30.0, 60.0)
    assert claimed is not None
    assert (claimed.id, claimed.token > held.token) == (run, True)


def test_what_was_asked_for_waits_and_is_not_answered(store: Store) -> None:
    run = asked(store)
    held = store.hold("W1", 60.0, now=1.0)
    assert held is not None
    assert store.keep("W1", Results(3), token=held.token) is not None
    store.let_go(held)
    found = store.run(run)
    assert found is not None
    assert found.state is RunState.QUEUED


def test_a_workbook_at_work_can_not_be_held(store: Store) -> None:
    asked(store)
    claimed = store.claim(0.0, 60.0)
    assert claimed is not None
    assert store.hold("W1", 60.0, now=59.0) is None
    assert store.finish(claimed, Outcome(report={}), 59.0)
    assert store.hold("W1", 60.0, now=59.0) is not None


def test_who_takes_over_from_a_dead_worker_fences_it_off(store: Store) -> None:
    asked(store)
    dead = store.claim(0.0, 60.0)
    held = store.hold("W1", 60.0, now=61.0)
    assert dead is not None
    assert held is not None
    assert not store.beat(dead, 62.0, 60.0)
    assert store.keep("W1", Results(1), token=dead.token) is None
    assert store.beat(held, 62.0, 60.0)


def test_who_slept_too_long_lets_nothing_go_that_is_another_s(store: Store) -> None:
    held = store.hold("W1", 60.0, now=0.0)
    asked(store)
    assert store.claim(61.0, 60.0) is not None
    assert held is not None
    assert not store.let_go(held)
    assert store.claim(62.0, 60.0) is None


def test_only_what_is_enrolled_can_be_held(store: Store) -> None:
    with pytest.raises(NotEnrolledError):
        store.hold("W2", 60.0)
