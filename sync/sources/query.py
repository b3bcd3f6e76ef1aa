"""A database: a query of the operator's, by name, with the KPI's window bound into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sync.errors import SourceError
from sync.model import CellValue, FetchOutcome, Measurement, MeasurementSeries, Provenance, Snapshot, Window
from sync.sources.api import secrets_of
from sync.sources.boundary import each
from sync.sources.filters import read_filter
from sync.sources.grid import Grid, find_column, grid_of_columns
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import shown
from sync.sources.numbers_in_json import number_in
from sync.sources.protocol import Batch, FetchContext, Request, batches_by
from sync.sources.query_file import Query, find_query
from sync.sources.select import Selection, choose, select
from sync.sources.windows import days_window, whole_windows

_LONGEST_CELL = 10_000


class NamedQuery:
    """A statement that whoever runs the service has written; the sheet names it."""

    manifest = Manifest(
        id="query",
        titles={"es": "Base de datos (consulta con nombre)", "en": "Database (named query)"},
        about={
            "es": "Una consulta SQL que guarda quien administra el servicio; la hoja solo dice su nombre.",
            "en": "An SQL query that whoever runs the service keeps; the sheet only says its name.",
        },
        reads="database",
        listed_in_files=True,
        parameters=(
            Parameter("place", {"es": "El nombre de la consulta.", "en": "The query's name."}, "sales", required=True),
            Parameter(
                "metric",
                {
                    "es": "La columna, o dos: numerador / denominador; no hace falta si solo hay una junto a la fecha.",
                    "en": "The column, or two: numerator / denominator; not needed where one stands beside the date.",
                },
                "orders / visits",
            ),
            Parameter(
                "filter",
                {
                    "es": "Qué filas cuentan; o el texto que la consulta recibe como :filter.",
                    "en": "Which rows count; or the text that the query is given as :filter.",
                },
                "channel=web",
            ),
        ),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a query."""
        return batches_by(requests, lambda request: "")

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI: one statement for all days, or one for each window that is one value."""
        query = find_query(batch.place, context.settings.queries_folder, context.workbook)
        address = secrets_of(context).need(query.secret, batch.account, query.name)
        reading = _Reading(query, str(address), context, {})
        if query.gives != "days":
            return each("query", batch.requests, reading.cell)
        window = days_window([request.definition for request in batch.requests], self.manifest, context.today)
        return each("query", batch.requests, lambda request: reading.days(request, window))


@dataclass(frozen=True)
class _Reading:
    """One query during one sync. The same statement with the same values is run once."""

    query: Query
    address: str
    context: FetchContext
    known: dict[tuple[Window | None, str | None], Grid]

    def days(self, request: Request, window: Window | None) -> MeasurementSeries:
        if window is None:
            return MeasurementSeries((), self._provenance(request, None))
        grid = self._grid(window, request)
        return select(self._choose(request, grid), grid, self._provenance(request, window), self.context.locale)

    def cell(self, request: Request) -> MeasurementSeries:
        today = self.context.today
        whole = self.query.gives == "whole"
        windows = whole_windows(request.definition, NamedQuery.manifest, today) if whole else (Window(today, today),)
        points, flags = [], set[str]()
        for window in windows:
            value, flag = number_in(self._only_cell(self._grid(window, request)))
            flags |= {flag} if flag else set()
            points.append(Measurement(window.end, value))
        return MeasurementSeries(tuple(points), self._provenance(request, windows[-1] if windows else None, flags))

    def _grid(self, window: Window, request: Request) -> Grid:
        text = (request.definition.filter or "").strip() or None
        key = (window, text if self.takes_filter else None)
        if key not in self.known:
            self.known[key] = self._ask(window, text)
        return self.known[key]

    @property
    def takes_filter(self) -> bool:
        """Whether the statement is given the filter's text; else the filter chooses rows of what it gave."""
        from sqlalchemy import text

        return "filter" in text(self.query.sql).compile().params

    def _ask(self, window: Window, text: str | None) -> Grid:
        from sync.sources.query_run import Asked, run_query

        values = {"start": window.start, "end": window.end, "filter": text}
        seconds = self.context.limits.batch / 2
        asked = Asked(shown(self.query.name), self.query.sql, values, seconds, self.context.timezone)
        headings, rows = run_query(self.address, asked)
        zone = ZoneInfo(self.context.timezone)
        cells = [[_cell(value, zone) for value in row] for row in rows]
        columns = [(heading, *(row[at] for row in cells)) for at, heading in enumerate(headings)]
        found = grid_of_columns(shown(self.query.name), columns)
        return Grid(found.place, found.headings, found.load, machine_made=True)

    def _choose(self, request: Request, grid: Grid) -> Selection:
        plain = Request(replace(request.definition, filter=None), request.ref) if self.takes_filter else request
        if len(grid.headings) == 2 and find_column(grid, request.metric) is None:
            return Selection(0, 1, None, read_filter(plain.definition.filter, grid))  # date and value, however called
        return choose(plain, grid)

    def _only_cell(self, grid: Grid) -> CellValue:
        column = grid.load(frozenset((0,)))[0] if grid.headings else ()
        if len(grid.headings) != 1 or len(column) != 1:
            raise SourceError("query_no_cell", permanent=True, facts={"query": shown(self.query.name)})
        return column[0]

    def _provenance(self, request: Request, window: Window | None, flags: set[str] | None = None) -> Provenance:
        detail = f"{shown(self.query.name)}: {shown(request.metric)}"
        return Provenance(
            "query", detail, self.context.today, tuple(sorted(flags or ())), window, self.context.timezone
        )


def _cell(value: Any, zone: ZoneInfo) -> CellValue:
    """What a database gave, as a cell: days as ISO text, which every locale reads alike."""
    if isinstance(value, datetime):
        value = value.astimezone(zone).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float):
        return float(value) if type(value) is int else value
    return str(value)[:_LONGEST_CELL]


SOURCE = NamedQuery()
