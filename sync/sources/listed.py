"""What the Catalogue tab lists beside the catalogue: the metrics of sources that bring their own."""

from sheet_templates.words import say
from sync.sources.manifest import Offer
from sync.sources.registry import entries, load

Row = tuple[str, str, str, str, str]


def offered_rows(language: str, locale: str) -> list[Row]:
    """Rows of the Catalogue tab (source, metric, what it means, two empty) for sources without a platform."""
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
