"""The case form of `semaforo evaluate` -> a definition and a series. Pure.

Relative, delta and ratio targets become absolute ones here, so that the judgement knows one kind only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sync.case_numbers import read_number
from sync.model import (
    Cadence,
    Direction,
    KpiDefinition,
    MeasureKind,
    Measurement,
    MeasurementSeries,
    PlanPoint,
    Provenance,
    Span,
)
from sync.units import is_percent, percent_factor

_KINDS = {
    "stock": MeasureKind.LEVEL,
    "level": MeasureKind.LEVEL,
    "flow": MeasureKind.FLOW,
    "cumulative": MeasureKind.RUNNING_TOTAL,
    "running_total": MeasureKind.RUNNING_TOTAL,
    "ratio": MeasureKind.RATIO,
    "average": MeasureKind.AVERAGE,
    "milestone": MeasureKind.MILESTONE,
}
_SPANS = {
    "latest": Span.LATEST,
    "latest_period": Span.PERIOD,
    "sum": Span.WINDOW,
    "ratio_of_sums": Span.WINDOW,
    "mean": Span.WINDOW,
    "weighted_mean": Span.WINDOW,
}
_RELATIVE = {"relative_percent", "relative", "percent"}
_DELTAS = {"delta", "points", "percentage_points", "delta_points"}
_RATIOS = {"ratio", "multiplier"}


@dataclass
class Numbers:
    """The numbers of a case, on their way to absolute targets."""

    baseline: float | None
    target: float | None
    low: float | None
    high: float | None
    flags: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Case:
    """A case understood: what the judgement needs, and what the adapter noticed."""

    definition: KpiDefinition
    series: MeasurementSeries
    today: date
    flags: tuple[str, ...] = ()


def read_case(row: Mapping[str, Any]) -> Case:
    """One case. Raises KeyError, TypeError or ValueError where the form itself is broken (no kpi, no as_of)."""
    kpi, locale = row["kpi"], (row.get("raw") or {}).get("locale")
    numbers = _numbers(kpi, locale)
    near = [number for number in (numbers.baseline, numbers.target, numbers.low, numbers.high) if number is not None]
    points = tuple(_point(entry, locale, near) for entry in row.get("series") or ())
    kind = _KINDS[kpi.get("measure") or "stock"]
    _rescale(kpi, numbers, points)
    _absolute(kpi, kind, numbers)
    direction, target, upper = _wanted(kpi, numbers)
    definition = KpiDefinition(
        id=str(row.get("id", "")),
        row=0,
        name=str(row.get("title") or row.get("id", "")),
        unit=_unit(kpi),
        measure_kind=kind,
        direction=direction,
        baseline=numbers.baseline,
        target=target,
        upper_limit=upper,
        plan=_plan(kpi, locale, near),
        seasonal=kpi.get("plan") == "seasonal",
        start=_day(kpi.get("start")) or _day(kpi.get("baseline_date")),
        due=_day(kpi.get("due")),
        cadence=Cadence(kpi.get("period") or kpi.get("cadence") or "month"),
        span=_span(kpi, kind),
        green_from=_bound(kpi, "green"),
        amber_from=_bound(kpi, "amber"),
    )
    if not kpi.get("start") and definition.start:
        numbers.flags.add("start_defaulted")
    today = _day(row["as_of"])
    if today is None:
        raise ValueError("as_of is empty")
    return Case(definition, MeasurementSeries(points, Provenance("case")), today, tuple(sorted(numbers.flags)))


def _numbers(kpi: Mapping[str, Any], locale: str | None) -> Numbers:
    plain = [kpi.get(key) for key in ("baseline", "target", "target_low", "target_high")]
    near = [float(cell) for cell in plain if isinstance(cell, int | float) and not isinstance(cell, bool)]
    baseline, target, low, high = (read_number(cell, locale, near) for cell in plain)
    return Numbers(baseline, target, low, high)


def _point(entry: Any, locale: str | None, near: list[float]) -> Measurement:
    """[date, value]: a number, a text, or {value, unit} or {num, den}."""
    on, cell = _day(entry[0]), entry[1] if len(entry) > 1 else None
    if on is None:
        raise ValueError("a row of the series has no date")
    if not isinstance(cell, Mapping):
        return Measurement(on, read_number(cell, locale, near))
    return Measurement(
        on,
        read_number(cell.get("value"), locale, near),
        numerator=read_number(cell.get("num"), locale),
        denominator=read_number(cell.get("den"), locale),
        unit=cell.get("unit"),
    )


def _day(text: Any) -> date | None:
    return None if not text else date.fromisoformat(str(text)[:10])


def _unit(kpi: Mapping[str, Any]) -> str | None:
    """A multiplier's or a relative per cent is the target's unit, not that of the readings."""
    unit = kpi.get("unit")
    rate = _KINDS.get(kpi.get("measure") or "stock") in (MeasureKind.RATIO, MeasureKind.AVERAGE)
    if kpi.get("target_kind") in _RATIOS | _RELATIVE and not rate:
        return None
    return str(unit) if unit else None


def _span(kpi: Mapping[str, Any], kind: MeasureKind) -> Span | None:
    """The aggregation that the case names, but levels and running totals are never summed."""
    if kind in (MeasureKind.LEVEL, MeasureKind.RUNNING_TOTAL, MeasureKind.MILESTONE):
        return Span.LATEST
    if kpi.get("period") and kpi.get("aggregation") != "sum":
        return Span.PERIOD
    return _SPANS.get(kpi.get("aggregation") or "")


def _plan(kpi: Mapping[str, Any], locale: str | None, near: list[float]) -> tuple[PlanPoint, ...]:
    points = []
    for entry in kpi.get("plan_points") or ():
        on, value = _day(entry[0]), read_number(entry[1], locale, near)
        if on is not None and value is not None:
            points.append(PlanPoint(on, value))
    return tuple(points)


def _bound(kpi: Mapping[str, Any], colour: str) -> float | None:
    """A tolerance given as {green, amber}: the owner's own bounds."""
    tolerance = kpi.get("tolerance")
    return read_number(tolerance.get(colour)) if isinstance(tolerance, Mapping) else None


