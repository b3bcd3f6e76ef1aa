"""What a source is: a manifest, a pure `plan`, and a `fetch`. What it is given, and what it gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from sync.model import CellValue, FetchOutcome, KpiDefinition, Snapshot
from sync.settings import Settings

Words = Mapping[str, str]  # language -> text
Reads = Literal["workbook", "file_or_address"]
Column = tuple[CellValue, ...]


@dataclass(frozen=True)
class Parameter:
    """One thing that the owner's row says to a source. Drives the docs and the drop-downs."""

    column: Literal["place", "metric", "filter"]  # place: what stands behind the colon of `source`
    about: Words
    example: str
    required: bool = False


@dataclass(frozen=True)
class Manifest:
    """What a source says of itself; nobody writes it twice: docs and drop-downs are made from it."""

    id: str
    titles: Words
    about: Words
    reads: Reads
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True)
class SourceRef:
    """An owner's `source` cell, understood: a kind and, for most kinds, a place."""

    kind: str
    place: str | None = None


@dataclass(frozen=True)
class Request:
    """One KPI's wish to be measured."""

    definition: KpiDefinition
    ref: SourceRef

    @property
    def metric(self) -> str:
        """What to measure: the metric, or the KPI's name where that cell is empty."""
        return (self.definition.metric or self.definition.name).strip()


@dataclass(frozen=True)
class Batch:
    """Requests that one reading of one place answers."""

    place: str
    requests: tuple[Request, ...]


@dataclass(frozen=True)
class FetchLimits:
    """How much a source may cost. Sizes in bytes, times in seconds."""

    wire: int = 2 * 1024 * 1024
    inflated: int = 5 * 1024 * 1024
    file: int = 20 * 1024 * 1024
    seconds: float = 8.0
    redirects: int = 3
    workers: int = 8


@dataclass(frozen=True)
class FetchContext:
    """What every source may know beside the workbook. `other_tabs`: title -> columns, the heading first."""

    today: date
    settings: Settings
    locale: str = "es_ES"
    other_tabs: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    limits: FetchLimits = FetchLimits()


class Source(Protocol):
    """One place where numbers live. An object named SOURCE in a module of its own, listed in the registry."""

    @property
    def manifest(self) -> Manifest:
        """What it says of itself."""
        ...

    def plan(self, requests: Sequence[Request]) -> tuple[Batch, ...]:
        """The fewest readings that answer all requests. Pure: nothing outside is touched."""
        ...

    def fetch(self, batch: Batch, snapshot: Snapshot, context: FetchContext) -> Mapping[str, FetchOutcome]:
        """An outcome for every KPI id of the batch. Raises SourceError where the whole place can't be read."""
        ...


def batches_by_place(requests: Sequence[Request]) -> tuple[Batch, ...]:
    """The plan of every source that reads a place whole: one batch a place, in the order of the rows."""
    places: dict[str, list[Request]] = {}
    for request in requests:
        places.setdefault(request.ref.place or "", []).append(request)
    return tuple(Batch(place, tuple(grouped)) for place, grouped in places.items())
