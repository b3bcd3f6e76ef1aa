"""A source with modes, for what the others must not suffer from."""

from collections.abc import Mapping, Sequence

from sync.errors import SourceError
from sync.model import FetchOutcome, MeasurementSeries, Provenance, Snapshot
from sync.sources.manifest import Manifest
from sync.sources.protocol import Batch, FetchContext, Request, batches_by_place


class Faulty:
    """Its place says what goes wrong: plan, fetch, forget, error, or nothing."""

    manifest = Manifest("tab", {"es": "x", "en": "x"}, {"es": "x", "en": "x"}, "workbook")

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """Breaks when asked to."""
        if any(request.ref.place == "plan" for request in requests):
            raise ZeroDivisionError("secret detail")
        return batches_by_place(requests)

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """Breaks as asked."""
        if batch.place == "fetch":
            raise KeyError("secret detail")
        if batch.place == "error":
            raise SourceError("source_busy", permanent=False, facts={"place": "x", "status": 503.0})
        if batch.place == "forget":
            return {}
        return {request.definition.id: MeasurementSeries((), Provenance("tab")) for request in batch.requests}


SOURCE = Faulty()
