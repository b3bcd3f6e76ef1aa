"""What each platform measures: dated facts about its metrics, and their meanings in Spanish and English.

Data, one YAML file a platform, read when a platform is first asked for. A date is a day, a month, a year, or a version
of the platform's interface (v22), as its makers tell it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sheet_templates.layout import Words, fold, vocabulary
from sheet_templates.words import say, show_date

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Change:
    """From this day on the platform counts otherwise under the same name."""

    on: str
    meaning: Words


@dataclass(frozen=True)
class Platform:
    """A platform: its key, its name, and how people call it."""

    key: str
    title: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class Metric:
    """One metric of one platform.

    `kind` is count, rate, currency, duration or score. `additive` is False where days must not be summed; `vanity` is
    True where the number says little by itself. `generic` is a name so common that people mean other things by it.
    """

    platform: str
    name: str
    meaning: Words
    stage: str
    kind: str
    additive: bool
    vanity: bool
    source_url: str
    available_from: str | None = None
    withdrawn_on: str | None = None
    replaced_by: str | None = None
    changes: tuple[Change, ...] = ()
    also: tuple[str, ...] = field(default=())
    generic: bool = False

    @property
    def withdrawn_day(self) -> date | None:
        """The day from which the platform gives it no more, where that is known to the day."""
        try:
            return None if self.withdrawn_on is None else date.fromisoformat(self.withdrawn_on)
        except ValueError:
            return None


@cache
def platforms() -> Mapping[str, Platform]:
    """Every platform of the catalogue by its key, in the order in which the workbook lists them."""
    return {
        key: Platform(key, entry["title"], tuple(fold(name) for name in entry["also"]))
        for key, entry in _load("platforms").items()
    }


@cache
def metrics(platform: str) -> Mapping[str, Metric]:
    """The metrics of one platform by their folded name. Raises KeyError for a platform that is not in the catalogue."""
    key = platforms()[platform].key
    return {fold(name): _metric(key, name, entry) for name, entry in _load(key).items()}


def find_metric(platform: str, name: str) -> Metric | None:
    """The metric of that name, or of one of the plain words for it, case and accents aside; None when unknown.

    Raises KeyError for an unknown platform.
    """
    known = metrics(platform)
    return known.get(fold(name)) or _plain_words(platform).get(fold(name))


def catalogue_rows(language: str, locale: str) -> list[tuple[str, str, str, str, str]]:
    """The Catalogue tab, row by row: platform, metric, what it means, stage, what changed."""
    stages = vocabulary("stage")
    return [
        (
            platform.title,
            metric.name,
            _meaning(metric, language, locale),
            stages.label(metric.stage, language),
            _changes(metric, language, locale),
        )
        for platform in platforms().values()
        for metric in metrics(platform.key).values()
    ]


def told_date(text: str, locale: str) -> str:
    """A day as the locale writes it; a year, a month or a version as it stands."""
    try:
        return show_date(date.fromisoformat(text), locale)
    except ValueError:
        return text


def _meaning(metric: Metric, language: str, locale: str) -> str:
    hints = ("catalogue_vanity", metric.vanity), ("catalogue_no_sum", not metric.additive and metric.kind == "count")
    return " ".join([metric.meaning[language], *(say("ui", code, locale) for code, holds in hints if holds)])


def _changes(metric: Metric, language: str, locale: str) -> str:
    lines = [f"{told_date(change.on, locale)}: {change.meaning[language]}" for change in metric.changes]
    if metric.available_from:
        lines.insert(0, say("ui", "catalogue_since", locale, {"since": told_date(metric.available_from, locale)}))
    if metric.withdrawn_on:
        code = "catalogue_replaced" if metric.replaced_by else "catalogue_withdrawn"
        facts = {"since": told_date(metric.withdrawn_on, locale), "other": metric.replaced_by}
        lines.append(say("ui", code, locale, facts))
    return "\n".join(lines)


@cache
def _plain_words(platform: str) -> Mapping[str, Metric]:
    return {fold(word): metric for metric in metrics(platform).values() for word in metric.also}


def _metric(platform: str, name: str, entry: Mapping[str, Any]) -> Metric:
    changes = tuple(Change(one["from"], {"es": one["es"], "en": one["en"]}) for one in entry.get("changes", ()))
    rest = {key: value for key, value in entry.items() if key not in ("es", "en", "also", "changes")}
    meaning, also = {"es": entry["es"], "en": entry["en"]}, tuple(entry.get("also", ()))
    return Metric(platform=platform, name=name, meaning=meaning, changes=changes, also=also, **rest)


@cache
def _load(name: str) -> Any:
    return yaml.load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
