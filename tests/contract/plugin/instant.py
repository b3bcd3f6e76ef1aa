"""What a row, or a sentence, shows at once: letters that are lit, missing, or for the full rules to tell. Pure.

The plugin does the same while somebody types (sheet_templates/apps_script/Check.gs); both follow
sheet_templates/instant.yaml, and a test holds them together. They are conservative: "missing" only where the full rules
(sync/smart.py, sync/sentence) are sure to say so too, "ask" wherever they might differ.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sheet_templates.layout import tabs, vocabulary
from sheet_templates.plugin import CHOICES, instant_rules
from sync.dates_text import serial_of
from sync.model import CellValue

Letter = Literal["lit", "missing", "ask"]
Cells = Mapping[str, CellValue]  # column key -> what the cell holds
Rule = Mapping[str, Any]

_MARKS = re.compile("[\u0300-\u036f]")
_BLANKS = re.compile("[_ \t\n\r\f\v\u2000-\u200a\u202f\u205f\u3000\u00a0]+")
_SMALL = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
_DIGITS = re.compile("[0-9]{1,15}")
_ISO = re.compile("(20[0-9]{2})-([0-9]{2})-([0-9]{2})")
_NEAR = 1e-6
# What String.trim takes off in a script.
_STRIPPED = " \t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
_DATES = frozenset(column.key for column in tabs()["kpis"].columns if column.kind == "date" and column.of == "person")


@dataclass(frozen=True)
class InstantCheck:
    """The letters S, M, A, R, T, and what puts one out: (issue code, column key)."""

    letters: Mapping[str, Letter]
    fixes: tuple[tuple[str, str], ...] = ()


def instant_row(cells: Cells) -> InstantCheck:
    """The letters of a row. A day is its serial number or ISO text; choices are words in either language."""
    letters: dict[str, Letter] = dict.fromkeys("SMART", "lit")
    letters |= dict.fromkeys(instant_rules()["ask"], "ask")
    fixes = []
    for rule in instant_rules()["rows"]:
        fires, letter = _fires(rule, cells), rule["letter"]
        if fires is None and letters[letter] == "lit":
            letters[letter] = "ask"
        if fires:
            letters[letter] = "missing"
            fixes.append((rule["code"], rule["column"]))
    return InstantCheck(letters, tuple(fixes))


def instant_sentence(text: str) -> Mapping[str, Letter]:
    """The letters that a sentence shows."""
    folded, forms = plain_fold(text), instant_rules()["sentence"]
    if re.search(forms["lit"], folded):
        return {"S": "lit", "M": "lit", "A": "ask", "R": "ask", "T": "lit"}
    number: Letter = "ask" if re.search(forms["number"], folded) else "missing"
    time: Letter = "ask" if re.search(forms["time"], folded) else "missing"
    return {"S": "ask", "M": number, "A": "ask", "R": "ask", "T": time}


def plain_fold(text: str) -> str:
    """Small letters, no accents, single blanks, in the same way as a script does it: capitals of A to Z alone."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _BLANKS.sub(" ", plain.translate(_SMALL)).removeprefix(" ").removesuffix(" ")


def _fires(rule: Rule, cells: Cells) -> bool | None:
    """Whether a rule finds something missing; None when the row alone can't tell."""
    holds = _holds(rule, cells)
    if holds is False:
        return False
    found = _test(rule, cells)
    return None if holds is None and found is not False else found


def _holds(rule: Rule, cells: Cells) -> bool | None:
    """Whether the rule is about such a KPI at all, by its choices."""
    known = True
    for wanted, among in ((rule.get("only", {}), True), (rule.get("unless", {}), False)):
        for name, codes in wanted.items():
            code = _choice(name, cells.get(name))
            if code is None:
                known = False
            elif (code in codes) is not among:
                return False
    return True if known else None


def _test(rule: Rule, cells: Cells) -> bool | None:
    value, other = cells.get(rule["column"]), cells.get(rule.get("other", ""))
    match rule["test"]:
        case "empty":
            return _empty_test(rule["column"], value)
        case "not_after":
            return _fewer_days(value, other, 1)
        case "closer":
            return _closer(cells.get(rule["of"]), other, cells)
        case "share":
            return _share(_number(value), _number(other), cells.get("unit"))
    return _compare(rule["test"], value, other)


def _compare(test: str, value: CellValue, other: CellValue) -> bool | None:
    if _is_empty(value) or _is_empty(other):
        return False
    one, two = _number(value), _number(other)
    if one is None or two is None:
        return None
    if one != two and abs(one - two) <= _NEAR * max(abs(one), abs(two)):
        return None  # the full rules decide what counts as equal
    return {"equal": one == two, "below": one < two, "above": one > two}[test]


def _empty_test(column: str, value: CellValue) -> bool | None:
    """Nothing there? A failed formula, or a word that the choice doesn't know, is not ours to judge."""
    if _is_empty(value):
        return True
    if isinstance(value, str) and (not plain_fold(value) or value.strip(_STRIPPED).startswith("#")):
        return None
    if column in CHOICES:
        known: object = _choice(column, value)
    elif column in _DATES:
        known = _day(value)
    elif column in ("baseline", "target", "upper_limit"):
        known = _number(value)
    elif column == "source":
        known = True if isinstance(value, str) and plain_fold(value) in instant_rules()["sources"] else None
    else:
        known = True
    return None if known is None else False


def _fewer_days(value: CellValue, other: CellValue, least: int) -> bool | None:
    """Are two days fewer than `least` days apart? No day, no answer."""
    if _is_empty(value) or _is_empty(other):
        return False
    one, two = _day(value), _day(other)
    return None if one is None or two is None else one - two < least


def _closer(value: CellValue, other: CellValue, cells: Cells) -> bool | None:
    early = _fewer_days(value, other, 1)
    if early is not False or _is_empty(value) or _is_empty(other):
        return None if early is None else False
    cadence = _choice("cadence", cells.get("cadence"))
    return None if cadence is None else _fewer_days(value, other, instant_rules()["days"][cadence])


def _share(target: float | None, baseline: float | None, unit: CellValue) -> bool | None:
    """A percentage typed as 85 % arrives as 0.85."""
    if target is None or not 0 < target < 1:
        return False
    if not isinstance(unit, str) or unit.strip(_STRIPPED) != "%":
        return None if isinstance(unit, str) and "%" in unit else False
    return None if baseline is None else baseline < 1


def _number(value: CellValue) -> float | None:
    """A typed number, or a text of digits alone; None for anything that has to be read first."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return float(value) if _DIGITS.fullmatch(value) else None
    return float(value)


def _day(value: CellValue) -> int | None:
    """A day as a sheet counts it, from its serial number or ISO text. Bare years are left to the full rules."""
    if isinstance(value, str):
        found = _ISO.fullmatch(value)
        return _iso_day(found) if found else None
    number = _number(value)
    return int(number) if number is not None and 20000 <= number < 100000 else None


def _iso_day(found: re.Match[str]) -> int | None:
    try:
        return int(serial_of(date(int(found[1]), int(found[2]), int(found[3]))))
    except ValueError:
        return None


def _choice(name: str, value: CellValue) -> str | None:
    """The code of a chosen word; what an empty cell stands for, or ""; None for a word nobody knows."""
    if _is_empty(value):
        return str(instant_rules()["defaults"].get(name, ""))
    return vocabulary(name).codes.get(plain_fold(value)) if isinstance(value, str) else None


def _is_empty(value: CellValue) -> bool:
    return value is None or value == ""
