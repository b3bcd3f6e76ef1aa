"""Tabs and the workbook's own properties."""

from typing import Any

from .. import formats, masks
from ..context import Context
from ..document import Json, Tab, Workbook
from ..errors import RequestError
from ..formulas.rewrite import rename_title
from ..limits import TOO_WIDE, check_size
from ..locales import LOCALES
from ..render import properties

GRID_FIELDS = (
    "rowCount",
    "columnCount",
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
)


def new_tab(workbook: Workbook, wanted: Json, context: Context) -> Tab:
    """A tab from SheetProperties, with Google's defaults for what they leave out."""
    title = wanted.get("title") or free_title(workbook)
    check_title(workbook, title, None)
    sheet_id = wanted.get("sheetId")
    if sheet_id is None:
        sheet_id = context.new_id()
        while workbook.tab_by_id(sheet_id):
            sheet_id = context.new_id()
    elif sheet_id < 0:
        raise RequestError("Sheet id must be nonnegative.")
    elif workbook.tab_by_id(sheet_id):
        raise RequestError(f"Sheet with id {sheet_id} already exists.")
    if wanted.get("sheetType", "GRID") not in ("GRID", "SHEET_TYPE_UNSPECIFIED"):
        raise RequestError(f"A sheet of type {wanted['sheetType']} cannot be added.")
    grid = {"rowCount": 1000, "columnCount": 26} | wanted.get("gridProperties", {})
    _check_grid(grid)
    props: Json = {"sheetId": sheet_id, "title": title, "sheetType": "GRID"}
    props["gridProperties"] = {name: grid[name] for name in GRID_FIELDS if grid.get(name)}
    return Tab(props | _shown(wanted))


def new_object_tab(workbook: Workbook, context: Context) -> Tab:
    """A tab that holds one chart and no grid: Chart1 and so on."""
    number = 1
    while workbook.tab_by_title(f"Chart{number}"):
        number += 1
    tab = new_tab(workbook, {"title": f"Chart{number}"}, context)
    tab.props = tab.props | {"sheetType": "OBJECT", "gridProperties": {}}
    return tab


def _shown(wanted: Json) -> Json:
    """The optional properties in the order of answers."""
    out: Json = {}
    if wanted.get("hidden"):
        out["hidden"] = True
    tidy = formats.tidy(wanted, "SheetProperties")
    for name in ("tabColor", "tabColorStyle"):
        if name in tidy:
            out[name] = tidy[name]
    if wanted.get("rightToLeft"):
        out["rightToLeft"] = True
    return out


