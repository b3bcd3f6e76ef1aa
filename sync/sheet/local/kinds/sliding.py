"""Cells that make room or close up, and series that are filled on."""

from ..context import Context
from ..document import EMPTY, Box, Cell, Formula, Json, Tab, Value, Workbook
from ..errors import RequestError
from ..formulas.rewrite import shifted
from ..ranges import place_of
from ..series import continued
from .moving import read_block


def insert_range(workbook: Workbook, request: Json, _: Context) -> None:
    tab, box = place_of(workbook, request.get("range", {}))
    if request.get("shiftDimension") == "ROWS":
        _slide(tab, Box(box.top, tab.row_count, box.left, box.right), box.height, 0)
    elif request.get("shiftDimension") == "COLUMNS":
        _slide(tab, Box(box.top, box.bottom, box.left, tab.column_count), 0, box.width)
    else:
        raise RequestError("No dimension specified")


def delete_range(workbook: Workbook, request: Json, _: Context) -> None:
    tab, box = place_of(workbook, request.get("range", {}))
    dimension = request.get("shiftDimension")
    if dimension not in ("ROWS", "COLUMNS"):
        raise RequestError("No dimension specified")
    for row, column, _cell in list(tab.filled(box)):
        tab.put(row, column, EMPTY)
    if dimension == "ROWS":
        _slide(tab, Box(box.bottom, tab.row_count, box.left, box.right), -box.height, 0)
    else:
        _slide(tab, Box(box.top, box.bottom, box.right, tab.column_count), 0, -box.width)


def _slide(tab: Tab, box: Box, rows: int, columns: int) -> None:
    """Carry the cells of a box by so many rows and columns; the grid grows when they would fall off."""
    kept = [(row, column, cell) for row, column, cell in tab.filled(box)]
    for row, column, _ in kept:
        tab.put(row, column, EMPTY)
    for row, column, cell in kept:
        tab.put(row + rows, column + columns, cell)
    low = max((row + rows + 1 for row, _, _ in kept), default=0)
    right = max((column + columns + 1 for _, column, _ in kept), default=0)
    tab.set_grid(rowCount=max(tab.row_count, low), columnCount=max(tab.column_count, right))


def auto_fill(workbook: Workbook, request: Json, _: Context) -> None:
    if "sourceAndDestination" in request:
        spec = request["sourceAndDestination"]
        tab, box = place_of(workbook, spec.get("source", {}))
        down, length = spec.get("dimension") != "COLUMNS", spec.get("fillLength", 0)
    else:
        tab, whole = place_of(workbook, request.get("range", {}))
        box, down, length = _detect(tab, whole)
    if length == 0:
        return
    block = read_block(tab, box)
    lines = [list(line) for line in zip(*block, strict=True)] if down else block
    for place, line in enumerate(lines):
        _fill_line(tab, box, place, line, down, length)


def _detect(tab: Tab, whole: Box) -> tuple[Box, bool, int]:
    """The part of the range that holds data is the source; the rest of it is filled."""
    rows = [row for row, _, cell in tab.filled(whole) if cell.value is not None]
    columns = [column for _, column, cell in tab.filled(whole) if cell.value is not None]
    if not rows:
        return whole, True, 0
    box = Box(whole.top, max(rows) + 1, whole.left, max(columns) + 1)
    if box.bottom < whole.bottom:
        return Box(box.top, box.bottom, whole.left, whole.right), True, whole.bottom - box.bottom
    return Box(whole.top, whole.bottom, box.left, box.right), False, whole.right - box.right


def _fill_line(tab: Tab, box: Box, place: int, line: list[Cell], down: bool, length: int) -> None:
    for step in range(1, abs(length) + 1):
        offset = len(line) - 1 + step if length > 0 else -step
        model = line[offset % len(line)]
        far = offset - (offset % len(line))
        row, column = (box.top + offset, box.left + place) if down else (box.top + place, box.left + offset)
        if row < 0 or column < 0 or row >= tab.row_count or column >= tab.column_count:
            return
        if isinstance(model.value, Formula):
            value: Value = shifted(model.value, far if down else 0, 0 if down else far)
        else:
            value = continued([cell.value for cell in line], offset)
        tab.put(row, column, Cell(value, model.format, tab.cell(row, column).note, model.rule))


KINDS = {
    "insertRange": insert_range,
    "deleteRange": delete_range,
    "autoFill": auto_fill,
}
