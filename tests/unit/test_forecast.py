"""What a forecast promises: shape, honesty with little data, seasons where they show, bounds, and no numpy before it
is needed.
"""

import math
import random
import subprocess
import sys

import numpy as np
import pytest

from sync.forecast import Forecast, forecast, season_of
from sync.forecast.prepare import prepare, reined_in
from sync.forecast.seasons import YEAR, find_season, find_year
from sync.forecast.smoothing import paths

WEEK_SHAPE = (1.0, 1.2, 1.3, 1.2, 1.0, 0.5, 0.4)


def noisy(count: int, level: float = 100.0, noise: float = 5.0, slope: float = 0.0, seed: int = 7) -> list[float]:
    chance = random.Random(seed)  # noqa: S311 - a repeatable series, nothing secret
    return [level + slope * place + chance.gauss(0, noise) for place in range(count)]


def width(made: Forecast, step: int = 0) -> float:
    return made.high[step] - made.low[step]


def test_importing_the_forecast_loads_neither_numpy_nor_pandas() -> None:
    code = "import sys, sync.forecast; print(sorted({'numpy', 'pandas'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_every_step_has_a_middle_inside_its_interval() -> None:
    made = forecast(noisy(40), horizon=9)
    assert len(made.mean) == len(made.low) == len(made.high) == 9
    assert all(low <= mean <= high for low, mean, high in zip(made.low, made.mean, made.high, strict=True))


def test_no_reading_gives_no_forecast_and_says_so() -> None:
    made = forecast([None, math.nan, math.inf, "N/A"], horizon=3)
    assert (made.mean, made.reason, made.n_used) == ((), "no_points", 0)


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_readings_are_a_guess_and_say_so(count: int) -> None:
    made = forecast([100.0, 104.0][:count], horizon=1)
    assert made.reason == "too_few_points"
    assert width(made) > 20


def test_the_interval_narrows_with_more_readings_of_the_same_kind() -> None:
    widths = [sum(width(forecast(noisy(count, seed=seed), horizon=1)) for seed in range(20)) for count in (3, 12, 120)]
    assert widths == sorted(widths, reverse=True)


def test_the_interval_never_narrows_further_ahead() -> None:
    made = forecast(noisy(60), horizon=20)
    widths = [width(made, step) for step in range(20)]
    assert widths == sorted(widths)


def test_the_interval_of_a_short_series_widens_with_every_step() -> None:
    made = forecast([100.0, 108.0, 97.0, 103.0], horizon=6)
    assert width(made, 5) > 1.15 * width(made, 0)


def test_a_trend_that_has_turned_before_may_turn_again() -> None:
    straight = noisy(60, noise=1.0, slope=2.0)
    turned = [*noisy(30, noise=1.0), *noisy(30, noise=1.0, slope=4.0)]
    assert width(forecast(turned, horizon=20), 19) > 3 * width(forecast(straight, horizon=20), 19)


