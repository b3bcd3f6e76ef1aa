"""Which metric of a source a KPI's row means: from the catalogue, or of the source's own. Pure."""

from datetime import date

from sheet_templates.catalogue import Metric, metrics, told_date
from sync.errors import SourceError
from sync.sources.manifest import Manifest, Offer
from sync.sources.names import fold, nearest, shown
from sync.sources.protocol import Request


def offers(manifest: Manifest) -> tuple[Offer, ...]:
    """Every metric that a source offers. Where a manifest names some of its platform's, only those count."""
    if manifest.platform is None or manifest.offers:
        return manifest.offers
    return tuple(offer_of(metric) for metric in metrics(manifest.platform).values() if metric.withdrawn_day is None)


def offer_of(metric: Metric) -> Offer:
    """A metric of the catalogue as a source offers it."""
    changes = [change.on for change in metric.changes]
    return Offer(
        metric.name,
        metric.meaning,
        metric.kind,
        metric.additive,
        metric.also,
        "%" if metric.kind == "rate" else None,
        f"{metric.name}@{max(changes)}" if changes else None,
    )


def need_offer(request: Request, manifest: Manifest, today: date | None = None) -> Offer:
    """The metric of a KPI's row, by its name or a plain word for it.

    Raises SourceError `withdrawn_metric` (facts metric, place, since, other), `withdrawn_for_good` (the same, where
    nothing takes its place), `unknown_metric` (metric, place, known) or, where only the KPI's name was there to go
    by, `unchosen_metric` (place).
    """
    known = _by_name(offers(manifest))
    found = known.get(fold(request.metric))
    if found is not None:
        return found
    _refuse_withdrawn(request.metric, manifest, today)
    if not request.definition.metric:
        raise SourceError("unchosen_metric", permanent=True, facts={"place": manifest.name})
    names = [offer.name for offer in known.values()]
    facts = {"metric": shown(request.metric), "place": manifest.name, "known": nearest(request.metric, names)}
    raise SourceError("unknown_metric", permanent=True, facts=facts)


def _refuse_withdrawn(name: str, manifest: Manifest, today: date | None) -> None:
    if manifest.platform is None:
        return
    metric = metrics(manifest.platform).get(fold(name))
    if metric is None or metric.withdrawn_on is None or (today and (metric.withdrawn_day or today) > today):
        return
    facts = {
        "metric": metric.name,
        "place": manifest.name,
        "since": metric.withdrawn_day or told_date(metric.withdrawn_on, "en"),
        "other": metric.replaced_by,
    }
    code = "withdrawn_metric" if metric.replaced_by else "withdrawn_for_good"
    raise SourceError(code, permanent=True, facts=facts)


def _by_name(known: tuple[Offer, ...]) -> dict[str, Offer]:
    plain = {fold(word): offer for offer in known for word in offer.also}
    return {**plain, **{fold(offer.name): offer for offer in known}}
