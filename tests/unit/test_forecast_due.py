"""A KPI at its due date: levels are read there, flows summed up to there, running totals continued."""

import random
from datetime import date, timedelta

import pytest

from sync.forecast import Goal, ProjectedValue, forecast, forecast_at_due
from sync.forecast.periods import GRAINS, by_period, first_day, grain_of, last_day, number_of, share_of

DUE = date(2026, 6, 30)
Points = list[tuple[date, float | None]]


def monthly(*values: float | None, start: date = date(2025, 1, 1)) -> Points:
    return [(date(start.year + place // 12, place % 12 + 1, 1), value) for place, value in enumerate(values)]


def daily(count: int, value: float = 10.0, start: date = date(2026, 1, 1)) -> Points:
    return [(start + timedelta(days=place), value + place % 3) for place in range(count)]


def at_due(
    points: Points, target: float | None = 100.0, kind: str = "level", direction: str = "increase"
) -> ProjectedValue:
    return forecast_at_due(points, DUE, Goal(direction, target), kind=kind)


def chance(points: Points, target: float, direction: str = "increase") -> float:
    found = at_due(points, target, direction=direction).chance
    assert found is not None
    return found


def test_fewer_than_three_readings_say_nothing() -> None:
    assert at_due(monthly(10, None, 12)) == ProjectedValue(None, None, None, None, "too_few_points")


def test_three_days_say_nothing_about_half_a_year() -> None:
    assert at_due(daily(3)).reason == "too_far"


def test_a_level_is_read_at_the_due_date() -> None:
    found = at_due(monthly(*range(100, 270, 10)))  # 260 on the first of May, two months before
    assert found.value == pytest.approx(280, rel=0.01)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 280 < found.high


def test_a_due_date_between_two_steps_lies_between_their_values() -> None:
    points = monthly(*range(100, 270, 10))
    early, late = (forecast_at_due(points, date(2026, 5, day), Goal("increase", 1)).value for day in (8, 25))
    assert early is not None
    assert late is not None
    assert 260 < early < late < 271


def test_a_reading_on_the_due_date_is_a_fact() -> None:
    found = at_due([*daily(30), (DUE, 120.0), (date(2026, 7, 1), 9.0)], target=100)
    assert (found.value, found.low, found.high, found.reason) == (120, 120, 120, "due_reached")
    assert found.chance == 0.99


def test_a_flow_is_what_has_come_and_what_is_still_to_come() -> None:
    points = monthly(*[100] * 16)  # up to April 2026
    found = forecast_at_due(points, DUE, Goal("increase", 600), kind="flow", start=date(2026, 1, 1))
    assert found.value == pytest.approx(600, rel=0.01)


def test_days_that_err_apart_make_a_sum_surer_than_its_days() -> None:
    chance = random.Random(3)  # noqa: S311 - a repeatable series, nothing secret
    values = [chance.gauss(100, 10) for _ in range(120)]
    day = forecast(values, season=7, horizon=1)
    points: Points = [(date(2026, 1, 1) + timedelta(days=place), value) for place, value in enumerate(values)]
    month = forecast_at_due(points, date(2026, 5, 30), Goal("increase", 1), kind="flow", start=date(2026, 5, 1))
    assert month.low is not None
    assert month.high is not None
    assert 5 < (month.high - month.low) / (day.high[0] - day.low[0]) < 15  # 30 if all erred alike, 5.5 if each alone


def test_far_ahead_a_rate_is_read_by_its_weeks_and_a_stock_by_its_days() -> None:
    days = daily(91, start=date(2026, 1, 5))  # thirteen weeks, Monday to Sunday
    weeks = [point for point in days if point[0].weekday() == 6]
    goal = Goal("increase", 100)
    assert forecast_at_due(days, DUE, goal, kind="ratio") == forecast_at_due(weeks, DUE, goal, kind="ratio")
    assert forecast_at_due(days, DUE, goal).value != forecast_at_due(weeks, DUE, goal).value


def test_a_due_date_in_the_middle_of_a_month_takes_half_its_flow() -> None:
    found = forecast_at_due(
        monthly(*[100] * 16), date(2026, 5, 15), Goal("increase", 1), kind="flow", start=date(2026, 5, 1)
    )
    assert found.value == pytest.approx(100 * 15 / 31, rel=0.02)


def test_a_flow_whose_last_month_ends_on_the_due_date_is_a_fact() -> None:
    found = at_due(monthly(*[100] * 18), kind="flow", target=1000)
    assert (found.value, found.reason, found.chance) == (1800, "due_reached", 0.99)


def test_a_shop_that_is_shut_at_weekends_sells_nothing_then() -> None:
    days = [date(2026, 1, 5) + timedelta(days=place) for place in range(84)]
    points: Points = [(day, 50.0) for day in days if day.weekday() < 5]
    found = forecast_at_due(points, date(2026, 4, 26), Goal("increase", 1), kind="flow")
    assert found.value == pytest.approx(50 * 5 * 16, rel=0.02)


def test_a_running_total_goes_on_by_its_own_increases() -> None:
    points: Points = [(date(2026, month, 28), 100.0 * month) for month in range(1, 5)]
    found = at_due(points, kind="running_total")
    assert found.value == pytest.approx(400 + 100 * 63 / 30.4375, rel=0.05)
    assert found.low is not None
    assert found.low >= 400


def test_a_running_total_that_began_anew_forgets_last_year() -> None:
    old: Points = [(date(2025, month, 28), 900.0 * month) for month in range(1, 13)]
    new: Points = [(date(2026, month, 28), 100.0 * month) for month in range(1, 5)]
    assert at_due(old + new, kind="running_total") == at_due(new, kind="running_total")


def test_a_higher_target_has_a_smaller_chance() -> None:
    points = monthly(100, 104, 103, 109, 111, 110, 116, 118, 121, 119, 125, 128, 127, 131, 134, 133)
    chances = [chance(points, target) for target in (100, 135, 140, 145, 200)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == 0.99
    assert chances[-1] == 0.01


def test_the_chance_of_the_middle_is_a_half_and_of_the_edges_a_tenth() -> None:
    points = monthly(100, 104, 103, 109, 111, 110, 116, 118, 121, 119, 125, 128)
    found = at_due(points)
    assert found.value is not None
    assert found.high is not None
    assert chance(points, found.value) == pytest.approx(0.5)
    assert chance(points, found.high) == pytest.approx(0.1)


def test_to_decrease_is_the_opposite_chance() -> None:
    points = monthly(100, 104, 103, 109, 111, 110, 116, 118)
    assert chance(points, 125, "decrease") == pytest.approx(1 - chance(points, 125))


def test_the_chance_of_a_range_is_that_of_both_limits() -> None:
    points = monthly(100, 104, 97, 102, 99, 101, 98, 103)
    within = forecast_at_due(points, DUE, Goal("keep_within", 50, 150)).chance
    assert within is not None
    assert within > 0.7
    assert forecast_at_due(points, DUE, Goal("keep_within", 200, 250)).chance == 0.01


@pytest.mark.parametrize("target", [None, float("nan"), float("inf")])
def test_without_a_target_there_is_a_value_and_no_chance(target: float | None) -> None:
    found = at_due(monthly(100, 104, 103, 109), target=target)
    assert found.value is not None
    assert (found.chance, found.reason) == (None, "no_target")


def test_the_order_of_readings_does_not_matter_but_a_correction_does() -> None:
    points = monthly(100, 104, 103, 109, 111, 110)
    assert at_due(points[::-1]) == at_due(points)
    assert at_due([*points, (points[-1][0], 140.0)]).value != at_due(points).value


def test_a_percentage_keeps_its_bounds_at_the_due_date() -> None:
    found = forecast_at_due(monthly(90, 93, 95, 97, 99), DUE, Goal("increase", 99), bounds=(0, 100))
    assert found.high == 100


def test_one_mistyped_year_does_not_make_a_grid_of_two_thousand() -> None:
    points = [(date(203, 1, 1), 10.0), (date(2026, 1, 1), 11.0)]
    assert list(by_period(points, "day", summed=True).values()) == [11.0]
    assert at_due([points[0], *daily(120)]).value == pytest.approx(11, rel=0.2)


@pytest.mark.parametrize("kind", ["level", "flow", "running_total", "ratio"])
def test_the_end_of_the_calendar_is_too_far(kind: str) -> None:
    assert forecast_at_due(daily(30), date.max, Goal("increase", 5), kind=kind).reason == "too_far"


@pytest.mark.parametrize(("gap", "grain"), [(1, "day"), (7, "week"), (30, "month"), (91, "quarter"), (365, "year")])
def test_the_usual_gap_chooses_the_grain(gap: int, grain: str) -> None:
    assert grain_of([date(2020, 1, 1) + timedelta(days=gap * place) for place in range(5)]) == grain


@pytest.mark.parametrize("grain", GRAINS)
def test_periods_follow_one_another_without_a_gap(grain: str) -> None:
    number = number_of(date(2024, 2, 29), grain)
    assert first_day(number, grain) <= date(2024, 2, 29) <= last_day(number, grain)
    assert first_day(number + 1, grain) == last_day(number, grain) + timedelta(days=1)
    assert share_of(number, grain, date.min, date.max) == 1


def test_the_last_day_of_the_calendar_has_a_period() -> None:
    assert last_day(number_of(date.max, "month"), "month") == date.max