# --- every target an absolute one -------------------------------------------------------------------------------------


def _rescale(kpi: Mapping[str, Any], numbers: Numbers, points: tuple[Measurement, ...]) -> None:
    """A target of 0.85 beside readings of 81 %: the target is brought to per cent."""
    absolute = (kpi.get("target_kind") or "absolute") == "absolute"
    if not (absolute and is_percent(kpi.get("unit")) and numbers.target):
        return
    values = [point.value for point in points if point.value]
    if values and all(percent_factor(value, numbers.target) == 0.01 for value in values):
        for key in ("baseline", "target", "low", "high"):
            number = getattr(numbers, key)
            setattr(numbers, key, number * 100 if number is not None and abs(number) <= 1 else number)
        numbers.flags.add("scale_mismatch")


def _absolute(kpi: Mapping[str, Any], kind: MeasureKind, numbers: Numbers) -> None:
    """Relative, delta and ratio targets turned into absolute ones; without a baseline they become unknown."""
    word = kpi.get("target_kind") or "absolute"
    if word not in _RELATIVE | _DELTAS | _RATIOS:
        _near_end(kpi, numbers)
        return
    ends = [one for one in (numbers.low, numbers.high) if one is not None]
    amount = min(ends, key=abs) if ends else numbers.target  # of a range the near end decides
    falls = kpi.get("direction") == "decrease"
    if word in _RELATIVE and is_percent(kpi.get("unit")) and kind in (MeasureKind.RATIO, MeasureKind.AVERAGE):
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
        new = word in _DELTAS and kind in (MeasureKind.FLOW, MeasureKind.RUNNING_TOTAL)
        return amount if new else None
    sign = -1.0 if falls else 1.0
    if word in _DELTAS:
        return baseline + sign * abs(amount)
    if word in _RELATIVE:
        return None if baseline == 0 else baseline + sign * abs(baseline) * abs(amount) / 100
    return baseline / amount if falls and amount > 1 else baseline * amount


# --- what is wanted ---------------------------------------------------------------------------------------------------


def _wanted(kpi: Mapping[str, Any], numbers: Numbers) -> tuple[Direction | None, float | None, float | None]:
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
        return Direction.KEEP_WITHIN, target - abs(tolerance), target + abs(tolerance)
    return Direction.HOLD_ABOVE, target, None


def _reached(
    low: float | None, high: float | None, target: float | None, baseline: float | None
) -> tuple[Direction | None, float | None, float | None]:
    """ "Reach 55 %" says no way by itself: the baseline does, and a one-sided limit that it already met is a floor."""
    goal = target if target is not None else low if low is not None else high
    if low is not None and high is not None:
        return Direction.KEEP_WITHIN, low, high
    if baseline is None or goal is None:
        return (Direction.DECREASE if high is not None else Direction.INCREASE), goal, None
    if low is not None and baseline >= low:
        return Direction.HOLD_ABOVE, low, None
    if high is not None and baseline <= high:
        return Direction.HOLD_BELOW, high, None
    return (Direction.INCREASE if baseline <= goal else Direction.DECREASE), goal, None
