"""A thousand series in under five seconds, in one process."""

import random
import time
from typing import Any

import pytest

from sync.forecast import forecast


def series(count: int, seed: int = 0) -> list[float]:
    chance = random.Random(seed)  # noqa: S311 - a repeatable series, nothing secret
    return [100 + place / 10 + 20 * (place % 12 > 6) + chance.gauss(0, 5) for place in range(count)]


def test_a_hundred_monthly_series_take_less_than_half_a_second() -> None:
    many = [series(110, seed) for seed in range(100)]
    forecast(many[0], season=12, horizon=18)  # loads numpy
    begin = time.process_time()
    for values in many:
        forecast(values, season=12, horizon=18)
    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize(("count", "season"), [(24, 4), (110, 12), (260, 52), (3000, 7)])
def test_one_series(benchmark: Any, count: int, season: int) -> None:
    values = series(count)
    made = benchmark(forecast, values, season=season, horizon=18)
    assert len(made.mean) == 18
