"""Dates as people type them, and as sheets keep them. Pure.

Told apart: a date; a day that no calendar has (31/02/2026); nothing there; a text that is no date ("soon").
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from sync.model import CellValue

DateKind = Literal["date", "no_such_day", "missing", "junk"]
Precision = Literal["day", "week", "month", "quarter", "year"]

SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet
_LAST_SERIAL = (date(9999, 12, 31) - SERIAL_ZERO).days
_YEARS = range(1900, 2101)  # a bare number in this range is a year: as a serial number it would lie in 1905


@dataclass(frozen=True)
class DateReading:
    """What a text says as a date. `value` is the first day of a period, `last` its last; of a day both are the same.

    `ambiguous`: 03/04/2026 is a day in March or in April, and the locale decided; `other_reading` is the other day.
    """

    value: date | None = None
    kind: DateKind = "junk"
    precision: Precision = "day"
    ambiguous: bool = False
    other_reading: date | None = None

    @property
    def last(self) -> date | None:
        """The last day of the period that the text names."""
        return None if self.value is None else _last_day(self.value, self.precision)


MISSING = DateReading(kind="missing")
NO_SUCH_DAY = DateReading(kind="no_such_day")
JUNK = DateReading(kind="junk")

_MONTHS = (
    ("enero", "january"),
    ("febrero", "february"),
    ("marzo", "march"),
    ("abril", "april"),
    ("mayo", "may"),
    ("junio", "june"),
    ("julio", "july"),
    ("agosto", "august"),
    ("septiembre", "september", "setiembre"),
    ("octubre", "october"),
    ("noviembre", "november"),
    ("diciembre", "december"),
)
_MONTH_OF = {
    short: number for number, names in enumerate(_MONTHS, 1) for name in names for short in (name, name[:3], name[:4])
}
_TIME = r"(?:[t ,]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:z|utc|[ap]\.?m\.?|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_MONTH_LAST = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_QUARTER = re.compile(r"(?:(\d{4})[-/ ]?[qt]([0-9])|[qt]([0-9])[-/ ]?(\d{4})|([0-9])[qt][-/ ]?(\d{4}))", re.ASCII)
_WEEK = re.compile(r"(\d{4})[-/ ]?[ws](\d{1,2})", re.ASCII)
_DAY_NAME = re.compile(
    r"(?:[^\W\d]+,? )?(\d{1,2})(?:st|nd|rd|th|º)?[-/. ]+(?:de |of )?([^\W\d]+)\.?,?[-/. ]+(?:del? )?(\d{4}|\d{2})"
)
_NAME_DAY = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_NAME_YEAR = re.compile(r"([^\W\d]+)\.?[-/. ]+(?:del? )?(\d{4}|\d{2})")
_YEAR = re.compile(r"\d{4}", re.ASCII)


def read_date_text(text: str, locale: str, *, day_first: bool | None = None) -> DateReading:
    """What `text` says as a date. `day_first` overrides the locale's order of day and month. Never raises."""
    clean = " ".join(text.replace("\ufeff", "").split()).casefold()
    if not clean or clean in {"-", "–", "—", "n/a", "?"}:
        return MISSING
    if len(clean) > 60:
        return JUNK
    for read in (_read_iso, _read_period, _read_named):
        reading = read(clean)
        if reading is not None:
            return reading
    return _read_numeric(clean, is_day_first(locale) if day_first is None else day_first)


