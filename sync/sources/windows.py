"""Which days a KPI asks of a source. Pure.

Days that may be added are asked one by one, with a year before the start, so that the judgement knows what is usual.
What may not be added (distinct people, rates) is asked for as one value of the whole window, or of the last whole
period, and its reading is dated on the window's last day: `aggregate` then has nothing to add.
"""

import math
from collections.abc import Iterable
from datetime import date

from sync.aggregate import span_of
from sync.model import Cadence, KpiDefinition, Span, Window
from sync.periods import NEAR_DAYS, add_days, period_end, period_start
from sync.sources.manifest import Manifest


def last_settled(manifest: Manifest, today: date) -> date:
    """The last day whose numbers are there: yesterday, or earlier by the source's latency."""
    return add_days(today, -1 - math.ceil(manifest.latency_hours / 24))


def days_window(definitions: Iterable[KpiDefinition], manifest: Manifest, today: date) -> Window | None:
    """The days to ask for one by one, for all these KPIs at once; None where there are none yet."""
    rows = tuple(definitions)
    last = last_settled(manifest, today)
    ends = [add_days(row.due, NEAR_DAYS[row.cadence]) if row.due else last for row in rows]
    end = min(last, max(ends, default=last))
    starts = [min(row.start or today, end) for row in rows]
    first = add_days(min(starts, default=today), -manifest.history_days)
    first = max(first, oldest_day(manifest, today))
    return Window(first, end) if first <= end else None


def whole_windows(definition: KpiDefinition, manifest: Manifest, today: date, most: int = 1) -> tuple[Window, ...]:
    """The windows to ask for as one value each, oldest first.

    A sum on its way to a target: from the start on. Anything else: the last `most` whole periods of the cadence.
    """
    last = last_settled(manifest, today)
    last = min(last, definition.due) if definition.due else last
    if span_of(definition) is Span.WINDOW:
        start = definition.start or period_start(last, Cadence.YEAR)
        return (Window(start, last),) if start <= last else ()
    ends: list[date] = []
    on = last if period_end(last, definition.cadence) == last else add_days(period_start(last, definition.cadence), -1)
    while len(ends) < most:
        ends.append(on)
        on = add_days(period_start(on, definition.cadence), -1)
    return tuple(Window(period_start(end, definition.cadence), end) for end in reversed(ends))


def oldest_day(manifest: Manifest, today: date) -> date:
    """The first day that the source still answers for."""
    return date.min if manifest.look_back_days is None else add_days(today, -manifest.look_back_days)


def flags_of(definition: KpiDefinition, window: Window, manifest: Manifest, today: date) -> set[str]:
    """`partial` where the window began before the source's memory; `provisional` where its end is still moving."""
    flags = set()
    wanted = definition.start if span_of(definition) is Span.WINDOW else window.start
    if wanted is not None and wanted < oldest_day(manifest, today):
        flags.add("partial")
    if manifest.restated_days and window.end > add_days(today, -1 - manifest.restated_days):
        flags.add("provisional")
    return flags
