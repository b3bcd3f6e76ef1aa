"""Whose turn it is: presses before scheduled work, tenants one after the other, and by whose clock."""

import time
from types import SimpleNamespace

import pytest

from sync.store.records import INTERACTIVE, SCHEDULED, Outcome, Run
from sync.store.store import Store

LEASE = 60.0
DONE = Outcome(report={})


def ask(store: Store, book: str, now: float, priority: int = INTERACTIVE, tenant: str = "") -> Run:
    store.enrol(book, 0.0, tenant)
    return store.request_run(book, f"key-{book}-{now:06}", now, priority=priority)


def order(store: Store, now: float = 100.0, **how: bool) -> list[str]:
    found = []
    while (run := store.claim(now, LEASE, **how)) is not None:  # type: ignore[arg-type]
        found.append(run.workbook)
    return found


def test_a_press_goes_before_scheduled_work_that_waited_longer(store: Store) -> None:
    ask(store, "A", 1.0, SCHEDULED)
    ask(store, "B", 2.0, SCHEDULED)
    ask(store, "C", 3.0)
    assert order(store) == ["C", "A", "B"]


def test_a_claim_may_ask_for_the_oldest_so_that_presses_do_not_starve_the_rest(store: Store) -> None:
    ask(store, "A", 1.0, SCHEDULED)
    ask(store, "B", 2.0)
    assert order(store, oldest=True) == ["A", "B"]


def test_a_press_makes_waiting_work_urgent(store: Store) -> None:
    ask(store, "A", 1.0)
    ask(store, "B", 2.0, SCHEDULED)
    ask(store, "C", 3.0, SCHEDULED)
    pressed = ask(store, "C", 4.0)
    assert order(store) == ["A", "C", "B"]
    assert store.run(pressed.id).priority == INTERACTIVE  # type: ignore[union-attr]


def test_scheduled_work_does_not_make_a_press_less_urgent(store: Store) -> None:
    ask(store, "A", 1.0, SCHEDULED)
    ask(store, "B", 2.0)
    ask(store, "B", 3.0, SCHEDULED)
    assert order(store) == ["B", "A"]


def test_a_press_during_a_scheduled_sync_is_urgent_once_that_is_over(store: Store) -> None:
    ask(store, "B", 1.0, SCHEDULED)
    running = store.claim(1.0, LEASE)
    assert running is not None
    ask(store, "A", 2.0, SCHEDULED)
    ask(store, "B", 3.0)
    store.finish(running, DONE, 4.0)
    assert order(store) == ["B", "A"]


def test_scheduled_work_after_a_press_is_no_press_any_more(store: Store) -> None:
    ask(store, "B", 1.0)
    running = store.claim(1.0, LEASE)
    assert running is not None
    store.finish(running, DONE, 2.0)
    ask(store, "B", 3.0, SCHEDULED)
    ask(store, "A", 4.0)
    assert order(store) == ["A", "B"]


def test_tenants_take_turns_however_many_workbooks_one_has(store: Store) -> None:
    for number in range(4):
        ask(store, f"big-{number}", 1.0 + number, tenant="big")
    ask(store, "small-0", 10.0, tenant="small")
    ask(store, "small-1", 11.0, tenant="small")
    found = []
    for now in range(100, 106):
        run = store.claim(float(now), LEASE)
        assert run is not None
        found.append(run.workbook)
    assert found == ["big-0", "small-0", "big-1", "small-1", "big-2", "big-3"]


def test_one_workbook_can_be_claimed_alone(store: Store) -> None:
    ask(store, "A", 1.0)
    ask(store, "B", 2.0)
    run = store.claim(3.0, LEASE, workbook="B")
    assert run is not None
    assert run.workbook == "B"
    assert store.claim(3.0, LEASE, workbook="B") is None
    assert store.due_workbooks(3.0) == ("A",)


def test_the_next_moment_is_told_with_back_off_and_lease(store: Store) -> None:
    assert store.next_due("W1") is None
    ask(store, "A", 1.0)
    assert store.next_due("A") == 1.0
    store.claim(2.0, LEASE)
    assert store.next_due("A") == 2.0 + LEASE


def test_without_a_moment_the_store_takes_its_own_clock(store: Store) -> None:
    assert store.now() == pytest.approx(time.time(), abs=5.0)
    run = store.request_run("W1", "key-0001")
    held = store.claim(None, LEASE)
    assert held is not None
    assert held.started_at == pytest.approx(run.asked_at, abs=5.0)
    assert store.next_due("W1") == pytest.approx(run.asked_at + LEASE, abs=5.0)
    assert store.beat(held, None, LEASE)
    assert store.finish(held, DONE)


def test_on_postgresql_it_is_the_databases_clock_that_counts(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.store.base.time", SimpleNamespace(time=lambda: 5.0))  # this machine is far behind
    assert (store.now() == 5.0) == url.startswith("sqlite")


def test_a_caller_whose_clock_is_ahead_does_not_wait_for_it(store: Store) -> None:
    store.request_run("W1", "key-0001", time.time() + 3600.0)
    assert store.claim(None, LEASE) is not None
