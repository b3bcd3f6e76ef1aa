"""The workbook's layout as values: tabs, columns and the words that cells choose from. Read from the YAML beside it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent
RANGE_PREFIX = "semaforo_"
_NEAR = 0.7  # of 1, as difflib counts: from here on one word may be a slip of another
_LONGEST_WORD = 60  # characters; a longer text is a slip of none

Words = Mapping[str, str]  # language -> text


@dataclass(frozen=True)
class Column:
    """One column of a tab. `of` says who writes in it: person, ours, or guard (nobody)."""

    key: str
    kind: str
    heading: Words
    width: int
    of: str = "person"
    note: Words = field(default_factory=dict)
    hidden: bool = False
    choice: str | None = None  # a vocabulary's name
    list: str | None = None  # tab.column of another tab


@dataclass(frozen=True)
class Tab:
    """One tab: its table starts with a row of headings."""

    key: str
    id: int
    title: Words
    of: str
    rows: int
    columns: tuple[Column, ...]
    frozen: int = 0
    hidden: bool = False
    shown_once_filled: bool = False  # a hidden tab that comes into view with the first line that we write into it

    @property
    def range_name(self) -> str:
        """The named range of the table, heading included."""
        return RANGE_PREFIX + self.key

    @property
    def ours(self) -> tuple[Column, ...]:
        """The columns that we write, in the template's order."""
        return tuple(column for column in self.columns if column.of == "ours")

    def column(self, key: str) -> Column:
        """The column of that key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(f"{self.key}.{key}")

    def position(self, key: str) -> int:
        """Where the template puts a column, 0-based. Raises KeyError."""
        return self.columns.index(self.column(key))


@dataclass(frozen=True)
class Vocabulary:
    """The words of one choice: code -> {es, en, symbol?}; `codes` finds a code by any spelling, folded."""

    words: Mapping[str, Mapping[str, Any]]
    codes: Mapping[str, str]

    def code(self, text: str) -> str | None:
        """The code that a person's word means, in either language; None when there is no such word."""
        return self.codes.get(fold(text))

    def near(self, text: str) -> str | None:
        """The code whose word a person most likely meant, in either language; None where no word is near."""
        found = get_close_matches(fold(text[:_LONGEST_WORD]), list(self.codes), n=1, cutoff=_NEAR)
        return self.codes[found[0]] if found else None

    def label(self, code: str, language: str) -> str:
        """The word as the workbook shows it, its symbol first. Raises KeyError."""
        word = self.words[code]
        return f"{word['symbol']} {word[language]}" if "symbol" in word else str(word[language])

    def labels(self, language: str) -> tuple[str, ...]:
        """Every word, for a drop-down."""
        return tuple(self.label(code, language) for code in self.words)


@cache
def tabs() -> Mapping[str, Tab]:
    """Every tab of the template in the order in which the workbook shows them."""
    return {entry["key"]: _tab(entry) for entry in _load("workbook.yaml")}


@cache
def vocabulary(name: str) -> Vocabulary:
    """The words of one choice. Raises KeyError."""
    words = _load("vocabulary.yaml")[name]
    codes: dict[str, str] = {}
    for code, word in words.items():
        for spelling in (code, word["es"], word["en"], *word.get("also", ())):
            codes.setdefault(fold(str(spelling)), code)
            if "symbol" in word:
                codes.setdefault(fold(f"{word['symbol']} {spelling}"), code)
    return Vocabulary(words, codes)


@cache
def headings(tab_key: str) -> Mapping[str, str]:
    """Folded heading, in either language -> column key."""
    return {fold(text): column.key for column in tabs()[tab_key].columns for text in column.heading.values()}


_SEPARATORS = re.compile(r"[\s_-]+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The part of a word that counts: «Año_2026 » and "ano 2026" are one. How people's words are compared."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return _SEPARATORS.sub(" ", bare.casefold()).strip()


def _tab(entry: dict[str, Any]) -> Tab:
    columns = tuple(Column(**{"of": entry["of"], **column}) for column in entry["columns"])
    return Tab(**{**entry, "columns": columns})


@cache
def _load(name: str) -> Any:
    return yaml.load((_HERE / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
