"""Where the readings have been going."""

from datetime import date, timedelta

import pytest

from sync.model import Measurement, Trend
from sync.trend import trend_of


def weekly(*values: float) -> list[Measurement]:
    return [Measurement(date(2026, 1, 1) + timedelta(weeks=week), value) for week, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        ((100, 104, 109, 113), Trend.UP),
        ((45, 43, 41, 39), Trend.DOWN),
        ((100, 100.2, 100.4, 100.3), Trend.FLAT),
        ((100, 180, 90, 170, 95, 185, 100), Trend.FLAT),  # noise is no trend
        ((100, 104, 109, 9000, 117, 121), Trend.UP),  # nor is one wild reading
        ((100, 120), Trend.UNKNOWN),
        ((), Trend.UNKNOWN),
    ],
)
def test_a_trend_is_more_than_the_noise_around_it(values: tuple[float, ...], trend: Trend) -> None:
    assert trend_of(weekly(*values)) is trend
