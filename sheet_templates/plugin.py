"""The plugin's generated files: Rules.gs and Words.gs from the YAML beside this. `python -m sheet_templates.plugin`.

Rules.gs holds what the plugin must know of the template (headings, choices, instant checks), Words.gs its sentences.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sheet_templates.layout import RANGE_PREFIX, Tab, headings, tabs, vocabulary
from sheet_templates.words import LANGUAGES, sentences

FOLDER = Path(__file__).parent / "apps_script"
CHOICES = ("direction", "measure_kind", "cadence", "stage")
TABS = ("kpis", "measurements", "surveys", "catalogue", "settings")
VERSION = "2"  # a whole number, one more for each release that changes a file of the plugin: doctor compares it
_HEAD = "// Made by `python -m sheet_templates.plugin`; change the YAML and run it again.\n"
_FIX = "fix."


@cache
def instant_rules() -> Mapping[str, Any]:
    """The instant checks as data: see the comments in instant.yaml."""
    text = (Path(__file__).parent / "instant.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def generated() -> dict[str, str]:
    """File name -> what it should hold."""
    return {"Rules.gs": _HEAD + _constant("RULES_", _rules()), "Words.gs": _HEAD + _constant("WORDS_", _words())}


def main() -> None:
    """Write the generated files."""
    for name, text in generated().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def _rules() -> dict[str, Any]:
    codes = sorted({rule["code"] for rule in instant_rules()["rows"]})
    return {
        "version": VERSION,
        "prefix": RANGE_PREFIX,
        "tabs": {key: _tab(tab) for key, tab in tabs().items() if key in TABS},
        "choices": {name: dict(vocabulary(name).codes) for name in CHOICES},
        "labels": {
            name: {language: _labels(name, language) for language in LANGUAGES} for name in ("status", *CHOICES)
        },
        "languages": dict(vocabulary("language").codes),
        "fixes": {code: _fix(code) for code in codes},
        "instant": dict(instant_rules()),
    }


def _tab(tab: Tab) -> dict[str, Any]:
    return {
        "id": tab.id,
        "title": dict(tab.title),
        "headings": dict(headings(tab.key)),
        "names": {column.key: dict(column.heading) for column in tab.columns},
        "persons": [column.key for column in tab.columns if column.of == "person" and column.key != "id"],
        "dates": [column.key for column in tab.columns if column.kind == "date" and column.of == "person"],
    }


def _labels(name: str, language: str) -> dict[str, str]:
    return {code: vocabulary(name).label(code, language) for code in vocabulary(name).words}


def _fix(code: str) -> Mapping[str, str]:
    """How to mend it: the plugin's own sentence where the service's holds facts that an instant check hasn't."""
    return sentences("plugin").get(_FIX + code) or sentences("issues")[code]


def _words() -> dict[str, dict[str, str]]:
    told = {code: words for code, words in sentences("plugin").items() if not code.startswith(_FIX)}
    return {language: {code: words[language] for code, words in told.items()} for language in LANGUAGES}


def _constant(name: str, value: Any) -> str:
    return f"const {name} = {json.dumps(value, ensure_ascii=False, indent=1)};\n"


if __name__ == "__main__":
    main()
