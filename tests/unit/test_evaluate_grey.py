"""What is never coloured, each with its own word."""

from datetime import date

import pytest

from sync.evaluate import evaluate_failure, good_until
from sync.model import Cadence, Direction, FetchFailure, Light, MeasureKind, Status
from tests.judgement_builders import a_floor, a_kpi, judged, leads, measured

GOOD = (("2026-01-01", 10000.0), ("2026-04-01", 11020.0))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"target": None}, "missing_target"),
        ({"direction": None}, "missing_direction"),
        ({"due": None}, "missing_due"),
        ({"due": date(2026, 1, 1)}, "zero_length_period"),
        ({"due": date(2025, 1, 1)}, "due_before_start"),
        ({"target": 9000.0}, "direction_conflict"),
        ({"direction": Direction.DECREASE}, "direction_conflict"),
        ({"target": float("nan")}, "unusable_number"),
        ({"baseline": float("inf")}, "unusable_number"),
        ({"direction": Direction.KEEP_WITHIN}, "missing_upper_limit"),
        ({"direction": Direction.KEEP_WITHIN, "upper_limit": 9000.0}, "range_reversed"),
        ({"direction": Direction.DECREASE, "target": -5.0, "unit": "count"}, "target_out_of_bounds"),
        ({"start": None}, "missing_start"),
    ],
)
def test_a_definition_that_cannot_be_judged_is_invalid(fields: dict[str, object], reason: str) -> None:
    rows = GOOD if "start" not in fields else (("2026-03-01", 10500.0), ("2026-04-01", 11020.0))
    evaluation = judged(a_kpi(**fields), *rows)
    assert (evaluation.status, evaluation.reason, evaluation.actual) == (Status.INVALID, reason, None)


def test_a_share_of_more_than_all_is_impossible() -> None:
    kpi = a_floor(120, direction=Direction.INCREASE, baseline=80.0)
    assert judged(kpi, ("2026-04-01", 84)).reason == "target_out_of_bounds"


def test_a_return_on_spend_may_exceed_a_hundred_per_cent() -> None:
    assert judged(a_floor(350), ("2026-03-31", 380)).status is Status.ON_TRACK


def test_an_inactive_kpi_is_paused() -> None:
    assert judged(a_kpi(active=False, target=None), *GOOD).status is Status.PAUSED


def test_before_the_start_nothing_is_judged() -> None:
    kpi = a_kpi(start=date(2026, 7, 1), due=date(2026, 12, 31))
    assert judged(kpi, ("2026-03-31", 10000)).status is Status.NOT_STARTED


def test_no_rows_are_no_data() -> None:
    assert judged(a_kpi()).status is Status.NO_DATA


def test_rows_before_the_start_are_no_progress() -> None:
    assert judged(a_kpi(), ("2025-12-31", 10000)).reason == "only_before_start"


def test_nothing_but_zeros_where_a_high_rate_is_held_is_no_data() -> None:
    assert judged(a_floor(98), ("2026-03-31", 0)).reason == "only_suspect_zeros"


def test_an_old_value_is_stale_however_good_it_was() -> None:
    evaluation = judged(a_kpi(), ("2026-01-31", 13000), today=date(2026, 6, 1))
    assert (evaluation.status, evaluation.actual, evaluation.light) == (Status.STALE, 13000, Light.GREY)


def test_the_first_running_period_is_provisional() -> None:
    kpi = leads(direction=Direction.HOLD_ABOVE)
    assert judged(kpi, ("2026-01-10", 90), today=date(2026, 1, 11)).status is Status.PROVISIONAL


def test_days_that_the_source_restates_are_never_red() -> None:
    evaluation = judged(a_kpi(), ("2026-04-01", 10100), flags=("provisional",))
    assert evaluation.status is Status.PROVISIONAL
    assert judged(a_kpi(), ("2026-04-01", 11020), flags=("provisional",)).status is Status.ON_TRACK


def test_an_incomplete_answer_has_no_colour() -> None:
    assert judged(a_kpi(), ("2026-04-01", 11020), flags=("partial",)).light is Light.GREY


def test_too_few_answers_have_no_colour() -> None:
    evaluation = judged(a_floor(40), ("2026-03-31", 55), flags=("too_few_answers",))
    assert evaluation.status is Status.TOO_FEW_ANSWERS


def test_a_failed_source_keeps_the_last_value_without_its_colour() -> None:
    failure = FetchFailure("csv", "unreachable", permanent=False)
    evaluation = evaluate_failure(a_kpi(), failure, measured(a_kpi(), *GOOD))
    assert (evaluation.status, evaluation.light, evaluation.actual) == (Status.SOURCE_FAILED, Light.GREY, 11020)
    assert evaluation.good_until is None


def test_a_failed_source_of_a_paused_kpi_is_no_news() -> None:
    failure = FetchFailure("csv", "unreachable", permanent=False)
    assert evaluate_failure(a_kpi(active=False), failure).status is Status.PAUSED


@pytest.mark.parametrize(
    ("cadence", "day"),
    [
        (Cadence.DAY, date(2026, 4, 4)),
        (Cadence.WEEK, date(2026, 4, 11)),
        (Cadence.MONTH, date(2026, 5, 16)),
        (Cadence.QUARTER, date(2026, 7, 30)),
        (Cadence.YEAR, date(2027, 5, 6)),
    ],
)
def test_a_light_goes_out_one_cadence_and_a_grace_after_its_reading(cadence: Cadence, day: date) -> None:
    assert good_until(a_kpi(cadence=cadence), date(2026, 4, 1)) == day


def test_a_milestone_without_a_due_date_is_invalid() -> None:
    kpi = a_kpi(measure_kind=MeasureKind.MILESTONE, due=None)
    assert judged(kpi, ("2026-04-01", 1)).reason == "missing_due"


@pytest.mark.parametrize(("first", "second"), [(10_010.0, 11_000.0), (0.01, 0.011)])
def test_values_of_another_order_are_in_another_unit(first: float, second: float) -> None:
    kpi = a_kpi(baseline=10.0, target=12.0)
    assert judged(kpi, ("2026-01-01", first), ("2026-04-01", second)).reason == "out_of_scale"


@pytest.mark.parametrize(
    ("flag", "reason"),
    [("negative_values", "only_negative"), ("unreadable_values", "only_unreadable"), ("missing_values", "no_data")],
)
def test_values_that_were_all_left_out_are_not_called_absent(flag: str, reason: str) -> None:
    assert judged(a_kpi(), ("2026-03-31", None), flags=(flag,)).reason == reason


def test_one_reading_far_from_the_baseline_says_why_it_does_not_count() -> None:
    assert judged(a_kpi(baseline=100, target=200), ("2026-03-31", 1500)).reason == "only_wild"


def test_readings_of_days_to_come_say_so() -> None:
    assert judged(a_kpi(), ("2026-06-01", 12000), today=date(2026, 4, 1)).reason == "only_future"
