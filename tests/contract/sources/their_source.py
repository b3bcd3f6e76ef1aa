"""A source as another package brings it: HONEST says which secret it reads, FORGETFUL does not."""

from datetime import date

from sync.model import Measurement, MeasurementSeries, Provenance
from sync.sources.api import secrets_of
from sync.sources.manifest import Bearer, Manifest, Parameter
from sync.sources.protocol import batches_by_place

_WORDS = {"es": "Suya", "en": "Theirs"}


class _Theirs:
    def __init__(self, *auth):
        place = Parameter("place", _WORDS, "x", required=True)
        self.manifest = Manifest("theirs", _WORDS, _WORDS, "platform", (place,), auth=auth)

    def plan(self, requests):
        return batches_by_place(requests)

    def fetch(self, batch, snapshot, context):
        secrets_of(context).need("THEIR_KEY", batch.account, "theirs")
        found = MeasurementSeries((Measurement(date(2026, 6, 29), 1.0),), Provenance("theirs", "x", context.today))
        return {request.definition.id: found for request in batch.requests}


HONEST, FORGETFUL = _Theirs(Bearer("THEIR_KEY")), _Theirs()
