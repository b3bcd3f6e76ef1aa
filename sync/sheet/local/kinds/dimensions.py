"""Rows and columns: insert, delete, move, append, their sizes and whether they show."""

from typing import TypeVar

from .. import masks
from ..context import Context
from ..document import Cell, Json, Tab, Workbook
from ..errors import RequestError
from ..letters import width_of
from ..limits import check_growth, check_size
from ..movers import Delete, Insert, Move
from ..ranges import tab_of
from ..shifting import shift_everything

T = TypeVar("T")
COUNT = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
FROZEN = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}


def count_of(tab: Tab, dimension: str) -> int:
    return tab.row_count if dimension == "ROWS" else tab.column_count


def span_of(workbook: Workbook, span: Json) -> tuple[Tab, str, int, int]:
    """(tab, dimension, start, end) of a DimensionRange, open ends filled in."""
    tab = tab_of(workbook, span.get("sheetId", 0))
    dimension = span.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension not in COUNT:
        raise RequestError("No dimension specified")
    start, end = span.get("startIndex", 0), span.get("endIndex", count_of(tab, dimension))
    if start < 0 or end < 0:
        raise RequestError("DimensionRange indexes must be >= 0")
    if end <= start:
        raise RequestError(f"range.endIndex[{end}] must be greater than range.startIndex[{start}].")
    return tab, dimension, start, end


def check_inside(tab: Tab, dimension: str, start: int, end: int) -> None:
    count, word = count_of(tab, dimension), "row" if dimension == "ROWS" else "column"
    if start >= count:
        raise RequestError(f"range.startIndex[{start}] is after last {word} in grid[{count}]")
    if end > count:
        raise RequestError(f"range.endIndex[{end}] is after last {word} in grid[{count}]")


def insert_dimension(workbook: Workbook, request: Json, _: Context) -> None:
    tab, dimension, start, end = span_of(workbook, request.get("range", {}))
    count, before = count_of(tab, dimension), request.get("inheritFromBefore", False)
    if start > count or (start == count and not before):
        raise RequestError(
            f"range.startIndex[{start}] must be less than the grid size ({count}) if inheritFromBefore is false."
        )
    if before and start == 0:
        raise RequestError("inheritFromBefore cannot be true if inserting at the first row or column.")
    insert_places(workbook, tab, dimension, start, end - start)
    _inherit(tab, dimension, start, end - start, start - 1 if before else end)


def insert_places(workbook: Workbook, tab: Tab, dimension: str, start: int, size: int) -> None:
    """Open `size` empty rows or columns before `start`, everything else moving along."""
    grown = (
        (tab.row_count + size, tab.column_count) if dimension == "ROWS" else (tab.row_count, tab.column_count + size)
    )
    check_growth(workbook, tab, *grown)
    mover = Insert(start, size)
    frozen = tab.props["gridProperties"].get(FROZEN[dimension], 0)
    tab.set_grid(**{COUNT[dimension]: count_of(tab, dimension) + size})
    if start < frozen:
        tab.set_grid(**{FROZEN[dimension]: frozen + size})
    if dimension == "ROWS":
        if start < len(tab.rows):
            tab.replace_rows(tab.rows[:start] + [{} for _ in range(size)] + tab.rows[start:])
        tab.row_meta = {_at(place, start, size): item for place, item in tab.row_meta.items()}
    else:
        tab.replace_rows([{_at(place, start, size): cell for place, cell in cells.items()} for cells in tab.rows])
        tab.column_meta = {_at(place, start, size): item for place, item in tab.column_meta.items()}
    shift_everything(workbook, tab, dimension, mover)


def _at(place: int, start: int, size: int) -> int:
    return place + size if place >= start else place


def _inherit(tab: Tab, dimension: str, start: int, size: int, model: int) -> None:
    """New rows and columns take formats and validation from their neighbour."""
    meta = tab.row_meta if dimension == "ROWS" else tab.column_meta
    if "pixelSize" in meta.get(model, {}):
        for place in range(start, start + size):
            meta[place] = {"pixelSize": meta[model]["pixelSize"]}
    if dimension == "ROWS":
        if model >= len(tab.rows):
            return
        shell = {place: _shell(cell) for place, cell in tab.rows[model].items() if cell.format or cell.rule}
        for row in range(start, start + size) if shell else ():
            tab.writable(row).update(shell)
        return
    for row, cells in enumerate(tab.rows):
        cell = cells.get(model)
        if cell is not None and (cell.format or cell.rule):
            for place in range(start, start + size):
                tab.put(row, place, _shell(cell))


def _shell(cell: Cell) -> Cell:
    return Cell(None, cell.format, "", cell.rule)


