"""Names of places: A1 and R1C1 text, named ranges and GridRange messages, to boxes and back.

Rules: https://developers.google.com/workspace/sheets/api/guides/concepts#cell
"""

import re
from typing import NamedTuple

from . import r1c1
from .document import Box, Json, Tab, Workbook
from .errors import ApiError, RequestError, invalid

CELL_PART = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]+)?")
PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
CELL_LIKE = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*", re.ASCII)


class Place(NamedTuple):
    """A tab and a box on it, cut down to the grid."""

    tab: Tab
    box: Box


class Span(NamedTuple):
    """A range as written: zero-based, ends exclusive, None where it is open."""

    top: int | None
    bottom: int | None
    left: int | None
    right: int | None


def letters(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


def column_number(text: str) -> int:
    """A -> 0, AA -> 26."""
    number = 0
    for sign in text.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1


def quote_title(title: str) -> str:
    """The title as it stands in an answered range: quoted unless it is a plain word that is no cell's name."""
    if PLAIN_TITLE.fullmatch(title) and not CELL_LIKE.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def a1_of(box: Box) -> str:
    """B2 for one cell, A1:C3 for more."""
    first = f"{letters(box.left)}{box.top + 1}"
    if box.height == 1 and box.width == 1:
        return first
    return f"{first}:{letters(box.right - 1)}{box.bottom}"


def address(tab: Tab, box: Box) -> str:
    """The full A1 form, with the tab's title."""
    return f"{quote_title(tab.title)}!{a1_of(box)}"


def _unquote(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text


def _split_title(text: str) -> tuple[str | None, str | None]:
    """(title, rest); a title alone that is quoted gives rest None."""
    if text.startswith("'"):
        end = 1
        while True:
            end = text.find("'", end)
            if end < 0:
                return None, text
            if text[end + 1 : end + 2] != "'":
                break
            end += 2
        title = _unquote(text[: end + 1])
        rest = text[end + 1 :]
        if not rest:
            return title, None
        return (title, rest[1:]) if rest.startswith("!") else (None, text)
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def parse_span(text: str) -> Span | None:
    """An A1 or R1C1 range without title, both halves in one notation; None when it is neither."""
    halves = text.split(":")
    if len(halves) > 2:
        return None
    found = _a1_corners(halves) or r1c1.corners(halves)
    if found is None:
        return None
    (top, left), (bottom, right) = found
    return Span(*_ordered(top, bottom), *_ordered(left, right))


def _a1_corners(halves: list[str]) -> tuple[r1c1.Corner, r1c1.Corner] | None:
    first, last = _corner(halves[0]), _corner(halves[-1])
    if first is None or last is None or (len(halves) == 1 and None in first):
        return None
    return first, last


def _ordered(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """Zero-based start and exclusive end; a single open side stays open at the end (A5:A)."""
    if first is not None and last is not None:
        return min(first, last), max(first, last) + 1
    if first is None and last is None:
        return None, None
    return (first if first is not None else last), None


def _corner(text: str) -> tuple[int | None, int | None] | None:
    """(row, column), each None where absent."""
    found = CELL_PART.fullmatch(text)
    if found and (found[1] or found[2]):
        row = int(found[2]) - 1 if found[2] else None
        column = column_number(found[1]) if found[1] else None
        return None if row is not None and row < 0 else (row, column)
    return None


def unparsable(text: str) -> ApiError:
    return invalid(f"Unable to parse range: {text}")


def first_tab(workbook: Workbook) -> Tab:
    """The tab that a range without title speaks of."""
    shown = (tab for tab in workbook.tabs if not tab.props.get("hidden") and not tab.is_object)
    return next(shown, workbook.tabs[0])


def resolve(workbook: Workbook, text: str) -> Place:
    """A range in A1 or R1C1 form, a title or a named range. Raises ApiError 400 as Google words it."""
    tab, span = locate(workbook, text)
    return Place(tab, clip(tab, span, text))


def locate(workbook: Workbook, text: str) -> tuple[Tab, Span]:
    """Like `resolve`, before the range is cut down to the grid."""
    title, rest = _split_title(text)
    if title is not None:
        span = parse_span(rest) if rest is not None else None
        if not title and span is not None:
            return first_tab(workbook), span
        tab = workbook.tab_by_title(title) or workbook.tab_by_title(text)
        if tab is None:
            raise unparsable(text)
        if rest is None or tab.title.casefold() == text.casefold():
            return tab, Span(None, None, None, None)
        if span is not None:
            return tab, span
        named = _named(workbook, rest)
        if named is None or named[0] is not tab:
            raise unparsable(text)
        return named
    return _locate_bare(workbook, text)


def _locate_bare(workbook: Workbook, text: str) -> tuple[Tab, Span]:
    named = _named(workbook, text)
    if named is not None:
        return named
    span = parse_span(text)
    if span is not None and text:
        return first_tab(workbook), span
    tab = workbook.tab_by_title(text)
    if tab is None or not text:
        raise unparsable(text)
    return tab, Span(None, None, None, None)


def _named(workbook: Workbook, name: str) -> tuple[Tab, Span] | None:
    for item in workbook.named_ranges:
        if item["name"].casefold() == name.casefold():
            tab = workbook.tab_by_id(item["range"].get("sheetId", 0))
            return (tab, span_of(item["range"])) if tab else None
    return None


def span_of(grid: Json) -> Span:
    """A GridRange message as a span; absent ends are open."""
    return Span(
        grid.get("startRowIndex"), grid.get("endRowIndex"), grid.get("startColumnIndex"), grid.get("endColumnIndex")
    )


def clip(tab: Tab, span: Span, text: str = "") -> Box:
    """Cut to the grid. Raises ApiError when the range begins outside of it."""
    top, left = span.top or 0, span.left or 0
    if top >= tab.row_count or left >= tab.column_count:
        raise beyond(tab, span)
    bottom = min(span.bottom if span.bottom is not None else tab.row_count, tab.row_count)
    right = min(span.right if span.right is not None else tab.column_count, tab.column_count)
    if bottom <= top or right <= left:
        raise unparsable(text)
    return Box(top, bottom, left, right)


def beyond(tab: Tab, span: Span) -> ApiError:
    return invalid(beyond_text(tab, span))


def beyond_text(tab: Tab, span: Span) -> str:
    limits = f"Max rows: {tab.row_count}, max columns: {tab.column_count}"
    return f"Range ({_beyond_name(tab, span)}) exceeds grid limits. {limits}"


def _beyond_name(tab: Tab, span: Span) -> str:
    """Only the edges that were given: B1001:C, 1001: or, both the same, AA."""
    start = (letters(span.left) if span.left is not None else "") + (str(span.top + 1) if span.top is not None else "")
    end = (letters(span.right - 1) if span.right else "") + (str(span.bottom) if span.bottom is not None else "")
    return f"{quote_title(tab.title)}!{start if start == end else f'{start}:{end}'}"


def tab_of(workbook: Workbook, sheet_id: int) -> Tab:
    """The tab with this id. Raises RequestError."""
    tab = workbook.tab_by_id(sheet_id)
    if tab is None or tab.is_object:
        raise RequestError(f"No grid with id: {sheet_id}")
    return tab


def place_of(workbook: Workbook, grid: Json) -> Place:
    """A GridRange message of a request as a place. Raises RequestError."""
    tab = tab_of(workbook, grid.get("sheetId", 0))
    check_indexes(grid)
    for start, end in (("startRowIndex", "endRowIndex"), ("startColumnIndex", "endColumnIndex")):
        low, high = grid.get(start) or 0, grid.get(end)
        if high is not None and high <= low:
            raise RequestError(f"range.{end}[{high}] must be greater than range.{start}[{low}].")
    span = span_of(grid)
    if (span.top or 0) >= tab.row_count or (span.left or 0) >= tab.column_count:
        raise RequestError(beyond_text(tab, span))
    return Place(tab, clip(tab, span))


def check_indexes(grid: Json) -> None:
    """No index of a GridRange is negative, and no end lies before its start. Raises RequestError."""
    if any((grid.get(name) or 0) < 0 for name in ORDER[1:]):
        raise RequestError("GridRange indexes must be >= 0")
    for start, end in (ORDER[1:3], ORDER[3:5]):
        low, high = grid.get(start), grid.get(end)
        if low is not None and high is not None and high < low:
            raise RequestError(f"{end}[{high}] cannot be before {start}[{low}]")


def grid_range(tab: Tab, box: Box) -> Json:
    """The GridRange message of a box."""
    return canonical(
        {
            "sheetId": tab.sheet_id,
            "startRowIndex": box.top,
            "endRowIndex": box.bottom,
            "startColumnIndex": box.left,
            "endColumnIndex": box.right,
        }
    )


ORDER = ("sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")


def canonical(grid: Json) -> Json:
    """A GridRange as answers hold it: fields in order, no sheetId for the tab with id 0."""
    return {name: grid[name] for name in ORDER if name in grid and (name != "sheetId" or grid[name])}


def box_of(tab: Tab, grid: Json) -> Box:
    """A kept GridRange on this tab as a box, cut down to the grid (may be empty)."""
    span = span_of(grid)
    bottom = tab.row_count if span.bottom is None else min(span.bottom, tab.row_count)
    right = tab.column_count if span.right is None else min(span.right, tab.column_count)
    return Box(min(span.top or 0, bottom), bottom, min(span.left or 0, right), right)
