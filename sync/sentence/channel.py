"""The channel a goal speaks of. Pure."""

import re

from sync.sentence.text import any_of
from sync.sentence.words.channels import CHANNELS

_PATTERNS = tuple((name, re.compile(rf"(?<![a-z0-9-]){any_of(entries)}(?![a-z0-9])")) for name, entries in CHANNELS)


def find_channel(folded: str) -> str | None:
    """The most telling channel named in a folded text, or None."""
    return next((name for name, pattern in _PATTERNS if pattern.search(folded)), None)
