"""`column=value; column2=value2`: which rows of a table count. All conditions must hold. Pure."""

from dataclasses import dataclass

from sync.errors import SourceError
from sync.sources.grid import Grid, need_column
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


def rows_that_fit(conditions: tuple[Condition, ...], grid: Grid, height: int) -> list[int]:
    """The indices of the rows in which every condition holds, in order."""
    if not conditions:
        return list(range(height))
    first, *others = conditions
    rows = grid.rows_with(first.column, first.value)
    for condition in others:
        fitting = set(grid.rows_with(condition.column, condition.value))
        rows = [row for row in rows if row in fitting]
    return rows
