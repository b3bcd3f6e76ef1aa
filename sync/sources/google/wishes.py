"""Rows of one source, understood before anything is asked. Pure.

What can't be understood goes into a batch of its own, so that it costs no call and spoils no other row.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from sheet_templates.catalogue import metrics
from sync.aggregate import span_of
from sync.errors import SourceError
from sync.model import FetchOutcome, KpiDefinition, Span
from sync.sources.boundary import each
from sync.sources.manifest import Manifest, Offer
from sync.sources.offers import need_offer, offer_of
from sync.sources.parameters import read_parameters
from sync.sources.protocol import FAULTY, Batch, Request, batches_by


@dataclass(frozen=True)
class Wish:
    """A row understood: `field` is what the platform calls its metric."""

    request: Request
    offer: Offer
    values: Mapping[str, str]  # of the parameters
    field: str

    @property
    def definition(self) -> KpiDefinition:
        """The owner's row."""
        return self.request.definition


Cut = Callable[[Sequence[Wish]], Sequence[Sequence[Wish]]]
Understand = Callable[[Request], Wish]  # raises SourceError for a row that the source does not understand


def wish_of(request: Request, manifest: Manifest) -> Wish:
    """The plain case. Raises SourceError as `need_offer` and `read_parameters` do."""
    offer = need_offer(request, manifest)
    return Wish(request, offer, read_parameters(request, manifest), offer.name)


def planned(
    requests: Sequence[Request], understand: Understand, cut: Cut, *, across_places: bool = False
) -> tuple[Batch, ...]:
    """One batch for each part that `cut` makes of the understood rows of an account, and of a place where one call
    is about one place; rows that can't be understood apart.
    """
    faults, wishes = _sorted(requests, understand)

    def home(wish: Wish) -> Hashable:
        return wish.request.ref.account, None if across_places else wish.request.ref.place

    batches = [
        Batch(part[0].request.ref.place or "", tuple(w.request for w in part), part[0].request.ref.account, str(number))
        for group in grouped(wishes, home)
        for number, part in enumerate(cut(group))
    ]
    return (*batches, *batches_by(faults, lambda request: FAULTY))


def faulty_outcomes(batch: Batch, source: str, understand: Understand) -> Mapping[str, FetchOutcome]:
    """What is wrong with each row of a faulty batch."""

    def complain(request: Request) -> FetchOutcome:
        understand(request)
        raise AssertionError("unreachable: the plan found a fault in this row")

    return each(source, batch.requests, complain)


def grouped(wishes: Sequence[Wish], key: Callable[[Wish], Hashable]) -> list[list[Wish]]:
    """Wishes that agree in `key`, in the order of the rows."""
    groups: dict[Hashable, list[Wish]] = {}
    for wish in wishes:
        groups.setdefault(key(wish), []).append(wish)
    return list(groups.values())


def fields_of(wishes: Sequence[Wish]) -> list[str]:
    """The platform's names of what they measure, each once."""
    return list(dict.fromkeys(wish.field for wish in wishes))


def cut_by_fields(wishes: Sequence[Wish], most: int) -> list[list[Wish]]:
    """In pieces of at most `most` different metrics."""
    fields = fields_of(wishes)
    pieces = [set(fields[at : at + most]) for at in range(0, len(fields), most)]
    return [[wish for wish in wishes if wish.field in piece] for piece in pieces]


def window_key(wish: Wish) -> Hashable:
    """Equal for rows whose whole windows are the same on every day."""
    row = wish.definition
    if span_of(row) is Span.WINDOW:
        return Span.WINDOW, row.start, row.due, None if row.start else row.cadence
    return Span.PERIOD, None, row.due, row.cadence


def catalogue_offers(platform: str, plain: Sequence[str] = (), only: Sequence[str] = ()) -> tuple[Offer, ...]:
    """The catalogue's metrics as offers; `plain` are rates that are no percentage: pages a visit, money for money."""
    found = [metric for metric in metrics(platform).values() if metric.withdrawn_on is None]
    found = [metric for metric in found if not only or metric.name in only]
    return tuple(replace(offer_of(metric), unit=None) if metric.name in plain else offer_of(metric) for metric in found)


def _sorted(requests: Sequence[Request], understand: Understand) -> tuple[list[Request], list[Wish]]:
    faults, wishes = [], []
    for request in requests:
        try:
            wishes.append(understand(request))
        except SourceError:
            faults.append(request)
    return faults, wishes
