"""A verb typed with one slip: 'Incraese', 'Incremetar'. Pure."""

from functools import lru_cache

from sync.sentence.words.verbs import ENGLISH, SPANISH

_SHORTEST = 6  # one slip in a shorter word makes another word too easily ("grow", "crow")


def slipped_direction(word: str, lang: str) -> str | None:
    """The direction of the verb that a folded word misses by one letter (lost, added, changed or swapped), or None."""
    if len(word) < _SHORTEST:
        return None
    for base, direction in _bases(lang):
        if base != word and abs(len(base) - len(word)) <= 1 and _one_slip(word, base):
            return direction
    return None


@lru_cache(maxsize=2)
def _bases(lang: str) -> tuple[tuple[str, str], ...]:
    verbs = SPANISH if lang == "es" else ENGLISH
    return tuple((base, way) for way, bases in verbs.items() for base in bases if len(base) >= _SHORTEST)


def _one_slip(word: str, base: str) -> bool:
    """Whether one lost, added, changed or swapped letter lies between them."""
    at = next((i for i, (a, b) in enumerate(zip(word, base, strict=False)) if a != b), min(len(word), len(base)))
    if len(word) != len(base):
        longer, shorter = (word, base) if len(word) > len(base) else (base, word)
        return longer[at + 1 :] == shorter[at:]
    swapped = word[at : at + 2] == base[at : at + 2][::-1] and word[at + 2 :] == base[at + 2 :]
    return swapped or word[at + 1 :] == base[at + 1 :]
