"""The words of the Guide and Settings tabs, from the YAML beside this file. Pure but for reading that YAML once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from sheet_templates.layout import tabs, vocabulary

_HERE = Path(__file__).parent


def guide_rows(language: str) -> list[tuple[str, str]]:
    """The Guide tab, row by row: the step's title and its text. Raises KeyError for a language without words."""
    names = _names(language)
    return [(entry["step"][language], entry["text"][language].format_map(names)) for entry in _load("guide.yaml")]


def settings_rows(language: str, locale: str, timezone: str, service_url: str = "") -> list[tuple[str, str, str, str]]:
    """The Settings tab, row by row: key, what is set, its first value as a person types it, what it does.

    Raises KeyError for a language without words.
    """
    spoken = vocabulary("language").label(language, language)
    values = {"language": spoken, "locale": locale, "timezone": timezone, "service_url": service_url}
    return [
        (key, entry["setting"][language], entry["value"][language].format_map(values), entry["meaning"][language])
        for key, entry in _load("settings_rows.yaml").items()
    ]


def _names(language: str) -> Mapping[str, Any]:
    """What the Guide's braces stand for: status words by their code, and tabs, headings and stages by their key."""
    stages = vocabulary("stage")
    return {
        **{code: vocabulary("status").label(code, language) for code in vocabulary("status").words},
        "tab": SimpleNamespace(**{key: tab.title[language] for key, tab in tabs().items()}),
        "column": SimpleNamespace(**{column.key: column.heading[language] for column in tabs()["kpis"].columns}),
        "stage": SimpleNamespace(**{code: stages.label(code, language) for code in stages.words}),
    }


@cache
def _load(name: str) -> Any:
    return yaml.load((_HERE / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
