"""Names that people type and machines print: the same although case, accents and blanks differ. Pure."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from sheet_templates.layout import fold

__all__ = ["fold", "nearest", "shown"]  # fold is the one way in which names are compared

_CONTROL = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LONGEST_SHOWN = 40


def nearest(wanted: str, names: Iterable[str], count: int = 3) -> str:
    """The `count` names most like `wanted`, best first, as text for a sentence."""
    target = fold(wanted)[:100]
    unique = dict.fromkeys(name for name in names if name.strip())
    ranked = sorted(list(unique)[:500], key=lambda name: -SequenceMatcher(None, target, fold(name)[:100]).ratio())
    return ", ".join(shown(name) for name in ranked[:count]) or "–"


def shown(text: str, longest: int = _LONGEST_SHOWN) -> str:
    """Text from outside, fit for a sentence: one line, no invisible characters, not long."""
    clean = " ".join(_CONTROL.sub(" ", text).split())
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"
