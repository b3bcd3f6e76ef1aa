"""JSON: a file beneath the operator's folder, or an address."""

from collections.abc import Mapping, Sequence

from sync.model import FetchOutcome, Snapshot
from sync.sources.boundary import each
from sync.sources.csv_table import measure
from sync.sources.csv_text import text_of
from sync.sources.json_text import grid_of_json
from sync.sources.manifest import Manifest, Parameter
from sync.sources.places import place_shown, read_place
from sync.sources.protocol import Batch, FetchContext, Request, batches_by_place


class JsonTable:
    """Objects with equal fields, as an interface of a web service gives them."""

    manifest = Manifest(
        id="json",
        titles={"es": "JSON (archivo o dirección)", "en": "JSON (file or address)"},
        about={
            "es": 'Una lista de objetos, `{"data": [...]}` o un objeto de columnas; de un archivo o de una dirección.',
            "en": 'A list of objects, `{"data": [...]}`, or an object of columns; from a file or an address.',
        },
        reads="file_or_address",
        parameters=(
            Parameter(
                "place",
                {"es": "El nombre del archivo, o la dirección.", "en": "The file's name, or the address."},
                "https://example.org/visits.json",
                required=True,
            ),
            Parameter(
                "metric",
                {
                    "es": "El nombre del campo, o dos: numerador / denominador.",
                    "en": "The name of the field, or two: numerator / denominator.",
                },
                "visits",
            ),
            Parameter("filter", {"es": "Qué objetos cuentan.", "en": "Which objects count."}, "channel=web"),
        ),
    )

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """One batch a file or address."""
        return batches_by_place(requests)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """The series of each KPI."""
        place = place_shown(batch.place)
        grid = grid_of_json(text_of(read_place(batch.place, context), place), place)
        return each("json", batch.requests, lambda request: measure(request, grid, context))


SOURCE = JsonTable()
