"""An xlsx file into a workbook: the way back of xlsx_out."""

import io
import re
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from .conditional_in import rules_of
from .document import Cell, Formula, Json, Tab, Value, Workbook
from .drive_query import DriveError
from .formats import tidy_format
from .library import new_first_tab
from .ranges import box_of, grid_range, letters, parse_span, span_of
from .typed import EPOCH
from .xlsx_out import ALIGN, COMPARED, SIDES, VERTICAL


def read_xlsx(workbook: Workbook, data: bytes) -> None:
    """Put the file's sheets in place of all tabs. Raises DriveError when it is no xlsx file."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise DriveError(400, "The file could not be converted.", "badRequest") from None
    workbook.tabs = [_tab(sheet, place) for place, sheet in enumerate(book.worksheets)]
    workbook.named_ranges = []
    for place, (name, item) in enumerate(book.defined_names.items(), 1):
        _name(workbook, name, str(item.attr_text or ""), place)


def _name(workbook: Workbook, name: str, text: str, number: int) -> None:
    title, _, rest = text.rpartition("!")
    tab = workbook.tab_by_title(title.strip("'").replace("''", "'"))
    span = parse_span(rest)
    if tab is not None and span is not None:
        names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
        grid = {key: value for key, value in zip(names, span, strict=True) if value is not None}
        grid = ({"sheetId": tab.sheet_id} if tab.sheet_id else {}) | grid
        workbook.named_ranges.append({"namedRangeId": str(number), "name": name, "range": grid})


def _tab(sheet: Any, place: int) -> Tab:
    tab = new_first_tab()
    tab.props = tab.props | {"sheetId": place, "title": sheet.title}
    tab.set_grid(rowCount=max(1000, sheet.max_row), columnCount=max(26, sheet.max_column))
    for line in sheet.iter_rows():
        for cell in line:
            made = _cell(cell)
            if not made.is_blank():
                tab.put(cell.row - 1, cell.column - 1, made)
    _sizes(sheet, tab)
    tab.lists["merges"] = [_grid(tab, str(item)) for item in sheet.merged_cells.ranges]
    for validation in sheet.data_validations.dataValidation:
        _validate(tab, validation)
    tab.lists["conditionalFormats"] = rules_of(sheet, lambda text: _grid(tab, text), look_of)
    if sheet.sheet_state != "visible":
        tab.props = tab.props | {"hidden": True}
    return tab


def _grid(tab: Tab, text: str) -> Json:
    span = parse_span(text)
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    grid = dict(zip(names, span, strict=True)) if span else {}
    return grid_range(tab, box_of(tab, {name: item for name, item in grid.items() if item is not None}))


def _value(cell: Any) -> Value:
    value = cell.value
    if cell.data_type == "f":
        text = value if isinstance(value, str) else getattr(value, "text", "")
        return Formula(text if text.startswith("=") else f"={text}")
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        days = value.toordinal() - EPOCH
        return days + seconds / 86_400 if seconds else days
    if isinstance(value, date):
        return value.toordinal() - EPOCH
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def _cell(cell: Any) -> Cell:
    shape = look_of(cell.font, cell.fill, cell.border, cell.alignment) if cell.has_style else {}
    pattern = cell.number_format
    if pattern and pattern != "General":
        shape["numberFormat"] = {"type": _kind_of(pattern, cell.is_date), "pattern": pattern}
    note = cell.comment.text if cell.comment else ""
    return Cell(_value(cell), tidy_format(shape) if shape else None, note)


def _kind_of(pattern: str, is_date: bool) -> str:
    if is_date:
        low = pattern.lower()
        day, clock = any(sign in low for sign in "dy"), "h" in low
        return "DATE_TIME" if day and clock else "TIME" if clock else "DATE"
    if "%" in pattern:
        return "PERCENT"
    if pattern == "@":
        return "TEXT"
    if re.search(r"E[+-]", pattern):
        return "SCIENTIFIC"
    return "CURRENCY" if any(sign in pattern for sign in "$€£") else "NUMBER"


def _color(color: Any) -> Json | None:
    """An explicit RGB colour; theme and indexed ones are left to the default."""
    text = getattr(color, "rgb", None) if color is not None and getattr(color, "type", "") == "rgb" else None
    if not isinstance(text, str) or len(text) != 8 or text == "00000000":
        return None
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (2, 4, 6))
    return {"red": red, "green": green, "blue": blue}


def look_of(font: Any, fill: Any, border: Any = None, alignment: Any = None) -> Json:
    """A CellFormat from Excel's parts."""
    out: Json = {}
    text = _text_format(font) if font is not None else {}
    if text:
        out["textFormat"] = text
    if fill is not None and fill.fill_type == "solid":
        color = _color(fill.start_color) or _color(fill.end_color)
        if color:
            out["backgroundColor"] = color
    if alignment is not None:
        out |= _aligned(alignment)
    if border is not None:
        lines = {side: _side(getattr(border, side)) for side in ("top", "bottom", "left", "right")}
        kept = {side: line for side, line in lines.items() if line}
        if kept:
            out["borders"] = kept
    return out


