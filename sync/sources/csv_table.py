"""CSV: a file beneath the operator's folder, or an address."""

from collections.abc import Mapping, Sequence

from sync.model import FetchOutcome, MeasurementSeries, Provenance, Snapshot
from sync.sources.boundary import each
from sync.sources.csv_text import grid_of_csv, text_of
from sync.sources.grid import Grid
from sync.sources.json_text import grid_of_json, looks_like_json
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import shown
from sync.sources.places import place_shown, read_place
from sync.sources.protocol import Batch, FetchContext, Request, batches_by_place
from sync.sources.select import choose, load_together, select


class CsvTable:
    """Text with commas, semicolons or tabs between its cells."""

    manifest = Manifest(
        id="csv",
        titles={"es": "CSV (archivo o dirección)", "en": "CSV (file or address)"},
        about={
            "es": "Una tabla de texto, de la carpeta de archivos o de una dirección https.",
            "en": "A table of text, from the files folder or from an https address.",
        },
        reads="file_or_address",
        parameters=(
            Parameter(
                "place",
                {"es": "El nombre del archivo, o la dirección.", "en": "The file's name, or the address."},
                "sales.csv",
                required=True,
            ),
            Parameter(
                "metric",
                {
                    "es": "El encabezado de la columna, o dos: numerador / denominador.",
                    "en": "The heading of the column, or two: numerator / denominator.",
                },
                "clicks / impressions",
            ),
            Parameter("filter", {"es": "Qué filas cuentan.", "en": "Which rows count."}, "channel=web; country=Spain"),
        ),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a file or address."""
        return batches_by_place(requests)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI. An address that answers with JSON is read as JSON."""
        place = place_shown(batch.place)
        text = text_of(read_place(batch.place, context), place)
        grid = grid_of_json(text, place) if looks_like_json(text) else grid_of_csv(text, place)
        load_together(batch.requests, grid)
        return each("csv", batch.requests, lambda request: measure(request, grid, context))


def measure(request: Request, grid: Grid, context: FetchContext) -> MeasurementSeries:
    """One KPI's series from a table that was read. Raises what `choose` and `select` raise."""
    provenance = Provenance(request.ref.kind, f"{grid.place}: {shown(request.metric)}", context.today)
    return select(choose(request, grid), grid, provenance, context.locale)


SOURCE = CsvTable()
