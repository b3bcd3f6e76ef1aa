"""Text made even before it is read: same length, no accents, single blanks; and which language it is. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from sync.sentence.words.grammar import TELLTALE

MAX_CHARS = 2000
"""What lies beyond this is not read: a cell may hold 50,000 characters, a goal is one sentence."""

_BLANKS = re.compile(r"[\s\u200b\u200e\u200f\ufeff\u2060]+")
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-", "‑": "-"}
)
_WORD = re.compile(r"[a-z]+")


def tidy(text: str) -> str:
    """Single blanks (the ones of other widths too), one kind of quote and dash, at most MAX_CHARS characters."""
    even = unicodedata.normalize("NFC", text[: MAX_CHARS * 4]).translate(_SAME)
    return _BLANKS.sub(" ", even).strip()[:MAX_CHARS]


class _Folds(dict[int, str]):
    """Character -> its small letter without accent, always one character, found on first use."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = folded = base if len(base) == 1 else chr(code)
        return folded


_FOLDS = _Folds({ord(c): c for c in "ºª€£$%½"})


def fold(text: str) -> str:
    """Small letters without accents; every character stays where it was, so offsets hold in both."""
    return text.translate(_FOLDS)


def words(folded: str) -> list[str]:
    """The words of a folded text."""
    return _WORD.findall(folded)


def detect_language(text: str) -> str:
    """'es' or 'en', by the function words of each and by how the text opens; Spanish letters break a tie, then 'en'."""
    folded = fold(text)
    found = set(words(folded))
    spanish, english = (len(found & TELLTALE[lang]) for lang in ("es", "en"))
    spanish += 2 * bool(_INFINITIVE.match(folded) and not _NOT_INFINITIVE.match(folded)) + len(
        _SPANISH_ENDING.findall(folded)
    )
    if spanish == english:
        return "es" if re.search("[ñáéíóúü¿¡]", text.lower()) else "en"
    return "es" if spanish > english else "en"


_INFINITIVE = re.compile(r"[^a-z]*[a-z]{2,}(?:ar|er|ir)(?:l[aeo]s?|nos|se)?(?![a-z])")
_NOT_INFINITIVE = re.compile(
    r"[^a-z]*(?:deliver|offer|answer|cover|recover|lower|over|after|under|monitor|number|register|customer|user"
    r"|order|her|their|for|our|"
    r"consider|foster|discover|clear|four|per|quarter|newsletter|twitter|other|transfer|cater|volunteer|december"
    r"|october|ever|whether|year|"
    r"web|better|higher|fewer|greater|bar|car|air|stir|hir|gather|enter|trigger|alter|power|career|water|paper"
    r"|dollar|webinar|seminar)(?![a-z])"
)
_SPANISH_ENDING = re.compile(r"(?:cion|ciones|idad|miento|amiento|imiento)(?![a-z])")


def any_of(entries: Iterable[str]) -> str:
    """A regex group of literal entries, longest first so that 'tik tok' wins over 'tik'."""
    return "(?:" + "|".join(re.escape(e) for e in sorted(set(entries), key=lambda e: (-len(e), e))) + ")"


def one_of(patterns: Iterable[str]) -> str:
    """A regex group of entries that are patterns themselves, longest first."""
    return "(?:" + "|".join(sorted(set(patterns), key=lambda e: (-len(e), e))) + ")"
