"""The Guide's and the Settings' words."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import sheet_templates
from sheet_templates.guide import guide_rows, settings_rows
from sheet_templates.layout import tabs, vocabulary
from sync.model import Table
from sync.parse import read_settings_tab

HERE = Path(sheet_templates.__file__).parent
TEXTS = ("guide.yaml", "settings_rows.yaml", "sample/words.yaml", "sample/kpis.yaml")


def in_one_language_only(node: Any, path: str = "") -> list[str]:
    """The places where a text stands in Spanish or English but not in both."""
    if isinstance(node, list):
        return [place for at, item in enumerate(node) for place in in_one_language_only(item, f"{path}[{at}]")]
    if not isinstance(node, dict):
        return []
    if {"es", "en"} & node.keys():
        return [] if node.get("es") and node.get("en") and len(node) == 2 else [path]
    return [place for key, item in node.items() for place in in_one_language_only(item, f"{path}.{key}")]


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_is_missing_in_one_language(name: str) -> None:
    assert in_one_language_only(yaml.safe_load((HERE / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_guide_is_short_and_every_brace_is_filled(language: str) -> None:
    rows = guide_rows(language)
    assert 10 <= len(rows) <= 16
    assert len(rows) <= tabs()["guide"].rows
    for step, text in rows:
        assert 0 < len(step) <= 45
        assert 100 <= len(text) <= 650
        assert not set("{}") & set(text)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_guide_explains_every_status_word_and_every_stage(language: str) -> None:
    text = " ".join(text for _, text in guide_rows(language))
    for name in ("status", "stage"):
        for label in vocabulary(name).labels(language):
            assert label in text


def test_both_guides_take_the_same_steps_in_their_own_words() -> None:
    spanish, english = guide_rows("es"), guide_rows("en")
    assert len(spanish) == len(english)
    assert not {text for _, text in spanish} & {text for _, text in english}


@pytest.mark.parametrize(("language", "locale"), [("es", "es_MX"), ("en", "en_GB")])
def test_the_settings_rows_are_read_back_as_what_was_asked_for(language: str, locale: str) -> None:
    rows = settings_rows(language, locale, "America/Bogota")
    columns = tuple(
        (column.key, *cells) for column, cells in zip(tabs()["settings"].columns, zip(*rows, strict=True), strict=True)
    )
    keys = {column.key: place for place, column in enumerate(tabs()["settings"].columns)}
    settings = read_settings_tab(Table("settings", "Ajustes", 1, 0, 0, columns, keys))
    assert (settings.language, settings.locale, settings.timezone) == (language, locale, "America/Bogota")
    assert settings.fill_proposals is False


def test_a_language_without_words_is_told() -> None:
    with pytest.raises(KeyError):
        guide_rows("fr")
