"""Readings of now in every kind of store."""

from datetime import date, timedelta

import pytest

from sync.model import Reading
from sync.store.history import MOST_DAYS, keeping_readings
from sync.store.records import NotEnrolledError, Results

DAY = date(2026, 6, 30)


def keep(store, *readings, workbook="W1", now=1.0):
    store.keep(workbook, Results(0), also=[keeping_readings(workbook, readings, now)])


def test_a_day_has_one_value_the_last(store):
    keep(store, Reading("a", DAY, 1.0), Reading("b", DAY, 5.0))
    keep(store, Reading("a", DAY, 1.0), now=2.0)
    keep(store, Reading("a", DAY + timedelta(days=1), 2.0, "a@2026"), Reading("b", DAY, 6.0), now=3.0)
    assert list(store.history("W1")) == [
        (Reading("a", DAY, 1.0), 1.0),
        (Reading("a", DAY + timedelta(days=1), 2.0, "a@2026"), 3.0),
        (Reading("b", DAY, 6.0), 3.0),
    ]


def test_only_what_is_asked_for_is_recalled_oldest_first(store):
    keep(store, *(Reading(name, DAY - timedelta(days=n), float(n)) for name in "abc" for n in range(3)))
    found = store.readings("W1", ["a", "c", "none"])
    assert set(found) == {"a", "c"}
    assert [reading.value for reading in found["a"]] == [2.0, 1.0, 0.0]
    assert store.readings("W2", ["a"]) == {}


def test_many_subjects_and_days_are_kept_and_recalled(store):
    keep(store, *(Reading(f"s{n}", DAY, float(n)) for n in range(1_000)))
    assert len(store.readings("W1", [f"s{n}" for n in range(1_000)])) == 1_000
    keep(store, *(Reading("long", DAY - timedelta(days=n), 1.0) for n in range(MOST_DAYS + 5)))
    assert len(store.readings("W1", ["long"])["long"]) == MOST_DAYS


def test_what_is_not_committed_is_not_kept(store):
    def breaks(db):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.keep("W1", Results(0), also=[keeping_readings("W1", [Reading("a", DAY, 1.0)], 1.0), breaks])
    assert not list(store.history("W1"))


def test_a_workbook_that_is_not_enrolled_keeps_nothing(store):
    with pytest.raises(NotEnrolledError):
        keep(store, Reading("a", DAY, 1.0), workbook="nobody")
