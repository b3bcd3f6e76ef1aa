"""The targets of the case form -> absolute targets and directions in the sheet's words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.case_numbers import read_number
from sync.model import Direction, MeasureKind
from sync.units import is_percent, percent_factor

RELATIVE = {"relative_percent", "relative", "percent"}
DELTAS = {"delta", "points", "percentage_points", "delta_points"}
RATIOS = {"ratio", "multiplier"}


@dataclass
class Numbers:
    """The numbers of a case, on their way to absolute targets."""

    baseline: float | None
    target: float | None
    low: float | None
    high: float | None
    flags: set[str] = field(default_factory=set)


# --- every target an absolute one -------------------------------------------------------------------------------------


def rescale(kpi: Mapping[str, Any], numbers: Numbers, values: Sequence[float]) -> None:
    """A target of 0.85 beside readings of 81 %: the target is brought to per cent."""
    absolute = (kpi.get("target_kind") or "absolute") == "absolute"
    if not (absolute and is_percent(kpi.get("unit")) and numbers.target):
        return
    if values and all(percent_factor(value, [numbers.target]) == 0.01 for value in values):
        for key in ("baseline", "target", "low", "high"):
            number = getattr(numbers, key)
            setattr(numbers, key, number * 100 if number is not None and abs(number) <= 1 else number)
        numbers.flags.add("scale_mismatch")


def make_absolute(kpi: Mapping[str, Any], kind: MeasureKind, numbers: Numbers) -> None:
    """Relative, delta and ratio targets turned into absolute ones; without a baseline they become unknown."""
    word = kpi.get("target_kind") or "absolute"
    if word not in RELATIVE | DELTAS | RATIOS:
        _near_end(kpi, numbers)
        return
    ends = [one for one in (numbers.low, numbers.high) if one is not None]
    amount = min(ends, key=abs) if ends else numbers.target  # of a range the near end decides
    falls = kpi.get("direction") == "decrease"
    if word in RELATIVE and is_percent(kpi.get("unit")) and kind in (MeasureKind.RATIO, MeasureKind.AVERAGE):
        numbers.flags.add("percent_or_points")
    numbers.low = numbers.high = None
    numbers.target = None if amount is None else _moved(word, amount, numbers.baseline, falls=falls, kind=kind)


def _near_end(kpi: Mapping[str, Any], numbers: Numbers) -> None:
    """Of a target range on the way, the end that is reached first decides."""
    direction = kpi.get("direction")
    if direction not in ("increase", "decrease") or numbers.low is None or numbers.high is None:
        return
    numbers.target = numbers.low if direction == "increase" else numbers.high
    numbers.low = numbers.high = None


def _moved(word: str, amount: float, baseline: float | None, *, falls: bool, kind: MeasureKind) -> float | None:
    if baseline is None:
        new = word in DELTAS and kind in (MeasureKind.FLOW, MeasureKind.RUNNING_TOTAL)
        return amount if new else None
    sign = -1.0 if falls else 1.0
    if word in DELTAS:
        return baseline + sign * abs(amount)
    if word in RELATIVE:
        return None if baseline == 0 else baseline + sign * abs(baseline) * abs(amount) / 100
    return baseline / amount if falls and amount > 1 else baseline * amount


# --- what is wanted ---------------------------------------------------------------------------------------------------


def wanted(kpi: Mapping[str, Any], numbers: Numbers) -> tuple[Direction | None, float | None, float | None]:
    """Direction, target and upper limit in the sheet's words."""
    direction, low, high = kpi.get("direction"), numbers.low, numbers.high
    target, baseline = numbers.target, numbers.baseline
    if direction == "maintain":
        return _kept(low, high, target, read_number(kpi.get("tolerance")))
    if direction == "reach":
        return _reached(low, high, target, baseline)
    limit = low if direction == "increase" else high
    if direction in ("increase", "decrease") and limit is not None and baseline is not None:
        beyond = baseline > limit if direction == "increase" else baseline < limit
        if beyond:  # "at least 55 %" from 68 %: a floor, said as a movement
            numbers.flags.add("baseline_beyond_target")
            return (Direction.HOLD_ABOVE if direction == "increase" else Direction.HOLD_BELOW), limit, None
    known = {"increase": Direction.INCREASE, "decrease": Direction.DECREASE}
    return known.get(str(direction)), limit if target is None else target, None


def _kept(
    low: float | None, high: float | None, target: float | None, tolerance: float | None
) -> tuple[Direction | None, float | None, float | None]:
    if low is not None and high is not None:
        return Direction.KEEP_WITHIN, low, high
    if low is not None:
        return Direction.HOLD_ABOVE, low, None
    if high is not None:
        return Direction.HOLD_BELOW, high, None
    if target is not None and tolerance:
        share = 0 < tolerance < 1 and abs(target) >= 10  # 0.05 beside 13,000 is five per cent
        room = abs(target) * tolerance if share else abs(tolerance)
        return Direction.KEEP_WITHIN, target - room, target + room
    return Direction.HOLD_ABOVE, target, None


def _reached_range(low: float, high: float, baseline: float | None) -> tuple[Direction, float, float | None]:
    """From outside a range the way leads to its near end; from inside it is to be kept."""
    if baseline is not None and baseline < low:
        return Direction.INCREASE, low, None
    if baseline is not None and baseline > high:
        return Direction.DECREASE, high, None
    return Direction.KEEP_WITHIN, low, high


def _reached(
    low: float | None, high: float | None, target: float | None, baseline: float | None
) -> tuple[Direction | None, float | None, float | None]:
    """ "Reach 55 %" says no way by itself: the baseline does, and a one-sided limit that it already met is a floor."""
    goal = target if target is not None else low if low is not None else high
    if low is not None and high is not None:
        return _reached_range(low, high, baseline)
    if baseline is None or goal is None:
        return (Direction.DECREASE if high is not None else Direction.INCREASE), goal, None
    if low is not None and baseline >= low:
        return Direction.HOLD_ABOVE, low, None
    if high is not None and baseline <= high:
        return Direction.HOLD_BELOW, high, None
    return (Direction.INCREASE if baseline <= goal else Direction.DECREASE), goal, None
