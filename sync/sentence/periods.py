"""Names of days, months, quarters and years in a sentence -> their first and last day. Pure.

Words that govern them ("by", "antes de") are read in `dates.py`; here only the period itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sync.sentence import calendar as cal
from sync.sentence.calendar import Period
from sync.sentence.text import any_of
from sync.sentence.words.dates import ENGLISH_MONTHS, MONTHS, ORDINALS, PERIOD_MONTHS, WEEKDAYS

Match = re.Match[str]
Resolver = Callable[[Match, date, str], Period | None]

_UNIT_MONTHS = {
    "month": 1, "mes": 1, "quarter": 3, "trimestre": 3, "semester": 6, "semestre": 6, "half": 6, "half-year": 6,
    "year": 12, "ano": 12, "fiscal year": 12, "calendar year": 12, "financial year": 12, "ejercicio": 12,
    "ano fiscal": 12, "ano natural": 12, "calendar quarter": 3, "cuatrimestre": 4, "bimestre": 2, "week": 0,
    "semana": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period named in the text. kind: day, month, part, year, running, following, bare_month, bare_year, weekday."""

    start: int
    end: int
    kind: str
    period: Period | None


def _single(day: date | None) -> Period | None:
    return None if day is None else (day, day)


def _iso(m: Match, today: date, lang: str) -> Period | None:
    return _single(cal.safe_date(int(m["y"]), int(m["m"]), int(m["d"])))


def _slashed(m: Match, today: date, lang: str) -> Period | None:
    """31/12/2026; in English the month comes first where it can."""
    a, b = int(m["a"]), int(m["b"])
    if m["s"] == "." and len(m["y"]) == 2:
        return None
    month_first = b > 12 or (lang == "en" and a <= 12)
    month, day = (a, b) if month_first else (b, a)
    return _single(cal.safe_date(cal.full_year(m["y"]), month, day))


def _slashed_day(m: Match, today: date, lang: str) -> Period | None:
    """13/06 without a year: the next such day."""
    a, b = int(m["a"]), int(m["b"])
    month, day = (a, b) if b > 12 or (lang == "en" and a <= 12) else (b, a)
    return _single(cal.next_day_of_year(month, day, today) if 1 <= month <= 12 else None)


def _day_month(m: Match, today: date, lang: str) -> Period | None:
    month, day = MONTHS[m["m"]], int(m["d"]) if m["d"].isdigit() else 1
    if m["y"]:
        return _single(cal.safe_date(cal.full_year(m["y"]), month, day))
    return _single(cal.next_day_of_year(month, day, today))


def _month_year(m: Match, today: date, lang: str) -> Period | None:
    return cal.months_from(cal.full_year(m["y"]), MONTHS[m["m"]], 1)


def _number_month_year(m: Match, today: date, lang: str) -> Period | None:
    return cal.months_from(int(m["y"]), int(m["m"]), 1)


def _month(m: Match, today: date, lang: str) -> Period | None:
    return cal.next_period(MONTHS[m["m"]], 1, today)


def _part(number: int, months: int, year: str | None, today: date) -> Period | None:
    """The number-th part of a year, -1 the last. Without a year: the next that has not ended."""
    parts = 12 // months
    number = parts if number == -1 else number
    if not 1 <= number <= parts:
        return None
    month = (number - 1) * months + 1
    return cal.months_from(cal.full_year(year), month, months) if year else cal.next_period(month, months, today)


def _letter_part(m: Match, today: date, lang: str) -> Period | None:
    letter = m["l"] or m["l2"]
    return _part(int(m["n"] or m["n2"]), 3 if letter in "qt" else 6, m["y"], today)


def _named_part(m: Match, today: date, lang: str) -> Period | None:
    """'The last quarter' may be the one gone by; only 'of the year' or a year makes it a date."""
    if ORDINALS[m["o"]] == -1 and not (m["y"] or m["this"]):
        return None
    return _part(ORDINALS[m["o"]], PERIOD_MONTHS[m["p"]], m["y"], today)


def _first_months(m: Match, today: date, lang: str) -> Period | None:
    return cal.months_from(int(m["y"]) if m["y"] else today.year, 1, min(12, int(m["n"])))


def _year(m: Match, today: date, lang: str) -> Period | None:
    return cal.months_from(cal.full_year(m["y"]), 1, 12)


def _weekday(m: Match, today: date, lang: str) -> Period | None:
    return _single(today + timedelta(days=(WEEKDAYS[m["w"]] - today.weekday()) % 7 or 7))


