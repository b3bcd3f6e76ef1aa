"""The template as Sheets API requests: pure functions from the layout to what one batchUpdate should do."""

from collections.abc import Mapping, Sequence
from typing import Any

from sheet_templates.layout import Column, Tab, tabs, vocabulary
from sheet_templates.lights import colour, letters

Request = dict[str, Any]

HEAD = {"person": ("#1F3A5F", "#FFFFFF"), "ours": ("#E3E8EF", "#1F3A5F"), "guard": ("#1F3A5F", "#FFFFFF")}
FORMATS = {
    "number": ("NUMBER", "[>=100]#,##0;[<=-100]-#,##0;0.0#"),  # "0.##" would show a lone point behind whole numbers
    "percent": ("PERCENT", "0 %"),
    "date": ("DATE", "dd mmm yyyy"),
}


def add_tab(tab: Tab, language: str, index: int) -> Request:
    """The tab itself, empty, headings frozen."""
    grid = {"rowCount": tab.rows + 1, "columnCount": len(tab.columns), "frozenRowCount": 1}
    if tab.frozen:
        grid["frozenColumnCount"] = tab.frozen
    properties: dict[str, Any] = {
        "sheetId": tab.id,
        "title": tab.title[language],
        "index": index,
        "gridProperties": grid,
    }
    if tab.hidden:
        properties["hidden"] = True
    shade = "#1F3A5F" if tab.of == "person" else "#9AA5B1"
    properties["tabColorStyle"] = {"rgbColor": colour(shade)}
    return {"addSheet": {"properties": properties}}


def show_tab(tab: Tab) -> Request:
    """A hidden tab, in view."""
    return {"updateSheetProperties": {"properties": {"sheetId": tab.id, "hidden": False}, "fields": "hidden"}}


def insert_column(tab: Tab, position: int) -> Request:
    """Room for a column that is missing."""
    return {"insertDimension": {"range": _dimension(tab, position), "inheritFromBefore": position > 0}}


def column_requests(tab: Tab, column: Column, position: int, language: str) -> list[Request]:
    """Heading, note, format, width and validation of one column at a grid position."""
    body = {"sheetId": tab.id, "startRowIndex": 1, "startColumnIndex": position, "endColumnIndex": position + 1}
    size: dict[str, Any] = {"pixelSize": column.width}
    if column.hidden:
        size["hiddenByUser"] = True
    requests: list[Request] = [
        {
            "updateCells": {
                "start": _corner(tab, position),
                "rows": [{"values": [_heading(column, language)]}],
                "fields": "*",
            }
        },
        {
            "repeatCell": {
                "range": body,
                "cell": {"userEnteredFormat": _body_format(column)},
                "fields": "userEnteredFormat",
            }
        },
        {
            "updateDimensionProperties": {
                "range": _dimension(tab, position),
                "properties": size,
                "fields": ",".join(size),
            }
        },
    ]
    rule = _validation(tab, column, language)
    if rule:
        requests.append({"setDataValidation": {"range": body, "rule": rule}})
    return requests


def named_ranges(tab: Tab, places: Mapping[str, int] | None = None) -> list[Request]:
    """The names of the tab's whole table and of the parts that a write asks back; open below, to grow with the tab.

    `places` says on which grid columns its columns stand; in the template's order when it is absent.
    """
    at = places or {column.key: place for place, column in enumerate(tab.columns)}
    table = {"startColumnIndex": min(at.values()), "endColumnIndex": max(at.values()) + 1}
    spans = {tab.range_name: table}
    if tab.key == "kpis":  # what the answer to a write has to bring back
        spans[part_name(tab, "head")] = {"endRowIndex": 1, **table}
        for key in ("id", "computed_for"):
            spans[part_name(tab, key)] = {"startColumnIndex": at[key], "endColumnIndex": at[key] + 1}
    return [_named(name, {"sheetId": tab.id, "startRowIndex": 0, **span}) for name, span in spans.items()]


def part_name(tab: Tab, part: str) -> str:
    """The named range of one part of a table: head, id, computed_for."""
    return f"{tab.range_name}_{part}"


def _named(name: str, span: dict[str, int]) -> Request:
    return {"addNamedRange": {"namedRange": {"namedRangeId": name, "name": name, "range": span}}}


