"""A table as a source read it: headings, and columns on demand. Finds columns by heading. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sync.errors import SourceError
from sync.model import CellValue
from sync.sources.names import fold, nearest, shown

Cells = Sequence[CellValue]

# Days before coarser grains, and a heading that is the word before one that holds it: "Fecha de alta" beats "Año".
_DAY_HEADINGS = ("date", "fecha", "day", "dia", "timestamp", "marca temporal")  # the last two are a form's
_PERIOD_HEADINGS = ("week", "semana", "month", "mes", "quarter", "trimestre", "period", "periodo", "year", "ano")
_DATE_RANKING = (
    *((name, True) for name in _DAY_HEADINGS),
    *((name, False) for name in ("date", "fecha")),
    *((name, True) for name in _PERIOD_HEADINGS),
    *((name, False) for name in (*_DAY_HEADINGS, *_PERIOD_HEADINGS)),
)


@dataclass(frozen=True)
class Grid:
    """`headings` in order; `load(indices)` gives those columns, all of the same length, without their heading.

    `place` is what a sentence calls the table. `machine_made`: numbers typed as text rather bear a decimal point than
    the locale's mark.
    """

    place: str
    headings: tuple[str, ...]
    load: Callable[[frozenset[int]], Mapping[int, Cells]]
    machine_made: bool = False
    _words: dict[int, dict[str, list[int]]] = field(default_factory=dict, compare=False, repr=False)

    def rows_with(self, column: int, word: str) -> list[int]:
        """The rows, in order, whose cell in a column is that word, folded. A column is gone through once, however
        many KPIs ask: a thousand of them over one tab must not take a thousand passes."""
        if column not in self._words:
            found: dict[str, list[int]] = {}
            folded: dict[str, str] = {}
            for row, cell in enumerate(self.load(frozenset((column,)))[column]):
                text = cell if isinstance(cell, str) else text_of(cell)
                key = folded.get(text)
                if key is None:
                    key = folded[text] = fold(text)
                found.setdefault(key, []).append(row)
            self._words[column] = found
        return self._words[column].get(word, [])


def grid_of_columns(place: str, columns: Sequence[Sequence[CellValue]]) -> Grid:
    """A grid of whole columns, the heading first, such as a tab brings. Short columns are filled with None."""
    height = max((len(column) for column in columns), default=0)
    headings = tuple(_heading(column[0]) if column else "" for column in columns)

    @cache
    def whole(at: int) -> Cells:
        return (*columns[at][1:], *([None] * (height - max(1, len(columns[at])))))

    def load(wanted: frozenset[int]) -> Mapping[int, Cells]:
        return {at: whole(at) for at in wanted}

    return Grid(place, headings, load)


def text_of(cell: CellValue) -> str:
    """A cell as a person would type it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def find_column(grid: Grid, name: str) -> int | None:
    """The index of the column headed `name`, exactly or folded; None where there is none.

    Raises SourceError `doubled_column` when two headings fit equally well.
    """
    target = fold(name)
    for same in (
        [at for at, heading in enumerate(grid.headings) if heading == name],
        [at for at, heading in enumerate(grid.headings) if fold(heading) == target],
    ):
        if len(same) > 1:
            facts = {"column": shown(name), "place": grid.place}
            raise SourceError("doubled_column", permanent=True, facts=facts)
        if same:
            return same[0]
    return None


def need_column(grid: Grid, name: str) -> int:
    """As `find_column`, but raises SourceError `missing_column` (facts column, place, known) where there is none."""
    at = find_column(grid, name)
    if at is None:
        facts = {"column": shown(name), "place": grid.place, "known": nearest(name, grid.headings)}
        raise SourceError("missing_column", permanent=True, facts=facts)
    return at


def date_column(grid: Grid) -> int:
    """The index of the column that holds the dates. Raises SourceError `missing_date_column` (facts place, known)."""
    folded = [fold(heading) for heading in grid.headings]
    for name, whole in _DATE_RANKING:
        for at, heading in enumerate(folded):
            if heading == name if whole else name in heading.split():
                return at
    facts = {"place": grid.place, "known": nearest("date", grid.headings)}
    raise SourceError("missing_date_column", permanent=True, facts=facts)


def _heading(cell: CellValue) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
