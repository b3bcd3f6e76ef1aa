"""Words that an owner lists, found in what people said: without case and accents, whole words, simple plurals. Pure."""

import re
from collections.abc import Callable

from sheet_templates.layout import fold

_WORD = re.compile(r"\w+")


def finder(listed: str) -> Callable[[str], bool] | None:
    """`lento, mala atención, cola` -> whether a comment holds any of them; None where no word is listed.

    Plurals by s, es, and ces of z (y, ies in English) go both ways: cola and colas, vez and veces, delay and delays.
    """
    themes = [forms for theme in listed.split(",") if (forms := [_forms(word) for word in _words(theme)])]
    if not themes:
        return None

    def holds(comment: str) -> bool:
        said = _words(comment)
        return any(_occurs(theme, said) for theme in themes)

    return holds


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _occurs(theme: list[frozenset[str]], said: list[str]) -> bool:
    """Whether the words of a theme stand side by side in what was said."""
    starts = range(len(said) - len(theme) + 1)
    return any(all(said[start + at] in forms for at, forms in enumerate(theme)) for start in starts)


def _forms(word: str) -> frozenset[str]:
    """A word with its plural, and its singular where it looks like a plural itself."""
    found = {word, word + "s", word + "es"}
    if word.endswith("z"):
        found.add(word[:-1] + "ces")
    if word.endswith("y"):
        found.add(word[:-1] + "ies")
    for ending, instead in (("s", ""), ("es", ""), ("ces", "z"), ("ies", "y")):
        if word.endswith(ending) and len(word) >= 4:  # "es" and "los" are no plurals of "e" and "lo"
            found.add(word[: -len(ending)] + instead)
    return frozenset(found)
