"""JSON to headings and columns: a list of objects, an object that holds one, or an object of columns. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sync.errors import SourceError
from sync.model import CellValue
from sync.sources.csv_text import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, not_a_table, too_big
from sync.sources.grid import Cells, Grid


def looks_like_json(text: str) -> bool:
    """Whether a text that was announced as CSV is JSON."""
    return text[:200].lstrip("\ufeff \t\r\n").startswith(("[{", "{", "[\n", "[ ", "[\r"))


def grid_of_json(text: str, place: str) -> Grid:
    """The table of a JSON text. Nested objects become headings with a dot: totals.clicks.

    Raises SourceError not_a_table, empty_table, table_too_big.
    """
    try:
        loaded = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):  # RecursionError: a bomb of brackets
        raise not_a_table(place) from None
    columns = _columns_of(loaded, place)
    headings = tuple(columns)
    if not headings:
        raise SourceError("empty_table", permanent=False, facts={"place": place})

    def load(wanted: frozenset[int]) -> Mapping[int, Cells]:
        return {at: columns[headings[at]] for at in wanted}

    return Grid(place, headings, load, machine_made=True)


def _columns_of(loaded: Any, place: str) -> Mapping[str, list[CellValue]]:
    rows = _rows_of(loaded)
    if rows is not None:
        return _transposed(rows, place)
    if isinstance(loaded, dict) and loaded and all(isinstance(cells, list) for cells in loaded.values()):
        height = max(len(cells) for cells in loaded.values())
        if len(loaded) > MOST_COLUMNS or height > MOST_ROWS:
            raise too_big(place)
        return {
            name: [_cell(value, place) for value in cells] + [None] * (height - len(cells))
            for name, cells in loaded.items()
        }
    raise not_a_table(place)


def _rows_of(loaded: Any) -> Sequence[Mapping[str, Any]] | None:
    """The list of objects itself, or the first such list within an object: {"data": [...]}."""
    candidates = [loaded, *(loaded.values() if isinstance(loaded, dict) else ())]
    for candidate in candidates:
        if isinstance(candidate, list) and all(isinstance(row, dict) for row in candidate):
            return candidate
    return None


def _transposed(rows: Sequence[Mapping[str, Any]], place: str) -> Mapping[str, list[CellValue]]:
    if len(rows) > MOST_ROWS:
        raise too_big(place)
    columns: dict[str, list[CellValue]] = {}
    for at, row in enumerate(rows):
        for name, value in _flat(row):
            column = columns.setdefault(name, [])
            if len(columns) > MOST_COLUMNS:
                raise too_big(place)
            column.extend([None] * (at - len(column)))
            column.append(_cell(value, place))
    return {name: column + [None] * (len(rows) - len(column)) for name, column in columns.items()}


def _flat(row: Mapping[str, Any]) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for name, value in row.items():
        if isinstance(value, dict):
            pairs.extend((f"{name}.{inner}", deep) for inner, deep in value.items())
        else:
            pairs.append((name, value))
    return pairs


def _cell(value: Any, place: str) -> CellValue:
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            raise too_big(place)
        return value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        try:
            return float(value)
        except OverflowError:  # a whole number of hundreds of digits
            return None
    return None  # a list within a row is no cell
