"""Cells that change place: sort, copy and cut."""

from collections.abc import Callable
from typing import Any

from ..context import Context
from ..document import EMPTY, Box, Cell, CellError, Formula, Json, Tab, Value, Workbook
from ..errors import RequestError
from ..formulas.rewrite import shifted
from ..limits import check_growth
from ..ranges import Place, box_of, grid_range, place_of, tab_of
from ..tags import follow_sort
from ..view import CellView

Block = list[list[Cell]]


def sort_range(workbook: Workbook, request: Json, _: Context) -> None:
    tab, box = place_of(workbook, request.get("range", {}))
    specs = request.get("sortSpecs", [])
    if not specs:
        raise RequestError("Must specify at least one sort spec.")
    for spec in specs:
        column = spec.get("dimensionIndex", 0)
        if not box.left <= column < box.right:
            raise RequestError(
                f"sortSpecs dimensionIndex[{column}] must be within the range's columns [{box.left}, {box.right})."
            )
    view = CellView(workbook, tab)
    order = list(range(box.top, box.bottom))
    for spec in reversed(specs):
        order = _ordered(view, order, spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING")
    if order != list(range(box.top, box.bottom)):
        _permute(tab, box, order)
        follow_sort(workbook, tab.sheet_id, box.top, order)


def _ordered(view: CellView, rows: list[int], column: int, descending: bool) -> list[int]:
    """Stable; numbers before text before booleans before errors; empty cells last either way."""
    keyed = [(row, _key(view.result(row, column, view.tab.cell(row, column)))) for row in rows]
    filled = [pair for pair in keyed if pair[1] is not None]
    filled.sort(key=lambda pair: pair[1] or (), reverse=descending)
    return [row for row, _ in filled] + [row for row, key in keyed if key is None]


def _key(value: Any) -> tuple[int, Any] | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, int | float):
        return 0, value
    if isinstance(value, CellError):
        return 3, value.kind
    return 1, (value.casefold(), value)


def _permute(tab: Tab, box: Box, order: list[int]) -> None:
    full = box.left == 0 and box.right >= tab.column_count
    old = [dict(tab.rows[row]) if row < len(tab.rows) else {} for row in order]
    for row, (came_from, cells) in enumerate(zip(order, old, strict=True), box.top):
        if not cells and row >= len(tab.rows):
            continue
        mine = {} if full else {c: cell for c, cell in tab.writable(row).items() if not box.left <= c < box.right}
        target = tab.writable(row)
        target.clear()
        target.update(mine)
        for column, cell in cells.items():
            if box.left <= column < box.right:
                target[column] = _moved(cell, row - came_from, 0)


def _moved(cell: Cell, rows: int, columns: int) -> Cell:
    if not isinstance(cell.value, Formula):
        return cell
    value = shifted(cell.value, rows, columns)
    return Cell(value, cell.format, cell.note, cell.rule, cell.extra)


def read_block(tab: Tab, box: Box) -> Block:
    return [[tab.cell(row, column) for column in range(box.left, box.right)] for row in range(box.top, box.bottom)]


PASTES: dict[str, Callable[[Cell, Cell], Cell]] = {
    "PASTE_NORMAL": lambda old, new: new,
    "PASTE_FORMULA": lambda old, new: old.with_value(new.value),
    "PASTE_FORMAT": lambda old, new: Cell(old.value, new.format, old.note, old.rule, old.extra),
    "PASTE_DATA_VALIDATION": lambda old, new: Cell(old.value, old.format, old.note, new.rule, old.extra),
    "PASTE_NO_BORDERS": lambda old, new: Cell(
        new.value, _no_borders(new.format, old.format), new.note, new.rule, new.extra
    ),
    "PASTE_CONDITIONAL_FORMATTING": lambda old, new: old,
}


def _no_borders(new: Json | None, old: Json | None) -> Json | None:
    out = {name: item for name, item in (new or {}).items() if name != "borders"}
    if old and "borders" in old:
        out["borders"] = old["borders"]
    return out or None


def copy_paste(workbook: Workbook, request: Json, _: Context) -> None:
    source = place_of(workbook, request.get("source", {}))
    target_tab, wanted = place_of(workbook, request.get("destination", {}))
    kind = request.get("pasteType", "PASTE_NORMAL")
    block = _paste_block(workbook, source, kind)
    turned = request.get("pasteOrientation") == "TRANSPOSE"
    if turned:
        block = [list(line) for line in zip(*block, strict=True)]
    box = _tiled(workbook, target_tab, wanted, len(block), len(block[0]))
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            down, right = (row - box.top) % len(block), (column - box.left) % len(block[0])
            cell = block[down][right]
            came_from = (source.box.top + (right if turned else down), source.box.left + (down if turned else right))
            cell = _moved(cell, row - came_from[0], column - came_from[1])
            target_tab.put(
                row,
                column,
                PASTES[kind if kind != "PASTE_VALUES" else "PASTE_FORMULA"](target_tab.cell(row, column), cell),
            )
    if kind == "PASTE_NORMAL" and not turned:
        _copy_merges(source, target_tab, box)
    if kind in ("PASTE_NORMAL", "PASTE_FORMAT", "PASTE_CONDITIONAL_FORMATTING"):
        _copy_rules(source, target_tab, box)


