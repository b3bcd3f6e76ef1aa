"""A series as a source gave it -> readings that can be believed, one a day, and what was doubted. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sync.doubts import doubted
from sync.model import KpiDefinition, MeasureKind, Measurement, MeasurementSeries
from sync.numbers import usable
from sync.units import conflict, is_percent, percent_factor

# Every flag that a value may carry.
FLAGS = (
    "missing_values",  # the source says N/A, or a ratio over zero: missing, not zero
    "future_rows",  # dated after today: not counted
    "rows_before_start",  # before the window: not progress
    "duplicate_date",  # two values on one day: the later row counts
    "unit_mismatch",  # measured in another unit than the target's
    "scale_mismatch",  # 0.81 beside a target of 85 %: brought to one scale
    "suspect_zero",  # zero where the readings around it forbid one: an outage, not a value
    "wild_reading",  # one reading far from all others: doubted until a second one says the same
    "level_shift",  # a sudden jump (merged accounts, a purge): not growth
    "counter_reset",  # a running total began anew: its parts are added
    "data_lag",  # the last period has no row
    "partial_period",  # the running period is not over: it is not judged
    "no_reading_at_due",  # nothing was measured near the due date
    "provisional",  # the source still restates these days
    "partial",  # the source's answer was incomplete
    "too_few_answers",  # fewer answers than the survey's minimum
    "replaced_version",  # the platform answered with another version of its interface than was asked for
    "negative_values",  # a count below zero: left out
    "unreadable_values",  # something that is no number: left out
    "rounded_values",  # the source gives rounded numbers
    "uncounted_answers",  # answers off the survey's scale, or without a day: not counted
)


_TYPED_BY_HAND = 24  # a longer series comes from a machine, which does not change its scale from row to row


@dataclass(frozen=True)
class Cleaned:
    """Readings of the window and before it, ascending, one a day."""

    readings: tuple[Measurement, ...]
    earlier: tuple[Measurement, ...]
    flags: tuple[str, ...]
    shift: float = 0.0


def clean(definition: KpiDefinition, series: MeasurementSeries, today: date) -> Cleaned:
    """The believed readings up to `today`, those of the window apart from those before it."""
    flags = {flag for flag in series.provenance.flags if flag in FLAGS}
    past = [point for point in series.points if point.on <= today]
    if len(past) < len(series.points):
        flags.add("future_rows")
    single = _one_a_day(past, flags)
    known = [point for point in (_with_value(definition, point) for point in single) if point is not None]
    if len(known) < len(single):
        flags.add("missing_values")
    scaled = _one_scale(definition, known, flags)
    start = definition.start or date.min
    inside = [point for point in scaled if point.on >= start]
    earlier = tuple(point for point in scaled if point.on < start)
    if earlier:
        flags.add("rows_before_start")
    if any(conflict(definition.unit, unit) for unit in {point.unit for point in inside}):
        flags.add("unit_mismatch")
    kept, shift, doubts = doubted(definition, inside)
    return Cleaned(tuple(kept), earlier, tuple(sorted(flags | doubts)), shift)


def _one_a_day(points: Iterable[Measurement], flags: set[str]) -> list[Measurement]:
    """Ascending; of two on one day the later row counts, and a row without a value never hides one with."""
    days: dict[date, Measurement] = {}
    for point in points:
        known = days.get(point.on)
        if known is not None and _differ(known, point):
            flags.add("duplicate_date")
        if known is None or not _empty(point):
            days[point.on] = point
    return [days[on] for on in sorted(days)]


def _empty(point: Measurement) -> bool:
    return point.value is None and (point.numerator is None or point.denominator is None)


def _differ(one: Measurement, other: Measurement) -> bool:
    return not _empty(one) and not _empty(other) and replace(one, unit=None) != replace(other, unit=None)


def _with_value(definition: KpiDefinition, point: Measurement) -> Measurement | None:
    """The reading with a usable value, its parts divided where it brings them; None where there is nothing."""
    if usable(point.numerator) and usable(point.denominator):
        value = quotient(definition, [point])
        return None if value is None else replace(point, value=value)
    if not usable(point.value):
        return None
    whole = point.numerator is None and point.denominator is None
    return point if whole else replace(point, numerator=None, denominator=None)


def quotient(definition: KpiDefinition, points: Iterable[Measurement]) -> float | None:
    """Sum of the numerators over the sum of the denominators, in per cent where the unit is; None over zero.

    A mean of ratios weighs a day of three visits like one of three thousand; the quotient of the sums doesn't.
    """
    parts = [(point.numerator or 0.0, point.denominator or 0.0) for point in points]
    below = math.fsum(part[1] for part in parts)
    if abs(below) < 1e-9:
        return None
    percent = definition.measure_kind is MeasureKind.RATIO and (definition.unit is None or is_percent(definition.unit))
    value = math.fsum(part[0] for part in parts) / below * (100 if percent else 1)
    return value if usable(value) else None


def _one_scale(definition: KpiDefinition, points: list[Measurement], flags: set[str]) -> list[Measurement]:
    """0.81 beside a target of 85 %, or 81 beside a target of 0.85 %, brought to the target's scale."""
    numbers = (definition.target, definition.baseline, definition.upper_limit)
    references = [number for number in numbers if number is not None and usable(number)]
    if not is_percent(definition.unit):
        return points
    factors = [_factor(point, references) for point in points]
    if 100.0 in factors and all(abs(point.value or 0.0) <= 1 for point in points):
        factors = [100.0] * len(points)  # one plain fraction shows what its neighbours are
    elif len(points) > _TYPED_BY_HAND:
        return points
    if any(factor != 1.0 for factor in factors):
        flags.add("scale_mismatch")
    return [
        point if factor == 1.0 else replace(point, value=(point.value or 0.0) * factor)
        for point, factor in zip(points, factors, strict=True)
    ]


def _factor(point: Measurement, references: list[float]) -> float:
    """The share of a survey is a percentage for certain: 1 % stays 1 %, though a target may be typed as a fraction."""
    if point.denominator is not None:
        return 1.0
    factor = percent_factor(point.value or 0.0, references)
    return factor if point.basis is None else min(1.0, factor)
