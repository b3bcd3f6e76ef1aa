"""Numbers written as words, in Spanish and English: 'cuarenta mil', 'two hundred and fifty'. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sync.sentence.text import any_of
from sync.sentence.words.numbers import ARTICLES, PHRASES, SCALES, UNITS

_TOKEN = re.compile(r"[a-z]+")
_LARGEST = 1e15
_JOINERS = {"es": ("y",), "en": ("and",)}


@dataclass(frozen=True, slots=True)
class WordNumber:
    """A number written in words and where it stands."""

    start: int
    end: int
    value: float


_STARTS = {
    lang: re.compile(
        rf"(?<![a-z0-9])(?:{any_of(PHRASES[lang])}|{any_of(set(UNITS[lang]) | set(SCALES[lang]))})(?![a-z0-9])"
    )
    for lang in ("es", "en")
}


def word_numbers(folded: str, lang: str) -> Iterator[WordNumber]:
    """The word numbers of a folded text, left to right, none inside another."""
    at = 0
    while (found := _STARTS[lang].search(folded, at)) is not None:
        number = _phrase(found, lang) or _compound(folded, found.start(), lang)
        if number is not None:
            yield number
        at = number.end if number is not None else found.end()


def _phrase(found: re.Match[str], lang: str) -> WordNumber | None:
    value = PHRASES[lang].get(found.group())
    return None if value is None else WordNumber(found.start(), found.end(), value)


def _compound(folded: str, start: int, lang: str) -> WordNumber | None:
    """Reads word after word as people count: units add up, a scale multiplies what stands before it."""
    total = group = 0.0
    seen: list[str] = []
    end = at = start
    while (token := _next(folded, at)) is not None:
        word = token.group()
        if word in UNITS[lang] and _adds(seen, word, lang):
            group += UNITS[lang][word]
        elif word in SCALES[lang]:
            total, group = _scaled(total, group, SCALES[lang][word])
            if total + group > _LARGEST:
                return None
        elif word in _JOINERS[lang] and seen and _joins(folded, token.end(), lang):
            at = token.end()
            continue
        else:
            break
        seen.append(word)
        end = at = token.end()
    if not seen or (len(seen) == 1 and not _stands_alone(seen[0])):
        return None
    return WordNumber(start, end, total + group)


def _next(folded: str, at: int) -> re.Match[str] | None:
    """The word at `at`, after a blank or a hyphen at most."""
    return _TOKEN.match(folded, at + 1 if folded[at : at + 1] in (" ", "-") else at)


def _adds(seen: list[str], word: str, lang: str) -> bool:
    """Whether a unit may follow: 'twenty five', 'cien treinta', 'mil dos'; not 'two three' nor 'cinco veinte'."""
    if not seen:
        return True
    last, value = seen[-1], UNITS[lang][word]
    if word in ARTICLES and lang == "en":
        return False
    if last in SCALES[lang]:
        return SCALES[lang][last] > value
    return (UNITS[lang][last] >= 20 and value < 10) or (UNITS[lang][last] >= 100 and value < 100)


def _scaled(total: float, group: float, scale: float) -> tuple[float, float]:
    if scale == 100:  # "two hundred thousand": the hundred stays in the group
        return total, (group or 1) * scale
    if scale >= 1e6 and total and not group:  # "mil millones"
        return total * scale, 0.0
    return total + (group or 1) * scale, 0.0


def _joins(folded: str, at: int, lang: str) -> bool:
    """Whether a number word follows 'y' or 'and'."""
    token = _next(folded, at)
    return token is not None and token.group() in UNITS[lang] and token.group() not in ARTICLES


def _stands_alone(word: str) -> bool:
    return word not in ARTICLES and not word.endswith(("illones", "dozen", "docenas", "decenas", "ares", "hundred",
                                                       "million", "billion", "trillion", "thousand"))  # fmt: skip
