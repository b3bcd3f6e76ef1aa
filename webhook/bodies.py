"""Bodies taken apart: what JSON may say to us, and nothing else. Pure; never raises on what a body holds."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

LONGEST_STATEMENT = 2000  # characters
MOST_CELLS = 60
LONGEST_ID = 200
_LANG = re.compile(r"(?:es|en)(?:[-_][A-Za-z]{2})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Cells = Mapping[str, str | float | bool | None]  # column key -> what the cell shows


@dataclass(frozen=True)
class Question:
    """What a check is about: a sentence, a row, or both."""

    statement: str | None
    row: Cells | None
    lang: str | None
    today: date | None


def json_object(body: bytes) -> Mapping[str, object] | None:
    """The body as a JSON object; None for anything else, numbers that JSON does not know included."""
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested deeper than anybody means
        return None
    return content if isinstance(content, dict) else None


def text_in(content: Mapping[str, object], name: str) -> str | None:
    """A field that must be a text without half characters; None when it is not."""
    found = content.get(name)
    return found if isinstance(found, str) and _is_whole(found) else None


def workbook_in(content: Mapping[str, object]) -> str | None:
    """The workbook's id that a body names."""
    named = text_in(content, "spreadsheetId")
    return named if named is not None and 1 <= len(named) <= LONGEST_ID else None


def question_of(content: Mapping[str, object]) -> Question | None:
    """The question of a check; None when a field does not have its form, or nothing is asked."""
    statement, row = content.get("statement"), content.get("row")
    if statement is None and row is None:
        return None
    if statement is not None and not (_is_text(statement) and len(str(statement)) <= LONGEST_STATEMENT):
        return None
    if row is not None and not _is_row(row):
        return None
    lang, today = content.get("lang"), content.get("today")
    if lang is not None and not (isinstance(lang, str) and _LANG.fullmatch(lang)):
        return None
    day = _day(today)
    if today is not None and day is None:
        return None
    return Question(statement, row, lang, day)  # type: ignore[arg-type]  # their forms were looked at just above


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and len(row) <= MOST_CELLS and all(_is_cell(cell) for cell in row.values())


def _is_cell(cell: object) -> bool:
    if cell is None or isinstance(cell, bool) or _is_text(cell):
        return True
    try:
        return isinstance(cell, int | float) and math.isfinite(float(cell))
    except OverflowError:  # a whole number with more digits than a double can hold
        return False


def _is_text(value: object) -> bool:
    return isinstance(value, str) and _is_whole(value)


def _is_whole(text: str) -> bool:
    r"""Whether every character is one: JSON can write half of a pair (\ud800), which no answer could carry."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _day(value: object) -> date | None:
    if not (isinstance(value, str) and _DAY.fullmatch(value)):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:  # the 31st of June
        return None


def _no_constant(text: str) -> NoReturn:
    raise ValueError(text)
