"""Functions of dates and times; all are serial days since 1899-12-30."""

import calendar
import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from ..document import CellError
from ..typed import EPOCH, read_typed
from .evaluate import Evaluation, Function, each
from .nodes import Node
from .operators import whole
from .values import NUM, StopError, number_of

Args = tuple[Node | None, ...]


def day_of(serial: float) -> date:
    """The calendar day of a serial. Raises StopError with NUM outside of the calendar."""
    try:
        return date.fromordinal(EPOCH + math.floor(serial))
    except (ValueError, OverflowError):
        raise StopError(NUM) from None


def serial(day: date) -> int:
    return day.toordinal() - EPOCH


def months_later(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    try:
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))
    except (ValueError, calendar.IllegalMonthError):
        raise StopError(NUM) from None


def date_(run: Evaluation, args: Args) -> int:
    year, month, day = (math.floor(run.number(arg)) for arg in args)
    if year < 1900:
        year += 1900
    try:
        first = months_later(date(year, 1, 1), month - 1)
    except ValueError:
        raise StopError(NUM) from None
    return serial(first) + day - 1


def time_(run: Evaluation, args: Args) -> Any:
    hours, minutes, seconds = (math.floor(run.number(arg)) for arg in args)
    return whole(((hours * 3600 + minutes * 60 + seconds) % 86_400) / 86_400)


def _part(work: Callable[[date], int]) -> Function:
    def function(run: Evaluation, args: Args) -> Any:
        return each(run, lambda item: work(day_of(number_of(item, run.locale))), run.operand(args[0]))

    return function


def _clock(unit: int, limit: int) -> Function:
    def function(run: Evaluation, args: Args) -> int:
        seconds = round((run.number(args[0]) % 1) * 86_400)
        return seconds // unit % limit

    return function


def datevalue(run: Evaluation, args: Args) -> Any:
    value = run.checked(args[0])
    if isinstance(value, int | float):
        return math.floor(value)
    typed = read_typed(str(value), run.locale)
    if (typed.number_format or {}).get("type") not in ("DATE", "DATE_TIME") or not isinstance(typed.value, int | float):
        raise StopError(CellError("VALUE", f"DATEVALUE parameter '{value}' cannot be parsed to date/time."))
    return math.floor(typed.value)


def edate(run: Evaluation, args: Args) -> int:
    return serial(months_later(day_of(run.number(args[0])), math.trunc(run.number(args[1]))))


def eomonth(run: Evaluation, args: Args) -> int:
    day = months_later(day_of(run.number(args[0])).replace(day=1), math.trunc(run.number(args[1])))
    return serial(day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def weekday(run: Evaluation, args: Args) -> int:
    kind = int(run.number(args[1])) if len(args) > 1 else 1
    monday = day_of(run.number(args[0])).weekday()
    return {1: (monday + 1) % 7 + 1, 2: monday + 1, 3: monday}.get(kind) or _unknown_kind(kind, monday)


def _unknown_kind(kind: int, monday: int) -> int:
    if kind == 3:
        return monday
    raise StopError(NUM)


def weeknum(run: Evaluation, args: Args) -> int:
    day = day_of(run.number(args[0]))
    kind = int(run.number(args[1])) if len(args) > 1 else 1
    if kind == 21:
        return day.isocalendar().week
    first = date(day.year, 1, 1)
    offset = (first.weekday() + 1) % 7 if kind in (1, 17) else first.weekday()
    return (day.timetuple().tm_yday + offset - 1) // 7 + 1


def days(run: Evaluation, args: Args) -> Any:
    return math.floor(run.number(args[0])) - math.floor(run.number(args[1]))


def datedif(run: Evaluation, args: Args) -> int:
    first, last = day_of(run.number(args[0])), day_of(run.number(args[1]))
    if last < first:
        raise StopError(NUM)
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    unit = run.text(args[2]).upper()
    if unit == "D":
        return (last - first).days
    if unit in ("M", "Y", "YM"):
        return {"M": months, "Y": months // 12, "YM": months % 12}[unit]
    if unit == "MD":
        return (last - months_later(first, months)).days
    if unit == "YD":
        return (last - months_later(first, months // 12 * 12)).days
    raise StopError(NUM)


def _holidays(run: Evaluation, args: Args, place: int) -> set[int]:
    found = run.flat(args[place]) if len(args) > place else []
    return {math.floor(item) for item in found if isinstance(item, int | float)}


def networkdays(run: Evaluation, args: Args) -> int:
    first, last = math.floor(run.number(args[0])), math.floor(run.number(args[1]))
    off = _holidays(run, args, 2)
    sign = 1 if first <= last else -1
    span = range(min(first, last), max(first, last) + 1)
    return sign * sum(1 for item in span if day_of(item).weekday() < 5 and item not in off)


def workday(run: Evaluation, args: Args) -> int:
    day, left = day_of(run.number(args[0])), math.trunc(run.number(args[1]))
    off = _holidays(run, args, 2)
    step = timedelta(days=1 if left > 0 else -1)
    while left:
        day += step
        if day.weekday() < 5 and serial(day) not in off:
            left -= 1 if left > 0 else -1
    return serial(day)


FUNCTIONS: dict[str, Function] = {
    "TODAY": lambda run, args: run.grid.today(),
    "NOW": lambda run, args: run.grid.now(),
    "DATE": date_,
    "TIME": time_,
    "YEAR": _part(lambda day: day.year),
    "MONTH": _part(lambda day: day.month),
    "DAY": _part(lambda day: day.day),
    "ISOWEEKNUM": _part(lambda day: day.isocalendar().week),
    "HOUR": _clock(3600, 24),
    "MINUTE": _clock(60, 60),
    "SECOND": _clock(1, 60),
    "DATEVALUE": datevalue,
    "EDATE": edate,
    "EOMONTH": eomonth,
    "WEEKDAY": weekday,
    "WEEKNUM": weeknum,
    "DAYS": days,
    "DATEDIF": datedif,
    "NETWORKDAYS": networkdays,
    "WORKDAY": workday,
}
