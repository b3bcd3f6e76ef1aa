"""Builders shared by the sentence tests."""

from collections.abc import Callable
from datetime import date

import pytest

from sync.sentence import ParsedSentence, parse_sentence

TODAY = date(2026, 1, 15)


@pytest.fixture
def parse() -> Callable[..., ParsedSentence]:
    """Parses a sentence on 15 January 2026, a Thursday."""

    def _parse(text: str, lang: str | None = None, today: date = TODAY) -> ParsedSentence:
        return parse_sentence(text, today, lang)

    return _parse
