"""Rows of a table to a series: the date column, the metric's column or two, the rows that the filter leaves. Pure."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sync.dates_text import DateReading, date_of, order_of
from sync.errors import SourceError
from sync.model import CellValue, Measurement, MeasurementSeries, Provenance
from sync.numbers_text import NumberReading, mark_of, number_of
from sync.sources.filters import Condition, read_filter, rows_that_fit
from sync.sources.grid import Cells, Grid, date_column, find_column, need_column
from sync.sources.names import shown
from sync.sources.protocol import Request

_FLAG_OF_NUMBER = {"missing": "missing_values", "error": "error_values", "junk": "unreadable_values"}


@dataclass(frozen=True)
class Selection:
    """Which columns and rows of a grid make a series. `denominator_optional`: rows without one are plain values."""

    dates: int
    values: int
    denominator: int | None = None
    conditions: tuple[Condition, ...] = ()
    denominator_optional: bool = False

    @property
    def columns(self) -> frozenset[int]:
        """Every column that has to be loaded."""
        denominator = () if self.denominator is None else (self.denominator,)
        return frozenset((self.dates, self.values, *denominator, *(c.column for c in self.conditions)))


def choose(request: Request, grid: Grid) -> Selection:
    """What a KPI's row asks of a table. Raises SourceError: missing_column, missing_date_column, doubled_column,
    bad_filter."""
    conditions = read_filter(request.definition.filter, grid)
    dates = date_column(grid)
    numerator, slash, denominator = (part.strip() for part in request.metric.partition("/"))
    if slash and numerator and denominator and find_column(grid, request.metric) is None:
        return Selection(dates, need_column(grid, numerator), need_column(grid, denominator), conditions)
    return Selection(dates, _metric_column(request, grid, dates, conditions), None, conditions)


def load_together(requests: Sequence[Request], grid: Grid) -> None:
    """Loads what all requests need in one go, for grids that remember; a request that does not fit fails later."""
    wanted: set[int] = set()
    for request in requests:
        with suppress(SourceError):
            wanted |= choose(request, grid).columns
    if wanted:
        grid.load(frozenset(wanted))


def select(selection: Selection, grid: Grid, provenance: Provenance, locale: str) -> MeasurementSeries:
    """The series of a selection. Ratios are 100 * numerator / denominator, in per cent.

    What is missing or no number is a point with value None; rows without a day are left out. Flags in the provenance
    tell of both. Raises SourceError `no_dates` or `not_numbers` where a column holds none at all.
    """
    columns = grid.load(selection.columns)
    rows = rows_that_fit(selection.conditions, grid, len(columns[selection.dates]))
    rows = [
        row for row in rows if not (_blank(columns[selection.dates][row]) and _blank(columns[selection.values][row]))
    ]
    seen: Counter[str] = Counter()
    dates = _read_dates([columns[selection.dates][row] for row in rows], locale, grid, selection.dates, seen)
    values = _read_numbers([columns[selection.values][row] for row in rows], locale, grid, selection.values, seen)
    if selection.denominator is None:
        points = [_plain(day, value) for day, value in zip(dates, values, strict=True) if day]
    else:
        parts = [columns[selection.denominator][row] for row in rows]
        under = _read_numbers(parts, locale, grid, selection.denominator, Counter() if _optional(selection) else seen)
        points = [
            _plain(day, over) if _optional(selection) and part.kind == "missing" else _ratio(day, over, part, seen)
            for day, over, part in zip(dates, values, under, strict=True)
            if day
        ]
    if selection.conditions and not rows:
        seen["filter_matched_nothing"] += 1
    flags = tuple(sorted({*provenance.flags, *seen}))
    return MeasurementSeries(tuple(points), replace(provenance, flags=flags))


def _blank(cell: CellValue) -> bool:
    return cell is None or cell == ""


def _optional(selection: Selection) -> bool:
    return selection.denominator_optional


def _metric_column(request: Request, grid: Grid, dates: int, conditions: Sequence[Condition]) -> int:
    """By name; with an empty metric, also the only column that is neither the date nor filtered by."""
    at = find_column(grid, request.metric)
    if at is not None:
        return at
    used = {dates, *(condition.column for condition in conditions)}
    others = [at for at, heading in enumerate(grid.headings) if heading and at not in used]
    if not (request.definition.metric or "").strip() and len(others) == 1:
        return others[0]
    return need_column(grid, request.metric)


def _plain(day: date, reading: NumberReading) -> Measurement:
    return Measurement(day, reading.value, unit=reading.unit)


def _ratio(day: date, over: NumberReading, under: NumberReading, seen: Counter[str]) -> Measurement:
    if under.value == 0:
        seen["zero_denominator"] += 1
    if over.value is None or not under.value:
        return Measurement(day, None, over.value, under.value, unit="%")
    return Measurement(day, 100 * over.value / under.value, over.value, under.value, unit="%")


def _read_dates(cells: Cells, locale: str, grid: Grid, column: int, seen: Counter[str]) -> list[date | None]:
    day_first = order_of((cell for cell in cells if isinstance(cell, str)), locale)
    readings = _memo(cells, lambda cell: date_of(cell, locale, day_first=day_first))
    if readings and not any(reading.value for reading in readings) and any(r.kind != "missing" for r in readings):
        _raise("no_dates", grid, column)
    if any(reading.kind in ("junk", "no_such_day") for reading in readings):
        seen["unreadable_dates"] += 1
    if any(reading.kind == "missing" for reading in readings):
        seen["missing_dates"] += 1
    if _nothing_but_ambiguous(readings):
        seen["ambiguous_dates"] += 1
    return [reading.value for reading in readings]


def _nothing_but_ambiguous(readings: Sequence[DateReading]) -> bool:
    """One row that fits one order only would have proved it for the column."""
    return any(r.ambiguous for r in readings) and all(r.ambiguous or r.value is None for r in readings)


def _read_numbers(cells: Cells, locale: str, grid: Grid, column: int, seen: Counter[str]) -> list[NumberReading]:
    texts = [cell for cell in cells if isinstance(cell, str)]
    proof = mark_of(texts)
    mark = proof or ("." if grid.machine_made else None)
    readings = _memo(cells, lambda cell: number_of(cell, locale, mark=mark))
    if any(r.kind == "junk" for r in readings) and not any(r.kind == "number" for r in readings):
        _raise("not_numbers", grid, column)
    seen.update(_FLAG_OF_NUMBER[reading.kind] for reading in readings if reading.kind != "number")
    if proof is None and any(reading.ambiguous for reading in readings):
        seen["ambiguous_numbers"] += 1
    return readings


_Reading = TypeVar("_Reading", DateReading, NumberReading)


def _memo(cells: Cells, read: Callable[[CellValue], _Reading]) -> list[_Reading]:
    """Every different cell is read once. Keyed with its type: True and 1.0 are equal, but not the same."""
    known: dict[tuple[type, CellValue], _Reading] = {}
    for cell in cells:
        if (type(cell), cell) not in known:
            known[type(cell), cell] = read(cell)
    return [known[type(cell), cell] for cell in cells]


def _raise(code: str, grid: Grid, column: int) -> None:
    raise SourceError(code, permanent=True, facts={"column": shown(grid.headings[column]), "place": grid.place})