def protections(tab: Tab, language: str) -> list[Request]:
    """A warning (never a lock) before somebody types into what we write."""
    description = {"es": "Lo escribe Semáforo", "en": "Written by Semáforo"}[language]
    span: dict[str, int] = {"sheetId": tab.id}
    if tab.of != "ours":
        places = [place for place, column in enumerate(tab.columns) if column.of != "person"]
        if not places:
            return []
        span |= {"startColumnIndex": places[0], "endColumnIndex": places[-1] + 1}
    protected: dict[str, Any] = {"range": span, "description": description, "warningOnly": True}
    return [{"addProtectedRange": {"protectedRange": protected}}]


def rows_request(tab: Tab, row: int, position: int, rows: Sequence[Sequence[Any]]) -> Request:
    """Typed values into a block whose corner is `row` (0-based, below the heading) and grid column `position`."""
    start = {"sheetId": tab.id, "rowIndex": row + 1, "columnIndex": position}
    cells = [{"values": [typed(value) for value in line]} for line in rows]
    return {"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}}


def more_rows(tab: Tab, places: Mapping[str, int], first: int, rows: int) -> list[Request]:
    """A grid of so many rows, those from `first` on formatted like the ones above. `places`: key -> grid column."""
    properties = {"sheetId": tab.id, "gridProperties": {"rowCount": rows}}
    span = {"sheetId": tab.id, "startRowIndex": first, "endRowIndex": rows}
    return [
        {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.rowCount"}},
        *(
            {
                "repeatCell": {
                    "range": {**span, "startColumnIndex": places[column.key], "endColumnIndex": places[column.key] + 1},
                    "cell": {"userEnteredFormat": _body_format(column)},
                    "fields": "userEnteredFormat",
                }
            }
            for column in tab.columns
            if column.key in places
        ),
    ]


def typed(value: Any) -> dict[str, Any]:
    """A cell's value by its type; None empties the cell. Text stays text: nothing from outside becomes a formula."""
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    if isinstance(value, int | float):
        return {"userEnteredValue": {"numberValue": value}}
    return {"userEnteredValue": {"stringValue": str(value)}}


def _heading(column: Column, language: str) -> dict[str, Any]:
    back, fore = HEAD[column.of]
    form = {
        "backgroundColorStyle": {"rgbColor": colour(back)},
        "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": colour(fore)}},
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
    }
    cell: dict[str, Any] = {"userEnteredValue": {"stringValue": column.heading[language]}, "userEnteredFormat": form}
    if column.note:
        cell["note"] = column.note[language]
    return cell


def _body_format(column: Column) -> dict[str, Any]:
    form: dict[str, Any] = {"verticalAlignment": "TOP", "wrapStrategy": "WRAP"}
    if column.kind in FORMATS:
        kind, pattern = FORMATS[column.kind]
        form |= {"numberFormat": {"type": kind, "pattern": pattern}}
    if column.kind in ("id", "list", "choice", "text"):
        form["wrapStrategy"] = "CLIP" if column.kind == "id" else "WRAP"
    if column.of == "guard":
        form["backgroundColorStyle"] = {"rgbColor": colour("#1F3A5F")}
    return form


def _validation(tab: Tab, column: Column, language: str) -> dict[str, Any] | None:
    if column.of != "person":
        return None
    condition: dict[str, Any] | None = None
    if column.choice:
        labels = vocabulary(column.choice).labels(language)
        condition = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": label} for label in labels]}
    elif column.list:
        condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": _other_column(column.list, language)}]}
    elif column.kind == "date":
        condition = {"type": "DATE_IS_VALID"}
    elif column.kind in ("number", "score"):
        span = [{"userEnteredValue": "-1000000000000000"}, {"userEnteredValue": "1000000000000000"}]
        condition = {"type": "NUMBER_BETWEEN", "values": span}  # any number; no formula that a moved row would upset
    if condition is None:
        return None
    rule: dict[str, Any] = {"condition": condition, "strict": False}  # a wrong word is told, never refused
    if column.choice or column.list:
        rule["showCustomUi"] = True
    return rule


def _other_column(place: str, language: str) -> str:
    tab_key, _, key = place.partition(".")
    tab = tabs()[tab_key]
    column = letters(tab.position(key))
    return f"='{tab.title[language]}'!${column}$2:${column}"


def _corner(tab: Tab, position: int) -> dict[str, int]:
    return {"sheetId": tab.id, "rowIndex": 0, "columnIndex": position}


def _dimension(tab: Tab, position: int) -> dict[str, Any]:
    return {"sheetId": tab.id, "dimension": "COLUMNS", "startIndex": position, "endIndex": position + 1}
