"""A KPI on its way from a baseline to a target."""

from datetime import date

import pytest

from sync.model import Cadence, Direction, Light, MeasureKind, PlanPoint, Projection, Status
from tests.judgement_builders import a_kpi, judged, leads

MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (11000, Status.ON_TRACK),
        (10950, Status.ON_TRACK),  # exactly 0.95 of the planned progress
        (10949, Status.AT_RISK),
        (10750, Status.AT_RISK),  # exactly 0.75
        (10749, Status.OFF_TRACK),
        (9900, Status.OFF_TRACK),
        (12000, Status.ACHIEVED),
    ],
)
def test_progress_is_compared_with_the_plan(actual: float, status: Status) -> None:
    assert judged(a_kpi(), ("2026-01-01", 10000), ("2026-04-01", actual)).status is status


def test_one_formula_serves_both_directions() -> None:
    kpi = a_kpi(direction=Direction.DECREASE, baseline=45.0, target=35.0)
    evaluation = judged(kpi, ("2026-04-01", 39))
    assert (evaluation.status, evaluation.attainment, evaluation.expected) == (Status.ON_TRACK, 0.6, pytest.approx(40))


def test_progress_is_compared_at_the_date_of_the_data_and_not_today() -> None:
    evaluation = judged(a_kpi(), ("2026-03-01", 10660), today=date(2026, 4, 10))
    assert evaluation.status is Status.ON_TRACK
    assert evaluation.expected == pytest.approx(10000 + 2000 * 59 / 180)


def test_a_negative_baseline_and_a_zero_target_need_no_special_formula() -> None:
    loss = a_kpi(baseline=-20.0, target=0.0, unit="EUR")
    assert judged(loss, ("2026-04-01", -9)).attainment == pytest.approx(0.55)


def test_a_bad_pace_in_the_first_fifth_is_early() -> None:
    evaluation = judged(a_kpi(), ("2026-01-15", 10020), today=date(2026, 1, 16))
    assert (evaluation.status, evaluation.light) == (Status.EARLY, Light.GREY)


def test_a_good_pace_in_the_first_fifth_is_green() -> None:
    assert judged(a_kpi(), ("2026-01-19", 10210), today=date(2026, 1, 19)).status is Status.ON_TRACK


def test_worse_than_the_baseline_is_red_even_early() -> None:
    evaluation = judged(a_kpi(), ("2026-01-15", 9900), today=date(2026, 1, 16))
    assert (evaluation.status, evaluation.reason) == (Status.OFF_TRACK, "worse_than_baseline")


def test_the_last_bit_of_a_sum_is_not_worse_than_the_baseline() -> None:
    kpi = a_kpi(baseline=0.1 + 0.2, target=0.9, unit="points")
    assert judged(kpi, ("2026-01-15", 0.3), today=date(2026, 1, 16)).status is Status.EARLY


def test_on_the_first_day_even_less_than_the_baseline_says_nothing() -> None:
    assert judged(a_kpi(), ("2026-01-01", 9900), today=date(2026, 1, 1)).status is Status.EARLY


def test_less_than_the_baseline_is_fine_where_the_owner_planned_it() -> None:
    kpi = a_kpi(plan=(PlanPoint(date(2026, 4, 1), 9500.0),))
    assert judged(kpi, ("2026-04-01", 9600)).status is Status.ON_TRACK


def test_just_below_a_fifth_is_still_early() -> None:
    assert judged(a_kpi(), ("2026-02-05", 10020), today=date(2026, 2, 5)).status is Status.EARLY


def test_exactly_a_fifth_is_no_longer_early() -> None:
    evaluation = judged(a_kpi(), ("2026-02-06", 10020), today=date(2026, 2, 6))
    assert evaluation.status is Status.OFF_TRACK


def test_the_owners_milestones_bend_the_plan_line() -> None:
    plan = (PlanPoint(date(2026, 4, 1), 10200.0),)
    evaluation = judged(a_kpi(plan=plan), ("2026-04-01", 10240))
    assert (evaluation.status, evaluation.expected) == (Status.ON_TRACK, 10200)


def test_the_seasons_of_last_year_bend_the_plan_line() -> None:
    kpi = leads(target=110.0, due=date(2026, 12, 31), seasonal=True)
    last_year = [(f"2025-{month:02d}-28", 5.0 if month < 10 else 20.0) for month in range(1, 13)]
    evaluation = judged(kpi, *last_year, ("2026-03-28", 16.0), today=date(2026, 3, 28))
    assert evaluation.expected == pytest.approx(110 * 15 / 105)
    assert evaluation.status is Status.ON_TRACK


def test_the_owners_bounds_override_the_defaults() -> None:
    strict = a_kpi(green_from=1.0, amber_from=0.9)
    assert judged(strict, ("2026-04-01", 10960)).status is Status.AT_RISK
    assert judged(a_kpi(green_from=70, amber_from=50), ("2026-04-01", 10720)).status is Status.ON_TRACK


def test_amber_from_above_the_usual_green_moves_green_with_it() -> None:
    strict = a_kpi(amber_from=0.98)
    assert judged(strict, ("2026-04-01", 10960)).status is Status.OFF_TRACK
    assert judged(strict, ("2026-04-01", 10980)).status is Status.ON_TRACK


