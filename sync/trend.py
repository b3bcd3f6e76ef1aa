"""Where the readings have been going, and at what rates. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sync.frame import Frame
from sync.history import rates_seen
from sync.model import KpiDefinition, Measurement, Trend
from sync.numbers import median
from sync.periods import periods_between

_RECENT = 12  # readings that a trend looks at
_CALM = 0.01  # of the size of the readings: a smaller change is flat


@dataclass(frozen=True)
class Rates:
    """Change for each cadence period, in the KPI's unit: needed from now on, made so far, the best and the usual ever
    seen, and how many were seen."""

    needed: float
    so_far: float | None
    best: float | None
    periods_left: float
    usual: float | None = None
    seen: int = 0


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


def rates_of(definition: KpiDefinition, history: Sequence[Measurement], frame: Frame, actual: float, on: date) -> Rates:
    """Needed from the day of the data to the due date, so far from the start, best and usual by `history`."""
    start, due = frame.window
    left, gone = periods_between(on, due, definition.cadence), periods_between(start, on, definition.cadence)
    missing = frame.target - actual
    so_far = (actual - (frame.baseline or 0.0)) / gone if gone >= 0.5 else None
    needed = missing / left if left > 0 else missing
    seen = rates_seen(definition, history, rising=frame.rising)
    if not seen:
        return Rates(needed, so_far, None, left)
    return Rates(needed, so_far, max(seen) if frame.rising else min(seen), left, median(seen), len(seen))
