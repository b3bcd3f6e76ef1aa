"""The values that formulas work with, and the coercions between them."""

from dataclasses import dataclass
from typing import Any

from ..document import Box, CellError
from ..locales import Locale
from ..patterns import general
from ..typed import read_typed

DIV0 = CellError("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
VALUE = CellError("VALUE")
REF = CellError("REF", "Reference does not exist.")
NUM = CellError("NUM")
NA = CellError("N_A")
CYCLE = CellError("REF", "Circular dependency detected. To resolve with iterative calculation, see File > Settings.")


@dataclass(slots=True)
class Array:
    """Rows of plain values; never empty."""

    rows: list[list[Any]]

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True, slots=True)
class Region:
    """A range by place; its values are fetched when somebody asks."""

    sheet_id: int
    box: Box


class StopError(Exception):
    """A formula ends with an error value."""

    def __init__(self, error: CellError) -> None:
        super().__init__(error.kind)
        self.error = error


class UnknownFunctionError(Exception):
    """The formula uses something that this evaluator does not know."""


def number_of(value: Any, locale: Locale) -> float | int:
    """A number from a plain value. Raises StopError with VALUE."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    if value is None:
        return 0
    if isinstance(value, CellError):
        raise StopError(value)
    if isinstance(value, str):
        typed = read_typed(value.strip(), locale).value
        if isinstance(typed, int | float) and not isinstance(typed, bool):
            return typed
        raise StopError(
            CellError("VALUE", f"Expects number values. But '{value}' is a text and cannot be coerced to a number.")
        )
    raise StopError(VALUE)


def truth_of(value: Any, locale: Locale) -> bool:
    """A truth value from a plain value. Raises StopError with VALUE."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        if value.upper() in ("TRUE", locale.booleans[0]):
            return True
        if value.upper() in ("FALSE", locale.booleans[1]):
            return False
        raise StopError(VALUE)
    return number_of(value, locale) != 0


def text_of(value: Any, locale: Locale) -> str:
    """The text of a plain value as & joins it. Raises StopError for an error."""

    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return locale.booleans[0] if value else locale.booleans[1]
    if isinstance(value, CellError):
        raise StopError(value)
    return general(value, locale)


def rank(value: Any) -> int:
    """Numbers come before texts before booleans."""
    if isinstance(value, bool):
        return 2
    return 1 if isinstance(value, str) else 0


def compare(left: Any, right: Any) -> int:
    """-1, 0 or 1; texts without regard to case, an empty cell as the other side's nothing."""
    if isinstance(left, CellError):
        raise StopError(left)
    if isinstance(right, CellError):
        raise StopError(right)
    left, right = _filled(left, right), _filled(right, left)
    if rank(left) != rank(right):
        return -1 if rank(left) < rank(right) else 1
    if isinstance(left, str):
        left, right = left.casefold(), str(right).casefold()
    return int(left > right) - int(left < right)


def _filled(value: Any, other: Any) -> Any:
    if value is not None:
        return value
    if isinstance(other, bool):
        return False
    return "" if isinstance(other, str) else 0


def single(value: Any) -> Any:
    """The one value of a one-by-one array; other values as they are."""
    if isinstance(value, Array) and value.height == 1 and value.width == 1:
        return value.rows[0][0]
    return value