def test_a_flow_is_paced_from_zero_whatever_the_quarter_before_was() -> None:
    evaluation = judged(leads(baseline=400.0), ("2026-01-31", 170), ("2026-02-28", 165), today=MARCH)
    assert (evaluation.status, evaluation.attainment) == (Status.ON_TRACK, pytest.approx(0.67))


def test_a_sum_that_passed_its_target_is_achieved_for_good() -> None:
    evaluation = judged(leads(), ("2026-01-31", 270), ("2026-02-28", 265), today=date(2026, 9, 1))
    assert evaluation.status is Status.ACHIEVED
    assert evaluation.good_until == date(2027, 3, 31)


def test_a_jump_that_fills_the_gap_is_amber() -> None:
    rows = (("2026-01-01", 10000), ("2026-03-10", 10200), ("2026-03-11", 11864), ("2026-04-01", 11900))
    assert judged(a_kpi(), *rows).reason == "mostly_a_jump"


def test_a_target_reached_by_a_jump_alone_is_amber() -> None:
    rows = (("2026-01-01", 10000), ("2026-03-10", 10200), ("2026-03-11", 12064), ("2026-04-01", 12100))
    assert judged(a_kpi(), *rows).reason == "mostly_a_jump"


def test_a_purge_does_not_turn_growth_red() -> None:
    rows = (
        ("2026-01-01", 10000),
        ("2026-02-01", 10350),
        ("2026-03-01", 10700),
        ("2026-03-02", 9900),
        ("2026-04-01", 10250),
    )
    assert judged(a_kpi(), *rows).reason == "a_jump_hides_growth"


# --- sums that must stay below


def test_a_budget_is_held_against_its_share_of_the_time() -> None:
    budget = leads(direction=Direction.DECREASE, target=10000.0)
    assert judged(budget, ("2026-01-31", 3000), ("2026-02-28", 3000), today=MARCH).status is Status.ON_TRACK
    assert judged(budget, ("2026-01-31", 4700), ("2026-02-28", 4700), today=MARCH).status is Status.OFF_TRACK


@pytest.mark.parametrize(
    ("spent", "reason"), [(6000, "ceiling_kept"), (7500, "ceiling_close"), (9400, "ceiling_outpaced")]
)
def test_a_budget_says_how_it_stands(spent: float, reason: str) -> None:
    budget = leads(direction=Direction.DECREASE, target=10000.0)
    assert judged(budget, ("2026-02-28", spent), today=MARCH).reason == reason


def test_a_broken_ceiling_is_red_at_once_and_missed_in_the_end() -> None:
    budget = leads(direction=Direction.DECREASE, target=10000.0)
    assert judged(budget, ("2026-02-28", 10001), today=MARCH).reason == "ceiling_broken"
    assert judged(budget, ("2026-02-28", 10001), today=date(2026, 4, 30)).status is Status.MISSED


def test_fewer_complaints_are_measured_from_the_usual_number() -> None:
    complaints = leads(direction=Direction.DECREASE, baseline=400.0, target=300.0)
    assert judged(complaints, ("2026-01-31", 90), ("2026-02-28", 95), today=MARCH).status is Status.ON_TRACK
    assert judged(complaints, ("2026-01-31", 150), ("2026-02-28", 145), today=MARCH).status is Status.OFF_TRACK


def test_more_complaints_than_usual_are_red_even_early() -> None:
    complaints = leads(direction=Direction.DECREASE, baseline=400.0, target=300.0)
    early = {"today": date(2026, 1, 10)}
    assert judged(complaints, ("2026-01-10", 60), **early).reason == "ceiling_outpaced"
    assert judged(complaints, ("2026-01-10", 38), **early).status is Status.EARLY


# --- from the due date on


@pytest.mark.parametrize(("actual", "status"), [(12000, Status.ACHIEVED), (11999, Status.MISSED)])
def test_from_the_due_date_on_only_the_target_counts(actual: float, status: Status) -> None:
    assert judged(a_kpi(), ("2026-06-30", actual), today=date(2026, 6, 30)).status is status


def test_a_later_fall_does_not_undo_what_was_achieved() -> None:
    rows = (("2026-06-30", 12050), ("2026-07-31", 11700))
    assert judged(a_kpi(), *rows, today=date(2026, 8, 15)).status is Status.ACHIEVED


def test_reaching_the_target_too_late_is_missed() -> None:
    rows = (("2026-06-30", 11900), ("2026-07-31", 12100))
    assert judged(a_kpi(), *rows, today=date(2026, 8, 15)).status is Status.MISSED


def test_without_a_reading_near_the_due_date_the_outcome_is_unknown() -> None:
    evaluation = judged(a_kpi(), ("2026-03-31", 12500), today=date(2026, 7, 10))
    assert (evaluation.status, evaluation.reason) == (Status.STALE, "no_reading_at_due")


# --- the forecast


def a_forecast(chance: float | None, value: float = 11000.0) -> Projection:
    return Projection(value=value, low=value - 500, high=value + 500, chance=chance)


