"""Cells: updateCells, repeatCell, appendCells, validation, merges and borders."""

from typing import Any

from .. import formats, masks
from ..checks import check_condition, check_merge, check_spot
from ..context import Context
from ..document import EMPTY, Box, Cell, Formula, Json, Tab, Value, Workbook, without_runs
from ..errors import RequestError
from ..formulas.rewrite import shifted
from ..masks import Tree
from ..pivots import kept_pivot
from ..ranges import Place, grid_range, place_of, tab_of
from ..view import from_extended

EXTRA = ("textFormatRuns", "pivotTable", "chipRuns", "dataSourceTable", "dataSourceFormula")
WRITABLE = ("userEnteredValue", "userEnteredFormat", "note", "dataValidation", *EXTRA)
MAX_TEXT = 50_000


class CellWriter:
    """Writes CellData messages under one mask."""

    def __init__(self, fields: str | None, root: str) -> None:
        tree = masks.for_write(fields, "CellData", root)
        self.tree: Tree = {name: inner for name, inner in tree.items() if name in WRITABLE}
        self.format_tree = formats.with_twins(self.tree.get("userEnteredFormat", {}), "CellFormat")
        self.writes_value = "userEnteredValue" in self.tree
        self.only_value = set(self.tree) == {"userEnteredValue"}
        self.value_and_note = set(self.tree) == {"userEnteredValue", "note"}
        self.extra = [name for name in EXTRA if name in self.tree]
        self._formats: dict[tuple[int, int], tuple[Any, Any, Json | None]] = {}

    def write(self, old: Cell, data: Json) -> Cell:
        """The cell after the masked fields of `data` have been set."""
        value = check_text(from_extended(data.get("userEnteredValue"))) if self.writes_value else old.value
        if self.only_value or self.value_and_note:
            note = data.get("note", "") if self.value_and_note else old.note
            return Cell(value, old.format, note, old.rule, without_runs(old.extra) if old.extra else None)
        cell = old.with_value(value) if self.writes_value else Cell(value, old.format, old.note, old.rule, old.extra)
        if "userEnteredFormat" in self.tree:
            cell.format = self._format(old.format, data.get("userEnteredFormat"))
        if "note" in self.tree:
            cell.note = data.get("note", "")
        if "dataValidation" in self.tree:
            cell.rule = check_rule(data.get("dataValidation"))
        if self.extra:
            kept = {name: item for name, item in (cell.extra or {}).items() if name not in self.extra}
            given = {name: data[name] for name in self.extra if data.get(name)}
            if "pivotTable" in given:
                given["pivotTable"] = kept_pivot(given["pivotTable"])
            cell.extra = kept | given or None
        return cell

    def _format(self, old: Json | None, new: Json | None) -> Json | None:
        """Formats are merged once for each pair, so that cells that look alike share one message."""
        key = (id(old), id(new))
        found = self._formats.get(key)
        if found is None:
            tidy = formats.tidy_format(new) if new else None
            merged = masks.merge(old, tidy, self.format_tree) if self.format_tree else (tidy or {})
            found = self._formats[key] = (old, new, merged or None)
        return found[2]


def check_text(value: Value) -> Value:
    text = value.text if isinstance(value, Formula) else value
    if isinstance(text, str) and len(text) > MAX_TEXT:
        raise RequestError(f"Your input contains more than the maximum of {MAX_TEXT} characters in a single cell.")
    return value


def check_rule(rule: Json | None) -> Json | None:
    """A DataValidationRule in its kept form: false and empty fields left out."""
    if not rule:
        return None
    out: Json = {"condition": check_condition(rule.get("condition", {}), "A data validation rule")}
    for name in ("inputMessage", "strict", "showCustomUi"):
        if rule.get(name):
            out[name] = rule[name]
    return out


