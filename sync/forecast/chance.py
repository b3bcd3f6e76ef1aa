"""Pure: an outlook and a goal -> the chance of reaching it."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeGuard

from sync.forecast.values import Reason

_NORMAL = NormalDist()
_NINTH_TENTH = _NORMAL.inv_cdf(0.9)


@dataclass(frozen=True, slots=True)
class Goal:
    """What the chance is the chance of. `direction`: increase, hold_above, decrease, hold_below, keep_within or reach.

    `upper` is the upper limit of a range whose lower limit is `target`.
    """

    direction: str
    target: float | None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The value to expect and its 80 % interval; all three alike if it is a fact."""

    value: float
    low: float
    high: float
    reason: Reason = ""


def is_number(value: object) -> TypeGuard[float]:
    """A finite number that can still be added to others."""
    if type(value) is float:  # nearly always, and asked of every reading
        return abs(value) <= 1e300
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 1e300
    )  # NaN is not <= anything


def chance_of(outlook: Outlook, goal: Goal) -> float | None:
    if goal.target is None or not is_number(goal.target):
        return None
    below = _share_below(outlook, goal.target)
    if goal.direction in ("increase", "hold_above"):
        chance = 1 - below
    elif goal.direction in ("decrease", "hold_below"):
        chance = _share_up_to(outlook, goal.target)
    elif goal.upper is not None and is_number(goal.upper):
        chance = _share_up_to(outlook, goal.upper) - below
    else:
        return None
    return min(0.99, max(0.01, chance))


def _share_below(outlook: Outlook, value: float) -> float:
    """Of the predictive distribution: half a normal on either side of the middle, each as wide as its side of the
    interval.
    """
    width = outlook.high - outlook.value if value > outlook.value else outlook.value - outlook.low
    if width <= 0:
        return 1.0 if value > outlook.value else 0.0
    return _NORMAL.cdf(_NINTH_TENTH * (value - outlook.value) / width)


def _share_up_to(outlook: Outlook, value: float) -> float:
    width = outlook.high - outlook.value if value >= outlook.value else outlook.value - outlook.low
    return _share_below(outlook, value) if width > 0 else float(value >= outlook.value)