def _text_format(font: Any) -> Json:
    flags = {"bold": font.b, "italic": font.i, "strikethrough": font.strike, "underline": font.u}
    text: Json = {name: True for name, value in flags.items() if value}
    color = _color(font.color)
    if color and any(color.values()):
        text["foregroundColor"] = color
    if font.sz and font.sz not in (10, 11):
        text["fontSize"] = int(font.sz)
    return text


def _aligned(alignment: Any) -> Json:
    out: Json = {}
    for field, table, value in (
        ("horizontalAlignment", ALIGN, alignment.horizontal),
        ("verticalAlignment", VERTICAL, alignment.vertical),
    ):
        word = next((ours for ours, theirs in table.items() if theirs == value), None)
        if word and (field, word) != ("verticalAlignment", "BOTTOM"):
            out[field] = word
    if alignment.wrap_text:
        out["wrapStrategy"] = "WRAP"
    return out


def _side(side: Any) -> Json | None:
    if side is None or not side.style:
        return None
    style = next((ours for ours, theirs in SIDES.items() if theirs == side.style), "SOLID")
    return {"style": style, "color": _color(side.color) or {}}


def _sizes(sheet: Any, tab: Tab) -> None:
    panes = sheet.freeze_panes
    if panes:
        match = re.fullmatch(r"([A-Z]+)([0-9]+)", panes)
        span = span_of({}) if match is None else parse_span(panes)
        if span is not None:
            tab.set_grid(frozenRowCount=span.top or 0, frozenColumnCount=span.left or 0)
    for column in range(sheet.max_column):
        size = sheet.column_dimensions.get(letters(column))
        meta = _meta(round(size.width * 7) if size is not None and size.customWidth else 0, size)
        if meta:
            tab.column_meta[column] = meta
    for row in range(sheet.max_row):
        height = sheet.row_dimensions.get(row + 1)
        meta = _meta(round(height.height / 0.75) if height is not None and height.height else 0, height)
        if meta:
            tab.row_meta[row] = meta


def _meta(pixels: int, size: Any) -> Json:
    out: Json = {"pixelSize": pixels} if pixels else {}
    return out | ({"hiddenByUser": True} if size is not None and size.hidden else {})


def _validate(tab: Tab, validation: Any) -> None:
    rule = _rule_of(validation)
    if rule is None:
        return
    for part in str(validation.sqref).split():
        box = box_of(tab, _grid(tab, part))
        for row in range(box.top, box.bottom):
            for column in range(box.left, box.right):
                cell = tab.cell(row, column)
                tab.put(row, column, Cell(cell.value, cell.format, cell.note, rule, cell.extra))


def _rule_of(validation: Any) -> Json | None:
    first, second = str(validation.formula1 or ""), validation.formula2
    if validation.type == "list":
        quoted = first.startswith('"')
        words = first.strip('"').split(",") if quoted else [f"={first}"]
        kind = "ONE_OF_LIST" if quoted else "ONE_OF_RANGE"
    elif validation.type == "custom":
        kind, words = "CUSTOM_FORMULA", [f"={first}"]
    elif validation.type in ("decimal", "whole", "date"):
        prefix = "DATE" if validation.type == "date" else "NUMBER"
        found = [ours for ours, theirs in COMPARED.items() if theirs == (validation.operator or "between")]
        kind = next((word for word in found if word.startswith(prefix)), "")
        words = [first] + ([str(second)] if second else [])
        if (prefix, first) == ("DATE", "1"):
            kind, words = "DATE_IS_VALID", []
    else:
        return None
    condition: Json = {"type": kind} | ({"values": [{"userEnteredValue": word} for word in words]} if words else {})
    out: Json = {"condition": condition}
    if validation.prompt:
        out["inputMessage"] = validation.prompt
    if validation.showErrorMessage:
        out["strict"] = True
    return (out | {"showCustomUi": True}) if kind else None
