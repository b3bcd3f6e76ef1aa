"""What `values:batchGet` answers -> tables: pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sheet_templates.layout import Tab, fold, headings
from sync.model import CellValue, Table

_LAST_ROW = re.compile(r"![A-Z]*\d*:[A-Z]*(\d+)$")
_CORNER = re.compile(r"^([A-Z]*)(\d*)")


def table(tab: Tab, answer: Mapping[str, Any]) -> Table:
    """One tab from its value range (by columns); columns are found by their headings, in either language."""
    title, first_row, first_column = corner(answer["range"])
    columns = tuple(tuple(column) for column in answer.get("values", ()))
    keys = find_keys(tab.key, (column[0] if column else None for column in columns))
    last = _LAST_ROW.search(answer["range"])
    return Table(tab.key, title, tab.id, first_row, first_column, columns, keys, int(last[1]) if last else None)


def find_keys(tab_key: str, head: Iterable[CellValue]) -> dict[str, int]:
    """Column key -> place in the heading row; the first of two equal headings counts."""
    known = headings(tab_key)
    found: dict[str, int] = {}
    for place, heading in enumerate(head):
        key = known.get(fold(heading)) if isinstance(heading, str) else None
        if key:
            found.setdefault(key, place)
    return found


def corner(a1: str) -> tuple[str, int, int]:
    """`'Ana''s KPIs'!B3:D9` -> the tab's title, and the first row and column as grid indexes."""
    title, _, cells = a1.rpartition("!")
    if title.startswith("'"):
        title = title[1:-1].replace("''", "'")
    match = _CORNER.match(cells)
    column, row = match.groups() if match else ("", "")
    return title or a1, int(row or 1) - 1, column_index(column)


def column_index(letters: str) -> int:
    """A is 0, AA is 26; nothing is 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return max(index - 1, 0)


def quoted(title: str) -> str:
    """A tab's title as a range."""
    return "'" + title.replace("'", "''") + "'"
