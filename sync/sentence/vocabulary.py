"""Whether words name a quantity or only a concept. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from sync.sentence.words.metrics import (
    CONCEPTS,
    LOWER_IS_BETTER,
    QUANTITIES,
    SCORED_CONCEPTS,
    SELF_SUFFICIENT,
)


def _lexicon(entries: Iterable[str]) -> re.Pattern[str]:
    """Entries as whole words, plurals understood: 'venta(s)', 'conversion(es)', 'visibilit(y|ies)', 'voz/voces'."""
    forms = "|".join(_plural(entry) for entry in sorted(set(entries), key=lambda e: (-len(e), e)))
    return re.compile(rf"(?<![a-z])(?:{forms})(?![a-z])")


def _plural(entry: str) -> str:
    literal = re.escape(entry)
    return literal[:-1] + "(?:y|ies)" if entry.endswith("y") else literal + "(?:s|es)?"


_QUANTITY = _lexicon(QUANTITIES)
_SELF = _lexicon(SELF_SUFFICIENT)
_CONCEPT = _lexicon(CONCEPTS)
_SCORED = _lexicon(SCORED_CONCEPTS)
_LOWER = _lexicon(LOWER_IS_BETTER)


@lru_cache(maxsize=4096)
def names_quantity(folded: str) -> bool:
    """Whether a measurable quantity is named in the words."""
    return _QUANTITY.search(folded) is not None


@lru_cache(maxsize=4096)
def self_sufficient(folded: str) -> bool:
    """Whether the words name a quantity that needs no further phrase ('sales', 'tasa de rebote')."""
    return _SELF.search(folded) is not None


def lower_is_better(folded: str) -> bool:
    """Whether less of it is better."""
    return _LOWER.search(folded) is not None


def is_specific(folded: str, target_kind: str, unit: str | None) -> bool:
    """Whether the words name something that can be counted, given the number that stands beside them.

    With a number an unknown noun is believed to be countable; without one only known quantities are.
    """
    if not folded:
        return False
    concept = _CONCEPT.search(folded) is not None
    if target_kind in ("absolute", "delta", "range") and unit not in ("%", "points", "x"):
        return folded not in _ANAPHORS
    if target_kind == "none":
        return names_quantity(folded) and not _only_concept(folded)
    if names_quantity(folded) and not _only_concept(folded):
        return True
    if not concept:
        return True
    return _SCORED.search(folded) is not None and (target_kind != "relative_percent" or unit != "%")


def _only_concept(folded: str) -> bool:
    """Whether a concept swallows every quantity word: 'reconocimiento de marca', 'customer loyalty', 'client experience'."""
    concept = _CONCEPT.search(folded)
    if concept is None:
        return False
    rest = _PEOPLE.sub(" ", _CONCEPT.sub(" ", folded))
    return not names_quantity(rest)


_ANAPHORS = frozenset({"it", "them", "ello", "esto", "this", "that", "eso"})

_PEOPLE = re.compile(
    r"(?<![a-z])(?:customer|client|user|employee|member|patient|student|cliente|usuario|empleado|miembro|paciente|alumno|"
    r"estudiante|consumidor|consumer|persona|people|staff|audience|visitor|visitante|ciudadano|citizen|company|empresa|sale|venta|"
    r"post|video|email|store|page|pagina|market share)e?s?(?![a-z])"
)
