"""Calendar arithmetic for deadlines: the last day of a period, a date some months on. Pure."""

import calendar as _calendar
from datetime import date, timedelta

Period = tuple[date, date]
"""First and last day, both included."""


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day or the year is out of 1900..2199."""
    if not (1900 <= year < 2200 and 1 <= month <= 12 and 1 <= day <= _calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def months_from(year: int, month: int, count: int) -> Period | None:
    """The period of `count` months that begins with the first day of `month`; None out of range."""
    first = safe_date(year, month, 1)
    if first is None or year >= 2198:
        return None
    return first, add_months(first, count) - timedelta(days=1)


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, _calendar.monthrange(year, month + 1)[1]))


def next_day_of_year(month: int, day: int, today: date) -> date | None:
    """The next such day, today included. 29 February waits for a leap year."""
    years = range(today.year, today.year + 9)
    return next((d for y in years if (d := safe_date(y, month, day)) is not None and d >= today), None)


def next_period(month: int, count: int, today: date) -> Period | None:
    """The next period of `count` months from `month` that has not ended before today."""
    this_year = months_from(today.year, month, count)
    if this_year is not None and this_year[1] >= today:
        return this_year
    return months_from(today.year + 1, month, count)


def running_period(months: int, today: date) -> Period | None:
    """The calendar month, quarter, half or year (1, 3, 6, 12 months) in which today lies."""
    return months_from(today.year, (today.month - 1) // months * months + 1, months)


def following_period(months: int, today: date) -> Period | None:
    """The calendar period after the running one."""
    running = running_period(months, today)
    if running is None:
        return None
    first = running[1] + timedelta(days=1)
    return months_from(first.year, first.month, months)


def full_year(text: str) -> int:
    """'26' -> 2026, '2026' -> 2026."""
    return int(text) + 2000 if len(text) == 2 else int(text)
