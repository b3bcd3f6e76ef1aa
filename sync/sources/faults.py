"""What is wrong with a KPI's row in the eyes of its source, told before anything is asked. Touches nothing outside."""

from collections.abc import Mapping
from datetime import date

from sync.errors import SourceError
from sync.model import Fact, FetchFailure, KpiDefinition, Snapshot
from sync.settings import Settings
from sync.sources.boundary import attempt
from sync.sources.gate import Gate
from sync.sources.protocol import FAULTY, FetchContext, Request
from sync.sources.refs import source_of
from sync.sources.registry import load

_OF_THE_METRIC = ("unknown_metric", "unchosen_metric", "withdrawn_metric", "withdrawn_for_good")
_OF_THE_ROW = ("unknown_parameter", "missing_parameter", "bad_parameter", "bad_filter")


def fault_of(
    definition: KpiDefinition, today: date, gate: Gate | None = None
) -> tuple[str, str, Mapping[str, Fact]] | None:
    """Code (of the family `failures`), column key and facts of what this row will meet whatever the platform answers.

    None where the source finds no fault, or none by the row alone, as with tables. A source that names its faulty
    batches FAULTY gives their reasons without a call. `gate` knows what the workbook may ask for.
    """
    try:
        ref = source_of(definition)
    except SourceError as error:
        return (error.code, "source", error.facts) if error.code == "missing_place" else None
    request = Request(definition, ref)

    def complaint() -> object:
        if gate is not None:
            gate.access(request)
        source = load(ref.kind)
        batches = source.plan([request]) if source.manifest.reads == "platform" else ()
        faulty = next((batch for batch in batches if batch.part == FAULTY), None)
        if faulty is None:
            return None
        return source.fetch(faulty, Snapshot("", {}), FetchContext(today, Settings())).get(definition.id)

    found = attempt(ref.kind, complaint)
    if not isinstance(found, FetchFailure) or found.code == "bug":
        return None
    return found.code, _column(found, ref.kind), found.facts


def _column(found: FetchFailure, kind: str) -> str:
    """Where the person has to correct it: the place of a source stands in its own cell."""
    if found.code in _OF_THE_METRIC:
        return "metric"
    places = {p.name or p.column for p in load(kind).manifest.parameters if p.column == "place"}
    return "filter" if found.code in _OF_THE_ROW and found.facts.get("name") not in places else "source"
