"""The page about the embedded server says what the code does."""

from pathlib import Path

from sync.sheet.local.manual import SECTIONS, filled

PAGE = Path(__file__).parents[2] / "docs" / "sheets-server.md"


def test_the_lists_in_the_page_are_made_from_the_code():
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"\n<!-- /{name} -->" in text for name in SECTIONS)
    assert text == filled(text), "run: python -m sync.sheet.local.manual docs/sheets-server.md"
