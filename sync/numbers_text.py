"""Numbers as people type them. Pure.

A number typed as text has one reading, two, or none. Where the locale has to decide between two, the reading says so
and brings the other one: 40.000 is forty thousand in Madrid and forty in London; a target must not guess in silence.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sync.model import CellValue

NumberKind = Literal["number", "missing", "error", "junk"]


@dataclass(frozen=True)
class NumberReading:
    """What a text says as a number.

    `kind` tells the four cases apart: a number; nothing there (empty, "-", "N/A"); a formula error such as #REF!; a
    text that is no number. `value` is None in the last three. Per cent stays as typed: "12 %" is 12.0 with unit "%".
    `unit` is "%", an ISO 4217 code (EUR), a bare "$" or "¥" (several currencies bear these), or None.
    """

    value: float | None = None
    ambiguous: bool = False
    other_reading: float | None = None
    unit: str | None = None
    kind: NumberKind = "junk"


MISSING = NumberReading(kind="missing")
ERROR = NumberReading(kind="error")
JUNK = NumberReading(kind="junk")

_LONGEST = 60  # characters; no honest number is longer
_MISSING_MARKS = ("", "-", "--", "---", ".", "..", "...", "…", "?", "n/a", "n.a.", "na", "n/d", "n.d.", "nd", "n/c")
_MISSING_WORDS = frozenset(
    (*_MISSING_MARKS, "s/d", "s.d.", "null", "none", "nil", "nan", "sin datos", "no data", "no disponible")
)
_MINUS_SIGNS = str.maketrans(dict.fromkeys("−–—‒‐‑", "-"))
_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # not NFKC: that makes 52 of 5²
_SYMBOLS = {"€": "EUR", "£": "GBP", "US$": "USD", "$": "$", "¥": "¥", "%": "%"}
_CODES = ("EUR", "USD", "GBP", "MXN", "COP", "ARS", "CLP", "PEN", "BRL", "CHF", "CAD", "AUD", "JPY", "UYU")
_WORDS = {"euro": "EUR", "euros": "EUR", "por ciento": "%", "percent": "%", "per cent": "%"}
_UNIT = "|".join(re.escape(name) for name in sorted((*_SYMBOLS, *_CODES, *_WORDS), key=len, reverse=True))
_SCALES = {
    **dict.fromkeys(("k", "K", "mil", "thousand"), 1e3),
    **dict.fromkeys(("M", "mill.", "millón", "millon", "millones", "million", "millions", "mio."), 1e6),
}
_SCALE = "|".join(re.escape(name) for name in sorted(_SCALES, key=len, reverse=True))
_SHAPE = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<before>(?i:{_UNIT}))?\s*(?P<sign2>[+-])?\s*"
    rf"(?P<digits>[0-9.,][0-9.,' ’]*?(?:[eE][+-]?[0-9]{{1,3}})?)"
    rf"\s*(?P<scale>{_SCALE})?\s*(?P<after>(?i:{_UNIT}))?\s*(?P<sign3>-)?\s*(?P<close>\))?"
)
_GROUPED = {mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in (".", ",", " ", "'")}
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")


def read_number(text: str, locale: str, *, mark: str | None = None) -> NumberReading:
    """What `text` says as a number in `locale` (es_ES, en_GB, ...); `mark` overrides its decimal mark. Never raises."""
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST:  # most cells of most files
        return NumberReading(float(text), kind="number")
    clean = _clean(text)
    if clean.casefold() in _MISSING_WORDS:
        return MISSING
    if clean.startswith("#"):
        return ERROR if len(clean) > 1 else JUNK
    shape = _SHAPE.fullmatch(clean) if len(clean) <= _LONGEST else None
    if shape is None or bool(shape["open"]) != bool(shape["close"]):
        return JUNK
    signs = [sign for sign in (shape["sign"], shape["sign2"], shape["sign3"], "-" if shape["open"] else None) if sign]
    units = [_unit(name) for name in (shape["before"], shape["after"]) if name]
    if len(signs) > 1 or len(units) > 1:
        return JUNK
    factor = (-1.0 if signs == ["-"] else 1.0) * _SCALES.get(shape["scale"] or "", 1.0)
    reading = _scaled(_digits(shape["digits"].strip().replace("’", "'"), mark or decimal_mark(locale)), factor)
    return _with_unit(reading, units[0]) if units and reading.kind == "number" else reading


def number_of(value: CellValue, locale: str, *, mark: str | None = None) -> NumberReading:
    """What a cell says as a number: typed numbers as they are, a tick as 1 or 0, text through `read_number`."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return read_number(value, locale, mark=mark)
    number = float(value)
    return NumberReading(number, kind="number") if math.isfinite(number) else MISSING


