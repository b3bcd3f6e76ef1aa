"""Which metric of the catalogue a KPI measures: told only where platform and metric are both plain. Pure.

A wrong guess would put a letter out for nothing, so whatever may mean two things means nothing here.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from sheet_templates.catalogue import Metric, find_metric, platforms
from sheet_templates.layout import fold
from sync.model import KpiDefinition

_ADVERTISED = {"instagram", "facebook_page"}  # whose advertising counts apart
_ADS = re.compile(r"\b(ads?|anuncios?|publicidad|advertising|paid|de pago)\b")
_LITTLE = {
    *("a", "al", "con", "de", "del", "el", "en", "la", "las", "los", "nuestra", "nuestras", "nuestro", "nuestros"),
    *("por", "total", "totales", "mensual", "mensuales", "semanal", "semanales", "diaria", "diarias", "diario"),
    *("at", "daily", "for", "from", "in", "monthly", "of", "on", "our", "the", "weekly"),
}
_DISTINCT = re.compile(r"\b(unique|distinct|different|at least once)\b")
_MARKS = re.compile(r"[\s.,;:()\[\]«»“”\"'/\\|&#=_-]+")


def metric_of(definition: KpiDefinition) -> Metric | None:
    """The catalogue's metric that this KPI measures; None where platform or metric is not beyond doubt."""
    texts = (definition.source, definition.metric, definition.filter, definition.name, definition.statement)
    return _metric_of(definition.metric, definition.name, texts)


@lru_cache(maxsize=4_096)  # several rules ask for the same row, and so does every sync
def _metric_of(metric: str | None, name: str, texts: tuple[str | None, ...]) -> Metric | None:
    platform = platform_of(text for text in texts if text)
    if platform is None:
        return None
    for text in (metric, name):
        found = _named(platform, text) if text else None
        if found is not None:
            return None if found.generic else found
    return None


def platform_of(texts: Iterable[str]) -> str | None:
    """The one platform that these texts name; None where they name none, or several, or only its advertising."""
    text = " ".join(_words(text) for text in texts)
    named = {(name, key) for name, key in _names().items() if re.search(rf"\b{re.escape(name)}\b", text)}
    longest = {key for name, key in named if not any(name != other and name in other for other, _ in named)}
    if len(longest) != 1:
        return None
    key = longest.pop()
    return None if key in _ADVERTISED and _ADS.search(text) else key


def is_vanity(definition: KpiDefinition) -> bool:
    """Whether this KPI plainly measures something that says little by itself."""
    metric = metric_of(definition)
    return metric is not None and metric.vanity


def counts_people(metric: Metric) -> bool:
    """Whether a metric counts distinct people: its meaning says so. Other sums that are none are lifetime counters."""
    return _DISTINCT.search(metric.meaning["en"].casefold()) is not None


def vanity_alone(definitions: Iterable[KpiDefinition]) -> Mapping[int, Metric]:
    """The rows of KPIs on a vanity metric whose objective has no active KPI on anything else."""
    active = [kpi for kpi in definitions if kpi.active and kpi.objective]
    found = {kpi.row: metric_of(kpi) for kpi in active}
    vain = {row: metric for row, metric in found.items() if metric is not None and metric.vanity}
    sound = {fold(kpi.objective or "") for kpi in active if kpi.row not in vain}
    return {kpi.row: vain[kpi.row] for kpi in active if kpi.row in vain and fold(kpi.objective or "") not in sound}


def _named(platform: str, text: str) -> Metric | None:
    """The metric whose name the text is, as it stands or without the platform's name and the little words."""
    if "/" in text:
        return None  # a ratio of two
    names = sorted((name for name, key in _names().items() if key == platform), key=len, reverse=True)
    bare = _words(text)
    for name in names:
        bare = re.sub(rf"\b{re.escape(name)}\b", " ", bare)
    plain = " ".join(word for word in bare.split() if word not in _LITTLE)
    return find_metric(platform, text) or (find_metric(platform, plain) if plain else None)


def _words(text: str) -> str:
    return " ".join(_MARKS.sub(" ", fold(text)).split())


@cache
def _names() -> Mapping[str, str]:
    return {name: platform.key for platform in platforms().values() for name in platform.also}
