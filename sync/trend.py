"""Where the readings have been going, and at what rates. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sync.aggregate import span_of
from sync.frame import Frame
from sync.model import Cadence, KpiDefinition, MeasureKind, Measurement, Span, Trend
from sync.numbers import median
from sync.periods import DAYS, period_end, period_start, periods_between

_RECENT = 12  # readings that a trend looks at
_CALM = 0.01  # of the size of the readings: a smaller change is flat


@dataclass(frozen=True)
class Rates:
    """Change for each cadence period, in the KPI's unit: needed from now on, made so far, and the best ever seen."""

    needed: float
    so_far: float | None
    best: float | None
    periods_left: float


def trend_of(readings: Sequence[Measurement]) -> Trend:
    """Up or down where the median slope of all pairs carries further than the noise around it; unknown below three."""
    recent = [(point.on.toordinal(), point.value) for point in readings[-_RECENT:] if point.value is not None]
    if len(recent) < 3:
        return Trend.UNKNOWN
    slopes = [
        (later[1] - first[1]) / (later[0] - first[0])
        for index, first in enumerate(recent)
        for later in recent[index + 1 :]
    ]
    slope = median(slopes)
    middle = median([value - slope * day for day, value in recent])
    noise = median([abs(value - slope * day - middle) for day, value in recent])
    change = slope * (recent[-1][0] - recent[0][0])
    size = median([abs(value) for _, value in recent])
    if abs(change) <= max(_CALM * size, 2 * noise):
        return Trend.FLAT
    return Trend.UP if change > 0 else Trend.DOWN


def rates_of(
    definition: KpiDefinition, readings: Sequence[Measurement], frame: Frame, actual: float, on: date
) -> Rates:
    """Needed from the day of the data to the due date, so far from the start, best between readings a cadence apart."""
    start, due = frame.window
    left, gone = periods_between(on, due, definition.cadence), periods_between(start, on, definition.cadence)
    missing = frame.target - actual
    so_far = (actual - (frame.baseline or 0.0)) / gone if gone >= 0.5 else None
    needed = missing / left if left > 0 else missing
    return Rates(needed, so_far, _best(definition, readings, rising=frame.rising), left)


def _best(definition: KpiDefinition, readings: Sequence[Measurement], *, rising: bool) -> float | None:
    if definition.measure_kind is MeasureKind.FLOW and span_of(definition) is Span.WINDOW:
        changes = _period_sums(definition.cadence, readings)
    else:
        changes = _period_changes(definition.cadence, readings)
    if not changes:
        return None
    return max(changes) if rising else min(changes)


def _period_sums(cadence: Cadence, readings: Sequence[Measurement]) -> list[float]:
    """Sums of the calendar periods that the readings touch; the last one only where it is the only one or over."""
    sums: dict[date, float] = {}
    for point in readings:
        first = period_start(point.on, cadence)
        sums[first] = sums.get(first, 0.0) + (point.value or 0.0)
    if len(sums) > 1 and readings[-1].on < period_end(readings[-1].on, cadence):
        last = max(sums)
        return [total for first, total in sums.items() if first != last or total >= max(sums.values())]
    return list(sums.values())


def _period_changes(cadence: Cadence, readings: Sequence[Measurement]) -> list[float]:
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
