"""Days as platforms write them, and windows as they want them. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync.model import Window
from sync.sources.declared.form import Ask

_MILLISECONDS = 10**11  # from here on a number of seconds would lie beyond the year 5000


def zone_of(name: str | None) -> ZoneInfo:
    """A time zone by its name; UTC for one that nobody knows."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day_in(value: Any, zone: ZoneInfo, *, closed: bool = False) -> date | None:
    """`2026-03-31`, `20260331`, `2026-03`, a time (with its zone or without), or seconds or milliseconds since 1970.

    `closed`: the value is the moment at which the day is over, so the day is the one before it.
    """
    late = timedelta(seconds=1) if closed else timedelta()
    if isinstance(value, bool) or value is None:
        return None
    try:
        if isinstance(value, int | float):
            seconds = value / 1000 if abs(value) >= _MILLISECONDS else value
            return (datetime.fromtimestamp(seconds, UTC) - late).astimezone(zone).date()
        text = str(value).strip()
        if len(text) == 7:
            return date.fromisoformat(f"{text}-01")
        if len(text) > 8 and text.isdecimal():
            return day_in(int(text), zone, closed=closed)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    return (found - late).astimezone(zone).date() if found.tzinfo else (found - late).date()


def written(ask: Ask, window: Window, zone: ZoneInfo) -> dict[str, str]:
    """The window's `start` and `end` as a question wants them."""
    late = timedelta(days=1) if ask.end == "exclusive" else timedelta()
    return {"start": _written(ask.dates, window.start, zone), "end": _written(ask.dates, window.end + late, zone)}


def _written(form: str, day: date, zone: ZoneInfo) -> str:
    midnight = datetime.combine(day, time(), zone)
    match form:
        case "iso_time":
            return midnight.isoformat()
        case "unix":
            return str(int(midnight.timestamp()))
        case "unix_ms":
            return str(int(midnight.timestamp() * 1000))
        case _:
            return day.strftime(form)


def parts_before(window: Window, oldest: date, most_days: int | None) -> list[Window]:
    """What is left of the window from the oldest day on, in pieces counted from its end; oldest first."""
    pieces, end = [], window.end
    first = max(window.start, oldest)
    while end >= first:
        start = first if most_days is None else max(first, end - timedelta(days=most_days - 1))
        pieces.append(Window(start, end))
        end = start - timedelta(days=1)
    return pieces[::-1]


def parts_of(window: Window, most_days: int | None) -> list[Window]:
    """The window in pieces of at most so many days, oldest first."""
    if most_days is None:
        return [window]
    pieces, start = [], window.start
    while start <= window.end:
        end = min(window.end, start + timedelta(days=most_days - 1))
        pieces.append(Window(start, end))
        start = end + timedelta(days=1)
    return pieces
