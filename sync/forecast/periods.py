"""Pure: dates -> evenly spaced periods. Days, ISO weeks, calendar months, quarters and years, each numbered without a
gap.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

GRAINS = ("day", "week", "month", "quarter", "year")
MEAN_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "quarter": 91.3125, "year": 365.25}
LONGEST = 4000  # periods looked back on: one reading dated 203 instead of 2023 must not make a grid of two millennia
_WIDEST_GAP = {"day": 3, "week": 14, "month": 45, "quarter": 135}  # days between readings, up to which this grain fits
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def grain_of(days: Sequence[date]) -> str:
    """The grain that suits the usual gap between ascending, distinct days."""
    gap = median((later - earlier).days for earlier, later in pairwise(days)) if len(days) > 1 else 1
    return next((grain for grain, widest in _WIDEST_GAP.items() if gap <= widest), "year")


def coarser(grain: str) -> str:
    return GRAINS[min(GRAINS.index(grain) + 1, len(GRAINS) - 1)]


def number_of(day: date, grain: str) -> int:
    if grain == "day":
        return day.toordinal()
    if grain == "week":
        return (day.toordinal() - 1) // 7  # ordinal 1 was a Monday
    return (day.year * 12 + day.month - 1) // _MONTHS[grain]


def first_day(number: int, grain: str) -> date:
    if grain in ("day", "week"):
        return date.fromordinal(number if grain == "day" else number * 7 + 1)
    year, month = divmod(number * _MONTHS[grain], 12)
    return date(year, month + 1, 1)


def last_day(number: int, grain: str) -> date:
    try:
        return first_day(number + 1, grain) - timedelta(days=1)
    except (ValueError, OverflowError):  # the calendar ends with the year 9999, and people do type it
        return date.max


def share_of(number: int, grain: str, begin: date, end: date) -> float:
    """What part of the period's days lie from `begin` to `end`, both included."""
    first, last = first_day(number, grain), last_day(number, grain)
    inside = (min(last, end) - max(first, begin)).days + 1
    return max(0, inside) / ((last - first).days + 1)


def by_period(points: Sequence[tuple[date, float]], grain: str, *, summed: bool) -> dict[int, float]:
    """Period number -> the sum of its readings, or the last of them, for the latest periods; `points` ascend, there is
    at least one.
    """
    oldest = number_of(points[-1][0], grain) - LONGEST
    result: dict[int, float] = {}
    for day, value in points:
        number = number_of(day, grain)
        if number > oldest:
            result[number] = result.get(number, 0.0) + value if summed else value
    return result


def evenly(periods: dict[int, float]) -> list[float | None]:
    """Every period from the first to the last; None where there was no reading."""
    return [periods.get(number) for number in range(min(periods), max(periods) + 1)]
