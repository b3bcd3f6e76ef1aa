"""What a platform said, as the series of a KPI: values doubted, provenance complete. Pure.

    series(request, offer, [(day, "12"), (day, None)], about)

A value is whatever the JSON held. What is absent is a point without a value, or no point: never zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sync.model import Measurement, MeasurementSeries, Provenance, Window
from sync.sources.manifest import Manifest, Offer
from sync.sources.names import shown
from sync.sources.numbers_in_json import exact_product, number_in
from sync.sources.protocol import Request

_NEVER_NEGATIVE = ("count", "duration")


@dataclass(frozen=True)
class About:
    """How an answer came about: what is the same for all KPIs of a batch."""

    manifest: Manifest
    as_of: date
    window: Window | None = None
    timezone: str | None = None
    served: str | None = None
    complete: bool = True
    pages_read: int | None = None
    pages_total: int | None = None
    request: str | None = None
    n: int | None = None
    flags: frozenset[str] = field(default_factory=frozenset)


def series(
    request: Request, offer: Offer, values: Iterable[tuple[date, Any]], about: About, scale: float = 1.0
) -> MeasurementSeries:
    """One KPI's series of (day, value as the JSON had it). `scale` brings it to the offer's unit: 0.01 for cents."""
    flags = set(about.flags)
    points = [Measurement(on, _value(value, offer, scale, flags), unit=offer.unit) for on, value in values]
    if not about.complete:
        flags.add("partial")
    asked = about.manifest.version.asked if about.manifest.version else None
    if asked and about.served and about.served.strip() != asked:
        flags.add("replaced_version")
    provenance = Provenance(
        request.ref.kind,
        f"{about.manifest.name}: {shown(offer.name)}",
        about.as_of,
        tuple(sorted(flags)),
        about.window,
        about.timezone or about.manifest.timezone,
        about.n,
        offer.definition,
        asked,
        about.served,
        about.pages_read,
        about.pages_total,
        about.request,
    )
    return MeasurementSeries(tuple(sorted(points, key=lambda point: point.on)), provenance)


def _value(value: Any, offer: Offer, scale: float, flags: set[str]) -> float | None:
    number, flag = number_in(value)
    if flag:
        flags.add(flag)
    if number is None:
        return None
    if number < 0 and offer.kind in _NEVER_NEGATIVE:
        flags.add("negative_values")
        return None
    return number if scale == 1.0 else exact_product(number, scale)
