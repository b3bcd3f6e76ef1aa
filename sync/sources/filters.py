"""`column=value; column2=value2`: which rows of a table count. All conditions must hold. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.errors import SourceError
from sync.model import CellValue
from sync.sources.grid import Cells, Grid, need_column
from sync.sources.names import fold, shown


@dataclass(frozen=True)
class Condition:
    """A column, and the folded value that its cells must have."""

    column: int
    value: str


def read_filter(text: str | None, grid: Grid) -> tuple[Condition, ...]:
    """The conditions of a filter cell. Raises SourceError `bad_filter` (fact filter) or `missing_column`."""
    conditions = []
    for part in (text or "").split(";"):
        if not part.strip():
            continue
        column, equals, value = part.partition("=")
        if not equals or not column.strip():
            raise SourceError("bad_filter", permanent=True, facts={"filter": shown(part.strip())})
        conditions.append(Condition(need_column(grid, column.strip()), fold(value)))
    return tuple(conditions)


def rows_that_fit(conditions: tuple[Condition, ...], columns: Mapping[int, Cells], height: int) -> list[int]:
    """The indices of the rows in which every condition holds, in order."""
    rows = list(range(height))
    for condition in conditions:
        cells = columns[condition.column]
        texts = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
        fitting = {text for text in set(texts) if fold(text) == condition.value}
        rows = [row for row in rows if texts[row] in fitting]
    return rows


def _text(cell: CellValue) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
