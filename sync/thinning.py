"""A long series for a small picture: fewer points, the same shape. Pure."""

from collections.abc import Sequence
from datetime import date

Point = tuple[date, float]


def thinned(points: Sequence[Point], most: int) -> list[Point]:
    """At most `most` (at least 3) of these points, ascending; the first and the last, peaks and troughs stay.

    "Largest triangle three buckets" (S. Steinarsson, Downsampling time series for visual representation, 2013): of each
    bucket the point that spans the largest triangle with the one chosen before and the middle of the next bucket.
    """
    if len(points) <= most:
        return list(points)
    size = (len(points) - 2) / (most - 2)
    edges = [1 + int(number * size) for number in range(most - 1)] + [len(points)]
    chosen = [points[0]]
    for number in range(most - 2):
        here = points[edges[number] : edges[number + 1]]
        ahead = points[edges[number + 1] : edges[number + 2]]
        chosen.append(_widest(chosen[-1], here, _middle(ahead)))
    return [*chosen, points[-1]]


def _middle(points: Sequence[Point]) -> tuple[float, float]:
    days = sum(day.toordinal() for day, _ in points) / len(points)
    return days, sum(value for _, value in points) / len(points)


def _widest(before: Point, points: Sequence[Point], ahead: tuple[float, float]) -> Point:
    x, y = before[0].toordinal(), before[1]

    def area(point: Point) -> float:
        return abs((x - ahead[0]) * (point[1] - y) - (x - point[0].toordinal()) * (ahead[1] - y))

    return max(points, key=area)