def weekly(last: float) -> list[tuple[str, float]]:
    """Eight readings, the last one at half time."""
    days = ("01-01", "01-14", "01-28", "02-11", "02-25", "03-11", "03-25", "04-01")
    return [(f"2026-{day}", 10000 + (last - 10000) * index / 7) for index, day in enumerate(days)]


def test_the_forecast_lowers_green_to_amber_and_no_further() -> None:
    evaluation = judged(a_kpi(), *weekly(11020), projection=a_forecast(0.0))
    assert (evaluation.status, evaluation.reason) == (Status.AT_RISK, "forecast_lowers")


def test_the_forecast_lifts_red_to_amber_and_no_further() -> None:
    evaluation = judged(a_kpi(), *weekly(10600), projection=a_forecast(1.0))
    assert (evaluation.status, evaluation.reason) == (Status.AT_RISK, "forecast_lifts")


def test_the_forecast_says_nothing_where_it_is_too_early() -> None:
    rows = [(f"2026-01-{day:02d}", 10000.0 + day) for day in range(8, 16)]
    assert judged(a_kpi(), *rows, today=date(2026, 1, 16), projection=a_forecast(0.99)).status is Status.EARLY


def test_the_bounds_of_the_chance_belong_to_the_better_light() -> None:
    assert judged(a_kpi(), *weekly(11020), projection=a_forecast(0.3)).status is Status.ON_TRACK
    assert judged(a_kpi(), *weekly(10600), projection=a_forecast(0.5)).status is Status.AT_RISK


def test_an_even_chance_leaves_green_alone() -> None:
    assert judged(a_kpi(), *weekly(11020), projection=a_forecast(0.5)).status is Status.ON_TRACK


def test_without_a_chance_the_interval_decides() -> None:
    low = a_forecast(None, value=11000)
    assert judged(a_kpi(), *weekly(11020), projection=low).status is Status.AT_RISK


def test_a_forecast_from_a_few_readings_is_shown_and_moves_no_light() -> None:
    evaluation = judged(a_kpi(), *weekly(11020)[-5:], projection=a_forecast(0.0))
    assert evaluation.status is Status.ON_TRACK
    assert evaluation.projection is not None


def test_a_forecast_knows_nothing_of_the_owners_own_plan() -> None:
    own = a_kpi(plan=(PlanPoint(date(2026, 4, 1), 10200.0),))
    assert judged(own, *weekly(10240), projection=a_forecast(0.0)).status is Status.ON_TRACK


def test_the_forecast_changes_no_final_verdict() -> None:
    rows = (*weekly(11020), ("2026-06-30", 12050.0))
    evaluation = judged(a_kpi(), *rows, today=date(2026, 6, 30), projection=a_forecast(0.0))
    assert evaluation.status is Status.ACHIEVED


# --- what the owner left out


def test_the_first_reading_stands_for_a_missing_baseline() -> None:
    evaluation = judged(a_kpi(baseline=None), ("2026-01-01", 10000), ("2026-04-01", 11020))
    assert evaluation.status is Status.ON_TRACK
    assert "baseline_defaulted" in evaluation.flags


def test_the_last_reading_before_the_start_is_the_baseline() -> None:
    evaluation = judged(a_kpi(baseline=None), ("2025-12-31", 10000), ("2026-04-01", 11020))
    assert evaluation.attainment == 0.51


def test_a_level_without_any_baseline_is_not_judged() -> None:
    assert judged(a_kpi(baseline=None), ("2026-04-01", 11020)).reason == "missing_baseline"


def test_the_baselines_own_reading_stands_for_a_missing_start() -> None:
    evaluation = judged(a_kpi(start=None), ("2026-01-01", 10000), ("2026-04-01", 11020))
    assert evaluation.status is Status.ON_TRACK
    assert "start_defaulted" in evaluation.flags


def test_a_running_total_begins_at_nothing() -> None:
    kpi = leads(measure_kind=MeasureKind.RUNNING_TOTAL)
    assert judged(kpi, ("2026-03-15", 410), today=date(2026, 3, 15)).attainment == pytest.approx(0.82)


def test_a_running_total_may_go_on_from_a_baseline() -> None:
    kpi = leads(measure_kind=MeasureKind.RUNNING_TOTAL, baseline=100.0)
    assert judged(kpi, ("2026-03-15", 300), today=date(2026, 3, 15)).attainment == 0.5


def test_a_light_shines_through_its_last_day() -> None:
    rows = (("2026-01-01", 10000), ("2026-03-31", 11020))
    assert judged(a_kpi(), *rows, today=date(2026, 5, 15)).light is Light.GREEN
    assert judged(a_kpi(), *rows, today=date(2026, 5, 16)).status is Status.STALE


def test_a_weekly_reading_goes_stale_sooner_than_a_monthly_one() -> None:
    weekly = judged(a_kpi(cadence=Cadence.WEEK), ("2026-03-15", 11020))
    assert weekly.status is Status.STALE
    assert judged(a_kpi(), ("2026-03-15", 11020)).status is Status.ON_TRACK
