"""Numbers as people type them into cells, for the case form: "11.020", "4,4", "85 %", "N/A". Pure.

A text that may be two numbers ("11.020") is read in the locale where one is given, else as the one that is nearer to
the case's own numbers.
"""

import math
import re
from collections.abc import Sequence

_NUMBER = re.compile(
    r"(?P<head>[^\d]*?)(?P<sign>[-+]?)\s*[$€£]?\s*(?P<digits>\d[\d.,'\s\u00a0\u202f]*)(?P<tail>[^\d]*)"
)
_HEAD = re.compile(r"^[\s(~≈<>=]*(us|usd|eur|gbp|ars|mxn|cop)?\s*[$€£]?\s*$", re.IGNORECASE)
_SCALES = {"k": 1e3, "mil": 1e3, "m": 1e6, "mm": 1e6, "mln": 1e6, "millones": 1e6, "million": 1e6}
_TYPO = math.log(50)  # a reading so much nearer to the case's own numbers beats the locale's


def read_number(cell: object, locale: str | None = None, near: Sequence[float] = ()) -> float | None:
    """The number of a cell; None for what is none (N/A, #DIV/0!, a dash, empty, true, a date, infinity)."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _finite(cell)
    return _read_text(cell.strip().replace("\u2212", "-"), locale, near) if isinstance(cell, str) else None


def _read_text(text: str, locale: str | None, near: Sequence[float]) -> float | None:
    found = _NUMBER.fullmatch(text)
    if found is None or not _HEAD.match(found["head"]):
        return None
    negative = found["sign"] == "-" or (text.startswith("(") and text.endswith(")"))
    tail = re.match(r"[a-z]*", found["tail"].strip().casefold())
    scale = _SCALES.get(tail.group() if tail else "", 1.0) * (-1.0 if negative else 1.0)
    digits = re.sub(r"[\s'\u00a0\u202f]", "", found["digits"]).rstrip(".,")
    return _choose([scale * number for number in _readings(digits, locale)], near, told=locale is not None)


def _finite(number: float) -> float | None:
    try:
        value = float(number)
    except OverflowError:  # a whole number of four hundred digits
        return None
    return value if math.isfinite(value) else None


def _readings(digits: str, locale: str | None) -> list[float]:
    """All that the digits may mean, the likelier first: the locale's reading, or the grouped one without a locale."""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return [float(digits)]
    if len(set(marks)) == 2 or (len(marks) == 1 and not re.search(r"^[1-9]\d{0,2}[.,]\d{3}$", digits)):
        return [_decimal(digits, marks[-1])]
    grouped = float(digits.replace(marks[0], ""))
    if len(marks) > 1:
        return [grouped]
    decimal = _decimal(digits, marks[0])
    return [decimal, grouped] if locale and _decimal_mark(locale) == marks[0] else [grouped, decimal]


def _decimal_mark(locale: str) -> str:
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        return get_decimal_symbol(Locale.parse(locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError, TypeError):
        return "."


def _decimal(digits: str, mark: str) -> float:
    other = "," if mark == "." else "."
    whole, _, rest = digits.replace(other, "").rpartition(mark)
    return float(f"{whole.replace(mark, '')}.{rest}")


def _choose(readings: list[float], near: Sequence[float], *, told: bool) -> float | None:
    """The nearer reading; where a locale told the first one, only a far nearer second one beats it."""
    known = [abs(number) for number in near if number]
    if len(readings) == 1 or not known:
        return _finite(readings[0])
    first, second = (min(abs(math.log(abs(one) / number)) for number in known) for one in readings)
    return _finite(readings[1] if second + (_TYPO if told else 0.0) < first else readings[0])