def date_of(value: CellValue, locale: str, *, day_first: bool | None = None) -> DateReading:
    """What a cell says as a date: a serial number (days since 1899-12-30), a bare year, or text."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return read_date_text(value, locale, day_first=day_first)
    if isinstance(value, bool):
        return JUNK
    if value in _YEARS:
        return DateReading(date(int(value), 1, 1), "date", "year")
    if not 1 <= value <= _LAST_SERIAL:  # false for nan too
        return JUNK
    return DateReading(SERIAL_ZERO + timedelta(days=int(value)), "date")


def serial_of(day: date) -> float:
    """The serial number that a sheet keeps for a day."""
    return float((day - SERIAL_ZERO).days)


def order_of(texts: Iterable[str], locale: str) -> bool:
    """Whether a column of dates puts the day before the month: as its own rows prove, or else as the locale says."""
    for text in texts:
        found = _NUMERIC.fullmatch(text.strip().casefold())
        if found and int(found[1]) > 12 >= int(found[3]):
            return True
        if found and int(found[3]) > 12 >= int(found[1]):
            return False
    return is_day_first(locale)


@cache
def is_day_first(locale: str) -> bool:
    """Whether a locale writes the day before the month."""
    from babel import Locale, UnknownLocaleError

    try:
        pattern = str(Locale.parse(locale.replace("-", "_")).date_formats["short"].pattern).lower()
    except (UnknownLocaleError, ValueError):
        return True
    return pattern.find("d") < pattern.find("m")


def _read_iso(text: str) -> DateReading | None:
    found = _ISO.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[3]), int(found[4]))
    compact = _COMPACT.fullmatch(text)
    return _day(int(compact[1]), int(compact[2]), int(compact[3])) if compact else None


def _read_period(text: str) -> DateReading | None:
    if found := _MONTH_FIRST.fullmatch(text):
        return _period(int(found[1]), int(found[2]), "month")
    if found := _MONTH_LAST.fullmatch(text):
        return _period(int(found[2]), int(found[1]), "month")
    if found := _QUARTER.fullmatch(text):
        year, quarter = int(found[1] or found[4] or found[6]), int(found[2] or found[3] or found[5])
        return _period(year, quarter * 3 - 2, "quarter") if quarter else NO_SUCH_DAY
    if found := _WEEK.fullmatch(text):
        return _week(int(found[1]), int(found[2]))
    if _YEAR.fullmatch(text) and int(text) in _YEARS:
        return _period(int(text), 1, "year")
    return None


def _read_named(text: str) -> DateReading | None:
    if (found := _DAY_NAME.fullmatch(text)) and found[2] in _MONTH_OF:
        return _day(_full_year(found[3]), _MONTH_OF[found[2]], int(found[1]))
    if (found := _NAME_DAY.fullmatch(text)) and found[1] in _MONTH_OF:
        return _day(int(found[3]), _MONTH_OF[found[1]], int(found[2]))
    if (found := _NAME_YEAR.fullmatch(text)) and found[1] in _MONTH_OF:
        return _period(_full_year(found[2]), _MONTH_OF[found[1]], "month")
    return None


def _read_numeric(text: str, day_first: bool) -> DateReading:
    found = _NUMERIC.fullmatch(text)
    if not found:
        return JUNK
    one, two, year = int(found[1]), int(found[3]), _full_year(found[4])
    ours = _day(year, two, one) if day_first else _day(year, one, two)
    theirs = _day(year, one, two) if day_first else _day(year, two, one)
    if ours.value is None:
        return theirs
    if theirs.value is None or theirs.value == ours.value:
        return ours
    return DateReading(ours.value, "date", ambiguous=True, other_reading=theirs.value)


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> DateReading:
    try:
        return DateReading(date(year, month, day), "date")
    except ValueError:
        return NO_SUCH_DAY


def _period(year: int, month: int, precision: Precision) -> DateReading:
    try:
        return DateReading(date(year, month, 1), "date", precision)
    except ValueError:
        return NO_SUCH_DAY


def _week(year: int, week: int) -> DateReading:
    try:
        return DateReading(date.fromisocalendar(year, week, 1), "date", "week")
    except ValueError:
        return NO_SUCH_DAY


def _last_day(first: date, precision: Precision) -> date:
    if precision == "day":
        return first
    if precision == "week":
        return first + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}[precision]
    month = first.month + months - 1
    return date(first.year, month, calendar.monthrange(first.year, month)[1])
