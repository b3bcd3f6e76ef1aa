"""What the Catalogue tab lists: the metrics of the catalogue and of sources that bring their own, and what to type."""

from sheet_templates.catalogue import catalogue_rows, metrics, platforms
from sheet_templates.layout import fold
from sheet_templates.words import say
from sync.sources.manifest import Manifest, Offer
from sync.sources.offers import offers
from sync.sources.registry import Entry, entries, load

Row = tuple[str, str, str, str, str, str]


def listed_rows(language: str, locale: str) -> list[Row]:
    """Rows of the Catalogue tab: platform, metric, what to type in Source, what it means, stage, what changed.

    What to type is empty for a metric that no source offers (any more); where two sources offer one, each has a line.
    """
    typed = _typed_in_source(language)
    rows = [*catalogue_rows(language, locale), *_offered_rows(language, locale)]
    return [
        (platform, metric, "\n".join(typed.get((platform, fold(metric)), ())), meaning, stage, changes)
        for platform, metric, meaning, stage, changes in rows
    ]


def _typed_in_source(language: str) -> dict[tuple[str, str], list[str]]:
    """(Platform as the tab names it, folded metric) -> how a KPI's Source begins that gives it."""
    found: dict[tuple[str, str], list[str]] = {}
    for entry in entries().values():
        manifest = load(entry.kind).manifest
        if manifest.reads == "platform":
            title = platforms()[manifest.platform].title if manifest.platform else manifest.titles[language]
            for offer in offers(manifest):
                if not _withdrawn(manifest, offer):
                    found.setdefault((title, fold(offer.name)), []).append(_beginning(entry, language))
    return found


def _beginning(entry: Entry, language: str) -> str:
    name = {"es": entry.es, "en": entry.en}[language]
    return f"{name}:" if entry.takes_place and entry.place_needed else name


def _withdrawn(manifest: Manifest, offer: Offer) -> bool:
    """Whether the platform gives it no more, also where only the month or the version of its end is known."""
    known = metrics(manifest.platform).get(fold(offer.name)) if manifest.platform else None
    return known is not None and known.withdrawn_on is not None


def _offered_rows(language: str, locale: str) -> list[tuple[str, str, str, str, str]]:
    """Source, metric, what it means, two empty, for sources without a platform."""
    manifests = (load(kind).manifest for kind in entries())
    return [
        (manifest.titles[language], offer.name, _meaning(offer, language, locale), "", "")
        for manifest in manifests
        if manifest.reads == "platform" and manifest.platform is None
        for offer in manifest.offers
    ]


def _meaning(offer: Offer, language: str, locale: str) -> str:
    no_sum = not offer.additive and offer.kind == "count"
    return " ".join([offer.meaning[language], *([say("ui", "catalogue_no_sum", locale)] if no_sum else [])])
