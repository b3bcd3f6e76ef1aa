"""Formulas when their cell or the cells they speak of change place. The text is edited token by token."""

import re
from collections.abc import Callable

from ..document import Cell, Formula, Json, Tab, Workbook
from ..movers import Mover
from ..ranges import letters, quote_title
from .nodes import Corner
from .syntax import FormulaSyntaxError, Token, corner_of, tokens

MAX_ROW, MAX_COLUMN = 10_000_000, 18_278


def text_of(corner: Corner) -> str:
    column = "" if corner.column is None else ("$" if corner.column_fixed else "") + letters(corner.column)
    row = "" if corner.row is None else ("$" if corner.row_fixed else "") + str(corner.row + 1)
    return column + row


def shifted(formula: Formula, rows: int, columns: int) -> Formula:
    """The formula as a copy so many rows down and columns right reads it."""
    if not rows and not columns:
        return formula

    def step(corner: Corner) -> Corner | None:
        row = corner.row if corner.row is None or corner.row_fixed else corner.row + rows
        column = corner.column if corner.column is None or corner.column_fixed else corner.column + columns
        if not (0 <= (row or 0) < MAX_ROW and 0 <= (column or 0) < MAX_COLUMN):
            return None
        return Corner(row, column, corner.row_fixed, corner.column_fixed)

    return Formula(_each_corner(formula.text, step))


def _each_corner(text: str, step: Callable[[Corner], Corner | None]) -> str:
    try:
        items = tokens(text[1:])
    except FormulaSyntaxError:
        return text
    out = []
    for place, item in enumerate(items):
        if _is_corner(items, place):
            moved = step(corner_of(item.text))
            out.append("#REF!" if moved is None else text_of(moved))
        else:
            out.append(item.text)
    return text[0] + "".join(out)


def _is_corner(items: tuple[Token, ...], place: int) -> bool:
    item = items[place]
    if item.kind in ("cell", "column"):
        return True
    after = place > 0 and items[place - 1].text == ":"
    before = place + 1 < len(items) and items[place + 1].text == ":"
    if item.kind == "name":
        return after and len(item.text) <= 3 and item.text.isascii() and item.text.isalpha()
    return item.kind == "number" and item.text.isdigit() and (after or before)


def rewrite_workbook(workbook: Workbook, tab: Tab, dimension: str, mover: Mover) -> None:
    """Carry every formula's references along when rows or columns of `tab` change place."""
    for other in workbook.tabs:
        for row, cells in enumerate(other.rows):
            for column, cell in cells.items():
                if type(cell.value) is not Formula:
                    continue
                text = _moved_text(cell.value.text, other is tab, tab.title, dimension, mover)
                if text != cell.value.text:
                    new = Cell(Formula(text), cell.format, cell.note, cell.rule, cell.extra)
                    other.writable(row)[column] = new
    for place, rule in enumerate(tab.lists["conditionalFormats"]):
        tab.lists["conditionalFormats"][place] = _moved_rule(rule, tab.title, dimension, mover)


def _moved_rule(rule: Json, title: str, dimension: str, mover: Mover) -> Json:
    condition = rule.get("booleanRule", {}).get("condition", {})
    if condition.get("type") != "CUSTOM_FORMULA":
        return rule
    values = condition.get("values", [])
    texts = [_moved_text(item.get("userEnteredValue", ""), True, title, dimension, mover) for item in values]
    if texts == [item.get("userEnteredValue", "") for item in values]:
        return rule
    moved = condition | {"values": [{"userEnteredValue": text} for text in texts]}
    return rule | {"booleanRule": rule["booleanRule"] | {"condition": moved}}


def _moved_text(text: str, own: bool, title: str, dimension: str, mover: Mover) -> str:
    """One formula's text; references without a title count only on the tab that changes."""
    try:
        items = tokens(text[1:]) if text.startswith("=") else ()
    except FormulaSyntaxError:
        return text
    out: list[str] = []
    place = 0
    here = own
    while place < len(items):
        item = items[place]
        if item.kind == "sheet":
            here = _plain_title(item.text) == title.casefold()
            out.append(item.text)
            place += 1
            continue
        size = _reference_size(items, place)
        if size and here:
            out.append(_moved_reference(items, place, size, dimension, mover))
        elif size:
            out += [part.text for part in items[place : place + size]]
        else:
            out.append(item.text)
        place += size or 1
        if item.kind != "space":
            here = own
    return text[:1] + "".join(out) if items else text


def _plain_title(text: str) -> str:
    title = text[:-1]
    if title.startswith("'"):
        title = title[1:-1].replace("''", "'")
    return title.casefold()


def _reference_size(items: tuple[Token, ...], place: int) -> int:
    """How many tokens a reference takes here: three for a range, one for a cell, none for anything else."""
    if not _is_corner(items, place):
        return 0
    if place + 2 < len(items) and items[place + 1].text == ":" and _is_corner(items, place + 2):
        return 3
    return 1 if items[place].kind == "cell" else 0


def _moved_reference(items: tuple[Token, ...], place: int, size: int, dimension: str, mover: Mover) -> str:
    first = corner_of(items[place].text)
    last = corner_of(items[place + size - 1].text)
    low = first.row if dimension == "ROWS" else first.column
    high = last.row if dimension == "ROWS" else last.column
    if low is None or high is None:
        return "".join(part.text for part in items[place : place + size])
    moved = mover((low, high + 1))
    if moved is None or moved[1] is None:
        return "#REF!"
    first, last = _placed(first, dimension, moved[0] or 0), _placed(last, dimension, moved[1] - 1)
    return text_of(first) if size == 1 else f"{text_of(first)}:{text_of(last)}"


def _placed(corner: Corner, dimension: str, place: int) -> Corner:
    if dimension == "ROWS":
        return Corner(place, corner.column, corner.row_fixed, corner.column_fixed)
    return Corner(corner.row, place, corner.row_fixed, corner.column_fixed)


def _each_formula(workbook: Workbook, change: Callable[[str], str]) -> None:
    for tab in workbook.tabs:
        for row, cells in enumerate(tab.rows):
            for column, cell in cells.items():
                if type(cell.value) is Formula:
                    text = change(cell.value.text)
                    if text != cell.value.text:
                        new = Cell(Formula(text), cell.format, cell.note, cell.rule, cell.extra)
                        tab.writable(row)[column] = new


def rename_name(workbook: Workbook, old: str, new: str) -> None:
    """Formulas follow a named range's new name."""
    form = re.compile(rf"(?<![\w.]){re.escape(old)}(?![\w.(])", re.IGNORECASE)
    _each_formula(workbook, lambda text: form.sub(new, text))


def rename_title(workbook: Workbook, old: str, new: str) -> None:
    """Formulas follow a tab's new title."""

    def change(text: str) -> str:
        try:
            items = tokens(text[1:])
        except FormulaSyntaxError:
            return text
        parts = [
            quote_title(new) + "!" if item.kind == "sheet" and _plain_title(item.text) == old.casefold() else item.text
            for item in items
        ]
        return text[0] + "".join(parts)

    _each_formula(workbook, change)