def update_cells(workbook: Workbook, request: Json, _: Context) -> None:
    writer = CellWriter(request.get("fields"), "rows")
    rows = request.get("rows", [])
    if "start" in request:
        tab, box = _from_start(workbook, request["start"], rows)
    else:
        tab, box = place_of(workbook, request.get("range", {}))
    width = max((len(row.get("values", ())) for row in rows), default=0)
    if len(rows) > box.height:
        raise RequestError(
            f"Attempting to write row: {box.top + box.height}, beyond the last requested row of: {box.bottom - 1}"
        )
    if width > box.width:
        raise RequestError(
            f"Attempting to write column: {box.left + box.width}, beyond the last requested column of: {box.right - 1}"
        )
    if "start" in request:
        _write_ragged(tab, box, rows, writer)
    else:
        _write_box(tab, box, rows, writer)


def _from_start(workbook: Workbook, start: Json, rows: list[Json]) -> Place:
    tab = tab_of(workbook, start.get("sheetId", 0))
    top, left = check_spot(tab, start)
    width = max((len(row.get("values", ())) for row in rows), default=0)
    grid = {"sheetId": tab.sheet_id, "startRowIndex": top, "startColumnIndex": left}
    place = place_of(workbook, grid)
    if top + len(rows) > tab.row_count:
        raise RequestError(
            f"Attempting to write row: {tab.row_count}, beyond the last requested row of: {tab.row_count - 1}"
        )
    _check_width(tab, left + width)
    return place


def _check_width(tab: Tab, right: int) -> None:
    last = tab.column_count
    if right > last:
        raise RequestError(f"Attempting to write column: {last}, beyond the last requested column of: {last - 1}")


def _write_ragged(tab: Tab, box: Box, rows: list[Json], writer: CellWriter) -> None:
    for row, message in enumerate(rows, box.top):
        for column, data in enumerate(message.get("values", ()), box.left):
            tab.put(row, column, writer.write(tab.cell(row, column), data))


def _write_box(tab: Tab, box: Box, rows: list[Json], writer: CellWriter) -> None:
    """The rows given are written; the masked fields of the rest of the range are cleared."""
    nothing: Json = {}
    write = writer.write
    for row, message in enumerate(rows, box.top):
        values = message.get("values", ())
        mine = tab.writable(row) if values else {}
        for column, data in enumerate(values, box.left):
            cell = write(mine.get(column, EMPTY), data)
            if cell.is_blank():
                mine.pop(column, None)
            else:
                mine[column] = cell
        if len(values) < box.width:
            _clear(tab, Box(row, row + 1, box.left + len(values), box.right), writer, nothing)
    _clear(tab, Box(box.top + len(rows), box.bottom, box.left, box.right), writer, nothing)


def _clear(tab: Tab, box: Box, writer: CellWriter, nothing: Json) -> None:
    for row, column, cell in list(tab.filled(box)):
        tab.put(row, column, writer.write(cell, nothing))


def repeat_cell(workbook: Workbook, request: Json, _: Context) -> None:
    writer = CellWriter(request.get("fields"), "cell")
    tab, box = place_of(workbook, request.get("range", {}))
    data = request.get("cell", {})
    value = from_extended(data.get("userEnteredValue"))
    moving = writer.writes_value and isinstance(value, Formula)
    if not any(data.get(name) for name in writer.tree):
        _clear(tab, box, writer, {})
        return
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            cell = writer.write(tab.cell(row, column), data)
            if moving and isinstance(value, Formula):
                cell.value = shifted(value, row - box.top, column - box.left)
            tab.put(row, column, cell)


def append_cells(workbook: Workbook, request: Json, _: Context) -> None:
    """After the last row that holds a value, opening rows as needed; it never opens columns."""
    writer = CellWriter(request.get("fields"), "rows")
    tab, rows = tab_of(workbook, request.get("sheetId", 0)), request.get("rows", [])
    top = 1 + max((row for row, cells in enumerate(tab.rows) if _holds_value(cells)), default=-1)
    width = max((len(row.get("values", ())) for row in rows), default=0)
    _check_width(tab, width)
    tab.set_grid(rowCount=max(tab.row_count, top + len(rows)))
    _write_ragged(tab, Box(top, top + len(rows), 0, tab.column_count), rows, writer)


def _holds_value(cells: dict[int, Cell]) -> bool:
    return any(cell.value is not None for cell in cells.values())


