"""What a source is: a manifest, a pure `plan`, a `fetch`, a `check`. What it is given, and what it gives back."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sync.model import CellValue, Fact, FetchOutcome, KpiDefinition, Severity, Snapshot
from sync.settings import Settings
from sync.sheet.quota import Permits
from sync.sources.limits import FetchLimits
from sync.sources.manifest import Manifest
from sync.sources.web.client import Web

FAULTY = "faulty"  # the part of a batch whose rows the source does not understand: it costs no call
Column = tuple[CellValue, ...]
Books = Callable[[str, Sequence[str]], Mapping[str, Sequence[Column]]]  # workbook id, titles -> columns by title


@dataclass(frozen=True)
class SourceRef:
    """An owner's `source` cell, understood: a kind, mostly a place, and whose credentials (`ga4@client: 12`)."""

    kind: str
    place: str | None = None
    account: str | None = None


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
    account: str | None = None
    part: str = ""  # which of several kinds of reading, where a source has them


@dataclass(frozen=True)
class FetchContext:
    """What every source may know beside the workbook. `other_tabs`: title -> columns, the heading first."""

    today: date
    settings: Settings
    locale: str = "es_ES"
    other_tabs: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    limits: FetchLimits = field(default_factory=FetchLimits)
    workbook: str = ""  # its id: secrets of its own are looked up by it
    timezone: str = "Europe/Madrid"
    books: Books | None = None  # reads tabs of other workbooks with the account of this one; raises WorkbookError
    web: Web | None = None  # the way out; None: the process's own, made on first use
    permits: Permits | None = None  # where processes share how often an account may ask; None: each counts alone
    own_secrets: bool = False  # only those of the workbook's own folder, see sync/sources/gate.py


@dataclass(frozen=True)
class Lack:
    """What a source still needs, or will need soon; its sentence is of the family `failures`."""

    code: str
    severity: Severity
    facts: Mapping[str, Fact] = field(default_factory=dict)


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
    return batches_by(requests, lambda request: "")


def batches_by(
    requests: Sequence[Request], part: Callable[[Request], Hashable], most: int | None = None
) -> tuple[Batch, ...]:
    """One batch for each place, account and `part`, of at most `most` requests, in the order of the rows."""
    groups: dict[Hashable, list[Request]] = {}
    for request in requests:
        groups.setdefault((request.ref.place, request.ref.account, part(request)), []).append(request)
    return tuple(
        Batch(group[0].ref.place or "", tuple(group[at : at + size]), group[0].ref.account, str(part(group[0])))
        for group in groups.values()
        for size in (most or len(group),)
        for at in range(0, len(group), size)
    )
