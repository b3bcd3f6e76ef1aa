"""The page about the embedded server says what the code does."""

from pathlib import Path
from textwrap import dedent

from sync.sheet.local.faults import read_file
from sync.sheet.local.manual import SECTIONS, filled

PAGE = Path(__file__).parents[2] / "docs" / "sheets-server.md"


def test_the_lists_in_the_page_are_made_from_the_code():
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"\n<!-- /{name} -->" in text for name in SECTIONS)
    assert text == filled(text), "run: python -m sync.sheet.local.manual docs/sheets-server.md"


def test_the_faults_file_in_the_page_is_taken_as_it_stands(tmp_path):
    shown = PAGE.read_text(encoding="utf-8").partition("from a YAML file:")[2].partition("`on` is")[0]
    file = tmp_path / "faults.yaml"
    file.write_text(dedent(shown), encoding="utf-8")
    rules = read_file(file).rules
    assert [(rule.on, rule.fault) for rule in rules] == [
        ("write", 503),
        ("any", 429),
        ("batchUpdate", "cut"),
        ("read", "hang"),
        ("write", "edit"),
    ]
