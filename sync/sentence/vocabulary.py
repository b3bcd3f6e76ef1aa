"""Whether words name a quantity or only a concept. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from sync.sentence.words.metrics import (
    CONCEPTS,
    LOWER_IS_BETTER,
    OBJECTS,
    QUANTITIES,
    SELF_SUFFICIENT,
)


def _lexicon(entries: Iterable[str]) -> re.Pattern[str]:
    """Entries as whole words, plurals understood: 'venta(s)', 'conversion(es)', 'visibilit(y|ies)', 'voz/voces'."""
    forms = "|".join(_plural(entry) for entry in sorted(set(entries), key=lambda e: (-len(e), e)))
    return re.compile(rf"(?<![a-z])(?:{forms})(?![a-z])")


def _plural(entry: str) -> str:
    *first, last = entry.split(" ")
    literal = "".join(re.escape(word) + "(?:s|es)? " for word in first) + re.escape(last)
    return literal[:-1] + "(?:y|ies)" if entry.endswith("y") else literal + "(?:s|es)?"


_QUANTITY = _lexicon(QUANTITIES)
_SELF = _lexicon(SELF_SUFFICIENT)
_CONCEPT = _lexicon(CONCEPTS)
_OBJECT = _lexicon(OBJECTS)
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


def is_specific(folded: str, lang: str, target_kind: str, unit: str | None) -> bool:
    """Whether the words name something that can be counted, given the number that stands beside them.

    With a number an unknown noun is believed to be countable; without one only known quantities are.
    """
    if not folded or _ANAPHOR.match(folded):
        return False
    if target_kind in ("absolute", "delta", "range") and unit not in ("%", "points", "x"):
        return True
    quantity, concept = _head(folded, lang)
    if target_kind == "none":
        return quantity or (not concept and names_quantity(folded))
    return quantity or names_quantity(folded) or not _OBJECT.fullmatch(folded)


# "it", "ese porcentaje": they point at a quantity named elsewhere.
_ANAPHOR = re.compile(
    r"(?:it|them|ello|esto|eso|this|that|these|those|lo|la|los|las)$|(?:ese|esa|esos|esas|dich[oa]s?|est[ea]"
    r"|that|this|said) "
    r"(?:porcentaje|numero|cifra|cantidad|tasa|valor|percentage|number|figure|amount|rate|metric|indicador|resultado)"
)
_AFTER_HEAD = {
    "es": re.compile(r" (?:de|del|en|con|para|por|a|al|como|hacia|entre) "),
    "en": re.compile(r" (?:of|in|for|to|on|from|with|at|among|as|per|by|across) "),
}


def _head(folded: str, lang: str) -> tuple[bool, bool]:
    """Whether the head noun is a quantity, whether it is a concept.

    Spanish names the head first ('visitas web'), English last ('website visits'), both before the first preposition.
    """
    cut = _AFTER_HEAD[lang].search(folded)
    head = folded[: cut.start()] if cut else folded
    quantities = [m.span() for m in _QUANTITY.finditer(head)]
    concepts = [m.span() for m in _CONCEPT.finditer(head)]
    if lang == "es":
        first_quantity, first_concept = (min(found)[0] if found else len(head) for found in (quantities, concepts))
        return first_quantity < first_concept, first_concept <= first_quantity and bool(concepts)
    last_quantity, last_concept = (max(e for _, e in found) if found else -1 for found in (quantities, concepts))
    return last_quantity > last_concept, last_concept >= last_quantity and bool(concepts)