def _paste_block(workbook: Workbook, source: Place, kind: str) -> Block:
    block = read_block(*source)
    if kind != "PASTE_VALUES":
        return block
    view = CellView(workbook, source.tab)
    out = []
    for down, line in enumerate(block, source.box.top):
        out.append([Cell(_plain(view, down, right, cell)) for right, cell in enumerate(line, source.box.left)])
    return out


def _plain(view: CellView, row: int, column: int, cell: Cell) -> Value:
    result = view.unformatted(row, column, cell)
    value: Value = result
    return value


def _tiled(workbook: Workbook, tab: Tab, wanted: Box, height: int, width: int) -> Box:
    """The source is repeated when the destination is a multiple of it, else it is pasted once."""
    rows = wanted.height if wanted.height % height == 0 else height
    columns = wanted.width if wanted.width % width == 0 else width
    bottom, right = max(tab.row_count, wanted.top + rows), max(tab.column_count, wanted.left + columns)
    check_growth(workbook, tab, bottom, right)
    if wanted.top + rows > tab.row_count:
        tab.set_grid(rowCount=wanted.top + rows)
    if wanted.left + columns > tab.column_count:
        tab.set_grid(columnCount=wanted.left + columns)
    return Box(wanted.top, wanted.top + rows, wanted.left, wanted.left + columns)


def _grid_box(grid: Json) -> Box:
    return Box(grid["startRowIndex"], grid["endRowIndex"], grid["startColumnIndex"], grid["endColumnIndex"])


def _copy_merges(source: Place, tab: Tab, box: Box) -> None:
    found = [_grid_box(grid) for grid in source.tab.lists["merges"] if source.box.covers(_grid_box(grid))]
    tab.lists["merges"] = [
        grid
        for grid in tab.lists["merges"]
        if not box.meets(_grid_box(grid)) or (tab is source.tab and source.box.covers(_grid_box(grid)))
    ]
    for merge in found:
        for down in range(box.top, box.bottom, source.box.height):
            for right in range(box.left, box.right, source.box.width):
                rows, columns = down - source.box.top, right - source.box.left
                moved = Box(merge.top + rows, merge.bottom + rows, merge.left + columns, merge.right + columns)
                tab.lists["merges"].append(grid_range(tab, moved))


def _copy_rules(source: Place, tab: Tab, box: Box) -> None:
    """Rules that lie over the source are stretched over the destination (on the same tab)."""
    if tab is not source.tab:
        return
    for place, rule in enumerate(tab.lists["conditionalFormats"]):
        spans = [box_of(tab, grid) for grid in rule["ranges"]]
        if any(span.covers(source.box) for span in spans) and not any(span.covers(box) for span in spans):
            ranges = [*rule["ranges"], grid_range(tab, box)]
            tab.lists["conditionalFormats"][place] = rule | {"ranges": ranges}


def cut_paste(workbook: Workbook, request: Json, _: Context) -> None:
    source = place_of(workbook, request.get("source", {}))
    target = request.get("destination", {})
    tab = tab_of(workbook, target.get("sheetId", 0))
    top, left = target.get("rowIndex", 0), target.get("columnIndex", 0)
    if top < 0 or left < 0:
        raise RequestError("destination must not be negative.")
    kind = request.get("pasteType", "PASTE_NORMAL")
    block = _paste_block(workbook, source, kind)
    box = _tiled(workbook, tab, Box(top, top + 1, left, left + 1), source.box.height, source.box.width)
    for row, column, cell in list(source.tab.filled(source.box)):
        source.tab.put(row, column, _left_behind(cell, kind))
    paste = PASTES[kind if kind != "PASTE_VALUES" else "PASTE_FORMULA"]
    for down, line in enumerate(block):
        for right, cell in enumerate(line):
            row, column = box.top + down, box.left + right
            tab.put(row, column, paste(tab.cell(row, column), cell))
    moved = [_grid_box(grid) for grid in source.tab.lists["merges"] if source.box.covers(_grid_box(grid))]
    if kind == "PASTE_NORMAL" and moved:
        rows, columns = box.top - source.box.top, box.left - source.box.left
        source.tab.lists["merges"] = [g for g in source.tab.lists["merges"] if not source.box.covers(_grid_box(g))]
        tab.lists["merges"] += [
            grid_range(tab, Box(m.top + rows, m.bottom + rows, m.left + columns, m.right + columns)) for m in moved
        ]


def _left_behind(cell: Cell, kind: str) -> Cell:
    if kind == "PASTE_NORMAL":
        return EMPTY
    if kind in ("PASTE_VALUES", "PASTE_FORMULA"):
        return cell.with_value(None)
    if kind == "PASTE_FORMAT":
        return Cell(cell.value, None, cell.note, cell.rule, cell.extra)
    return cell


KINDS = {
    "sortRange": sort_range,
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
}
