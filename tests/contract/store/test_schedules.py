"""Background refresh over the store: what is asked for, once, and what is passed over."""

import time
from collections.abc import Mapping
from dataclasses import replace

import pytest

from sync.errors import WorkbookError
from sync.jobs.refresh import has_no_news, refresh
from sync.jobs.schedule import day_in, from_code, next_due
from sync.store.records import Results
from sync.store.schedules import Scheduled, keeping_schedule
from sync.store.store import Store

NOW = 1_780_000_000.0
TODAY = day_in("UTC", NOW).isoformat()
QUIET = Scheduled("W1", "every 15", "UTC", NOW, in_workbook=True, listed="m1", judged="m1", judged_on=TODAY)


def kept(store: Store, row: Scheduled) -> Scheduled:
    store.add_schedules([row])
    found = store.schedule(row.workbook)
    assert found is not None
    return found


def claimed(store: Store) -> str | None:
    run = store.claim(NOW + 1, 60)
    return run.workbook if run else None


def test_a_workbook_that_was_only_enrolled_gets_the_default(store: Store) -> None:
    assert refresh(store, NOW) == 0
    found = store.schedule("W1")
    assert found is not None
    assert found.next_at == next_due(from_code(found.code), "UTC", NOW, "W1")


def test_what_is_due_is_asked_for_once(store: Store) -> None:
    kept(store, replace(QUIET, in_workbook=False))
    assert [refresh(store, NOW), refresh(store, NOW), claimed(store), claimed(store)] == [1, 0, "W1", None]


def test_missed_moments_are_one_run(store: Store) -> None:
    kept(store, replace(QUIET, next_at=NOW - 40 * 86_400))
    assert [refresh(store, NOW), refresh(store, NOW + 1)] == [1, 0]
    found = store.schedule("W1")
    assert found is not None
    assert found.next_at is not None
    assert NOW < found.next_at <= NOW + 900


def test_two_processes_that_refresh_at_once_ask_once(store: Store) -> None:
    row = kept(store, QUIET)
    assert store.reschedule(row, NOW + 900, None)
    assert not store.reschedule(row, NOW + 900, None)


def test_all_means_every_workbook_even_one_that_is_off(store: Store) -> None:
    kept(store, replace(QUIET, code="off", next_at=None))
    assert refresh(store, NOW, all=True, listing=lambda _: {"W1": "m1"}) == 1
    assert claimed(store) == "W1"


def test_a_workbook_that_nobody_touched_is_passed_over_and_stays_on_its_beat(store: Store) -> None:
    kept(store, QUIET)
    assert refresh(store, NOW, listing=lambda _: {"W1": "m1"}) == 0
    found = store.schedule("W1")
    assert found is not None
    assert (found.next_at or 0) > NOW
    assert claimed(store) is None


@pytest.mark.parametrize(
    "news",
    [
        {"judged": "m0"},  # somebody wrote since the last sync read it
        {"judged": None},  # the last sync left something wrong, or there was none
        {"in_workbook": False},  # a source outside may have a new number
        {"judged_on": "2026-01-01"},  # a new day is judged anew
    ],
)
def test_a_workbook_that_may_have_news_is_synced(store: Store, news: Mapping[str, str | bool | None]) -> None:
    kept(store, Scheduled(**{**vars(QUIET), **news}))
    assert refresh(store, NOW, listing=lambda _: {"W1": "m1"}) == 1


@pytest.mark.parametrize("listed", [{}, {"other": "m1"}])
def test_a_workbook_that_no_listing_names_is_synced(store: Store, listed: Mapping[str, str]) -> None:
    kept(store, QUIET)
    assert refresh(store, NOW, listing=lambda _: listed) == 1


def test_a_listing_that_fails_spares_nothing(store: Store) -> None:
    def broken(_: object) -> Mapping[str, str]:
        raise WorkbookError("workbook_unreachable", permanent=False, facts={"server": "x"})

    kept(store, QUIET)
    assert refresh(store, NOW, listing=broken) == 1


def test_midnight_of_the_workbooks_own_zone_is_a_new_day() -> None:
    evening = 1_780_007_400.0  # 2026-05-28 22:30 UTC: the 29th in Madrid, the 28th in Bogota
    row = replace(QUIET, judged_on="2026-05-28")
    assert not has_no_news(replace(row, timezone="Europe/Madrid"), "m1", evening)
    assert has_no_news(replace(row, timezone="America/Bogota"), "m1", evening)


def test_a_sync_never_undoes_what_a_refresh_set_meanwhile(store: Store) -> None:
    before = kept(store, QUIET)
    store.reschedule(before, NOW + 900, "m2")
    store.keep("W1", Results(1), also=[keeping_schedule(replace(before, judged="m1"), moved=False)])
    found = store.schedule("W1")
    assert found is not None
    assert (found.next_at, found.listed, found.judged) == (NOW + 900, "m2", "m1")


def test_a_thousand_overdue_workbooks_are_asked_for_quickly(store: Store) -> None:
    for number in range(60):
        store.enrol(f"V{number}", NOW)
        store.add_schedules([replace(QUIET, workbook=f"V{number}")])
    began = time.perf_counter()
    assert refresh(store, NOW) == 60
    assert time.perf_counter() - began < 5
