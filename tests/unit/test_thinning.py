from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.thinning import thinned

FIRST = date(2020, 1, 1)


def series(values: list[float]) -> list[tuple[date, float]]:
    return [(FIRST + timedelta(days=index), value) for index, value in enumerate(values)]


def test_a_short_series_stays_as_it_is() -> None:
    assert thinned(series([1.0, 2.0, 3.0]), 3) == series([1.0, 2.0, 3.0])


def test_a_lone_peak_stays() -> None:
    values = [0.0] * 1000
    values[617] = 50.0
    assert 50.0 in [value for _, value in thinned(series(values), 40)]


@given(st.lists(st.floats(-1e9, 1e9), min_size=5, max_size=300), st.integers(3, 60))
def test_no_more_than_asked_for_in_order_with_both_ends(values: list[float], most: int) -> None:
    points = series(values)
    left = thinned(points, most)
    assert len(left) == min(most, len(points))
    assert (left[0], left[-1]) == (points[0], points[-1])
    assert left == sorted(left, key=lambda point: point[0])
    assert set(left) <= set(points)
