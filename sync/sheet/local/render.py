"""A workbook as the Spreadsheet message: only what the mask and the ranges ask for."""

from dataclasses import dataclass
from typing import Any

from . import conditional
from .document import Box, Cell, Json, Tab, Workbook
from .masks import Tree, below, pick, wants
from .ranges import Place
from .view import CellView, extended, named_by_headers

ROW_PIXELS, COLUMN_PIXELS = 21, 100
TAB_LISTS = (
    "merges",
    "conditionalFormats",
    "filterViews",
    "protectedRanges",
    "charts",
    "bandedRanges",
    "rowGroups",
    "columnGroups",
    "slicers",
    "tables",
)


INCLUDED = ("COMMENTS_VIEW_MODE_INCLUDED", "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS")


@dataclass(frozen=True, slots=True)
class Wish:
    """How much of a workbook is asked for. `places` limits tabs and data; a mask, where set, decides on grid data."""

    places: list[Place] | None = None
    grid: bool = False
    tree: Tree | None = None
    comments: str = ""

    def wants_grid(self) -> bool:
        return wants(self.tree, "sheets", "data") if self.tree else self.grid


def spreadsheet(workbook: Workbook, url: str, wish: Wish) -> Json:
    """The Spreadsheet message."""
    with_comments = wish.comments in INCLUDED
    out: Json = {"spreadsheetId": workbook.id, "properties": workbook.props}
    if wants(wish.tree, "sheets"):
        mask, grid = below(wish.tree, "sheets"), wish.wants_grid()
        out["sheets"] = [
            sheet_message(workbook, index, tab, _boxes(tab, wish.places), grid, mask, with_comments)
            for index, tab in enumerate(workbook.tabs)
            if wish.places is None or any(place.tab is tab for place in wish.places)
        ]
    if workbook.named_ranges:
        out["namedRanges"] = workbook.named_ranges
    out["spreadsheetUrl"] = f"{url}/spreadsheets/d/{workbook.id}/edit"
    own = [item for item in workbook.metadata if item["location"]["locationType"] == "SPREADSHEET"]
    if own:
        out["developerMetadata"] = own
    if with_comments and workbook.comments:
        out["comments"] = workbook.comments
    if with_comments:
        out["commentsViewMode"] = INCLUDED[0]
    picked: Json = pick(out, wish.tree)
    return picked


def _boxes(tab: Tab, places: list[Place] | None) -> list[Box]:
    if places is None:
        return [tab.whole()]
    return [place.box for place in places if place.tab is tab]


def properties(index: int, tab: Tab) -> Json:
    """A tab's SheetProperties with its index."""
    props = tab.props
    head = {"sheetId": props["sheetId"], "title": props["title"], "index": index}
    rest = {name: item for name, item in props.items() if name not in head}
    if tab.is_object:
        del rest["gridProperties"]
    return head | rest


def sheet_message(
    workbook: Workbook,
    index: int,
    tab: Tab,
    boxes: list[Box],
    grid: bool,
    mask: Tree | None = None,
    with_comments: bool = False,
) -> Json:
    """A Sheet message."""
    out: Json = {"properties": properties(index, tab)}
    if grid and wants(mask, "data") and not tab.is_object:
        inner = below(mask, "data")
        view = CellView(workbook, tab)
        out["data"] = [grid_data(view, box, inner) for box in boxes]
    for name in TAB_LISTS:
        if tab.lists[name]:
            out[name] = tab.lists[name]
    if "tables" in out and wants(mask, "tables"):
        shown = CellView(workbook, tab)
        out["tables"] = [named_by_headers(shown, item) for item in out["tables"]]
    if tab.basic_filter:
        out["basicFilter"] = tab.basic_filter
    if with_comments and tab.lists["commentAnchors"]:
        out["commentAnchors"] = [
            item | {"range": {name: place for name, place in item["range"].items() if place}}
            for item in tab.lists["commentAnchors"]
        ]
    own = [item for item in workbook.metadata if _on_sheet(item, tab)]
    if own:
        out["developerMetadata"] = own
    return out


def _on_sheet(item: Json, tab: Tab) -> bool:
    where = item["location"]
    return bool(where["locationType"] == "SHEET" and where.get("sheetId", 0) == tab.sheet_id)


def grid_data(view: CellView, box: Box, mask: Tree | None) -> Json:
    """A GridData message for one box, trimmed of empty rows and cells at its end."""
    out: Json = {}
    if box.top:
        out["startRow"] = box.top
    if box.left:
        out["startColumn"] = box.left
    if wants(mask, "rowData"):
        rows = row_data(view, box, below(mask, "rowData"))
        if rows:
            out["rowData"] = rows
    if wants(mask, "rowMetadata"):
        out["rowMetadata"] = _dimension_data(view, "ROWS", box.top, box.bottom)
    if wants(mask, "columnMetadata"):
        out["columnMetadata"] = _dimension_data(view, "COLUMNS", box.left, box.right)
    return out


