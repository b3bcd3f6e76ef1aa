"""A tree of nodes to a value, over a grid of cells.

The grid raises `NeededError` for a formula cell that has no result yet; the engine computes that one first and starts
again, so a long chain of cells needs no deep recursion.
"""

from collections.abc import Callable
from typing import Any, Protocol

from ..document import Box, CellError, Result
from ..locales import Locale
from .nodes import Binary, Call, Corner, ErrorText, Literal, Name, Node, Number, Reference, Text, Unary
from .operators import operate
from .values import (
    NUM,
    REF,
    VALUE,
    Array,
    Region,
    StopError,
    UnknownFunctionError,
    number_of,
    single,
    text_of,
)

ERRORS = {
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "#NULL!": "NULL_VALUE",
    "#ERROR!": "ERROR",
}


class Grid(Protocol):
    """What the evaluator asks of a workbook."""

    locale: Locale

    def sheet(self, title: str | None, home: int) -> int | None: ...
    def size(self, sheet_id: int) -> tuple[int, int]: ...
    def value(self, sheet_id: int, row: int, column: int) -> Result: ...
    def values(self, sheet_id: int, box: Box) -> list[list[Any]]: ...
    def named(self, name: str) -> Region | None: ...
    def today(self) -> int: ...
    def now(self) -> float: ...


Function = Callable[["Evaluation", tuple["Node | None", ...]], Any]


class Evaluation:
    """One formula in one cell. `rows` and `columns` shift its relative references (conditional formats)."""

    def __init__(self, grid: Grid, functions: dict[str, Function], home: tuple[int, int, int]) -> None:
        self.grid, self.functions = grid, functions
        self.sheet_id, self.row, self.column = home
        self.rows = self.columns = 0
        self.arrays = False
        self.names: dict[str, Any] = {}

    @property
    def locale(self) -> Locale:
        return self.grid.locale

    def result(self, node: Node) -> Any:
        """The formula's value: a plain one, an error or an Array that spills."""
        try:
            value = self.operand(node)
            if isinstance(value, Region):
                value = self.beside(value)
        except StopError as stop:
            return stop.error
        except OverflowError:
            return NUM
        value = single(value)
        return 0 if value is None else value

    def operand(self, node: Node | None) -> Any:
        """A value, an Array or a Region that has not been read."""
        if node is None:
            return None
        return HANDLERS[type(node)](self, node)

    def scalar(self, node: Node | None) -> Any:
        """One plain value; a range gives the cell beside the formula. Errors come back as values."""
        value = self.operand(node)
        if isinstance(value, Region):
            return self.beside(value)
        if isinstance(value, Array):
            return value.rows[0][0]
        return value

    def beside(self, region: Region) -> Any:
        box = region.box
        if box.height == 1 and box.width == 1:
            return self.grid.value(region.sheet_id, box.top, box.left)
        row, column = self.row + self.rows, self.column + self.columns
        if box.width == 1 and box.top <= row < box.bottom:
            return self.grid.value(region.sheet_id, row, box.left)
        if box.height == 1 and box.left <= column < box.right:
            return self.grid.value(region.sheet_id, box.top, column)
        raise StopError(VALUE)

    def checked(self, node: Node | None) -> Any:
        """Like `scalar`, but an error ends the formula."""
        value = self.scalar(node)
        if isinstance(value, CellError):
            raise StopError(value)
        return value

    def number(self, node: Node | None) -> float | int:
        return number_of(self.checked(node), self.locale)

    def text(self, node: Node | None) -> str:
        return text_of(self.checked(node), self.locale)

    def table(self, node: Node | None) -> list[list[Any]]:
        """The rows of a range, an array or a single value."""
        value = self.operand(node)
        if isinstance(value, Region):
            return self.grid.values(value.sheet_id, value.box)
        if isinstance(value, Array):
            return value.rows
        return [[value]]

    def flat(self, node: Node | None) -> list[Any]:
        return [item for row in self.table(node) for item in row]

    def in_arrays(self, node: Node | None) -> Any:
        """Evaluate with element-wise operators, as ARRAYFORMULA, FILTER and SUMPRODUCT do."""
        before, self.arrays = self.arrays, True
        try:
            return self.operand(node)
        finally:
            self.arrays = before


def _number(_: Evaluation, node: Number) -> Any:
    return node.value


def _text(_: Evaluation, node: Text) -> Any:
    return node.value


def _error(_: Evaluation, node: ErrorText) -> Any:
    return CellError(ERRORS[node.value])


