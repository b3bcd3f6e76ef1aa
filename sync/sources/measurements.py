"""Numbers typed in the Measurements tab: date, metric, value, and for a ratio the denominator."""

from collections.abc import Mapping, Sequence

from sync.errors import SourceError
from sync.model import FetchOutcome, MeasurementSeries, Provenance, Snapshot, Table
from sync.sources.boundary import each
from sync.sources.filters import Condition, read_filter
from sync.sources.grid import Grid, grid_of_columns
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import fold
from sync.sources.protocol import Batch, FetchContext, Request, batches_by_place
from sync.sources.select import Selection, select

TAB = "measurements"


class Measurements:
    """The numbers that people type themselves."""

    manifest = Manifest(
        id=TAB,
        titles={"es": "Pestaña Mediciones", "en": "Measurements tab"},
        about={
            "es": "Un número que tú escribes, con su fecha, en la pestaña Mediciones.",
            "en": "A number that you type yourself, with its date, in the Measurements tab.",
        },
        reads="workbook",
        parameters=(
            Parameter(
                "metric",
                {
                    "es": "El texto de la columna métrica; si está vacío, el nombre del KPI.",
                    "en": "The text in the metric column; the KPI's name when empty.",
                },
                "Seguidores",
            ),
            Parameter(
                "filter",
                {"es": "Otras columnas de la pestaña.", "en": "Other columns of the tab."},
                "nota=oficial",
            ),
        ),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """All of them at once: the tab was read with the workbook."""
        return batches_by_place(requests)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """Rows whose metric is the KPI's, whatever case and accents. Raises SourceError `missing_measurements`."""
        table = snapshot.tables.get(TAB)
        if table is None or any(key not in table.keys for key in ("date", "metric", "value")):
            raise SourceError("missing_measurements", permanent=True)
        grid = grid_of_columns(table.title, table.columns)
        return each(TAB, batch.requests, lambda request: _measure(request, table, grid, context))


def _measure(request: Request, table: Table, grid: Grid, context: FetchContext) -> MeasurementSeries:
    wanted = Condition(table.keys["metric"], fold(request.metric))
    selection = Selection(
        table.keys["date"],
        table.keys["value"],
        table.keys.get("denominator"),
        (wanted, *read_filter(request.definition.filter, grid)),
        denominator_optional=True,
    )
    return select(selection, grid, Provenance(TAB, request.metric, context.today), context.locale)


SOURCE = Measurements()
