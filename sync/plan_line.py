"""The plan line: what a KPI should say on a date between start and due. Pure.

Straight, along the owner's own milestones, or by the shares that the seasons had in earlier years.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from sync.model import Measurement, PlanPoint
from sync.numbers import usable


def straight_share(start: date, due: date, on: date) -> float:
    """The share of the window that has gone by on `on`, in [0, 1]."""
    return min(1.0, max(0.0, (on - start).days / (due - start).days))


def milestone_value(
    baseline: float, target: float, window: tuple[date, date], plan: Sequence[PlanPoint], on: date
) -> float:
    """The value expected on `on`: straight lines from the baseline at the start through the owner's dated milestones.

    After the last milestone the line goes on to the target at the due date.
    """
    start, due = window
    points = {start: baseline, due: target}
    points.update({point.on: point.value for point in plan if start <= point.on <= due and usable(point.value)})
    days = sorted(points)
    return _between(days, [points[day] for day in days], on)


def _between(days: list[date], values: list[float], on: date) -> float:
    index = bisect_right(days, on)
    if index == 0:
        return values[0]
    if index == len(days):
        return values[-1]
    share = (on - days[index - 1]).days / (days[index] - days[index - 1]).days
    return values[index - 1] + share * (values[index] - values[index - 1])


def seasonal_share(start: date, due: date, on: date, earlier: Sequence[Measurement], *, flow: bool) -> float | None:
    """The share of the way that the same days of the latest earlier year had made; None without a whole such window.

    A flow's share is its sum up to the day over the sum of the window; a level's is its rise over the window's rise.
    """
    for years in (1, 2, 3):
        first, last, day = (_years_before(one, years) for one in (start, due, on))
        inside = [point for point in earlier if first <= point.on <= last and point.value is not None]
        share = _flow_share(inside, day) if flow else _level_share(inside, day)
        if share is not None and _covers(inside, first, last):
            return min(1.0, max(0.0, share))
    return None


def _years_before(on: date, years: int) -> date:
    year = max(date.min.year, on.year - years)
    return on.replace(year=year, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=year)


def _covers(points: Sequence[Measurement], first: date, last: date) -> bool:
    """Whether the readings reach over nearly all of that window."""
    margin = 0.2 * (last - first).days
    return len(points) >= 3 and (points[0].on - first).days <= margin and (last - points[-1].on).days <= margin


def _flow_share(points: Sequence[Measurement], day: date) -> float | None:
    total = sum(point.value or 0.0 for point in points)
    return sum(point.value or 0.0 for point in points if point.on <= day) / total if total > 0 else None


def _level_share(points: Sequence[Measurement], day: date) -> float | None:
    if len(points) < 2:
        return None
    values = [point.value or 0.0 for point in points]
    rise = values[-1] - values[0]
    if abs(rise) < 1e-9:
        return None
    return (_between([point.on for point in points], values, day) - values[0]) / rise
