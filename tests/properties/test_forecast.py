"""Whatever the values: no exception, no NaN, the right shape; units do not matter, a shift only shifts."""

import json
import math
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sync.forecast import Forecast, Goal, answers, forecast, forecast_at_due

HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=3),
    st.floats(),
    st.integers(),
    st.just(10**400),
    st.sampled_from([0.0, -0.0, 1e-320, 1.7e308, -1.7e308]),
)
PLAIN = st.integers(-1000, 1000).map(float)
SEASON = st.sampled_from([1, 2, 4, 7, 12, 52])
KIND = st.sampled_from(["level", "flow", "running_total", "ratio"])
DIRECTION = st.sampled_from(["increase", "decrease", "hold_above", "hold_below", "keep_within", "sideways"])
DATES = st.one_of(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.dates())

forecast([1.0], horizon=1)  # loads numpy before the first test's deadline runs


def lines(made: Forecast) -> list[tuple[float, ...]]:
    return [made.mean, made.low, made.high]


@given(values=st.lists(HOSTILE, max_size=60), season=SEASON, horizon=st.integers(1, 30))
def test_any_values_give_a_finite_ordered_forecast_of_the_right_length_or_none(
    values: list[object], season: int, horizon: int
) -> None:
    made = forecast(values, season=season, horizon=horizon)
    assert {len(line) for line in lines(made)} == {0 if made.reason == "no_points" else horizon}
    assert all(math.isfinite(value) for line in lines(made) for value in line)
    assert all(low <= mean <= high for mean, low, high in zip(*lines(made), strict=True))


@given(values=st.lists(PLAIN, min_size=1, max_size=60), season=SEASON, power=st.integers(-20, 20))
def test_another_unit_changes_only_the_unit(values: list[float], season: int, power: int) -> None:
    factor = 2.0**power
    made = forecast(values, season=season, horizon=5)
    scaled = forecast([value * factor for value in values], season=season, horizon=5)
    for before, after in zip(lines(made), lines(scaled), strict=True):
        assert after == pytest.approx([value * factor for value in before], rel=1e-6, abs=1e-6 * factor)


@given(values=st.lists(PLAIN, min_size=8, max_size=40), shift=st.integers(-500, 500))
def test_adding_a_constant_to_values_of_either_sign_shifts_the_forecast(values: list[float], shift: int) -> None:
    values = [*values, -2000.0, 2000.0, -1500.0]
    made, moved = forecast(values, horizon=4), forecast([value + shift for value in values], horizon=4)
    for before, after in zip(lines(made), lines(moved), strict=True):
        assert after == pytest.approx([value + shift for value in before], abs=0.01)


@given(values=st.lists(st.floats(0, 1e9), min_size=1, max_size=60), season=SEASON)
def test_what_was_never_negative_stays_so(values: list[float], season: int) -> None:
    assert min(forecast(values, season=season, horizon=8).low) >= 0


@given(values=st.lists(st.floats(-50, 150), min_size=1, max_size=40), season=SEASON)
def test_bounds_hold(values: list[float], season: int) -> None:
    made = forecast(values, season=season, horizon=8, lower=0, upper=100)
    assert all(0 <= value <= 100 for line in lines(made) for value in line)


@given(values=st.lists(PLAIN, min_size=1, max_size=30), gap=st.integers(1, 5))
def test_missing_readings_at_the_end_are_steps_like_the_others(values: list[float], gap: int) -> None:
    whole = forecast(values, horizon=gap + 3)
    assert forecast([*values, *[None] * gap], horizon=3).mean == pytest.approx(whole.mean[gap:])


@given(
    points=st.lists(st.tuples(DATES, st.one_of(st.none(), st.floats())), max_size=40),
    due=DATES,
    kind=KIND,
    goal=st.builds(Goal, DIRECTION, st.one_of(st.none(), st.floats()), st.one_of(st.none(), st.floats())),
    start=st.one_of(st.none(), DATES),
)
def test_any_readings_give_a_whole_answer_or_a_reason(
    points: list[tuple[date, float | None]], due: date, kind: str, goal: Goal, start: date | None
) -> None:
    found = forecast_at_due(points, due, goal, kind=kind, start=start)
    if found.value is None or found.low is None or found.high is None:
        assert found.reason in {"too_few_points", "too_far"}
        assert found.chance is None
        return
    assert math.isfinite(found.value)
    assert found.low <= found.value <= found.high
    assert found.chance is None or 0.01 <= found.chance <= 0.99


@given(values=st.lists(PLAIN, min_size=3, max_size=30), target=PLAIN, further=st.integers(0, 500), kind=KIND)
def test_a_target_further_away_never_has_a_better_chance(
    values: list[float], target: float, further: int, kind: str
) -> None:
    points = [(date(2026, 1, 1) + timedelta(days=place), value) for place, value in enumerate(values)]
    due = points[-1][0] + timedelta(days=10)
    near, far = (forecast_at_due(points, due, Goal("increase", aim), kind=kind) for aim in (target, target + further))
    assume(near.chance is not None)
    assert near.chance is not None
    assert far.chance is not None
    assert far.chance <= near.chance


@given(line=st.one_of(st.text(), st.recursive(HOSTILE, st.lists).map(str)))
def test_any_line_is_answered_with_strict_json(line: str) -> None:
    for found in answers([line]):
        assert json.dumps(found, allow_nan=False)


@given(
    train=st.lists(HOSTILE, max_size=20),
    horizon=st.one_of(st.integers(-2, 20), HOSTILE),
    lower=HOSTILE,
    upper=HOSTILE,
    freq=st.one_of(HOSTILE, st.sampled_from("DWMQY")),
)
def test_any_row_is_answered_with_strict_json(
    train: list[object], horizon: object, lower: object, upper: object, freq: object
) -> None:
    row = {"id": 1, "train": train, "horizon": horizon, "lower": lower, "upper": upper, "freq": freq}
    (found,) = answers([json.dumps(row)])
    assert json.dumps(found, allow_nan=False)
    assert ("error" in found) != ("mean" in found)
