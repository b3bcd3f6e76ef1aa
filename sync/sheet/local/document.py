"""A workbook in memory: tabs of rows of cells.

Cells, formats and every stored message (a merge, a rule, a named range) are values: they are replaced, never
changed in place. So a copy of a workbook is cheap, shares all that is not touched, and a batch that fails is
simply dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]
Rows = list[dict[int, "Cell"]]


@dataclass(frozen=True, slots=True)
class Formula:
    """What a person typed after and including the equals sign."""

    text: str


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value: `kind` is Google's ErrorType, such as DIVIDE_BY_ZERO."""

    kind: str
    message: str = ""


Plain = None | bool | int | float | str
Value = Plain | Formula
Result = Plain | CellError


@dataclass(slots=True)
class Cell:
    """One cell. Treat as frozen (it is not declared so because thousands are made in one call)."""

    value: Value = None
    format: Json | None = None
    note: str = ""
    rule: Json | None = None
    extra: Json | None = None

    def is_blank(self) -> bool:
        """True when nothing at all is kept here."""
        return self.value is None and not (self.format or self.note or self.rule or self.extra)

    def with_value(self, value: Value) -> "Cell":
        return Cell(value, self.format, self.note, self.rule, without_runs(self.extra))


EMPTY = Cell()


def without_runs(extra: Json | None) -> Json | None:
    """What a cell keeps when a value is written into it: not its runs, nor the pivot table anchored there."""
    if not extra:
        return None
    kept = {name: item for name, item in extra.items() if name not in ("textFormatRuns", "chipRuns", "pivotTable")}
    return kept or None


class Box(NamedTuple):
    """A resolved rectangle: zero-based, ends exclusive."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: "Box") -> bool:
        return (
            self.top < other.bottom and other.top < self.bottom and self.left < other.right and other.left < self.right
        )

    def covers(self, other: "Box") -> bool:
        return (
            self.top <= other.top
            and self.bottom >= other.bottom
            and self.left <= other.left
            and self.right >= other.right
        )


LISTS = (
    "merges",
    "conditionalFormats",
    "protectedRanges",
    "filterViews",
    "bandedRanges",
    "charts",
    "slicers",
    "rowGroups",
    "columnGroups",
    "tables",
    "commentAnchors",
)


@dataclass(slots=True, eq=False)
class Tab:
    """One tab. `props` is its SheetProperties without index; `lists` holds what hangs on it, by JSON name."""

    props: Json
    rows: Rows = field(default_factory=list)
    row_meta: dict[int, Json] = field(default_factory=dict)
    column_meta: dict[int, Json] = field(default_factory=dict)
    lists: dict[str, list[Json]] = field(default_factory=lambda: {name: [] for name in LISTS})
    basic_filter: Json | None = None
    owned: set[int] = field(default_factory=set)

    @property
    def sheet_id(self) -> int:
        return int(self.props["sheetId"])

    @property
    def title(self) -> str:
        return str(self.props["title"])

    @property
    def is_object(self) -> bool:
        """A tab without a grid, made for a chart."""
        return bool(self.props.get("sheetType") == "OBJECT")

    @property
    def row_count(self) -> int:
        return int(self.props["gridProperties"].get("rowCount", 0))

    @property
    def column_count(self) -> int:
        return int(self.props["gridProperties"].get("columnCount", 0))

    def set_grid(self, **changes: Any) -> None:
        """Change grid properties; a None or zero takes the property away."""
        grid = self.props["gridProperties"] | changes
        self.props = self.props | {"gridProperties": {name: item for name, item in grid.items() if item}}

    def cell(self, row: int, column: int) -> Cell:
        if row >= len(self.rows):
            return EMPTY
        return self.rows[row].get(column, EMPTY)

    def writable(self, row: int) -> dict[int, Cell]:
        """The row's own dict, copied once so that the shared original stays as it was."""
        rows = self.rows
        while len(rows) <= row:
            self.owned.add(len(rows))
            rows.append({})
        if row not in self.owned:
            rows[row] = dict(rows[row])
            self.owned.add(row)
        return rows[row]

    def put(self, row: int, column: int, cell: Cell) -> None:
        if cell.is_blank():
            if row < len(self.rows) and column in self.rows[row]:
                del self.writable(row)[column]
        else:
            self.writable(row)[column] = cell

    def filled(self, box: Box) -> Iterator[tuple[int, int, Cell]]:
        """Every kept cell inside the box, row by row, left to right."""
        for row in range(box.top, min(box.bottom, len(self.rows))):
            cells = self.rows[row]
            for column in sorted(cells):
                if box.left <= column < box.right:
                    yield row, column, cells[column]

    def replace_rows(self, rows: Rows) -> None:
        """Put in a new list of rows that may share its dicts with other workbooks."""
        self.rows = rows
        self.owned = set()

    def whole(self) -> Box:
        return Box(0, self.row_count, 0, self.column_count)

    def copy(self) -> "Tab":
        return Tab(
            props=self.props,
            rows=list(self.rows),
            row_meta=dict(self.row_meta),
            column_meta=dict(self.column_meta),
            lists={name: list(items) for name, items in self.lists.items()},
            basic_filter=self.basic_filter,
        )


@dataclass(slots=True, eq=False)
class Workbook:
    """One spreadsheet. `computed` caches the results of its formulas (formulas.engine.Results)."""

    id: str
    props: Json
    tabs: list[Tab] = field(default_factory=list)
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)
    comments: list[Json] = field(default_factory=list)
    sources: list[Json] = field(default_factory=list)
    computed: Any = None
    computed_on: str = ""

    def copy(self) -> "Workbook":
        """A copy to work on; drop it to undo everything."""
        return Workbook(
            id=self.id,
            props=self.props,
            tabs=[tab.copy() for tab in self.tabs],
            named_ranges=list(self.named_ranges),
            metadata=list(self.metadata),
            comments=list(self.comments),
            sources=list(self.sources),
        )

    def tab_by_id(self, sheet_id: int) -> Tab | None:
        return next((tab for tab in self.tabs if tab.sheet_id == sheet_id), None)

    def tab_by_title(self, title: str) -> Tab | None:
        """Titles differ by more than case, so a look-up may ignore case."""
        exact = next((tab for tab in self.tabs if tab.title == title), None)
        return exact or next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    @property
    def locale(self) -> str:
        return str(self.props.get("locale", "en_US"))

    @property
    def time_zone(self) -> str:
        return str(self.props.get("timeZone", "Etc/GMT"))
