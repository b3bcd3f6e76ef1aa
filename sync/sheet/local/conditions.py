"""BooleanCondition: does a cell fit? Used by conditional formats and filters."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from .document import CellError, Json
from .formulas.engine import FUNCTIONS, BookGrid, clock, results_of
from .formulas.evaluate import Evaluation
from .formulas.nodes import moves_with
from .formulas.syntax import FormulaSyntaxError, parse
from .formulas.values import Array, UnknownFunctionError
from .typed import EPOCH, read_typed
from .view import CellView

Test = Callable[[Any, list[Any]], bool]
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"(https?|ftp)://\S+|www\.\S+", re.IGNORECASE)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _numbers(test: Callable[..., bool]) -> Test:
    def check(value: Any, wanted: list[Any]) -> bool:
        return _number(value) and all(_number(item) for item in wanted) and test(value, *wanted)

    return check


def _texts(test: Callable[[str, str], bool]) -> Test:
    def check(value: Any, wanted: list[Any]) -> bool:
        shown = "" if value is None else str(value)
        return bool(wanted) and test(shown.casefold(), str(wanted[0]).casefold())

    return check


def _text_is(value: Any, wanted: list[Any]) -> bool:
    if value is None or not wanted:
        return False
    if isinstance(value, str) or isinstance(wanted[0], str):
        return str(value).casefold() == str(wanted[0]).casefold()
    return bool(value == wanted[0])


TESTS: dict[str, Test] = {
    "NUMBER_GREATER": _numbers(lambda v, a: v > a),
    "NUMBER_GREATER_THAN_EQ": _numbers(lambda v, a: v >= a),
    "NUMBER_LESS": _numbers(lambda v, a: v < a),
    "NUMBER_LESS_THAN_EQ": _numbers(lambda v, a: v <= a),
    "NUMBER_EQ": _numbers(lambda v, a: v == a),
    "NUMBER_NOT_EQ": _numbers(lambda v, a: v != a),
    "NUMBER_BETWEEN": _numbers(lambda v, a, b: min(a, b) <= v <= max(a, b)),
    "NUMBER_NOT_BETWEEN": _numbers(lambda v, a, b: not min(a, b) <= v <= max(a, b)),
    "TEXT_CONTAINS": _texts(lambda v, a: a in v),
    "TEXT_NOT_CONTAINS": _texts(lambda v, a: a not in v),
    "TEXT_STARTS_WITH": _texts(lambda v, a: v.startswith(a)),
    "TEXT_ENDS_WITH": _texts(lambda v, a: v.endswith(a)),
    "TEXT_EQ": _text_is,
    "TEXT_NOT_EQ": lambda v, wanted: not _text_is(v, wanted),
    "TEXT_IS_EMAIL": lambda v, wanted: isinstance(v, str) and EMAIL.fullmatch(v) is not None,
    "TEXT_IS_URL": lambda v, wanted: isinstance(v, str) and URL.fullmatch(v) is not None,
    "DATE_EQ": _numbers(lambda v, a: int(v) == int(a)),
    "DATE_NOT_EQ": _numbers(lambda v, a: int(v) != int(a)),
    "DATE_BEFORE": _numbers(lambda v, a: v < a),
    "DATE_AFTER": _numbers(lambda v, a: v >= a + 1),
    "DATE_ON_OR_BEFORE": _numbers(lambda v, a: v < a + 1),
    "DATE_ON_OR_AFTER": _numbers(lambda v, a: v >= a),
    "DATE_BETWEEN": _numbers(lambda v, a, b: a <= v < b + 1),
    "DATE_NOT_BETWEEN": _numbers(lambda v, a, b: not a <= v < b + 1),
    "DATE_IS_VALID": lambda v, wanted: _number(v),
    "BLANK": lambda v, wanted: v is None or v == "",
    "NOT_BLANK": lambda v, wanted: v is not None and v != "",
    "BOOLEAN": lambda v, wanted: v in wanted if wanted else isinstance(v, bool),
    "ONE_OF_LIST": lambda v, wanted: any(_text_is(v, [item]) for item in wanted),
}
RELATIVE = {"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1}


class Condition:
    """A condition made ready for many cells of one range whose top-left cell is given."""

    def __init__(self, condition: Json, view: CellView, top: int, left: int) -> None:
        self.kind = condition["type"]
        self.view, self.top, self.left = view, top, left
        self.grid = BookGrid(view.workbook, results_of(view.workbook))
        self.run = Evaluation(self.grid, FUNCTIONS, (view.tab.sheet_id, top, left))
        self.known: dict[tuple[int, int], bool] = {}
        self.test = TESTS.get(self.kind)
        self.wanted = [self._wanted(item) for item in condition.get("values", ())]

    def _wanted(self, item: Json) -> Any:
        """A typed value, or a formula's tree that is asked anew at every cell."""
        if "relativeDate" in item:
            return self._relative(item["relativeDate"])
        text = item.get("userEnteredValue", "")
        if text.startswith("=") or self.kind == "CUSTOM_FORMULA":
            try:
                return _Tree(parse(text, self.grid.locale.decimal == ","))
            except (FormulaSyntaxError, RecursionError):
                return None
        if self.kind.startswith("TEXT_"):
            return text
        return read_typed(text, self.grid.locale).value

    def _relative(self, word: str) -> int:
        today = clock(self.view.workbook.time_zone).date()
        if word in RELATIVE:
            day = today + timedelta(days=RELATIVE[word])
        else:
            back = {"PAST_WEEK": 7, "PAST_MONTH": 30}.get(word, 365)
            day = today - timedelta(days=back)
        return day.toordinal() - EPOCH

    def holds(self, row: int, column: int, value: Any) -> bool:
        """Does the cell with this effective value fit?"""
        self.run.rows, self.run.columns = row - self.top, column - self.left
        if self.kind == "CUSTOM_FORMULA":
            return self._custom(row, column)
        if isinstance(value, CellError) or self.test is None:
            return False
        wanted = [self._value(item) if isinstance(item, _Tree) else item for item in self.wanted]
        try:
            return self.test(value, wanted)
        except TypeError:
            return False

    def _value(self, tree: "_Tree | None") -> Any:
        if tree is None:
            return None
        try:
            value = self.run.result(tree.node)
        except (UnknownFunctionError, IndexError, ValueError, TypeError, RecursionError):
            return None
        return value.rows[0][0] if isinstance(value, Array) else value

    def _custom(self, row: int, column: int) -> bool:
        """Asked once for a whole row when every column in the formula is fixed, and likewise for columns."""
        tree = self.wanted[0]
        if tree is None:
            return False
        key = (row if tree.by_row else -1, column if tree.by_column else -1)
        known = self.known.get(key)
        if known is None:
            known = self.known[key] = self._truth(tree)
        return known

    def _truth(self, tree: "_Tree | None") -> bool:
        value = self._value(tree)
        return isinstance(value, int | float) and value != 0


class _Tree:
    """Marks a parsed formula among plain wanted values."""

    __slots__ = ("by_column", "by_row", "node")

    def __init__(self, node: Any) -> None:
        self.node = node
        self.by_row, self.by_column = moves_with(node, True), moves_with(node, False)


def holds(condition: Json, view: CellView, row: int, column: int) -> bool:
    """One cell against one condition."""
    value = view.result(row, column, view.tab.cell(row, column))
    return Condition(condition, view, row, column).holds(row, column, value)