def _running(m: Match, today: date, lang: str) -> Period | None:
    months = _UNIT_MONTHS[m["u"]]
    return cal.running_period(months, today) if months else _week(today)


def _following(m: Match, today: date, lang: str) -> Period | None:
    months = _UNIT_MONTHS[m["u"]]
    return cal.following_period(months, today) if months else _week(today + timedelta(days=7))


def _rolling(m: Match, today: date, lang: str) -> Period | None:
    """'Over the next year' counts from today; 'next year' is the calendar's."""
    return today, cal.add_months(today, _UNIT_MONTHS[m["u"]])


def _fortnight(m: Match, today: date, lang: str) -> Period | None:
    return today, today + timedelta(days=15 if m["f"] == "quincena" else 14)


def _week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _short_end(m: Match, today: date, lang: str) -> Period | None:
    return cal.running_period({"y": 12, "q": 3, "m": 1}[m["e"]], today)


def _year_end(m: Match, today: date, lang: str) -> Period | None:
    return cal.running_period(12, today)


def _christmas(m: Match, today: date, lang: str) -> Period | None:
    return _single(cal.next_day_of_year(12, 25, today))


def _november_sales(m: Match, today: date, lang: str) -> Period | None:
    """Black Friday follows the fourth Thursday of November, Cyber Monday comes three days later."""
    later = 3 if m["f"].startswith("cyber") else 0
    days = (date(year, 11, 23 + (3 - date(year, 11, 1).weekday()) % 7) for year in (today.year, today.year + 1))
    return _single(next(day + timedelta(days=later) for day in days if day + timedelta(days=later) >= today))


_MONTH = any_of(MONTHS)
_YEAR = r"(?:19|20|21)[0-9]{2}"
_FISCAL = r"(?:fy|fiscal year|financial year|fiscal|ano fiscal|ejercicio(?: fiscal)?)"
_OF = rf"(?: ?,? ?(?:of |de |del |del ano |de the year )?(?:{_FISCAL} ?)?|[ ]?[-/'] ?)"
_ANY_YEAR = rf"(?P<y>{_YEAR}|(?<=['/-])[0-9]{{2}}|(?<=fy)[0-9]{{2}}|(?<=[1-4][qths])[0-9]{{2}})(?![0-9%]|[.,][0-9])"
_U = rf"(?P<u>{any_of(_UNIT_MONTHS)})(?![a-z])"
_DAY = r"(?P<d>[0-3]?[0-9]|primero)(?:st|nd|rd|th|º|er|ro)?"
_AFTER_END = "|".join(
    rf"(?<={words} )"
    for words in (
        "end of", "end of the", "close of", "by end of", "in the", "for the", "during the", "by the", "within the",
        "throughout the", "of the", "over the", "fin de", "fin del", "fines de", "fines del", "final de", "final del",
        "finales de", "finales del", "cierre de", "cierre del", "termino del", "durante el", "lo largo del",
        "termine el", "acabe el", "finalice el", "terminar el", "acabar el", "finalizar el", "concluir el", "cerrar el",
        "en el",
    )
)  # fmt: skip

