"""Numbers as interfaces give them: JSON numbers, or text that holds nothing but one. Pure."""

import math
import re
from decimal import Decimal
from typing import Any

_PLAIN = re.compile(r"-?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,2})?", re.ASCII)


def number_in(value: Any) -> tuple[float | None, str | None]:
    """The number, and the flag that tells what was amiss: missing_values for null or an empty text,
    unreadable_values for anything that is no number. A boolean is none; so is 1,234, which may mean two things.
    """
    if value is None or value == "":
        return None, "missing_values"
    if isinstance(value, bool):
        return None, "unreadable_values"
    if isinstance(value, str) and _PLAIN.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, int | float) and abs(value) < 1e300 and math.isfinite(value):
        return float(value), None
    return None, "unreadable_values"


def exact_sum(values: list[float]) -> float:
    """The sum as a person adds up money: 1.10 and 2.20 are 3.30."""
    return float(sum((Decimal(repr(value)) for value in values), Decimal(0)))


def exact_product(value: float, factor: float) -> float:
    """A scaled value without binary dust: 1999 cents are 19.99."""
    return float(Decimal(repr(value)) * Decimal(repr(factor)))
