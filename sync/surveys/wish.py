"""What a KPI's filter says beside conditions on columns: the minimum of answers, and the words to look for. Pure."""

from dataclasses import dataclass

from sheet_templates.layout import fold

MINIMUM = 30  # of fewer answers a share may be off by 17 points either way, a net score by 25
LEAST, MOST = 2, 100_000  # what an owner may ask for instead; a single answer has no spread

_MINIMUM_NAMES = frozenset(("min n", "minimo n", "n min", "n minimo", "minimo", "minimum", "min", "minimum n", "n"))
_WORD_NAMES = frozenset(("palabras", "palabra", "words", "word"))
COMMENTS = frozenset(("comentarios", "comentario", "comments", "comment"))  # metrics that mean what people wrote


@dataclass(frozen=True)
class Wish:
    """`rest` are the parts that ask for columns; `bad` the first part that can't be understood."""

    minimum: int = MINIMUM
    words: str | None = None
    rest: str = ""
    bad: str | None = None


def read_wish(text: str | None) -> Wish:
    """`min n=20; palabras=lento, espera; comentario=web`."""
    minimum, words, rest, bad = MINIMUM, None, [], None
    for part in (text or "").split(";"):
        name, equals, value = part.partition("=")
        key = fold(name)
        if equals and key in _MINIMUM_NAMES:
            number = _whole(value)
            minimum, bad = (minimum, part.strip()) if number is None else (number, bad)
        elif equals and key in _WORD_NAMES:
            words = value
        elif part.strip():
            rest.append(part)
    return Wish(minimum, words, ";".join(rest), bad)


def means_comments(metric: str) -> bool:
    """Whether a metric asks for the comments of every question."""
    return fold(metric) in COMMENTS


def _whole(text: str) -> int | None:
    clean = text.strip()
    number = int(clean) if clean.isascii() and clean.isdigit() and len(clean) < 7 else 0
    return number if LEAST <= number <= MOST else None
