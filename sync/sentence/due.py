"""Which time expression is the deadline, which the start, and the cadence of the measure. Pure."""

import re
from datetime import date

from sync.sentence.context import Findings
from sync.sentence.model import DateMention, Target
from sync.sentence.words.units import CADENCES

_CADENCE_OF = {word: name for name, entries in CADENCES.items() for word in entries}
_ADVERB = re.compile(
    r"(?<![a-z])(?P<w>daily|diari[oa]s?|diariamente|weekly|semanal(?:es|mente)?|monthly|mensual(?:es|mente)?|quarterly|"
    r"trimestral(?:es|mente)?|semestral(?:es)?|annual(?:ly)?|yearly|anual(?:es|mente)?|quincenal(?:es)?|biweekly"
    r"|per annum)(?![a-z])"
)


def find_due(found: Findings, target: Target, today: date) -> DateMention | None:
    """The deadline: a calendar date before a duration, a governed one before a bare one, the nearest to the target."""
    candidates = [
        d for d in found.dates if d.role in ("due", "hint") and not _dates_the_baseline(found, d, target, today)
    ]
    if not candidates:
        return None
    return min(candidates, key=lambda d: _rank(d, target))


def _rank(mention: DateMention, target: Target) -> tuple[int, int, int, int]:
    unresolved = 2 if mention.last is None else 0
    bare = 1 if mention.role == "hint" else 0
    before = 1 if target.end > 0 and mention.start < target.end and mention.start > target.start else 0
    return (unresolved + bare, 0 if mention.explicit else 1, before + (0 if mention.marked else 1), mention.start)


def _dates_the_baseline(found: Findings, mention: DateMention, target: Target, today: date) -> bool:
    """'from 699 kg in 2014 to 490 kg': a past year inside the pair says when the baseline was read."""
    inside = target.start <= mention.start < target.end
    return inside and mention.explicit and mention.last is not None and mention.last < today


def find_start(found: Findings) -> date | None:
    """The first day of the window, where one is named."""
    return next((d.first for d in found.dates if d.role == "start"), None)


def find_period(found: Findings) -> str | None:
    """How often the measure is taken or the target falls due: day, week, month, quarter, half_year, year."""
    for mention in found.dates:
        if mention.role == "cadence":
            for word in re.findall("[a-z]+", found.folded[mention.start : mention.end]):
                if name := _CADENCE_OF.get(word) or _CADENCE_OF.get(word.rstrip("s")):
                    return name
    adverb = _ADVERB.search(found.folded)
    return _CADENCE_OF.get(adverb["w"]) if adverb else None
