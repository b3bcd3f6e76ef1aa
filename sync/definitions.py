"""What its platform changed about a metric within a KPI's window, told in the review note. Pure.

The sentences are a function of the row and of the catalogue, so the next sync says the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sheet_templates.catalogue import Metric, find_metric, platforms
from sheet_templates.words import language_of, say, show_date
from sync.catalogued import metric_of
from sync.errors import SourceError
from sync.model import KpiDefinition, KpiOutcome
from sync.sources import source_of
from sync.sources.registry import load

MOST_SENTENCES = 2


def tell_definitions(outcomes: Iterable[KpiOutcome], locale: str) -> tuple[KpiOutcome, ...]:
    """The outcomes, their notes told what the platform redefined or withdrew between start and due date."""
    return tuple(_told(outcome, locale) for outcome in outcomes)


def measured_metric(definition: KpiDefinition) -> Metric | None:
    """The catalogue's metric that a KPI measures: beyond doubt where its source is one of a platform."""
    try:
        platform = load(source_of(definition).kind).manifest.platform
    except (SourceError, ImportError):
        platform = None
    found = find_metric(platform, definition.metric or definition.name) if platform else None
    return found or metric_of(definition)


def _told(outcome: KpiOutcome, locale: str) -> KpiOutcome:
    sentences = list(_sentences(outcome.definition, locale))[-MOST_SENTENCES:]
    if not sentences:
        return outcome
    return replace(outcome, note=replace(outcome.note, text=" ".join([outcome.note.text, *sentences])))


def _sentences(kpi: KpiDefinition, locale: str) -> Iterator[str]:
    """The oldest first, the withdrawal last."""
    metric = measured_metric(kpi) if kpi.start is not None and kpi.active else None
    if metric is None:
        return
    facts = {"platform": platforms()[metric.platform].title, "metric": metric.name}
    for change in sorted(metric.changes, key=lambda change: change.on):
        if _within(kpi, change.on):
            meaning = change.meaning[language_of(locale)]
            yield say("ui", "note_redefined", locale, {**facts, "on": _shown(change.on, locale), "meaning": meaning})
    if metric.withdrawn_on and _within(kpi, metric.withdrawn_on):
        code = "note_replaced" if metric.replaced_by else "note_withdrawn"
        told = {**facts, "on": _shown(metric.withdrawn_on, locale), "other": metric.replaced_by}
        yield say("ui", code, locale, told)


def _within(kpi: KpiDefinition, text: str) -> bool:
    """Whether a day (of a month, its first) lies in the window after its first; a year or a version never does."""
    day = _day(text)
    return day is not None and kpi.start is not None and kpi.start < day and (kpi.due is None or day <= kpi.due)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        return None


def _shown(text: str, locale: str) -> str:
    day = _day(text)
    return text if day is None or len(text) == 7 else show_date(day, locale)
