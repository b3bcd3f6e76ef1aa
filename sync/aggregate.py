"""Series and window -> the window's value. Pure.

| measure kind | value |
|---|---|
| level, running total, milestone | the latest reading (a running total is never summed) |
| flow on its way to a target | the sum of the window |
| flow, ratio, average as a target for each period | the last complete period of the cadence |
| ratio, average on its way to a target | the last complete period; where there is one reading a period, the latest |

`KpiDefinition.span` overrides this. From the due date on the value is that of the due date, never a later one.
"""

import math
from collections.abc import Sequence
from datetime import date

from sync.clean import Cleaned, clean, quotient
from sync.model import (
    Cadence,
    Direction,
    KpiDefinition,
    MeasureKind,
    Measurement,
    MeasurementSeries,
    Span,
    WindowValue,
)
from sync.periods import DAYS, NEAR_DAYS, add_days, period_end, period_start

_STANDING = {Direction.HOLD_ABOVE, Direction.HOLD_BELOW, Direction.KEEP_WITHIN}
_READINGS = {MeasureKind.LEVEL, MeasureKind.RUNNING_TOTAL, MeasureKind.MILESTONE}


def aggregate(definition: KpiDefinition, series: MeasurementSeries, today: date) -> WindowValue:
    """The value of the KPI's window as it is known on `today`. Never raises on what the series holds."""
    cleaned = clean(definition, series, today)
    if "unit_mismatch" in cleaned.flags or not cleaned.readings:
        return _value(cleaned, None, None, cleaned.readings)
    readings = _until_due(definition, cleaned.readings, today)
    if not readings:
        return _value(cleaned, None, None, (), "no_reading_at_due")
    span = span_of(definition)
    if span is Span.LATEST:
        return _latest(definition, cleaned, readings, today)
    if span is Span.WINDOW:
        return _window(definition, cleaned, readings, today)
    return _period(definition, cleaned, readings, today)


def span_of(definition: KpiDefinition) -> Span:
    """Over which readings the value is taken."""
    if definition.span is not None:
        return definition.span
    if definition.measure_kind in _READINGS:
        return Span.LATEST
    if definition.measure_kind is MeasureKind.FLOW and definition.direction not in _STANDING:
        return Span.WINDOW
    return Span.PERIOD


def _value(
    cleaned: Cleaned, actual: float | None, on: date | None, readings: Sequence[Measurement], *flags: str
) -> WindowValue:
    number = actual if actual is not None and math.isfinite(actual) else None
    merged = tuple(sorted({*cleaned.flags, *flags}))
    return WindowValue(number, on, tuple(readings), merged, cleaned.earlier, cleaned.shift)


def _until_due(definition: KpiDefinition, readings: tuple[Measurement, ...], today: date) -> tuple[Measurement, ...]:
    """The readings that count: up to the due date, or the first one shortly after it where none lies shortly before."""
    due = definition.due
    if due is None or today <= due or definition.measure_kind is MeasureKind.MILESTONE:
        return readings  # a milestone that is done late is done all the same
    before = tuple(point for point in readings if point.on <= due)
    near = NEAR_DAYS[definition.cadence]
    if before and (due - before[-1].on).days <= near:
        return before
    after = next((point for point in readings if point.on > due), None)
    late = after is not None and (after.on - due).days <= near
    return (*before, after) if late and after and span_of(definition) is Span.LATEST else before


def _latest(definition: KpiDefinition, cleaned: Cleaned, readings: Sequence[Measurement], today: date) -> WindowValue:
    last = readings[-1]
    return _value(cleaned, last.value, last.on, readings, *_lag(definition, last.on, today))


def _window(definition: KpiDefinition, cleaned: Cleaned, readings: Sequence[Measurement], today: date) -> WindowValue:
    """All of the window in one value: a sum, a quotient of sums, or a mean."""
    end = min(today, definition.due or today)
    on = readings[-1].on
    if definition.measure_kind is MeasureKind.FLOW and dated_at_start(definition, readings):
        on = max(on, min(period_end(on, definition.cadence), end))
    return _value(cleaned, combined(definition, readings), on, readings, *_lag(definition, on, today))


