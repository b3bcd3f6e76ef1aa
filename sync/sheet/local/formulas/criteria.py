"""The little language of COUNTIF and its kin: `>=5`, `<>x`, `a*`."""

import re
from collections.abc import Callable
from typing import Any

from ..document import CellError
from ..locales import Locale
from ..typed import read_typed

FORM = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)
ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def wildcard(text: str) -> re.Pattern[str]:
    """`*` and `?` with `~` to take them as they are."""
    out, at = "", 0
    while at < len(text):
        sign = text[at]
        if sign == "~" and at + 1 < len(text):
            at += 1
            out += re.escape(text[at])
        else:
            out += ".*" if sign == "*" else "." if sign == "?" else re.escape(sign)
        at += 1
    return re.compile(out, re.IGNORECASE | re.DOTALL)


def matcher(wanted: Any, locale: Locale) -> Callable[[Any], bool]:
    """A test for one cell's value."""
    if isinstance(wanted, CellError):
        return lambda item: item == wanted
    if wanted is None:
        return lambda item: item == 0 and not isinstance(item, bool | str)
    if not isinstance(wanted, str):
        return lambda item: same_kind(item, wanted) and item == wanted
    found = FORM.fullmatch(wanted)
    sign, rest = (found[1] or "=", found[2]) if found else ("=", wanted)
    value = read_typed(rest, locale).value
    if sign in ORDER:
        return _ordered(sign, value)
    return _equal(sign == "<>", rest, value)


def same_kind(item: Any, wanted: Any) -> bool:
    if isinstance(item, bool) or isinstance(wanted, bool):
        return isinstance(item, bool) and isinstance(wanted, bool)
    numbers = isinstance(item, int | float) and isinstance(wanted, int | float)
    return numbers or (isinstance(item, str) and isinstance(wanted, str))


def _ordered(sign: str, value: Any) -> Callable[[Any], bool]:
    test = ORDER[sign]
    if isinstance(value, str):
        low = value.casefold()
        return lambda item: isinstance(item, str) and bool(test(item.casefold(), low))  # type: ignore[arg-type]  # texts compare alike
    return lambda item: same_kind(item, value) and test(item, value)


def _equal(negated: bool, rest: str, value: Any) -> Callable[[Any], bool]:
    if rest == "":
        return lambda item: (item is not None) if negated else (item is None)
    form = wildcard(rest)

    def fits(item: Any) -> bool:
        if isinstance(value, str) or value is None:
            return isinstance(item, str) and form.fullmatch(item) is not None
        if isinstance(item, str):
            return item.casefold() == rest.casefold()
        return same_kind(item, value) and bool(item == value)

    return lambda item: fits(item) != negated
