"""The case form of `semaforo evaluate` -> a definition and a series. Pure.

Relative, delta and ratio targets become absolute ones (see case_targets), so that the judgement knows one kind only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from sync.case_numbers import read_number
from sync.case_targets import RATIOS, RELATIVE, Numbers, make_absolute, rescale, wanted
from sync.model import (
    Cadence,
    KpiDefinition,
    MeasureKind,
    Measurement,
    MeasurementSeries,
    PlanPoint,
    Provenance,
    Span,
)
from sync.periods import DAYS
from sync.units import is_percent

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
    kind = _KINDS[kpi.get("measure") or "stock"]
    points = tuple(_point(entry, kpi, locale, near) for entry in row.get("series") or ())
    rescale(kpi, numbers, [point.value for point in points if point.value])
    make_absolute(kpi, kind, numbers)
    direction, target, upper = wanted(kpi, numbers)
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
        plan=_plan(kpi, locale, numbers.baseline or 0.0, target),
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


def _point(entry: Any, kpi: Mapping[str, Any], locale: str | None, near: list[float]) -> Measurement:
    """[date, value]: a number, a text, {value, unit}, {num, den}, or {value, n} of an average."""
    if isinstance(entry, Mapping):
        entry = (entry.get("date", entry.get("on")), entry)
    on, cell = _day(entry[0]), entry[1] if len(entry) > 1 else None
    if on is None:
        raise ValueError("a row of the series has no date")
    if not isinstance(cell, Mapping):
        return Measurement(on, read_number(cell, locale, near))
    value = read_number(cell.get("value"), locale, near)
    above, below = read_number(cell.get("num"), locale), read_number(cell.get("den"), locale)
    weight = read_number(cell.get("n", cell.get("weight")), locale)
    if above is None and value is not None and weight is not None and kpi.get("measure") in ("average", "ratio"):
        percent = kpi.get("measure") == "ratio" and is_percent(kpi.get("unit"))
        above, below = value * weight / (100 if percent else 1), weight
    return Measurement(on, value, above, below, unit=cell.get("unit"))


def _day(text: Any) -> date | None:
    return None if not text else date.fromisoformat(str(text)[:10])


def _unit(kpi: Mapping[str, Any]) -> str | None:
    """A multiplier's or a relative per cent is the target's unit, not that of the readings."""
    unit = kpi.get("unit")
    rate = _KINDS.get(kpi.get("measure") or "stock") in (MeasureKind.RATIO, MeasureKind.AVERAGE)
    if kpi.get("target_kind") in RATIOS | RELATIVE and not rate:
        return None
    return str(unit) if unit else None


def _span(kpi: Mapping[str, Any], kind: MeasureKind) -> Span | None:
    """The aggregation that the case names, but levels and running totals are never summed."""
    if kind in (MeasureKind.LEVEL, MeasureKind.RUNNING_TOTAL, MeasureKind.MILESTONE):
        return Span.LATEST
    word = kpi.get("aggregation")
    if kpi.get("period") and not _one_period(kpi):
        return Span.PERIOD
    if kind is MeasureKind.FLOW and word == "mean":
        return Span.PERIOD
    return _SPANS.get(word, Span.LATEST) if word else None


def _one_period(kpi: Mapping[str, Any]) -> bool:
    """Whether the window is no longer than the period that the target is meant for."""
    start, due = _day(kpi.get("start")), _day(kpi.get("due"))
    if start is None or due is None or kpi.get("aggregation") == "latest_period":
        return False
    return (due - start).days <= 1.2 * DAYS[Cadence(kpi["period"])]


def _plan(kpi: Mapping[str, Any], locale: str | None, baseline: float, target: float | None) -> tuple[PlanPoint, ...]:
    """The dated milestones as values; a season's shares (of 1 or of 100) are laid between baseline and target."""
    if target is None:
        return ()
    near = [number for number in (baseline, target) if number]
    read = ((_day(entry[0]), read_number(entry[1], locale, near)) for entry in kpi.get("plan_points") or ())
    points = sorted((on, value) for on, value in read if on is not None and value is not None)
    values = [value for _, value in points]
    whole = _whole(values, target) if kpi.get("plan") == "seasonal" else None
    if whole is not None:
        values = [baseline + share / whole * (target - baseline) for share in _cumulated(values, whole)]
    return tuple(PlanPoint(on, value) for (on, _), value in zip(points, values, strict=True))


def _whole(values: list[float], target: float) -> float | None:
    """What the shares of a season add up to: 1, 100 or the target, at their end or in sum; None for plain values."""
    if not values or min(values) < 0:
        return None
    ends = (values[-1], sum(values))
    wholes = [whole for whole in (1.0, 100.0) if any(abs(end - whole) <= 0.02 * whole for end in ends)]
    if wholes and max(values) < abs(target):
        return wholes[0]
    return target if target > 0 and abs(sum(values) - target) <= 0.02 * target else None


def _cumulated(values: list[float], whole: float) -> list[float]:
    if abs(values[-1] - whole) <= 0.02 * whole:
        return values
    return list(accumulate(values))


def _bound(kpi: Mapping[str, Any], colour: str) -> float | None:
    """A tolerance given as {green, amber}: the owner's own bounds."""
    tolerance = kpi.get("tolerance")
    return read_number(tolerance.get(colour)) if isinstance(tolerance, Mapping) else None