def mark_of(texts: Iterable[str]) -> str | None:
    """The decimal mark that a column of numbers proves by its own rows, or None where none does or they contradict."""
    proofs = {proof for text in texts if ("." in text or "," in text) and (proof := _proof(text))}
    return proofs.pop() if len(proofs) == 1 else None


@cache
def decimal_mark(locale: str) -> str:
    """The decimal mark of a locale: "," or "."; "." for a locale that nobody knows."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    try:
        return "," if get_decimal_symbol(Locale.parse(locale.replace("-", "_"))) == "," else "."
    except (UnknownLocaleError, ValueError):
        return "," if locale.lower().startswith("es") else "."


def _proof(text: str) -> str | None:
    """The mark is the only one that makes a number of this text, or makes it the number that it is."""
    reading = read_number(text, "", mark=".")
    if reading.value is None or reading.ambiguous:
        return None
    last = max(text.rfind("."), text.rfind(","))
    mark = text[last]
    other = "," if mark == "." else "."
    return other if text.count(mark) > 1 else mark


def _clean(text: str) -> str:
    visible = _INVISIBLE.sub("", text).translate(_FULL_WIDTH).translate(_MINUS_SIGNS)
    return " ".join(visible.split())  # split() knows the narrow and the unbreakable blanks


def _unit(name: str) -> str:
    upper = name.upper()
    return _SYMBOLS.get(upper) or _WORDS.get(name.casefold()) or upper


def _with_unit(reading: NumberReading, unit: str) -> NumberReading:
    """Money has no thousandths: € 1.200 in Madrid has one reading only."""
    if unit != "%" and reading.ambiguous and abs(reading.value or 0) > abs(reading.other_reading or 0):
        return replace(reading, unit=unit, ambiguous=False, other_reading=None)
    return replace(reading, unit=unit)


def _scaled(reading: NumberReading, factor: float) -> NumberReading:
    if reading.value is None:
        return reading
    other = reading.other_reading
    return replace(reading, value=reading.value * factor + 0.0, other_reading=None if other is None else other * factor)


def _digits(text: str, decimal: str) -> NumberReading:
    """Digits with their marks, unsigned."""
    mantissa, exponent, power = text.replace("E", "e").partition("e")
    if exponent:
        return _number(mantissa.replace(",", ".") + exponent + power)
    for blank in (" ", "'"):
        if blank in text:
            whole, mark, rest = _split_at_last(text, ".,")
            return (
                _number(whole.replace(blank, "") + "." + (rest or "0")) if _groups(whole, blank, mark, rest) else JUNK
            )
    marks = {mark for mark in ".," if mark in text}
    if len(marks) == 2:
        whole, mark, rest = _split_at_last(text, ".,")
        return (
            _number(f"{_ungrouped(whole)}.{rest}") if _groups(whole, "," if mark == "." else ".", mark, rest) else JUNK
        )
    if not marks:
        return _number(text)
    return _one_mark(text, marks.pop(), decimal)


def _one_mark(text: str, mark: str, decimal_here: str) -> NumberReading:
    grouped = _GROUPED[mark].fullmatch(text) is not None and not text.startswith("0")
    if text.count(mark) > 1:
        return _number(_ungrouped(text)) if grouped else JUNK
    decimal = _number(text.replace(mark, "."))
    if not grouped:
        return decimal
    whole = _number(_ungrouped(text))
    first, second = (decimal, whole) if mark == decimal_here else (whole, decimal)
    return replace(first, ambiguous=True, other_reading=second.value)


def _split_at_last(text: str, marks: str) -> tuple[str, str, str]:
    at = max(text.rfind(mark) for mark in marks)
    return (text, "", "") if at < 0 else (text[:at], text[at], text[at + 1 :])


def _groups(whole: str, blank: str, mark: str, rest: str) -> bool:
    return _GROUPED[blank].fullmatch(whole) is not None and (not mark or (rest.isascii() and rest.isdigit()))


def _ungrouped(text: str) -> str:
    return text.replace(".", "").replace(",", "")


def _number(text: str) -> NumberReading:
    mantissa = text.partition("e")[0]
    if not _PLAIN.fullmatch(mantissa):
        return JUNK
    value = float(text)
    return NumberReading(value, kind="number") if math.isfinite(value) else JUNK