def _reference(run: Evaluation, node: Reference) -> Any:
    sheet_id = run.grid.sheet(node.sheet, run.sheet_id)
    if sheet_id is None:
        raise StopError(CellError("REF", "Unresolved sheet name."))
    rows, columns = run.grid.size(sheet_id)
    last = node.last or node.first
    top, bottom = _ends(run, node.first, last, True, rows)
    left, right = _ends(run, node.first, last, False, columns)
    if top < 0 or left < 0 or top >= bottom or left >= right:
        raise StopError(REF)
    return Region(sheet_id, Box(top, bottom, left, right))


def _ends(run: Evaluation, first: Corner, last: Corner, rows: bool, size: int) -> tuple[int, int]:
    ends = []
    for corner in (first, last):
        place = corner.row if rows else corner.column
        fixed = corner.row_fixed if rows else corner.column_fixed
        if place is not None and not fixed:
            place += run.rows if rows else run.columns
        ends.append(place)
    low, high = ends
    if low is None and high is None:
        return 0, size
    if low is None or high is None:
        return low if low is not None else high or 0, size
    return min(low, high), max(low, high) + 1


def _name(run: Evaluation, node: Name) -> Any:
    key = node.value.casefold()
    if key in run.names:
        return run.names[key]
    region = run.grid.named(node.value)
    if region is None:
        raise StopError(CellError("NAME", f"Unknown range name: '{node.value.upper()}'."))
    return region


def _call(run: Evaluation, node: Call) -> Any:
    held = run.names.get(node.name.casefold())
    if callable(held):
        return held(*(run.operand(arg) for arg in node.args))
    function = run.functions.get(node.name)
    if function is None:
        raise UnknownFunctionError(node.name)
    return function(run, node.args)


def _unary(run: Evaluation, node: Unary) -> Any:
    def work(value: Any) -> Any:
        if isinstance(value, CellError):
            return value
        if node.sign == "+":
            return value
        number = number_of(value, run.locale)
        return -number if node.sign == "-" else number / 100

    return each(run, work, run.operand(node.item))


def _binary(run: Evaluation, node: Binary) -> Any:
    left, right = run.operand(node.left), run.operand(node.right)

    def work(a: Any, b: Any) -> Any:
        if isinstance(a, CellError):
            return a
        if isinstance(b, CellError):
            return b
        return operate(node.sign, a, b, run.locale)

    return each(run, work, left, right)


def each(run: Evaluation, work: Callable[..., Any], *values: Any) -> Any:
    """Apply element by element where arrays are wanted, else to the cell beside the formula."""
    if not any(isinstance(value, Array | Region) for value in values):
        return work(*values)
    wide = run.arrays or any(isinstance(value, Array) for value in values)
    if not wide:
        return work(*(run.beside(value) if isinstance(value, Region) else value for value in values))
    tables = [_rows_of(run, value) for value in values]
    height, width = max(len(rows) for rows in tables), max(len(rows[0]) for rows in tables)
    out = []
    for row in range(height):
        line = []
        for column in range(width):
            items = [_item(rows, row, column) for rows in tables]
            try:
                line.append(work(*items))
            except StopError as stop:
                line.append(stop.error)
        out.append(line)
    return Array(out)


def _rows_of(run: Evaluation, value: Any) -> list[list[Any]]:
    if isinstance(value, Region):
        return run.grid.values(value.sheet_id, value.box)
    return value.rows if isinstance(value, Array) else [[value]]


def _item(rows: list[list[Any]], row: int, column: int) -> Any:
    row = 0 if len(rows) == 1 else row
    column = 0 if len(rows[0]) == 1 else column
    if row >= len(rows) or column >= len(rows[0]):
        return CellError("N_A")
    return rows[row][column]


def _literal(run: Evaluation, node: Literal) -> Any:
    out: list[list[Any]] = []
    for line in node.rows:
        tables = [run.table(item) for item in line]
        if len({len(table) for table in tables}) != 1:
            raise StopError(REF)
        out += [[item for table in tables for item in table[row]] for row in range(len(tables[0]))]
    if len({len(row) for row in out}) != 1:
        raise StopError(VALUE)
    return Array(out)


HANDLERS: dict[type, Callable[[Evaluation, Any], Any]] = {
    Number: _number,
    Text: _text,
    ErrorText: _error,
    Reference: _reference,
    Name: _name,
    Call: _call,
    Unary: _unary,
    Binary: _binary,
    Literal: _literal,
}
