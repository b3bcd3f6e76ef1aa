"""Tables: a named range with columns; its header cells carry the columns' names."""

from .. import formats, masks
from ..context import Context
from ..document import Box, Json, Tab, Workbook
from ..errors import RequestError
from ..ranges import box_of, grid_range, place_of
from ..view import CellView, named_by_headers


def _search(workbook: Workbook, table_id: str) -> tuple[Tab, int] | None:
    for tab in workbook.tabs:
        for place, item in enumerate(tab.lists["tables"]):
            if item["tableId"] == table_id:
                return tab, place
    return None


def _find(workbook: Workbook, table_id: str) -> tuple[Tab, int]:
    found = _search(workbook, table_id)
    if found is None:
        raise RequestError(f"No table with id: {table_id}")
    return found


def _kept(workbook: Workbook, wanted: Json, table_id: str, typed: bool = True) -> tuple[Tab, Json]:
    """The tab and the table as kept; `typed` says that the request itself gives the columns' types."""
    tab, box = place_of(workbook, wanted.get("range", {}))
    if box.height < 2:
        raise RequestError("A table must have at least a header row and one more row.")
    name = wanted.get("name") or _free_name(workbook)
    _check_name(workbook, name, table_id)
    for other in tab.lists["tables"]:
        if other["tableId"] != table_id and box.meets(box_of(tab, other["range"])):
            raise RequestError("You cannot add a table that overlaps with another table.")
    out: Json = {"tableId": table_id, "name": name, "range": grid_range(tab, box)}
    if wanted.get("rowsProperties"):
        out["rowsProperties"] = formats.tidy(wanted["rowsProperties"], "TableRowsProperties")
    out["columnProperties"] = _columns(workbook, tab, box, wanted.get("columnProperties", []))
    for item in out["columnProperties"] if typed else []:
        if _kind(item) == "BOOLEAN":
            column = box.left + item.get("columnIndex", 0)
            _untick(tab, Box(box.top + 1, box.bottom, column, column + 1))
    return tab, out


def _free_name(workbook: Workbook) -> str:
    taken = {item["name"] for tab in workbook.tabs for item in tab.lists["tables"]}
    number = 1
    while f"Table{number}" in taken:
        number += 1
    return f"Table{number}"


def _check_name(workbook: Workbook, name: str, table_id: str) -> None:
    for tab in workbook.tabs:
        for item in tab.lists["tables"]:
            if item["tableId"] != table_id and item["name"].casefold() == name.casefold():
                raise RequestError(f"A table with the name {name} already exists.")


def _columns(workbook: Workbook, tab: Tab, box: Box, wanted: list[Json]) -> list[Json]:
    """One entry for each column. A name that is sent goes into its header cell, a typed column without one is named
    by its place among those, and any other takes its header's text.
    """
    given = {item.get("columnIndex", 0): item for item in wanted}
    if any(not 0 <= place < box.width for place in given):
        raise RequestError("columnIndex must be within the table.")
    view, unnamed, out = CellView(workbook, tab), 0, []
    for place in range(box.width):
        column, item = box.left + place, given.get(place, {})
        _check_column(item)
        shown = view.text(box.top, column, tab.cell(box.top, column))
        name = item.get("columnName") or ("" if _kind(item) else shown) or ""
        if not name:
            unnamed += 1
            name = f"Column {unnamed if _kind(item) else place + 1}"
        if name != shown:
            tab.put(box.top, column, tab.cell(box.top, column).with_value(name))
        out.append(_entry(place, name, item))
    return out


def _kind(item: Json) -> str:
    kind = item.get("columnType", "COLUMN_TYPE_UNSPECIFIED")
    return "" if kind == "COLUMN_TYPE_UNSPECIFIED" else str(kind)


def _check_column(item: Json) -> None:
    rule = item.get("dataValidationRule", {}).get("condition")
    if _kind(item) == "DROPDOWN" and not rule:
        raise RequestError("Condition must be set for dropdown column type.")
    if _kind(item) != "DROPDOWN" and rule:
        raise RequestError("Cannot set condition for non-dropdown column type.")


def _untick(tab: Tab, box: Box) -> None:
    """A column of checkboxes: what is empty or text becomes FALSE."""
    for row in range(box.top, box.bottom):
        cell = tab.cell(row, box.left)
        if cell.value is None or isinstance(cell.value, str):
            tab.put(row, box.left, cell.with_value(False))


def _entry(place: int, name: str, item: Json) -> Json:
    entry: Json = {"columnIndex": place} if place else {}
    entry["columnName"] = name
    if _kind(item):
        entry["columnType"] = _kind(item)
    if item.get("dataValidationRule"):
        entry["dataValidationRule"] = item["dataValidationRule"]
    return entry


def add_table(workbook: Workbook, request: Json, context: Context) -> Json:
    wanted = request.get("table", {})
    table_id = wanted.get("tableId") or str(context.new_id())
    if _search(workbook, table_id):
        raise RequestError(f"A table with id {table_id} already exists.")
    tab, item = _kept(workbook, wanted, table_id)
    tab.lists["tables"].append(item)
    return {"table": item}


def update_table(workbook: Workbook, request: Json, _: Context) -> None:
    wanted = request.get("table", {})
    mask = masks.for_write(request.get("fields"), "Table")
    tab, place = _find(workbook, wanted.get("tableId", ""))
    old = named_by_headers(CellView(workbook, tab), tab.lists["tables"][place])
    if "columnProperties" in mask and not all(item.get("columnName") for item in wanted.get("columnProperties", [])):
        raise RequestError("Table header row cell must have a value.")
    merged = masks.merge(old, wanted, {name: inner for name, inner in mask.items() if name != "tableId"})
    target, item = _kept(workbook, merged, old["tableId"], "columnProperties" in mask)
    if target is not tab:
        raise RequestError("A table cannot be moved to another sheet.")
    tab.lists["tables"][place] = item


def delete_table(workbook: Workbook, request: Json, _: Context) -> None:
    """The table goes with its content and with the conditional rules that lie within it."""
    tab, place = _find(workbook, request.get("tableId", ""))
    box = box_of(tab, tab.lists["tables"][place]["range"])
    for row, column, cell in list(tab.filled(box)):
        tab.put(row, column, cell.with_value(None))
    tab.lists["conditionalFormats"] = [
        rule | {"ranges": rest}
        for rule in tab.lists["conditionalFormats"]
        if (rest := [grid for grid in rule["ranges"] if not box.covers(box_of(tab, grid))])
    ]
    del tab.lists["tables"][place]


KINDS = {"addTable": add_table, "updateTable": update_table, "deleteTable": delete_table}
