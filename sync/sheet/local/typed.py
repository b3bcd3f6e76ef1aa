"""USER_ENTERED: what Google makes of a text that a person could have typed, in the workbook's locale."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .document import Formula, Json, Value
from .locales import MONTHS, Locale, locale_of

EPOCH = date(1899, 12, 30).toordinal()


class Typed(NamedTuple):
    """The value and the number format that comes with it (None when the cell keeps its own)."""

    value: Value
    number_format: Json | None = None


def read_typed(text: str, locale: Locale) -> Typed:
    """The value of a typed text. Never raises: what is nothing else is text."""
    if not text:
        return Typed(None)
    if text[0] == "=" and len(text) > 1:
        return Typed(Formula(text))
    if text[0] == "'":
        return Typed(text[1:])
    core = text.strip()
    if core.upper() in ("TRUE", "FALSE", *locale.booleans):
        return Typed(core.upper() in ("TRUE", locale.booleans[0]))
    if not any(sign.isdigit() for sign in core):
        return Typed(text)
    return _number(core, locale) or _moment(core, locale) or Typed(text)


@lru_cache
def _number_form(code: str) -> re.Pattern[str]:
    locale = locale_of(code)
    point, comma = re.escape(locale.decimal), re.escape(locale.thousands)
    sign = re.escape(locale.currency)
    return re.compile(
        rf"(?P<open>\()?(?P<sign>[+-])?\s?(?P<front>{sign}|[$€£])?\s?(?P<sign2>[+-])?"
        rf"(?P<whole>[0-9]{{1,3}}(?:{comma}[0-9]{{3}})+|[0-9]+)?"
        rf"(?:{point}(?P<part>[0-9]*))?(?P<power>[eE][+-]?[0-9]+)?\s?(?P<percent>%)?\s?(?P<back>{sign}|€)?(?P<close>\))?"
    )


def _number(text: str, locale: Locale) -> Typed | None:
    found = _number_form(locale.code).fullmatch(text)
    if not found or not (found["whole"] or found["part"]):
        return None
    if bool(found["open"]) != bool(found["close"]) or (found["sign"] and found["sign2"]):
        return None
    currency = found["front"] or found["back"]
    if currency and (found["percent"] or found["power"] or (found["front"] and found["back"])):
        return None
    whole = (found["whole"] or "0").replace(locale.thousands, "")
    number = float(f"{whole}.{found['part'] or 0}{found['power'] or ''}")
    if found["percent"]:
        number = float(f"{whole}.{found['part'] or 0}e{int((found['power'] or 'e0')[1:]) - 2}")
    if "-" in (found["sign"], found["sign2"]) or found["open"]:
        number = -number
    if number in (float("inf"), float("-inf")):
        return None
    return Typed(_plain(number), _format_of(found, currency, locale))


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _format_of(found: re.Match[str], currency: str | None, locale: Locale) -> Json | None:
    decimals = bool(found["part"])
    if found["percent"]:
        return {"type": "PERCENT", "pattern": "0.00%" if decimals else "0%"}
    if currency:
        body = "#,##0.00" if decimals else "#,##0"
        quoted = f'"{currency}"'
        return {"type": "CURRENCY", "pattern": quoted + body if found["front"] else body + quoted}
    if found["power"]:
        return {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    if locale.thousands in (found["whole"] or ""):
        return {"type": "NUMBER", "pattern": "#,##0.00" if decimals else "#,##0"}
    return None


CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?P<fraction>\.[0-9]+)?)?"
    r"\s?(?P<half>[aApP]\.?[mM]\.?)?"
)
MOMENT = re.compile(rf"(?P<day>.+?)(?:[ T]+{CLOCK})?Z?")
CLOCK_ALONE = re.compile(CLOCK)
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
THREE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
TWO = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})")


def _moment(text: str, locale: Locale) -> Typed | None:
    alone = CLOCK_ALONE.fullmatch(text)
    if alone:
        part = _clock(alone)
        return None if part is None else Typed(part[0], {"type": "TIME", "pattern": part[1]})
    found = MOMENT.fullmatch(text)
    if not found:
        return None
    day = _day(found["day"].strip(), locale)
    if day is None:
        return None
    if found["hour"] is None:
        return Typed(day[0], {"type": "DATE", "pattern": day[1]})
    clock = _clock(found)
    if clock is None:
        return None
    shape = clock[1] if found["half"] or found["fraction"] else "h:mm:ss"
    return Typed(day[0] + clock[0], {"type": "DATE_TIME", "pattern": f"{day[1]} {shape}"})


def _clock(found: re.Match[str]) -> tuple[float, str] | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    half = (found["half"] or "").replace(".", "").lower()
    if minute > 59 or second > 59 or (half and not 1 <= hour <= 12) or hour > 24:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    seconds = hour * 3600 + minute * 60 + second + float(found["fraction"] or 0)
    pattern = "h:mm:ss" if found["second"] else "h:mm"
    if found["fraction"]:
        pattern += ".000"
    return seconds / 86_400, pattern + (" am/pm" if half else "")


def serial_of(year: int, month: int, day: int) -> int | None:
    """Days since 1899-12-30, or None for a day that the calendar does not have."""
    try:
        return date(year, month, day).toordinal() - EPOCH
    except ValueError:
        return None


def _full_year(text: str) -> int:
    number = int(text)
    return number if len(text) == 4 else number + (2000 if number < 30 else 1900)


def _day(text: str, locale: Locale) -> tuple[int, str] | None:
    """(serial, pattern) of a typed day."""
    found = YEAR_FIRST.fullmatch(text)
    if found:
        serial = serial_of(int(found[1]), int(found[3]), int(found[4]))
        mark = found[2]
        return None if serial is None else (serial, f"yyyy{mark}mm{mark}dd")
    found = THREE.fullmatch(text)
    if found:
        first, second = int(found[1]), int(found[3])
        day, month = (first, second) if locale.order == "dmy" else (second, first)
        serial = serial_of(_full_year(found[4]), month, day)
        return None if serial is None else (serial, _three_pattern(found, locale))
    found = TWO.fullmatch(text)
    if found:
        first, second = int(found[1]), int(found[3])
        day, month = (first, second) if locale.order == "dmy" else (second, first)
        serial = serial_of(date.today().year, month, day)  # noqa: DTZ011 - "1/2" means this year, wherever we are
        mark = found[2]
        return None if serial is None else (serial, f"d{mark}m" if locale.order == "dmy" else f"m{mark}d")
    return _worded_day(text, locale)


def _three_pattern(found: re.Match[str], locale: Locale) -> str:
    mark = found[2]
    if mark == "/" and len(found[4]) == 4:
        return locale.date_pattern if "/" in locale.date_pattern else "dd/mm/yyyy"
    year = "yyyy" if len(found[4]) == 4 else "yy"
    return mark.join(("d", "m", year) if locale.order == "dmy" else ("m", "d", year))


DAY_WORDS = (
    (re.compile(r"(?P<d>[0-9]{1,2})[ -](?:de )?(?P<m>[^\W\d]+)\.?[ -](?:de )?(?P<y>[0-9]{4})"), "d {} yyyy"),
    (re.compile(r"(?P<m>[^\W\d]+)\.? (?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<y>[0-9]{4})"), "{} d, yyyy"),
    (re.compile(r"(?P<m>[^\W\d]+)\.?[ -](?P<y>[0-9]{4})"), "{} yyyy"),
)


def _worded_day(text: str, locale: Locale) -> tuple[int, str] | None:
    for form, pattern in DAY_WORDS:
        found = form.fullmatch(text)
        if not found:
            continue
        month = _month(found["m"], locale)
        if month is None:
            return None
        serial = serial_of(int(found["y"]), month[0], int(found.groupdict().get("d") or 1))
        if serial is None:
            return None
        shape = pattern.format(month[1])
        return serial, shape.replace(" ", "-") if "-" in text else shape
    return None


def _month(word: str, locale: Locale) -> tuple[int, str] | None:
    folded = word.casefold()
    for language in dict.fromkeys((locale.language, "en")):
        for place, name in enumerate(MONTHS[language], 1):
            if folded == name.casefold():
                return place, "mmmm"
            if len(folded) >= 3 and folded[:3] == name.casefold()[:3] and len(folded) <= 4:
                return place, "mmm"
    return None