def set_validation(workbook: Workbook, request: Json, _: Context) -> None:
    tab, box = place_of(workbook, request.get("range", {}))
    rule = check_rule(request.get("rule"))
    if rule is None:
        for row, column, cell in list(tab.filled(box)):
            tab.put(row, column, Cell(cell.value, cell.format, cell.note, None, cell.extra))
        return
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            cell = tab.cell(row, column)
            tab.put(row, column, Cell(cell.value, cell.format, cell.note, rule, cell.extra))


def merge_cells(workbook: Workbook, request: Json, _: Context) -> None:
    tab, box = place_of(workbook, request.get("range", {}))
    kind = request.get("mergeType", "MERGE_ALL")
    _check_partial(tab, box, "merge")
    tab.lists["merges"] = [grid for grid in tab.lists["merges"] if not box.covers(_merge_box(grid))]
    for strip in _strips(box, kind):
        if strip.height * strip.width == 1:
            continue
        check_merge(tab, strip)
        tab.lists["merges"].append(grid_range(tab, strip))
        _keep_first(tab, strip)


def _strips(box: Box, kind: str) -> list[Box]:
    if kind == "MERGE_ROWS":
        return [Box(row, row + 1, box.left, box.right) for row in range(box.top, box.bottom)]
    if kind == "MERGE_COLUMNS":
        return [Box(box.top, box.bottom, column, column + 1) for column in range(box.left, box.right)]
    return [box]


def _merge_box(grid: Json) -> Box:
    return Box(grid["startRowIndex"], grid["endRowIndex"], grid["startColumnIndex"], grid["endColumnIndex"])


def _check_partial(tab: Tab, box: Box, word: str) -> None:
    for grid in tab.lists["merges"]:
        other = _merge_box(grid)
        if box.meets(other) and not box.covers(other):
            raise RequestError(f"You must select all cells in a merged range to {word} or unmerge them.")


def _keep_first(tab: Tab, box: Box) -> None:
    """Of what was in the cells, the first value moves to the top left and the rest goes."""
    first = next(((cell.value, row, column) for row, column, cell in tab.filled(box) if cell.value is not None), None)
    for row, column, cell in list(tab.filled(box)):
        if (row, column) != (box.top, box.left) and cell.value is not None:
            tab.put(row, column, cell.with_value(None))
    if first is not None:
        tab.put(box.top, box.left, tab.cell(box.top, box.left).with_value(first[0]))


def unmerge_cells(workbook: Workbook, request: Json, _: Context) -> None:
    tab, box = place_of(workbook, request.get("range", {}))
    _check_partial(tab, box, "merge")
    tab.lists["merges"] = [grid for grid in tab.lists["merges"] if not box.meets(_merge_box(grid))]


def update_borders(workbook: Workbook, request: Json, _: Context) -> None:
    tab, box = place_of(workbook, request.get("range", {}))
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            wanted = _sides(request, box, row, column)
            if wanted:
                _set_borders(tab, row, column, wanted)


def _sides(request: Json, box: Box, row: int, column: int) -> dict[str, Json]:
    """Which named border falls on which side of this cell."""
    names = {
        "top": "top" if row == box.top else "innerHorizontal",
        "bottom": "bottom" if row == box.bottom - 1 else "innerHorizontal",
        "left": "left" if column == box.left else "innerVertical",
        "right": "right" if column == box.right - 1 else "innerVertical",
    }
    return {side: request[name] for side, name in names.items() if name in request}


def _set_borders(tab: Tab, row: int, column: int, wanted: dict[str, Json]) -> None:
    cell = tab.cell(row, column)
    borders = dict((cell.format or {}).get("borders", {}))
    for side, border in wanted.items():
        kept = formats.tidy_border(border)
        borders.pop(side, None)
        if kept:
            borders[side] = kept
    base = {name: item for name, item in (cell.format or {}).items() if name != "borders"}
    changed = base | {"borders": borders} if borders else base
    tab.put(row, column, Cell(cell.value, changed or None, cell.note, cell.rule, cell.extra))


KINDS = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
    "setDataValidation": set_validation,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "updateBorders": update_borders,
}
