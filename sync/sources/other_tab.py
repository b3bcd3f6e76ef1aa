"""Another tab of the same workbook: the CRM export, the shop's orders, whatever a person keeps beside their KPIs."""

from collections.abc import Mapping, Sequence

from sync.errors import SourceError
from sync.model import FetchOutcome, MeasurementSeries, Provenance, Snapshot
from sync.sources.boundary import each
from sync.sources.grid import Grid, grid_of_columns
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import fold, nearest, shown
from sync.sources.protocol import Batch, Column, FetchContext, Request, batches_by_place
from sync.sources.select import choose, select


class OtherTab:
    """A table in the workbook: its first row holds the headings."""

    manifest = Manifest(
        id="tab",
        titles={"es": "Otra pestaña", "en": "Another tab"},
        about={
            "es": "Otra pestaña de la misma hoja de cálculo, con los encabezados en la primera fila.",
            "en": "Another tab of the same workbook, with the headings in its first row.",
        },
        reads="workbook",
        parameters=(
            Parameter("place", {"es": "El nombre de la pestaña.", "en": "The tab's name."}, "CRM", required=True),
            Parameter(
                "metric",
                {
                    "es": "El encabezado de la columna, o dos: numerador / denominador.",
                    "en": "The heading of the column, or two: numerator / denominator.",
                },
                "Leads",
            ),
            Parameter("filter", {"es": "Qué filas cuentan.", "en": "Which rows count."}, "Canal=Web; País=España"),
        ),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a tab."""
        return batches_by_place(requests)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI. Raises SourceError `missing_tab` (facts tab, known) or `empty_table` (fact place)."""
        grid = grid_of_tab(batch.place, snapshot, context)
        return each("tab", batch.requests, lambda request: _measure(request, grid, context))


def grid_of_tab(wanted: str, snapshot: Snapshot, context: FetchContext) -> Grid:
    """The table in a tab of the person's own. Raises SourceError `missing_tab` or `empty_table`."""
    title, columns = _find(wanted, snapshot, context)
    grid = grid_of_columns(title, columns)
    if not any(grid.headings):
        raise SourceError("empty_table", permanent=True, facts={"place": title})
    return grid


def _find(wanted: str, snapshot: Snapshot, context: FetchContext) -> tuple[str, Sequence[Column]]:
    tabs: dict[str, Sequence[Column]] = {table.title: table.columns for table in snapshot.tables.values()}
    tabs.update(context.other_tabs)
    for title, columns in tabs.items():
        if fold(title) == fold(wanted):
            return title, columns
    facts = {"tab": shown(wanted), "known": nearest(wanted, tabs)}
    raise SourceError("missing_tab", permanent=True, facts=facts)


def _measure(request: Request, grid: Grid, context: FetchContext) -> MeasurementSeries:
    provenance = Provenance("tab", f"{grid.place}: {shown(request.metric)}", context.today)
    return select(choose(request, grid), grid, provenance, context.locale)


SOURCE = OtherTab()
