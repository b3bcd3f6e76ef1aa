"""Readings of now: which they are, what they are led by, and what must not be mixed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sync.commands.history import csv_rows
from sync.model import FetchFailure, Measurement, MeasurementSeries, Provenance, Reading, Window
from sync.readings import is_of_now, subject_of, with_past
from tests.source_builders import kpi

TODAY = date(2026, 6, 30)
NOW = MeasurementSeries(
    (Measurement(TODAY, 12.0),), Provenance("x", as_of=TODAY, window=Window(TODAY, TODAY), definition="fans@2026-01-01")
)
ROW = kpi("plausible: a", "followers")


def back(days, value, definition="fans@2026-01-01"):
    return Reading(subject_of(ROW), TODAY - timedelta(days=days), value, definition)


def led(*past, one=NOW):
    found, kept = with_past([ROW], {"k1": one}, lambda subjects: {subject_of(ROW): past})
    return [(point.on, point.value) for point in found["k1"].points], kept.today


def test_earlier_days_lead_and_only_today_is_kept():
    points, kept = led(back(2, 10.0), back(1, 11.0))
    assert points == [(TODAY - timedelta(days=2), 10.0), (TODAY - timedelta(days=1), 11.0), (TODAY, 12.0)]
    assert kept == (Reading(subject_of(ROW), TODAY, 12.0, "fans@2026-01-01"),)


def test_days_of_another_meaning_and_an_older_value_of_today_are_left_out():
    points, _ = led(back(2, 900.0, "fans@2025-01-01"), back(1, 11.0), back(0, 5.0))
    assert points == [(TODAY - timedelta(days=1), 11.0), (TODAY, 12.0)]


@pytest.mark.parametrize(
    "one",
    [
        FetchFailure("x", "bug", permanent=False),
        replace(NOW, provenance=replace(NOW.provenance, window=Window(date(2026, 6, 1), TODAY))),
        replace(NOW, provenance=replace(NOW.provenance, window=None)),
        replace(NOW, points=()),
        replace(NOW, points=(Measurement(TODAY - timedelta(days=1), 12.0),)),
    ],
)
def test_what_is_no_reading_of_now_is_neither_led_nor_kept(one):
    asked = []
    found, kept = with_past([ROW], {"k1": one}, lambda subjects: asked.append(subjects) or {})
    assert (found, bool(kept), asked, is_of_now(one)) == ({"k1": one}, False, [], False)


@pytest.mark.parametrize("flag", ["partial", "missing"])
def test_a_value_that_nobody_knows_is_not_kept(flag):
    partial = replace(NOW, provenance=replace(NOW.provenance, flags=("partial",)))
    missing = replace(NOW, points=(Measurement(TODAY, None),))
    assert led(one=partial if flag == "partial" else missing)[1] == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"source": "plausible: a", "filter": "x=1; y=2"}, {"source": "Plausible:a", "filter": "Y=2;x=1"}, True),
        ({"source": "plausible: a"}, {"source": "plausible: b"}, False),
        ({"source": "plausible: a"}, {"source": "plausible@shop: a"}, False),
        ({"source": "plausible: a"}, {"source": "plausible: a", "filter": "x=1"}, False),
    ],
)
def test_what_is_measured_is_the_same_however_it_is_spelt(one, other, same):
    assert (subject_of(kpi(metric="Fans", **one)) == subject_of(kpi(metric="fans", **other))) == same


def test_a_text_that_would_be_a_formula_is_exported_as_text():
    rows = list(csv_rows([(Reading('=HYPERLINK("x")', TODAY, 0.1 + 0.2), 0.0)]))
    assert rows == [("2026-06-30", '\'=HYPERLINK("x")', "0.3", "", "1970-01-01T00:00:00+00:00")]
