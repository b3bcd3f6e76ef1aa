"""Pure: dated readings of a KPI and its due date -> the value to expect there, an 80 % interval and the chance of the
target.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from sync.forecast.ahead import Bounds, forecast, total_ahead
from sync.forecast.chance import Goal, Outlook, chance_of, is_number
from sync.forecast.periods import (
    MEAN_DAYS,
    by_period,
    coarser,
    evenly,
    first_day,
    grain_of,
    last_day,
    number_of,
    share_of,
)
from sync.forecast.values import FEW, ProjectedValue, Reason, season_of

Points = list[tuple[date, float]]

FAR = 10  # times as many steps as readings: beyond that nothing can be said
MANY_STEPS = 45  # days ahead from which weeks forecast better than days,
ENOUGH_WEEKS = 12  # if there are so many of them
HOLES = 0.2  # share of days without a reading from which a flow is better summed by the next coarser period
RESET = 0.5  # a running total that falls by more than this share has begun anew


def forecast_at_due(
    points: Iterable[tuple[date, float | None]],
    due: date,
    goal: Goal,
    *,
    kind: str = "level",
    start: date | None = None,
    bounds: Bounds = (None, None),
) -> ProjectedValue:
    """`points` in any order; of two on one day the later counts, what is no finite number or lies after `due` does
    not.

    `kind` is a measure kind: a flow is summed from `start` (or from the first reading) to `due`, each reading standing
    for its whole day, ISO week, month ...; a running total is continued by its own increases; anything else is read at
    `due`. `direction` is increase, hold_above, decrease, hold_below or keep_within. `bounds` are those of the measure,
    such as (0, 100). Never raises on values.
    """
    known = _known(points, due)
    if len(known) < FEW:
        return _nothing("too_few_points")
    if kind == "flow":
        return _judged(_flow(known, due, start, bounds), goal)
    if kind == "running_total":
        return _judged(_running_total(known, due), goal)
    return _judged(_level(known, due, bounds, kind == "level"), goal)


def _known(points: Iterable[tuple[date, float | None]], due: date) -> Points:
    latest = {day: float(value) for day, value in points if day <= due and is_number(value)}
    return sorted(latest.items())


def _fact(value: float) -> Outlook:
    return Outlook(value, value, value, "due_reached")


# --- a level is read at the due date ----------------------------------------------------------------------------------


def _level(points: Points, due: date, bounds: Bounds, growing: bool) -> Outlook | Reason:
    """`growing`: a stock such as followers, whose days tell its slope better than its weeks; rates are noise by day."""
    last_date, last_value = points[-1]
    if last_date == due:
        return _fact(last_value)
    own = grain_of([day for day, _ in points])
    grain = own if growing else _far_grain(points, own, due)
    periods = by_period(points, grain, summed=False)
    steps = (due - last_date).days / MEAN_DAYS[grain]
    if trouble := _trouble(len(periods), steps):
        return trouble
    horizon = math.ceil(steps)
    ahead = forecast(evenly(periods), season=season_of(grain), horizon=horizon, lower=bounds[0], upper=bounds[1])
    part = steps - (horizon - 1)
    value, low, high = (_between((last_value, *line), horizon, part) for line in (ahead.mean, ahead.low, ahead.high))
    return Outlook(value, low, high)


def _between(line: Sequence[float], step: int, part: float) -> float:
    """The due date seldom falls on a step: straight between the step before it and the one after."""
    return line[step - 1] * (1 - part) + line[step] * part


# --- a flow is what has come and what is still to come ----------------------------------------------------------------


def _flow(points: Points, due: date, start: date | None, bounds: Bounds) -> Outlook | Reason:
    begin = start or points[0][0]
    so_far = math.fsum(value for day, value in points if day >= begin)
    own = grain_of([day for day, _ in points])
    grain = _far_grain(points, _dense_grain(points, own), due)
    covered = last_day(number_of(points[-1][0], own), own)
    if covered >= due:
        return _fact(so_far)
    periods = _whole_periods(points, grain, covered)
    following = max(periods) + 1 if periods else 0
    last = number_of(due, grain)
    if trouble := _trouble(len(periods), last - following + 1):
        return trouble
    unseen = max(covered + timedelta(days=1), begin)
    weights = [share_of(number, grain, unseen, due) for number in range(following, last + 1)]
    rest = total_ahead(evenly(periods), season_of(grain), weights, bounds)
    return Outlook(so_far + rest[0], so_far + rest[1], so_far + rest[2]) if rest else "too_few_points"


def _dense_grain(points: Points, grain: str) -> str:
    """A shop that is shut at weekends has no readings there and no sales either: summed by the week, nothing is
    invented.
    """
    while grain != "year":
        periods = by_period(points, grain, summed=True)
        wider = by_period(points, coarser(grain), summed=True)
        if len(periods) >= (1 - HOLES) * (max(periods) - min(periods) + 1) or len(wider) < FEW + 2:
            return grain
        grain = coarser(grain)
    return grain


def _whole_periods(points: Points, grain: str, covered: date) -> dict[int, float]:
    """Sums of the periods that lie wholly between the first reading and the last covered day."""
    own = grain_of([day for day, _ in points])
    begin = first_day(number_of(points[0][0], own), own)
    periods = by_period(points, grain, summed=True)
    return {
        number: value
        for number, value in periods.items()
        if first_day(number, grain) >= begin and last_day(number, grain) <= covered
    }


# --- a running total is continued by its own increases ----------------------------------------------------------------


def _running_total(points: Points, due: date) -> Outlook | Reason:
    points = _since_reset(points)
    last_date, last_value = points[-1]
    if last_date == due:
        return _fact(last_value)
    grain = _far_grain(points, grain_of([day for day, _ in points]), due)
    readings = _bridged(by_period(points, grain, summed=False))
    steps = (due - last_date).days / MEAN_DAYS[grain]
    if trouble := _trouble(len(readings), steps):
        return trouble
    increases = [later - earlier for earlier, later in pairwise(readings)]
    weights = [min(1.0, steps - step) for step in range(math.ceil(steps))]
    rest = total_ahead(increases, season_of(grain), weights, (None, None))
    return Outlook(last_value + rest[0], last_value + rest[1], last_value + rest[2]) if rest else "too_few_points"


def _since_reset(points: Points) -> Points:
    """From the last place where the total began anew (a new year's count)."""
    for place in range(len(points) - 1, 0, -1):
        before, after = points[place - 1][1], points[place][1]
        if before > 0 and after < before * RESET:
            return points[place:]
    return points


def _bridged(periods: dict[int, float]) -> list[float]:
    """Straight over periods without a reading."""
    numbers = sorted(periods)
    result = [periods[numbers[0]]]
    for earlier, later in pairwise(numbers):
        rise = (periods[later] - periods[earlier]) / (later - earlier)
        result += [periods[earlier] + rise * step for step in range(1, later - earlier + 1)]
    return result


# --- common to all ----------------------------------------------------------------------------------------------------


def _far_grain(points: Points, grain: str, due: date) -> str:
    """Weeks instead of days where the due date is far and the history long."""
    days, ahead = (points[-1][0] - points[0][0]).days, (due - points[-1][0]).days
    return "week" if grain == "day" and ahead > MANY_STEPS and days >= 7 * ENOUGH_WEEKS else grain


def _trouble(readings: int, steps: float) -> Reason:
    if readings < FEW:
        return "too_few_points"
    return "too_far" if steps > FAR * readings else ""


def _nothing(reason: Reason) -> ProjectedValue:
    return ProjectedValue(None, None, None, None, reason)


def _judged(outlook: Outlook | Reason, goal: Goal) -> ProjectedValue:
    if isinstance(outlook, str):
        return _nothing(outlook)
    chance = chance_of(outlook, goal)
    reason = outlook.reason or ("" if chance is not None else "no_target")
    return ProjectedValue(outlook.value, outlook.low, outlook.high, chance, reason)
