"""BigQuery: a statement of the operator's, by name, with the KPI's window bound into it as @start and @end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sync.errors import SourceError
from sync.model import FetchOutcome, Measurement, MeasurementSeries, Provenance, Snapshot, Window
from sync.sources.api import Api, open_api
from sync.sources.boundary import each
from sync.sources.filters import read_filter
from sync.sources.google.bigquery_file import Statement, find_statement
from sync.sources.google.bigquery_run import Table, run
from sync.sources.grid import Grid, find_column, grid_of_columns
from sync.sources.manifest import GoogleServiceAccount, Manifest, Parameter, Rate, Version
from sync.sources.names import shown
from sync.sources.numbers_in_json import number_in
from sync.sources.protocol import Batch, FetchContext, Request, batches_by_place
from sync.sources.select import Selection, choose, select
from sync.sources.windows import days_window, whole_windows

FOLDER = "bigquery"  # beneath SEMAFORO_SOURCES_DIR


class BigQuery:
    """A statement that whoever runs the service has written; the sheet names it."""

    manifest = Manifest(
        id="bigquery",
        titles={"es": "BigQuery (consulta con nombre)", "en": "BigQuery (named query)"},
        about={
            "es": "Una consulta SQL que guarda quien administra el servicio; la hoja solo dice su nombre.",
            "en": "An SQL query that whoever runs the service keeps; the sheet only says its name.",
        },
        reads="file_or_address",
        base="https://bigquery.googleapis.com",
        auth=(GoogleServiceAccount(("https://www.googleapis.com/auth/cloud-platform.read-only",)),),
        version=Version("v2"),
        rate=Rate(per_second=5, burst=10),
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
            Parameter("filter", {"es": "Qué filas cuentan.", "en": "Which rows count."}, "channel=web"),
        ),
        docs="https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query",
        listed_in_files=True,
        tested_on=("contract", "hostile"),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a query."""
        return batches_by_place(requests)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI: one statement for all days, or one for each window that is one value."""
        folder = context.settings.sources_dir
        statement = find_statement(batch.place, folder / FOLDER if folder else None, context.workbook)
        reading = _Reading(statement, open_api(self.manifest, context, batch.account), context)
        if statement.gives == "whole":
            return each(self.manifest.id, batch.requests, reading.cells)
        window = days_window([request.definition for request in batch.requests], self.manifest, context.today)
        if window is None:
            raise AssertionError("unreachable: its days have no first one")
        return each(self.manifest.id, batch.requests, lambda request: reading.days(request, window))


@dataclass(frozen=True)
class _Reading:
    """One statement during one sync. It is run once for a window."""

    statement: Statement
    api: Api
    context: FetchContext
    known: dict[Window, Table | SourceError] = field(default_factory=dict)

    def days(self, request: Request, window: Window) -> MeasurementSeries:
        table = self._table(window)
        columns = [(name, *(row[at] for row in table.rows)) for at, name in enumerate(table.headings)]
        made = grid_of_columns(shown(self.statement.name), columns)
        grid = Grid(made.place, made.headings, made.load, machine_made=True)
        provenance = self._provenance(request, window, (table,), set())
        if not table.rows:
            return MeasurementSeries((), provenance)
        return select(_chosen(request, grid), grid, provenance, self.context.locale)

    def cells(self, request: Request) -> MeasurementSeries:
        windows = whole_windows(request.definition, BigQuery.manifest, self.context.today)
        tables = [self._table(window) for window in windows]
        points, flags = [], set[str]()
        for window, table in zip(windows, tables, strict=True):
            if len(table.rows) != 1 or len(table.headings) != 1:
                raise SourceError("bigquery_cell", permanent=True, facts={"query": shown(self.statement.name)})
            value, flag = number_in(table.rows[0][0])
            flags |= {flag} if flag else set()
            points.append(Measurement(window.end, value))
        whole = Window(windows[0].start, windows[-1].end) if windows else None
        return MeasurementSeries(tuple(points), self._provenance(request, whole, tables, flags))

    def _table(self, window: Window) -> Table:
        """What it gave for a window; a failure is not paid for twice either."""
        if window not in self.known:
            try:
                found: Table | SourceError = run(
                    self.api, self.statement, window, self.context.limits, self.context.timezone
                )
            except SourceError as error:
                found = error
            self.known[window] = found
        table = self.known[window]
        if isinstance(table, SourceError):
            raise table
        return table

    def _provenance(
        self, request: Request, window: Window | None, tables: Sequence[Table], flags: set[str]
    ) -> Provenance:
        partial = {"partial"} if not all(table.complete for table in tables) else set()
        known = Provenance(
            request.ref.kind,
            f"{shown(self.statement.name)}: {shown(request.metric)}",
            self.context.today,
            tuple(sorted(flags | partial)),
            window,
            self.context.timezone,
            asked="v2",
        )
        pages = sum(table.pages for table in tables) or None
        return replace(known, pages_read=pages, request=tables[0].request if tables else None)


def _chosen(request: Request, grid: Grid) -> Selection:
    if len(grid.headings) == 2 and find_column(grid, request.metric) is None:
        return Selection(0, 1, None, read_filter(request.definition.filter, grid))  # date and value, however called
    return choose(request, grid)


SOURCE = BigQuery()
