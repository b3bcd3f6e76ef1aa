"""What KPIs were, and the log of what changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from sync.model import Change, ChangeKind, LastDefinition
from sync.store.records import NotEnrolledError, Results
from sync.store.store import Store

DAY = date(2026, 5, 3)
FIRST = {"k1": {"name": "Visitas ñ", "target": "60000", "owner": None}}
SECOND = {"k1": {"name": "Visitas ñ", "target": "40000", "owner": None}}
MOVED = Change("k1", ChangeKind.DEFINITION, DAY, "target", "60000", "40000")
REMOVED = Change("k1", ChangeKind.REMOVED, DAY, old="Visitas ñ")
ADDED = Change("k1", ChangeKind.ADDED, DAY, new="Visitas ñ")


def status(old: str, new: str, at: date = DAY) -> Change:
    return Change("k1", ChangeKind.STATUS, at, "status", old, new)


def remember(store: Store, definitions: Any, *changes: Change) -> int:
    """What a sync keeps; how many entries the log has after it."""
    store.keep("W1", Results(len(definitions), definitions=definitions, changes=changes))
    return len(store.changes("W1"))


def test_a_fresh_workbook_knows_no_definitions_and_no_changes(store: Store) -> None:
    assert (store.definitions("W1"), store.changes("W1")) == ({}, ())


def test_definitions_and_changes_outlive_a_restart(store: Store, reopen: Callable[[], Store]) -> None:
    remember(store, FIRST)
    remember(store, SECOND, MOVED)
    store.close()
    again = reopen()
    assert again.definitions("W1") == {"k1": LastDefinition(SECOND["k1"])}
    assert again.changes("W1") == (MOVED,)
    again.close()


def test_who_changed_it_is_kept_where_it_is_known(store: Store) -> None:
    by_ana = Change("k1", ChangeKind.DEFINITION, DAY, "target", "60000", "40000", "ana@example.org")
    remember(store, SECOND, by_ana)
    assert store.changes("W1") == (by_ana,)


@pytest.mark.parametrize("change", [MOVED, status("on_track", "at_risk")])
def test_the_same_change_is_kept_once(store: Store, change: Change) -> None:
    remember(store, FIRST)
    remember(store, SECOND, change)
    remember(store, SECOND, change)
    assert store.changes("W1") == (change,)


def test_a_kpi_goes_and_comes_back_each_once(store: Store) -> None:
    remember(store, FIRST)
    assert [remember(store, {}, REMOVED), remember(store, {}, REMOVED)] == [1, 1]
    assert store.definitions("W1") == {"k1": LastDefinition(FIRST["k1"], present=False)}
    assert [remember(store, FIRST, ADDED), remember(store, FIRST, ADDED)] == [2, 2]
    assert store.definitions("W1")["k1"].present
    assert store.changes("W1") == (ADDED, REMOVED)


def test_a_status_that_comes_and_goes_is_kept_each_time(store: Store) -> None:
    flips = [status("on_track", "at_risk"), status("at_risk", "on_track"), status("on_track", "at_risk")]
    for flip in flips:
        remember(store, FIRST, flip)
    assert list(store.changes("W1")) == flips[::-1]


def test_another_kpis_change_in_between_does_not_make_it_a_second_one(store: Store) -> None:
    flip, other = status("on_track", "at_risk"), Change("k2", ChangeKind.STATUS, DAY, "status", "early", "stale")
    assert [remember(store, FIRST, flip, other), remember(store, FIRST, flip, other)] == [2, 2]


def test_a_definition_that_was_not_seen_this_time_stays(store: Store) -> None:
    remember(store, {**FIRST, "k2": {"name": "Otro"}})
    remember(store, SECOND)
    assert set(store.definitions("W1")) == {"k1", "k2"}


def test_the_log_is_read_the_newest_first_since_a_day_and_up_to_a_number(store: Store) -> None:
    days = [date(2026, 5, day) for day in (1, 2, 3)]
    remember(store, FIRST, *[status("early", "stale", day) for day in days])
    assert [change.at for change in store.changes("W1")] == days[::-1]
    assert [change.at for change in store.changes("W1", since=days[1])] == [days[2], days[1]]
    assert [change.at for change in store.changes("W1", limit=1)] == [days[2]]


def test_the_log_can_be_read_by_field(store: Store) -> None:
    remember(store, FIRST)
    remember(store, SECOND, MOVED, status("on_track", "at_risk"))
    assert store.changes("W1", fields=("target", "due")) == (MOVED,)
    assert store.changes("W1", fields=()) == ()


def test_workbooks_do_not_see_each_others_changes(store: Store) -> None:
    store.enrol("W2", 0.0)
    remember(store, SECOND, MOVED)
    assert (store.definitions("W2"), store.changes("W2")) == ({}, ())


def test_two_syncs_at_once_keep_one_change(store: Store) -> None:
    remember(store, FIRST)
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: remember(store, SECOND, MOVED, status("on_track", "at_risk")), range(16)))
    assert kept == [2] * 16


def test_nothing_is_kept_of_a_workbook_that_is_not_enrolled(store: Store) -> None:
    with pytest.raises(NotEnrolledError):
        store.keep("W2", Results(1, definitions=FIRST, changes=(MOVED,)))
    assert (store.definitions("W2"), store.changes("W2")) == ({}, ())