# Kind, pattern, resolver. The longest match at a place wins, then the earlier rule.
_RULES: tuple[tuple[str, str, Resolver], ...] = (
    ("day", r"(?P<y>20[0-9]{2})[-/.](?P<m>[01]?[0-9])[-/.](?P<d>[0-3]?[0-9])(?![0-9])", _iso),
    ("day", rf"(?P<a>[0-3]?[0-9])(?P<s>[-/.])(?P<b>[0-3]?[0-9])(?P=s)(?P<y>{_YEAR}|[0-9]{{2}})(?![0-9])", _slashed),
    ("day", rf"{_DAY}(?: de| of| del mes de|[-/])? ?(?P<m>{_MONTH})(?![a-z])\.?"
            rf"(?:(?: de| del| of|,| del ano|[-/])? ?(?P<y>{_YEAR})(?![0-9]))?", _day_month),
    ("day", rf"(?P<m>{any_of(ENGLISH_MONTHS)})\.? (?:the )?{_DAY}(?![0-9%]|[.,][0-9]| ?(?:percent|%))"
            rf"(?:,? ?(?:of )?(?P<y>{_YEAR})(?![0-9]))?", _day_month),
    ("slash_day", r"(?P<a>[0-3]?[0-9])(?P<s>/)(?P<b>[01]?[0-9])(?P<y>)(?![0-9/%]| ?(?:estrellas|stars))", _slashed_day),
    ("month", rf"(?P<m>{_MONTH})\.?(?: de| del| del ano|,| of|[-/])? ?'?(?P<y>{_YEAR}|(?<=['-])[0-9]{{2}})(?![0-9])",
     _month_year),
    ("month", rf"(?P<m>0?[1-9]|1[0-2])/(?P<y>{_YEAR})(?![0-9])", _number_month_year),
    ("part", rf"(?:(?P<l>[qths])(?P<n>[1-4])|(?P<n2>[1-4])(?P<l2>[qt]|[hs](?= ?'?(?:20)?[0-9]{{2}}(?![0-9]))))"
             rf"(?![a-z]|\.[0-9]|[0-9](?![0-9]))(?:{_OF}{_ANY_YEAR})?", _letter_part),
    ("part", rf"(?P<o>{any_of(ORDINALS)}) (?:calendar |fiscal )?(?P<p>{any_of(PERIOD_MONTHS)})(?![a-z])"
             rf"(?P<this>(?: of| de| del)(?: the| this| este)?(?: (?:fiscal |current )?year| ano))?"
             rf"(?:(?: of| de| del)?(?: fiscal year| ano fiscal| fy)?(?: of| de)? ?(?P<y>{_YEAR})(?![0-9]))?",
     _named_part),
    ("part", rf"(?:first|primeros) (?P<n>[1-9]|1[0-2]) (?:months|meses) "
             rf"(?:of |de |del )(?:the |this )?(?:year|ano|(?P<y>{_YEAR}))",
     _first_months),
    ("rolling", r"(?:over|within|in|during|throughout) the (?:next|coming) (?P<u>month|year)(?![a-z])", _rolling),
    ("rolling", r"(?:next|coming|proxima|siguiente) (?P<f>fortnight|quincena)(?![a-z])", _fortnight),
    ("year", rf"{_FISCAL} ?'?(?:{_YEAR}[-/])?(?P<y>{_YEAR}|[0-9]{{2}})(?![0-9]|[.,][0-9])", _year),
    ("running", rf"(?:this|the current|the running|el presente|este|esta|el actual|{_AFTER_END}) ?{_U}(?! [0-9])"
                r"(?: actual| en curso)?", _running),
    ("running", rf"{_U} (?:actual|en curso|corriente)(?![a-z])", _running),
    ("following", rf"(?:next|upcoming|coming|following|proximo|proxima|siguiente) {_U}", _following),
    ("following", rf"{_U} (?:proximo|proxima|siguiente|que viene|que entra|entrante)(?![a-z])", _following),
    ("end", r"eo(?P<e>[yqm])(?![a-z])", _short_end),
    ("end", r"year[- ]?end(?![a-z])|end[- ]of[- ]year", _year_end),
    ("day", r"christmas|navidad", _christmas),
    ("day", r"(?P<f>black friday|cyber monday)", _november_sales),
    ("bare_month", rf"(?P<m>{_MONTH})(?![a-z])", _month),
    ("weekday", rf"(?P<w>{any_of(WEEKDAYS)})(?![a-z])", _weekday),
    ("bare_year", rf"(?:year |ano )?(?P<y>{_YEAR})(?:/[0-9]{{2}})?(?![0-9a-z]|[.,][0-9]|-[0-9]|%)", _year),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(rf"(?<![a-z0-9.,$€#])(?:{pattern})"), resolve) for kind, pattern, resolve in _RULES)
_ANY_HINT = re.compile(
    rf"[0-9]|{any_of({m[:3] for m in MONTHS})}|year|ano|mes|month|quarter|trim|week|seman|half|mest|ejerc"
    rf"|eo[yqm]|day|friday|es\b|navi|christ|ado|ngo"
)


def find_periods(folded: str, today: date, lang: str) -> list[PeriodMention]:
    """All periods of a folded text, left to right; where two overlap, the longer."""
    if not _ANY_HINT.search(folded):
        return []
    found = [
        PeriodMention(m.start(), m.end(), kind, resolve(m, today, lang))
        for kind, pattern, resolve in _COMPILED
        for m in pattern.finditer(folded)
    ]
    kept: list[PeriodMention] = []
    free = bytearray(len(folded) + 1)
    for mention in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if not any(free[mention.start : mention.end]):
            free[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
    return sorted(kept, key=lambda f: f.start)