def _dimension_data(view: CellView, dimension: str, start: int, end: int) -> list[Json]:
    rows = dimension == "ROWS"
    meta = view.tab.row_meta if rows else view.tab.column_meta
    plain = {"pixelSize": ROW_PIXELS if rows else COLUMN_PIXELS}
    tagged: dict[int, list[Json]] = {}
    for item in view.workbook.metadata:
        span = item["location"].get("dimensionRange")
        if span and span.get("sheetId", 0) == view.tab.sheet_id and span["dimension"] == dimension:
            tagged.setdefault(span.get("startIndex", 0), []).append(item)
    if not meta and not tagged:
        return [plain] * (end - start)
    out = []
    for place in range(start, end):
        item = plain | meta.get(place, {})
        out.append(item | {"developerMetadata": tagged[place]} if place in tagged else item)
    return out


def row_data(view: CellView, box: Box, mask: Tree | None) -> list[Json]:
    """RowData messages; what the mask leaves of a cell decides whether it counts as empty."""
    cells = below(mask, "values")
    maker = CellMaker(view, box, cells)
    out: list[Json] = []
    last = min(box.bottom, maker.rows_used())
    for row in range(box.top, last):
        values = maker.row(row)
        out.append({"values": values} if values else {})
    while out and not out[-1]:
        out.pop()
    return out


class CellMaker:
    """CellData messages of a box, made as far as the mask wants them."""

    def __init__(self, view: CellView, box: Box, mask: Tree | None) -> None:
        self.view, self.box, self.mask = view, box, mask
        self.simple = _simple_mask(mask)
        self.lights: dict[tuple[int, int], Json] = {}
        if not self.simple and wants(mask, "effectiveFormat"):
            self.lights = conditional.overlays(view, box)
        self.spill: dict[int, list[int]] = {}
        for row, column in list(view.results) + list(self.lights):
            if box.holds(row, column):
                self.spill.setdefault(row, []).append(column)

    def rows_used(self) -> int:
        return max(len(self.view.tab.rows), max(self.spill, default=-1) + 1)

    def row(self, row: int) -> list[Json]:
        tab = self.view.tab
        cells = tab.rows[row] if row < len(tab.rows) else {}
        columns = [column for column in cells if self.box.left <= column < self.box.right]
        columns += self.spill.get(row, ())
        if not columns:
            return []
        out: list[Json] = []
        make = self._value_only if self.simple else self._full
        for column in range(self.box.left, max(columns) + 1):
            cell = cells.get(column)
            if cell is None and not (self.spill and column in self.spill.get(row, ())):
                out.append({})
            else:
                out.append(make(row, column, cell or Cell()))
        while out and not out[-1]:
            out.pop()
        return out

    def _value_only(self, row: int, column: int, cell: Cell) -> Json:
        value = extended(self.view.result(row, column, cell))
        return {} if value is None else {"effectiveValue": value}

    def _full(self, row: int, column: int, cell: Cell) -> Json:
        mask, view = self.mask, self.view
        out: Json = {}
        if cell.value is not None:
            out["userEnteredValue"] = extended(cell.value)
        result = view.result(row, column, cell)
        if result is not None:
            out["effectiveValue"] = extended(result)
            if wants(mask, "formattedValue"):
                out["formattedValue"] = view.text(row, column, cell)
        if cell.format:
            out["userEnteredFormat"] = cell.format
        if wants(mask, "effectiveFormat"):
            shown = view.effective_format(row, column, cell, self.lights.get((row, column)))
            if shown:
                out["effectiveFormat"] = shown
        out |= self._rest(cell)
        made: Any = pick(out, mask)
        return {name: item for name, item in made.items() if item not in ({}, None)} if mask else out

    @staticmethod
    def _rest(cell: Cell) -> Json:
        out: Json = {}
        if cell.extra and "hyperlink" in cell.extra:
            out["hyperlink"] = cell.extra["hyperlink"]
        if cell.note:
            out["note"] = cell.note
        if cell.extra:
            out |= {name: item for name, item in cell.extra.items() if name != "hyperlink"}
        if cell.rule:
            out["dataValidation"] = cell.rule
        return out


def _simple_mask(mask: Tree | None) -> bool:
    return mask is not None and list(mask) == ["effectiveValue"] and not mask["effectiveValue"]
