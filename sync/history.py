"""A KPI's believed readings of all times -> what one cadence period brought, again and again. Pure.

The readings from before the start are history too: they never count as progress, but they show what is possible.
"""

from collections.abc import Sequence
from datetime import date

from sync.aggregate import combined, span_of
from sync.doubts import doubted, without_jumps
from sync.model import Cadence, KpiDefinition, MeasureKind, Measurement, Span, WindowValue
from sync.numbers import median
from sync.periods import DAYS, period_end, period_start

_RATES = {MeasureKind.RATIO, MeasureKind.AVERAGE}
_COVERED = 0.5  # of the rows that a period usually has: with fewer it is a part of one, or an outage


def believed(definition: KpiDefinition, value: WindowValue) -> list[Measurement]:
    """The readings before the start and since, ascending, without outages, wild readings and sudden jumps."""
    readings = list(value.readings)
    if value.earlier:
        readings, _, _ = doubted(definition, [*value.earlier, *value.readings])
    return without_jumps(definition, readings)


def rates_seen(definition: KpiDefinition, history: Sequence[Measurement], *, rising: bool) -> list[float]:
    """What each period brought, in the KPI's unit: sums for a flow on its way to a target, changes for all others.

    Changes of a level overlap where it is read more often than once a period. A running period is left out, but for a
    sum that already beats all others.
    """
    if definition.measure_kind is MeasureKind.FLOW and span_of(definition) is Span.WINDOW:
        return _sums(definition.cadence, history, rising=rising)
    if definition.measure_kind in _RATES:
        return _changes(definition.cadence, _by_period(definition, history))
    return _changes(definition.cadence, history)


def period_values(definition: KpiDefinition, history: Sequence[Measurement]) -> list[float]:
    """One value for each calendar period, oldest first: what a standing target is held against."""
    if definition.measure_kind is MeasureKind.FLOW:
        return _sums(definition.cadence, history, rising=False)
    return [point.value for point in _by_period(definition, history) if point.value is not None]


def whole_periods(definition: KpiDefinition, history: Sequence[Measurement]) -> list[Measurement]:
    """A flow's sums of the periods that are over, each on its period's last day; those hardly covered left out."""
    groups = _groups(definition.cadence, history)
    usual = median([float(len(group)) for group in groups.values()]) if groups else 0.0
    ended = {period_end(begin, definition.cadence): group for begin, group in groups.items()}
    return [
        Measurement(end, _sum(group))
        for end, group in ended.items()
        if end <= history[-1].on and len(group) >= _COVERED * usual
    ]


def _by_period(definition: KpiDefinition, history: Sequence[Measurement]) -> list[Measurement]:
    """One reading for each period, on the day of its last one: single days of a ratio are mostly noise."""
    groups = _groups(definition.cadence, history)
    return [Measurement(group[-1].on, combined(definition, group)) for group in groups.values()]


def _groups(cadence: Cadence, history: Sequence[Measurement]) -> dict[date, list[Measurement]]:
    groups: dict[date, list[Measurement]] = {}
    for point in history:
        groups.setdefault(period_start(point.on, cadence), []).append(point)
    return groups


def _sums(cadence: Cadence, history: Sequence[Measurement], *, rising: bool) -> list[float]:
    """Sums of the calendar periods that are well covered; the running one only where it is the only one or the best."""
    groups = list(_groups(cadence, history).values())
    if len(groups) < 2:
        return [_sum(group) for group in groups]
    running = groups.pop() if history[-1].on < period_end(history[-1].on, cadence) else None
    usual = median([float(len(group)) for group in groups])
    sums = [_sum(group) for group in groups if len(group) >= _COVERED * usual]
    if running is not None and rising and _sum(running) >= max(sums):
        sums.append(_sum(running))
    return sums


def _sum(group: Sequence[Measurement]) -> float:
    return sum(point.value or 0.0 for point in group)


def _changes(cadence: Cadence, readings: Sequence[Measurement]) -> list[float]:
    """Changes between readings about a cadence apart, each brought to one cadence."""
    days, changes, later = DAYS[cadence], [], 0
    for first in readings:
        while later < len(readings) and (readings[later].on - first.on).days < 0.8 * days:
            later += 1
        if later == len(readings):
            break
        second = readings[later]
        span = (second.on - first.on).days / days
        changes.append(((second.value or 0.0) - (first.value or 0.0)) / span)
    return changes