def delete_dimension(workbook: Workbook, request: Json, _: Context) -> None:
    tab, dimension, start, end = span_of(workbook, request.get("range", {}))
    count, word = count_of(tab, dimension), "rows" if dimension == "ROWS" else "columns"
    if start >= count:
        raise RequestError(
            f"Cannot delete a {word[:-1]} that doesn't exist. "
            f"Tried to delete {word[:-1]} index {start} but there are only {count} {word}."
        )
    check_inside(tab, dimension, start, end)
    frozen = tab.props["gridProperties"].get(FROZEN[dimension], 0)
    if end - start >= count:
        raise RequestError(f"You can't delete all the {word} on the sheet.")
    if frozen and start <= frozen and end >= count:
        raise RequestError(f"Sorry, it is not possible to delete all non-frozen {word}.")
    lost = max(0, min(end, frozen) - start)
    tab.set_grid(**{COUNT[dimension]: count - (end - start), FROZEN[dimension]: frozen - lost})
    delete_places(tab, dimension, start, end)
    shift_everything(workbook, tab, dimension, Delete(start, end))


def delete_places(tab: Tab, dimension: str, start: int, end: int) -> None:
    size = end - start
    if dimension == "ROWS":
        tab.replace_rows(tab.rows[:start] + tab.rows[end:])
        tab.row_meta = _closed(tab.row_meta, start, end, size)
    else:
        tab.replace_rows([_closed(cells, start, end, size) for cells in tab.rows])
        tab.column_meta = _closed(tab.column_meta, start, end, size)


def _closed(items: dict[int, T], start: int, end: int, size: int) -> dict[int, T]:
    return {place - size if place >= end else place: item for place, item in items.items() if not start <= place < end}


def move_dimension(workbook: Workbook, request: Json, _: Context) -> None:
    tab, dimension, start, end = span_of(workbook, request.get("source", {}))
    check_inside(tab, dimension, start, end)
    to, count = request.get("destinationIndex", 0), count_of(tab, dimension)
    if not 0 <= to <= count:
        raise RequestError(f"destinationIndex[{to}] is out of bounds.")
    if start <= to <= end:
        return
    mover = Move(start, end, to)
    if dimension == "ROWS":
        rows = tab.rows + [{} for _ in range(max(end, to) - len(tab.rows))]
        block = rows[start:end]
        rest = rows[:start] + rows[end:]
        at = to - (end - start) if to > start else to
        tab.replace_rows(rest[:at] + block + rest[at:])
        tab.row_meta = {mover.place(place): item for place, item in tab.row_meta.items()}
    else:
        tab.replace_rows([{mover.place(place): cell for place, cell in cells.items()} for cells in tab.rows])
        tab.column_meta = {mover.place(place): item for place, item in tab.column_meta.items()}
    shift_everything(workbook, tab, dimension, mover)


def append_dimension(workbook: Workbook, request: Json, _: Context) -> None:
    tab = tab_of(workbook, request.get("sheetId", 0))
    dimension, length = request.get("dimension", ""), request.get("length", 0)
    if dimension not in COUNT:
        raise RequestError("No dimension specified")
    if length < 1:
        raise RequestError(f"length[{length}] must be greater than 0.")
    tab.set_grid(**{COUNT[dimension]: count_of(tab, dimension) + length})
    check_size(workbook)


def update_dimension_properties(workbook: Workbook, request: Json, _: Context) -> None:
    tab, dimension, start, end = span_of(workbook, request.get("range", {}))
    mask = masks.for_write(request.get("fields"), "DimensionProperties")
    wanted = request.get("properties", {})
    allowed = {name: inner for name, inner in mask.items() if name in ("pixelSize", "hiddenByUser")}
    if "pixelSize" in allowed and wanted.get("pixelSize", 0) < 0:
        raise RequestError("pixelSize must not be negative.")
    meta = tab.row_meta if dimension == "ROWS" else tab.column_meta
    for place in range(start, min(end, count_of(tab, dimension))):
        merged = masks.merge(meta.get(place), wanted, allowed)
        merged = {name: item for name, item in merged.items() if item}
        if merged:
            meta[place] = merged
        else:
            meta.pop(place, None)


def auto_resize(workbook: Workbook, request: Json, _: Context) -> None:
    """Columns as wide as their longest text; rows back to the default height."""
    from ..view import CellView

    tab, dimension, start, end = span_of(workbook, request.get("dimensions", {}))
    end = min(end, count_of(tab, dimension))
    if dimension == "ROWS":
        for place in range(start, end):
            tab.row_meta.pop(place, None) if set(tab.row_meta.get(place, {})) <= {"pixelSize"} else None
        return
    view = CellView(workbook, tab)
    widest: dict[int, int] = {}
    for row, cells in enumerate(tab.rows):
        for column, cell in cells.items():
            if start <= column < end:
                text = view.text(row, column, cell) or ""
                widest[column] = max(widest.get(column, 0), width_of(text) if text else 0)
    for column, width in widest.items():
        if width:
            tab.column_meta[column] = tab.column_meta.get(column, {}) | {"pixelSize": max(21, width)}


KINDS = {
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "appendDimension": append_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize,
}
