"""Numbers as people type them into cells, for the case form: "11.020", "4,4", "85 %", "N/A". Pure.

A text that may be two numbers ("11.020") is read in the locale where one is given, else as the one that is nearer to
the case's own numbers.
"""

import math
import re
from collections.abc import Sequence

_SHAPE = re.compile(r"[-+]?\d[\d.,'\s\u00a0\u202f]*")
_SCALES = {"k": 1e3, "mil": 1e3, "m": 1e6, "mm": 1e6, "mln": 1e6, "millones": 1e6, "million": 1e6}
_COMMA_DECIMAL = {
    "es_ES",
    "es_AR",
    "es_CO",
    "es_CL",
    "es_UY",
    "es_EC",
    "es_PY",
    "es_BO",
    "es_VE",
    "de_DE",
    "fr_FR",
    "it_IT",
}


def read_number(cell: object, locale: str | None = None, near: Sequence[float] = ()) -> float | None:
    """The number of a cell; None for what is none (N/A, a dash, empty, true). Infinite and undefined are none."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _finite(cell)
    if not isinstance(cell, str):
        return None
    text = cell.strip().replace("\u2212", "-")
    found = _SHAPE.search(text)
    if found is None or re.search(r"\d", text[found.end() :]):
        return None
    sign = -1.0 if re.match(r"^\(.*\)$|^-", text) and not found.group().startswith("-") else 1.0
    tail = re.match(r"[a-z]*", text[found.end() :].strip().casefold())
    scale = _SCALES.get(tail.group() if tail else "", 1.0)
    readings = _readings(re.sub(r"[\s'\u00a0\u202f]", "", found.group()).rstrip(".,"), locale)
    return _nearest([sign * scale * number for number in readings], near)


def _finite(number: float) -> float | None:
    try:
        value = float(number)
    except OverflowError:  # a whole number of four hundred digits
        return None
    return value if math.isfinite(value) else None


def _readings(digits: str, locale: str | None) -> list[float]:
    """All that the digits may mean, the locale's reading alone where it settles it."""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return [float(digits)]
    if len(set(marks)) == 2 or (len(marks) == 1 and not re.search(r"[.,]\d{3}$", digits)):
        return [_decimal(digits, marks[-1])]
    if len(marks) > 1:
        return [float(digits.replace(marks[0], ""))]
    decimal, grouped = _decimal(digits, marks[0]), float(digits.replace(marks[0], ""))
    if locale is None:
        return [grouped, decimal]
    return [decimal if marks[0] == ("," if locale in _COMMA_DECIMAL else ".") else grouped]


def _decimal(digits: str, mark: str) -> float:
    other = "," if mark == "." else "."
    whole, _, rest = digits.replace(other, "").rpartition(mark)
    return float(f"{whole.replace(mark, '')}.{rest}")


def _nearest(readings: list[float], near: Sequence[float]) -> float | None:
    usable = [abs(number) for number in near if number]
    if len(readings) == 1 or not usable:
        return _finite(readings[0])
    return _finite(min(readings, key=lambda one: min(abs(math.log((abs(one) or 1e-9) / number)) for number in usable)))
