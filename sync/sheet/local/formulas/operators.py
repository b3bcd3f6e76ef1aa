"""Operators over two plain values."""

import math
from collections.abc import Callable
from typing import Any

from ..locales import Locale
from .values import DIV0, NUM, StopError, compare, number_of, text_of


def operate(sign: str, left: Any, right: Any, locale: Locale) -> Any:
    """One operator over two plain values."""
    if sign == "&":
        return text_of(left, locale) + text_of(right, locale)
    if sign in COMPARED:
        return COMPARED[sign](compare(left, right))
    a, b = number_of(left, locale), number_of(right, locale)
    if sign == "/":
        if b == 0:
            raise StopError(DIV0)
        return whole(a / b)
    if sign == "^":
        return power(a, b)
    result = a + b if sign == "+" else a - b if sign == "-" else a * b
    return whole(result)


COMPARED: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


def power(a: float, b: float) -> float | int:
    try:
        result = float(a) ** float(b)  # in whole numbers 9^9^9 would never end
    except ZeroDivisionError:
        raise StopError(DIV0) from None
    except OverflowError:
        raise StopError(NUM) from None
    if isinstance(result, complex):
        raise StopError(NUM)
    return whole(float(result))


def whole(number: float | int) -> float | int:
    """Whole floats as ints, so that answers say 3 and not 3.0."""
    if isinstance(number, float):
        if not math.isfinite(number):
            raise StopError(NUM)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    return number if abs(number) < 2**53 else float(number)