def free_title(workbook: Workbook) -> str:
    number = len(workbook.tabs) + 1
    while workbook.tab_by_title(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def check_title(workbook: Workbook, title: str, me: Tab | None) -> None:
    if not title:
        raise RequestError("Sheet title cannot be empty.")
    if len(title) > 100:
        raise RequestError("Sheet title cannot be longer than 100 characters.")
    other = workbook.tab_by_title(title)
    if other is not None and other is not me:
        raise RequestError(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _check_grid(grid: Json) -> None:
    rows, columns = grid.get("rowCount", 0), grid.get("columnCount", 0)
    if rows < 1:
        raise RequestError("You must have at least one row on the sheet.")
    if columns < 1:
        raise RequestError("You must have at least one column on the sheet.")
    if columns > 18_278:
        raise RequestError(TOO_WIDE)
    for frozen, count, word in (
        ("frozenRowCount", rows, "rows"),
        ("frozenColumnCount", columns, "columns"),
    ):
        if grid.get(frozen, 0) >= count and grid.get(frozen, 0) > 0:
            raise RequestError(f"You can't freeze all visible {word} on the sheet.")
        if grid.get(frozen, 0) < 0:
            raise RequestError(f"gridProperties.{frozen} must not be negative.")


def add_sheet(workbook: Workbook, request: Json, context: Context) -> Json:
    wanted = request.get("properties", {})
    tab = new_tab(workbook, wanted, context)
    index = wanted.get("index", len(workbook.tabs))
    if not 0 <= index <= len(workbook.tabs):
        raise RequestError(f"Invalid sheet index {index}; must be between 0 and {len(workbook.tabs)}.")
    workbook.tabs.insert(index, tab)
    check_size(workbook)
    return {"properties": properties(index, tab)}


def delete_sheet(workbook: Workbook, request: Json, _: Context) -> None:
    sheet_id = request.get("sheetId", 0)
    tab = workbook.tab_by_id(sheet_id)
    if tab is None:
        raise RequestError(f"No sheet with id: {sheet_id}")
    rest = [other for other in workbook.tabs if other is not tab]
    if not rest or all(other.props.get("hidden") for other in rest):
        raise RequestError("You can't remove all the visible sheets in a document." if rest else LAST_TAB)
    workbook.tabs = rest
    workbook.named_ranges = [item for item in workbook.named_ranges if item["range"].get("sheetId", 0) != sheet_id]
    workbook.metadata = [item for item in workbook.metadata if not _lives_on(item, sheet_id)]


LAST_TAB = "You can't remove all the sheets in a document."


def _lives_on(item: Json, sheet_id: int) -> bool:
    where = item["location"]
    if where["locationType"] == "SPREADSHEET":
        return False
    span = where.get("dimensionRange", where)
    return bool(span.get("sheetId", 0) == sheet_id)


def duplicate_sheet(workbook: Workbook, request: Json, context: Context) -> Json:
    source = workbook.tab_by_id(request.get("sourceSheetId", 0))
    if source is None:
        raise RequestError(f"No sheet with id: {request.get('sourceSheetId', 0)}")
    title = request.get("newSheetName") or _copy_title(workbook, source.title)
    head: Json = {"title": title}
    if request.get("newSheetId") is not None:
        head["sheetId"] = request["newSheetId"]
    shell = new_tab(workbook, head, context)
    tab = source.copy()
    tab.props = source.props | {"sheetId": shell.sheet_id, "title": title}
    relabel(tab, context)
    index = min(request.get("insertSheetIndex", 0), len(workbook.tabs))
    workbook.tabs.insert(index, tab)
    check_size(workbook)
    return {"properties": properties(index, tab)}


def _copy_title(workbook: Workbook, title: str) -> str:
    name, number = f"Copy of {title}", 2
    while workbook.tab_by_title(name):
        name, number = f"Copy of {title} {number}", number + 1
    return name


ID_FIELDS = {
    "protectedRanges": "protectedRangeId",
    "filterViews": "filterViewId",
    "bandedRanges": "bandedRangeId",
    "charts": "chartId",
    "slicers": "slicerId",
}


def relabel(tab: Tab, context: Context) -> None:
    """Point everything on a copied tab to its new id and give its objects ids of their own."""
    for name, items in tab.lists.items():
        tab.lists[name] = [_pointed(item, tab.sheet_id) for item in items]
        if name in ID_FIELDS:
            tab.lists[name] = [item | {ID_FIELDS[name]: context.new_id()} for item in tab.lists[name]]
    if tab.basic_filter:
        tab.basic_filter = _pointed(tab.basic_filter, tab.sheet_id)


def _pointed(value: Any, sheet_id: int) -> Any:
    """A copy of a message in which every range lies on the given tab."""
    if isinstance(value, list):
        return [_pointed(item, sheet_id) for item in value]
    if not isinstance(value, dict):
        return value
    out = {name: _pointed(item, sheet_id) for name, item in value.items() if name != "sheetId"}
    spans = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex", "dimension", "rowIndex")
    if sheet_id and ("sheetId" in value or any(name in value for name in spans)):
        out = {"sheetId": sheet_id} | out
    return out


def update_sheet_properties(workbook: Workbook, request: Json, _: Context) -> None:
    wanted = request.get("properties", {})
    tab = workbook.tab_by_id(wanted.get("sheetId", 0))
    if tab is None:
        raise RequestError(f"No sheet with id: {wanted.get('sheetId', 0)}")
    mask = formats.with_twins(masks.for_write(request.get("fields"), "SheetProperties"), "SheetProperties")
    mask = {name: inner for name, inner in mask.items() if name not in ("sheetId", "sheetType")}
    if "gridProperties" in mask and tab.is_object:
        raise RequestError(f"No grid with id: {tab.sheet_id}")
    if "title" in mask:
        check_title(workbook, wanted.get("title", ""), tab)
    if "hidden" in mask and wanted.get("hidden"):
        _check_still_visible(workbook, tab)
    index = mask.pop("index", None)
    merged = masks.merge(tab.props, formats.tidy(wanted, "SheetProperties"), mask)
    if "gridProperties" in mask:
        _resize(tab, merged)
    if merged["title"] != tab.title:
        rename_title(workbook, tab.title, merged["title"])
    head = {name: tab.props[name] for name in ("sheetId", "title", "sheetType", "gridProperties")}
    tab.props = {name: merged.get(name, item) for name, item in head.items()} | _shown(merged)
    check_size(workbook)
    if index is not None:
        _move_tab(workbook, tab, wanted.get("index", len(workbook.tabs)))


def _check_still_visible(workbook: Workbook, tab: Tab) -> None:
    if all(other.props.get("hidden") for other in workbook.tabs if other is not tab):
        raise RequestError("You can't hide all the sheets in a document.")


def _resize(tab: Tab, merged: Json) -> None:
    grid = {name: merged.get("gridProperties", {}).get(name) for name in GRID_FIELDS}
    grid = {name: item for name, item in grid.items() if item}
    _check_grid(grid)
    merged["gridProperties"] = grid
    rows, columns = grid["rowCount"], grid["columnCount"]
    if rows < tab.row_count:
        tab.replace_rows(tab.rows[:rows])
    if columns < tab.column_count:
        tab.replace_rows([{place: cell for place, cell in cells.items() if place < columns} for cells in tab.rows])


def _move_tab(workbook: Workbook, tab: Tab, index: int) -> None:
    """Before the tab that now stands at `index`, as the API counts: the tab's own place still counts."""
    if not 0 <= index <= len(workbook.tabs):
        raise RequestError(f"Invalid sheet index {index}; must be between 0 and {len(workbook.tabs)}.")
    old = workbook.tabs.index(tab)
    workbook.tabs.remove(tab)
    workbook.tabs.insert(index - 1 if index > old else index, tab)


def update_spreadsheet_properties(workbook: Workbook, request: Json, _: Context) -> None:
    mask = masks.for_write(request.get("fields"), "SpreadsheetProperties")
    wanted = request.get("properties", {})
    if "title" in mask and not wanted.get("title"):
        raise RequestError("Spreadsheet title cannot be empty.")
    if "locale" in mask:
        check_locale(wanted.get("locale", ""))
    if "timeZone" in mask:
        check_zone(wanted.get("timeZone", ""))
    mask = {name: inner for name, inner in mask.items() if name not in ("defaultFormat",)}
    workbook.props = masks.merge(workbook.props, wanted, mask)


def check_locale(code: str) -> None:
    known = code in LOCALES or (code.partition("_")[0].isalpha() and len(code) in (2, 5, 6))
    if not known:
        raise RequestError(f"Unsupported locale: {code}")


def check_zone(name: str) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RequestError(f"Invalid time zone: {name}") from None


def place_copy(workbook: Workbook, source: Tab, context: Context) -> Json:
    """A tab of another workbook, copied to the end of this one; gives its SheetProperties."""
    shell = new_tab(workbook, {"title": _copy_title(workbook, source.title)}, context)
    tab = source.copy()
    tab.props = source.props | {"sheetId": shell.sheet_id, "title": shell.title}
    relabel(tab, context)
    workbook.tabs.append(tab)
    return properties(len(workbook.tabs) - 1, tab)


KINDS = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet_properties,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}
