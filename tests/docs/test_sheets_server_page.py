"""The pages about the embedded server say what the code does, in both languages."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from sync.sheet.local.faults import read_file
from sync.sheet.local.manual import PAGES, filled, sections


def text_of(language: str) -> str:
    return PAGES[language].read_text(encoding="utf-8")


def code_of(language: str) -> list[str]:
    """Addresses, statuses and names in code marks: what no language changes."""
    return re.findall(r"/page/\w+|/_local/\w+|/upload/\S+/v\d|\b\d{3}\b|`[a-zA-Z_.]+`", text_of(language))


def faults_example(language: str) -> str:
    """The lines of the faults file that the page shows, as they stand."""
    lines = text_of(language).partition("\n    quota:")[2].partition("\n\n")[0].splitlines()
    return dedent("\n".join(["    quota:" + lines[0], *lines[1:]]))


@pytest.mark.parametrize("language", PAGES)
def test_the_lists_in_the_page_are_made_from_the_code(language: str) -> None:
    text = text_of(language)
    assert all(f"<!-- {name} -->\n" in text and f"\n<!-- /{name} -->" in text for name in sections(language))
    assert text == filled(text, language), "run: python -m sync.sheet.local.manual"


def test_each_page_says_done_and_refused_in_its_own_language() -> None:
    assert re.findall(r"^(\w+) \(\d+\):$", text_of("en"), re.MULTILINE) == ["Done", "Refused"]
    assert re.findall(r"^(\w+) \(\d+\):$", text_of("es"), re.MULTILINE) == ["Hechas", "Rechazadas"]


def test_both_pages_name_the_same_addresses_statuses_and_options() -> None:
    assert len(code_of("en")) > 200
    assert sorted(code_of("en")) == sorted(code_of("es"))


def test_each_page_leads_to_the_other() -> None:
    assert text_of("en").splitlines()[2] == "*[En español](sheets-server.es.md)*"
    assert text_of("es").splitlines()[2] == "*[In English](sheets-server.md)*"


@pytest.mark.parametrize("language", PAGES)
def test_the_faults_file_in_the_page_is_taken_as_it_stands(language: str, tmp_path: Path) -> None:
    file = tmp_path / "faults.yaml"
    file.write_text(faults_example(language), encoding="utf-8")
    rules = read_file(file).rules
    assert [(rule.on, rule.fault) for rule in rules] == [
        ("write", 503),
        ("any", 429),
        ("batchUpdate", "cut"),
        ("read", "hang"),
        ("write", "edit"),
    ]
