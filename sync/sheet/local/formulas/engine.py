"""The seam: a workbook in, the result of every formula out.

Our own evaluator computes what it knows. What it does not know goes to ironcalc where that is installed; what
neither knows stays as typed and shows #NAME?.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..document import Box, CellError, Formula, Json, Result, Tab, Workbook
from ..locales import Locale, locale_of
from ..ranges import box_of
from . import days, figures, logic, lookup, words
from .evaluate import Evaluation, Function
from .hints import format_hint
from .syntax import FormulaSyntaxError, parse
from .values import CYCLE, Array, Region, UnknownFunctionError

FUNCTIONS: dict[str, Function] = (
    logic.FUNCTIONS | figures.FUNCTIONS | words.FUNCTIONS | days.FUNCTIONS | lookup.FUNCTIONS
)
Place = tuple[int, int, int]


@dataclass(slots=True)
class Results:
    """Values and number-format hints by sheet id and (row, column); `moment` is when they were made."""

    values: dict[int, dict[tuple[int, int], Result]] = field(default_factory=dict)
    formats: dict[int, dict[tuple[int, int], Json]] = field(default_factory=dict)
    volatile: bool = False
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))


class NeededError(Exception):
    """Formula cells whose results are wanted first."""

    def __init__(self, places: list[Place]) -> None:
        super().__init__(str(places[:1]))
        self.places = places


def clock(zone: str) -> datetime:
    """Now in the workbook's zone. A seam for tests."""
    try:
        return datetime.now(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.now(UTC)


class BookGrid:
    """The workbook as the evaluator sees it."""

    def __init__(self, workbook: Workbook, results: Results) -> None:
        self.workbook, self.results = workbook, results
        self.locale: Locale = locale_of(workbook.locale)
        self.tabs: dict[int, Tab] = {tab.sheet_id: tab for tab in workbook.tabs}
        self.titles = {tab.title.casefold(): tab.sheet_id for tab in workbook.tabs}
        self.computed = results.values
        self.moment = clock(workbook.time_zone)

    def sheet(self, title: str | None, home: int) -> int | None:
        return home if title is None else self.titles.get(title.casefold())

    def size(self, sheet_id: int) -> tuple[int, int]:
        tab = self.tabs[sheet_id]
        return tab.row_count, tab.column_count

    def value(self, sheet_id: int, row: int, column: int) -> Result:
        done = self.computed.get(sheet_id)
        if done and (row, column) in done:
            return done[(row, column)]
        rows = self.tabs[sheet_id].rows
        cell = rows[row].get(column) if row < len(rows) else None
        if cell is None:
            return None
        if type(cell.value) is Formula:
            raise NeededError([(sheet_id, row, column)])
        return cell.value  # type: ignore[return-value]  # not a Formula, as just asked

    def values(self, sheet_id: int, box: Box) -> list[list[Any]]:
        """The rows of a box; rows below the last used one are left out when the box is tall."""
        tab = self.tabs[sheet_id]
        used = max(len(tab.rows), max((row + 1 for row, _ in self.computed.get(sheet_id, ())), default=0))
        bottom = box.bottom if box.height <= 1 else max(box.top + 1, min(box.bottom, max(used, box.top + 1)))
        rows, columns = range(box.top, bottom), range(box.left, box.right)
        get = self.value
        try:
            return [[get(sheet_id, row, column) for column in columns] for row in rows]
        except NeededError:
            raise NeededError(self._missing(tab, Box(box.top, bottom, box.left, box.right))) from None

    def _missing(self, tab: Tab, box: Box) -> list[Place]:
        """Every formula cell of the box without a result: asked for one by one they would cost a run each."""
        done = self.computed.get(tab.sheet_id, {})
        return [
            (tab.sheet_id, row, column)
            for row, column, cell in tab.filled(box)
            if type(cell.value) is Formula and (row, column) not in done
        ]

    def named(self, name: str) -> Region | None:
        for item in self.workbook.named_ranges:
            if item["name"].casefold() == name.casefold():
                tab = self.tabs.get(item["range"].get("sheetId", 0))
                return Region(tab.sheet_id, box_of(tab, item["range"])) if tab else None
        return None

    def today(self) -> int:
        self.results.volatile = True
        return int(self.now())

    def now(self) -> float:
        self.results.volatile = True
        here = self.moment.replace(tzinfo=None)
        return (here - datetime(1899, 12, 30)).total_seconds() / 86_400  # noqa: DTZ001 - serials carry no zone


def results_of(workbook: Workbook) -> Results:
    """The results, from the workbook's cache when nothing has changed since."""
    cached = workbook.computed
    if isinstance(cached, Results) and workbook.computed_on == _stamp(workbook, cached):
        return cached
    found = compute(workbook)
    workbook.computed, workbook.computed_on = found, _stamp(workbook, found)
    return found


def _stamp(workbook: Workbook, results: Results) -> str:
    """TODAY and NOW make results old when the day is over."""
    return clock(workbook.time_zone).date().isoformat() if results.volatile else "always"


def compute(workbook: Workbook) -> Results:
    """Compute every formula of the workbook."""
    results = Results()
    pending = [
        (tab.sheet_id, row, column)
        for tab in workbook.tabs
        for row, cells in enumerate(tab.rows)
        for column, cell in cells.items()
        if type(cell.value) is Formula
    ]
    if not pending:
        return results
    Run(workbook, results).all(pending)
    return results


class Run:
    """One computation of a whole workbook."""

    def __init__(self, workbook: Workbook, results: Results) -> None:
        self.grid = BookGrid(workbook, results)
        self.results = results
        self.comma = self.grid.locale.decimal == ","
        self.unknown: list[Place] = []

    def all(self, pending: list[Place]) -> None:
        for place in pending:
            self.chain(place)
        if self.unknown:
            from .fallback import compute_with_engine

            again = compute_with_engine(self.grid.workbook, self.unknown)
            for place, value in again.items():
                self.store(place, value)

    def chain(self, place: Place) -> None:
        """Compute one cell and whatever it needs first. `begun` are the cells that wait for others."""
        stack, begun = [place], set()
        while stack:
            top = stack[-1]
            if (top[1], top[2]) in self.results.values.get(top[0], {}):
                begun.discard(stack.pop())
                continue
            begun.add(top)
            try:
                value = self.one(top)
            except NeededError as need:
                circle = [wanted for wanted in need.places if wanted in begun]
                for wanted in circle:
                    self.store(wanted, CYCLE)
                stack += [wanted for wanted in need.places if wanted not in begun]
                continue
            self.store(top, value)

    def one(self, place: Place) -> Any:
        sheet_id, row, column = place
        cell = self.grid.tabs[sheet_id].rows[row][column]
        text = cell.value.text if isinstance(cell.value, Formula) else ""
        try:
            node = parse(text, self.comma)
        except (FormulaSyntaxError, RecursionError):
            return CellError("ERROR", "Formula parse error.")
        try:
            value = Evaluation(self.grid, FUNCTIONS, place).result(node)
        except UnknownFunctionError as unknown:
            self.unknown.append(place)
            return CellError("NAME", f"Unknown function: '{unknown}'.")
        except (IndexError, ValueError, TypeError, RecursionError):
            return CellError("N_A", "Wrong number of arguments.")
        hint = format_hint(node, self, place)
        if hint:
            self.results.formats.setdefault(sheet_id, {})[(row, column)] = hint
        return value

    def number_format(self, sheet_id: int, row: int, column: int) -> Json | None:
        """The number format that a cell shows: its own, or what its formula brought."""
        cell = self.grid.tabs[sheet_id].cell(row, column)
        own: Json | None = (cell.format or {}).get("numberFormat")
        return own or self.results.formats.get(sheet_id, {}).get((row, column))

    def store(self, place: Place, value: Any) -> None:
        sheet_id, row, column = place
        done = self.results.values.setdefault(sheet_id, {})
        if not isinstance(value, Array):
            done[(row, column)] = value
            return
        tab = self.grid.tabs[sheet_id]
        for down, line in enumerate(value.rows):
            for right in range(len(line)):
                if (down or right) and tab.cell(row + down, column + right).value is not None:
                    done[(row, column)] = CellError(
                        "REF", "Array result was not expanded because it would overwrite data."
                    )
                    return
        for down, line in enumerate(value.rows):
            for right, item in enumerate(line):
                done[(row + down, column + right)] = item
        done[(row, column)] = value.rows[0][0]