def test_growth_that_went_by_fits_and_starts_is_doubted_more_the_further_ahead() -> None:
    steady = [1000.0 + 5 * place for place in range(120)]
    by_starts = [1000.0 + 5 * place + 80 * (place // 40) for place in range(120)]
    made, even = forecast(by_starts, horizon=60), forecast(steady, horizon=60)
    assert width(made, 59) > 2 * width(even, 59)
    assert width(made, 59) > 5 * width(made, 9)


def test_a_forecast_of_the_past_knows_only_what_had_been_seen_then() -> None:
    flat_then_rising = np.array([*noisy(30, noise=1.0), *noisy(30, noise=1.0, slope=4.0)])
    made = paths(flat_then_rising, 10)
    assert made[25, 9] - made[25, 0] == pytest.approx(0, abs=2)
    assert made[60, 9] - made[60, 0] > 10


def test_days_with_rare_peaks_reach_further_up_than_down() -> None:
    chance = random.Random(5)  # noqa: S311 - a repeatable series, nothing secret
    made = forecast([1000 + chance.lognormvariate(3, 1) for _ in range(300)], horizon=1)
    assert made.high[0] - made.mean[0] > 1.15 * (made.mean[0] - made.low[0])


def test_a_few_equal_readings_do_not_prove_that_nothing_moves() -> None:
    assert width(forecast([50.0, 50.0, 50.0], horizon=1)) > 1


def test_a_steady_rise_goes_on() -> None:
    made = forecast(noisy(40, noise=1.0, slope=5.0), horizon=4)
    assert made.mean[3] == pytest.approx(100 + 5 * 43, rel=0.02)


def test_four_readings_that_rise_alike_are_followed() -> None:
    made = forecast([10000, 10250, 10520, 10800], horizon=1)
    assert made.mean[0] > 10900


def test_a_week_repeats_itself_at_the_right_days() -> None:
    days = [level * WEEK_SHAPE[place % 7] for place, level in enumerate(noisy(100))]
    made = forecast(days, season=7, horizon=7)
    expected = [100 * WEEK_SHAPE[place % 7] for place in range(100, 107)]
    assert made.method == "smoothing+season7"
    assert made.mean == pytest.approx(expected, rel=0.15)


def test_a_week_is_seldom_seen_where_there_is_none() -> None:
    methods = [forecast(noisy(100, seed=seed), season=7, horizon=7).method for seed in range(50)]
    assert methods.count("smoothing") >= 40


def test_a_year_is_seen_in_three_years_of_days() -> None:
    days = [level * (2 + math.sin(2 * math.pi * place / YEAR)) for place, level in enumerate(noisy(3 * YEAR + 20))]
    made = forecast(days, season=7, horizon=90)
    peak = 100 * (2 + math.sin(2 * math.pi * (3 * YEAR + 109) / YEAR))
    assert "season365" in made.method
    assert made.mean[-1] == pytest.approx(peak, rel=0.15)


def test_followers_do_not_all_leave_for_a_day() -> None:
    full = [5000.0 + 3 * place for place in range(60)]
    with_outages = [0.0 if place in (20, 21, 40) else value for place, value in enumerate(full)]
    assert forecast(with_outages, horizon=1).mean[0] == pytest.approx(5180, rel=0.002)


def test_an_outage_on_the_last_days_does_not_shift_the_steps() -> None:
    full = [5000.0 + 3 * place for place in range(60)]
    made = forecast([*full, 0.0, 0.0], horizon=2)
    assert made.mean == pytest.approx([5000 + 3 * 62, 5000 + 3 * 63], rel=0.002)


def test_zeros_before_the_first_reading_are_no_result() -> None:
    assert prepare([0, 0, None, 0, 40, 41, 42]).n_used == 3


def test_zeros_of_a_flow_are_results() -> None:
    assert prepare([4, 0, 7, 0, 0, 9, 3, 2]).n_used == 8


def test_gaps_are_bridged() -> None:
    ready = prepare([10, None, 20, math.nan, 30])
    assert (ready.values * ready.scale).tolist() == pytest.approx([10, 15, 20, 25, 30])


def test_one_wild_reading_hardly_moves_the_forecast() -> None:
    calm = noisy(40)
    wild = [*calm[:38], 5000.0, calm[39]]
    assert forecast(wild, horizon=1).mean[0] == pytest.approx(forecast(calm, horizon=1).mean[0], rel=0.1)
    assert max(reined_in(prepare(wild).values)) < 0.1


def test_what_was_never_negative_stays_so() -> None:
    made = forecast([9, 7, 6, 4, 3, 2, 1, 1, 0], horizon=12)
    assert min(made.low) == 0


def test_what_was_negative_may_be_so_again() -> None:
    assert forecast([3, -2, 4, -5, 1, 0, -3, 2], horizon=1).low[0] < 0


def test_a_percentage_stays_within_its_bounds() -> None:
    made = forecast([91, 93, 95, 96, 98, 99], horizon=12, lower=0, upper=100)
    assert max(made.high) == 100


@pytest.mark.parametrize(
    "values", [[1.7e308, -1.7e308, 1e308], [5e-324, 0.0, 5e-324], [10**400, 3, 4], [True, 2, 3], [1e160, 1, 1, 1, 1, 0]]
)
def test_extreme_values_give_finite_forecasts(values: list[object]) -> None:
    made = forecast(values, horizon=4)
    assert all(math.isfinite(value) for line in (made.mean, made.low, made.high) for value in line)


def test_a_horizon_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="horizon must be at least 1"):
        forecast([1, 2, 3], horizon=0)


def test_crossed_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match="lies above"):
        forecast([1, 2, 3], horizon=1, lower=5, upper=4)


@pytest.mark.parametrize(
    ("freq", "season"),
    [("D", 7), ("W", 52), ("M", 12), ("Q", 4), ("Y", 1), ("week", 52), ("MS", 12), ("QE-DEC", 4), ("W-SUN", 52)],
)
def test_a_frequency_knows_its_season(freq: str, season: int) -> None:
    assert season_of(freq) == season


@pytest.mark.parametrize("freq", ["", "s", "fortnight", "Semana"])
def test_an_unknown_frequency_has_no_season(freq: str) -> None:
    assert season_of(freq) == 1


def test_a_season_needs_two_periods() -> None:
    ready = prepare([WEEK_SHAPE[place % 7] for place in range(14)])
    assert find_season(ready.values, 7, positive=True) is None
    assert find_year(ready.values) is None
