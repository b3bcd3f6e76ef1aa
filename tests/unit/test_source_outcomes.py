"""What became of asking a source, and what the light and the note make of it."""

from datetime import date

import pytest

from sheet_templates.words import sentences
from sync.engine import Found, judge
from sync.errors import BlockedError, SourceError
from sync.model import (
    Cadence,
    Direction,
    FetchFailure,
    Light,
    MeasureKind,
    Measurement,
    MeasurementSeries,
    Outcome,
    Provenance,
    Status,
)
from sync.sources.boundary import attempt
from sync.sources.numbers_in_json import exact_sum, number_in
from tests.source_builders import kpi

TODAY = date(2026, 6, 30)
DEFINITION = {
    "source": "plausible: example.org",
    "metric": "visits",
    "measure_kind": MeasureKind.LEVEL,
    "direction": Direction.INCREASE,
    "baseline": 0.0,
    "start": date(2026, 1, 1),
    "due": date(2026, 12, 31),
    "cadence": Cadence.MONTH,
}


def measured(value, *flags, target=100.0):
    point = () if value is None else (Measurement(date(2026, 6, 29), value),)
    series = MeasurementSeries(point, Provenance("plausible", flags=flags))
    return judge(kpi(**{**DEFINITION, "target": target}), Found(series, None), None, TODAY, "en_GB")


@pytest.mark.parametrize(
    ("value", "flags", "outcome"),
    [
        (5.0, (), Outcome.OK),
        (0.0, (), Outcome.OK),
        (None, (), Outcome.NO_DATA),
        (5.0, ("partial",), Outcome.PARTIAL),
        (5.0, ("provisional",), Outcome.PROVISIONAL),
        (5.0, ("partial", "provisional"), Outcome.PARTIAL),
    ],
)
def test_the_word_for_a_fetch(value, flags, outcome):
    points = () if value is None else (Measurement(TODAY, value),)
    assert MeasurementSeries(points, Provenance("x", flags=flags)).outcome is outcome


@pytest.mark.parametrize(("error", "outcome"), [(BlockedError, Outcome.BLOCKED), (SourceError, Outcome.ERROR)])
def test_what_stops_us_is_told_from_what_failed(error, outcome):
    def fail():
        raise error("quota_reached", permanent=False, facts={"place": "Thing"})

    assert attempt("thing", fail).outcome is outcome


def test_nothing_is_grey_and_not_zero():
    found = measured(None)
    assert (found.evaluation.status, found.evaluation.actual) == (Status.NO_DATA, None)


@pytest.mark.parametrize("value", [10.0, 90.0])
def test_a_partial_answer_has_no_colour(value):
    found = measured(value, "partial")
    assert (found.evaluation.light, found.evaluation.actual) == (Light.GREY, value)


def test_provisional_days_are_never_red_and_are_told_where_they_are_green():
    assert measured(10.0).evaluation.light is Light.RED
    assert measured(10.0, "provisional").evaluation.status is Status.PROVISIONAL
    green = measured(60.0, "provisional")
    assert green.evaluation.light is Light.GREEN
    assert sentences("reasons")["flag_provisional"]["en"] in green.note.text


def test_another_version_than_asked_for_is_told_in_the_note():
    assert sentences("reasons")["flag_replaced_version"]["en"] in measured(60.0, "replaced_version").note.text


def test_a_platform_that_stops_us_makes_the_kpi_grey_with_the_remedy():
    failure = FetchFailure("plausible", "missing_secret", True, {"place": "Plausible", "secret": "PLAUSIBLE_KEY"}, True)
    found = judge(kpi(**DEFINITION, target=100.0), Found(failure, None), None, TODAY, "en_GB")
    assert found.evaluation.status is Status.SOURCE_FAILED
    assert "PLAUSIBLE_KEY" in found.note.text


@pytest.mark.parametrize(
    ("value", "number", "flag"),
    [
        ("12", 12.0, None),
        (" -1.5e3 ", -1500.0, None),
        (0, 0.0, None),
        ("0", 0.0, None),
        (None, None, "missing_values"),
        ("", None, "missing_values"),
        (True, None, "unreadable_values"),
        ("1,234", None, "unreadable_values"),
        ("n/a", None, "unreadable_values"),
        ("Infinity", None, "unreadable_values"),
        ("1e999", None, "unreadable_values"),
        (float("inf"), None, "unreadable_values"),
        ([3], None, "unreadable_values"),
        ("٣", None, "unreadable_values"),
    ],
)
def test_numbers_as_interfaces_give_them(value, number, flag):
    assert number_in(value) == (number, flag)


def test_money_is_added_without_binary_dust():
    assert exact_sum([1.1, 2.2]) == 3.3