def combined(definition: KpiDefinition, readings: Sequence[Measurement]) -> float | None:
    """Several readings as one value, as the measure kind wants it; ratios are never averaged."""
    values = [point.value for point in readings if point.value is not None]
    if not values:
        return None
    if definition.measure_kind is MeasureKind.FLOW:
        return math.fsum(values)
    if all(point.denominator is not None for point in readings):
        return quotient(definition, readings)
    if definition.measure_kind is MeasureKind.AVERAGE:
        return math.fsum(values) / len(values)
    return values[-1]


def dated_at_start(definition: KpiDefinition, readings: Sequence[Measurement]) -> bool:
    """Whether a flow's rows carry the first day of the period that they sum up: 1 March for all of March.

    Told by a row on the very day the window opens: on that day nothing can have been summed yet.
    """
    cadence = definition.cadence
    if cadence is Cadence.DAY or not readings or readings[0].on != definition.start:
        return False
    starts = [point.on for point in readings]
    return all(period_start(on, cadence) == on for on in starts)


# --- a target for each period -----------------------------------------------------------------------------------------


def _period(definition: KpiDefinition, cleaned: Cleaned, readings: Sequence[Measurement], today: date) -> WindowValue:
    """The last complete period; where none is complete yet, no value and the flag partial_period."""
    groups = _groups(definition.cadence, readings)
    if definition.measure_kind is not MeasureKind.FLOW and all(len(group) == 1 for group in groups):
        return _latest(definition, cleaned, readings, today)
    flags: list[str] = []
    if not _complete(definition, groups, today):
        groups.pop()
        flags.append("partial_period")
    if len(groups) > 1 or flags:
        groups = groups[_cut_at_start(definition, groups[0]) :] if groups else groups
    if not groups:
        return _value(cleaned, None, readings[-1].on, readings, *flags)
    last = groups[-1]
    on = min(period_end(last[-1].on, definition.cadence), today, definition.due or today)
    kept = [point for group in groups for point in group]
    return _value(cleaned, combined(definition, last), on, kept, *flags, *_lag(definition, on, today))


def _groups(cadence: Cadence, readings: Sequence[Measurement]) -> list[list[Measurement]]:
    groups: dict[date, list[Measurement]] = {}
    for point in readings:
        groups.setdefault(period_start(point.on, cadence), []).append(point)
    return list(groups.values())


def _complete(definition: KpiDefinition, groups: list[list[Measurement]], today: date) -> bool:
    """Whether the last period is over: by the calendar, or by a row that closes it."""
    last = groups[-1][-1].on
    end = period_end(last, definition.cadence)
    if definition.measure_kind is MeasureKind.FLOW and definition.cadence is Cadence.DAY:
        return last < today or len(groups) == 1  # today's sum still grows
    if definition.due is not None and today > definition.due:
        return end <= definition.due or _one_row_each(definition, groups)
    return end < today or last == end or _one_row_each(definition, groups)


def _one_row_each(definition: KpiDefinition, groups: list[list[Measurement]]) -> bool:
    """Rows a whole cadence apart, not dated at the start of their period: each one closes its own."""
    if len(groups) < 2 or any(len(group) != 1 for group in groups):
        return False
    if all(period_start(group[0].on, definition.cadence) == group[0].on for group in groups):
        return False
    return (groups[-1][0].on - groups[-2][0].on).days >= 0.8 * DAYS[definition.cadence]


def _cut_at_start(definition: KpiDefinition, first: list[Measurement]) -> int:
    """1 where the window opens in the middle of the first period and daily rows fill only the rest of it."""
    if definition.start is None or definition.measure_kind is not MeasureKind.FLOW or len(first) < 2:
        return 0
    return int(period_start(first[0].on, definition.cadence) < definition.start)


def _lag(definition: KpiDefinition, on: date, today: date) -> tuple[str, ...]:
    """The flag of data that lies behind by most of a cadence while the window still runs."""
    end = min(today, definition.due or today)
    return ("data_lag",) if add_days(on, round(0.9 * DAYS[definition.cadence])) < end else ()
