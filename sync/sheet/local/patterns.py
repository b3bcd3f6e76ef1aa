"""Number formats: a serial or a number and a pattern, to the text in the cell.

Patterns: https://developers.google.com/workspace/sheets/api/guides/formats
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from .locales import MONTHS, WEEKDAYS, Locale

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<tone>[^\]]*)\]'
    r"|(?P<half>am/pm|a/p)|(?P<date>y+|m+|d+|h+|s+)|(?P<power>e[+-]0+)|(?P<number>[0#?][0#?,]*|\.[0#?]*,*)"
    r"|(?P<percent>%)|(?P<text>@)|_(?P<skip>.)|\*(?P<fill>.)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
BASE = datetime(1899, 12, 30)  # noqa: DTZ001 - serial days carry no zone


class Token(NamedTuple):
    kind: str
    text: str


class Section(NamedTuple):
    """One part between semicolons. `condition` is (sign, limit) for a part such as [>100]."""

    tokens: tuple[Token, ...]
    is_date: bool
    condition: tuple[str, float] | None


CONDITION = re.compile(r"(<=|>=|<>|=|<|>)(-?[0-9.]+)")


@lru_cache(maxsize=512)
def sections(pattern: str) -> tuple[Section, ...]:
    """The pattern, cut and read once."""
    return tuple(_section(part) for part in _split(pattern))


def _split(pattern: str) -> list[str]:
    parts, quoted, skip = [""], False, False
    for sign in pattern:
        if skip:
            skip = False
        elif sign == "\\":
            skip = True
        elif sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted:
            parts.append("")
            continue
        parts[-1] += sign
    return parts


def _section(text: str) -> Section:
    tokens: list[Token] = []
    condition = None
    for found in TOKEN.finditer(text):
        kind = found.lastgroup or "other"
        value = found[kind]
        if kind == "tone":
            limit = CONDITION.fullmatch(value)
            condition = (limit[1], float(limit[2])) if limit else condition
        elif kind in ("quoted", "escaped", "money", "other"):
            tokens.append(Token("literal", value))
        else:
            tokens.append(Token(kind, value.lower() if kind in ("date", "elapsed") else value))
    is_date = any(token.kind in ("date", "elapsed", "half") for token in tokens)
    return Section(tuple(_minutes(tokens)), is_date, condition)


def _minutes(tokens: list[Token]) -> list[Token]:
    """An m beside hours or seconds means minutes."""
    out = list(tokens)
    clock = [n for n, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    for order, place in enumerate(clock):
        if tokens[place].kind != "date" or not tokens[place].text.startswith("m") or len(tokens[place].text) > 2:
            continue
        before = tokens[clock[order - 1]].text if order else ""
        after = tokens[clock[order + 1]].text if order + 1 < len(clock) else ""
        if before.startswith("h") or after.startswith("s"):
            out[place] = Token("minute", tokens[place].text)
    return out


def show_number(number: float, pattern: str, locale: Locale) -> str:
    """The number in the pattern. A pattern that asks for too much falls back to the plain form."""
    if not pattern or pattern.lower() == "general":
        return general(number, locale)
    section, signed = _choose(sections(pattern), number)
    if section is None:
        return general(number, locale)
    if section.is_date:
        return _show_moment(number, section, locale)
    return _show_figures(number if signed else abs(number), section, locale)


COMPARE = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


def _choose(parts: tuple[Section, ...], number: float) -> tuple[Section | None, bool]:
    """The section for this number, and whether its minus sign is still to be shown."""
    if any(part.condition for part in parts):
        for part in parts:
            if part.condition is None or COMPARE[part.condition[0]](number, part.condition[1]):
                return part, True
        return None, True
    if len(parts) >= 2 and number < 0:
        return parts[1], False
    if len(parts) >= 3 and number == 0:
        return parts[2], True
    return parts[0], True


def show_text(text: str, pattern: str) -> str:
    """A text in a pattern that has a text section; else the text itself."""
    parts = sections(pattern) if pattern else ()
    chosen = next((part for part in parts if any(token.kind == "text" for token in part.tokens)), None)
    if chosen is None:
        return text
    return "".join(
        text if token.kind == "text" else token.text for token in chosen.tokens if token.kind in ("text", "literal")
    )


def general(number: float, locale: Locale) -> str:
    """The automatic form: whole numbers whole, else ten significant digits."""
    if isinstance(number, int) or number.is_integer():
        text = str(int(number)) if abs(number) < 1e15 else _scientific(number)
    elif abs(number) < 1e-9 or abs(number) >= 1e15:
        text = _scientific(number)
    else:
        digits = max(10 - len(str(int(abs(number)))), 0) if abs(number) >= 1 else 10
        text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
        if text in ("-0", "0"):
            text = _scientific(number)
    return text.replace(".", locale.decimal)


def _scientific(number: float) -> str:
    head, _, power = f"{number:.5E}".partition("E")
    head = head.rstrip("0").rstrip(".")
    return f"{head}E{int(power):+03d}"


def _show_figures(number: float, section: Section, locale: Locale) -> str:
    whole = "".join(token.text for token in section.tokens if token.kind == "number" and token.text[0] != ".")
    part = next((token.text[1:] for token in section.tokens if token.kind == "number" and token.text[0] == "."), "")
    if not whole and not part and not any(token.kind == "power" for token in section.tokens):
        return _literals(number, section, locale)
    value = Decimal(repr(float(number)))
    value *= 100 ** sum(1 for token in section.tokens if token.kind == "percent")
    trailing = len(whole) - len(whole.rstrip(",")) + part.count(",")
    part = part.rstrip(",")
    value /= 1000**trailing
    power = next((token.text for token in section.tokens if token.kind == "power"), "")
    exponent = 0
    if power and value:
        exponent = value.adjusted() - (len(whole.replace(",", "")) - 1)
        value = value.scaleb(-exponent)
    rounded = value.quantize(Decimal(1).scaleb(-len(part)), rounding=ROUND_HALF_UP)
    if power and rounded and abs(rounded) >= 10 ** max(len(whole.replace(",", "")), 1):
        exponent += 1
        rounded = (rounded / 10).quantize(Decimal(1).scaleb(-len(part)), rounding=ROUND_HALF_UP)
    return _compose(rounded, whole, part, exponent, section, locale)


def _compose(rounded: Decimal, whole: str, part: str, exponent: int, section: Section, locale: Locale) -> str:
    head, _, tail = f"{abs(rounded):f}".partition(".")
    head = _grouped(head, whole, locale)
    tail = _trimmed(tail, part)
    out, shown = "", False
    for token in section.tokens:
        if token.kind == "number":
            if token.text[0] == ".":
                out += ("" if shown else head) + locale.decimal + tail
            elif not shown:
                out += head
            shown = True
        elif token.kind == "percent":
            out += "%"
        elif token.kind == "power":
            sign = "-" if exponent < 0 else ("+" if token.text[1] == "+" else "")
            out += f"{token.text[0]}{sign}{abs(exponent):0{len(token.text) - 2}d}"
        elif token.kind == "skip":
            out += " "
        elif token.kind == "literal":
            out += token.text
    return "-" + out if rounded < 0 else out


def _grouped(head: str, whole: str, locale: Locale) -> str:
    places = whole.replace(",", "")
    needed = places.count("0")
    head = head.lstrip("0").rjust(needed, "0")
    if "," in whole.rstrip(","):
        head = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", locale.thousands, head)
    return " " * max(0, places.count("?") + needed - len(head)) + head if "?" in places else head


def _trimmed(tail: str, part: str) -> str:
    """Decimals beyond the zeros of the pattern go when they are zero (# drops, ? leaves a blank)."""
    kept = tail
    for place in range(len(part) - 1, -1, -1):
        if part[place] == "0" or (place < len(kept) and kept[place] != "0"):
            break
        kept = kept[:place] + (" " if part[place] == "?" else "") + kept[place + 1 :].strip("0")
    return kept


def _literals(number: float, section: Section, locale: Locale) -> str:
    out = ""
    for token in section.tokens:
        if token.kind == "text":
            out += general(number, locale)
        elif token.kind in ("literal", "percent"):
            out += token.text
    return out


def _show_moment(number: float, section: Section, locale: Locale) -> str:
    fine = any(token.kind == "number" for token in section.tokens)
    seconds = number * 86_400
    try:
        moment = BASE + timedelta(seconds=round(seconds, 3) if fine else round(seconds))
    except OverflowError:
        return general(number, locale)
    halves = any(token.kind == "half" for token in section.tokens)
    return "".join(_moment_part(token, moment, round(seconds), halves, locale) for token in section.tokens)


def _moment_part(token: Token, moment: datetime, seconds: int, halves: bool, locale: Locale) -> str:
    if token.kind == "half":
        word = "AM" if moment.hour < 12 else "PM"
        return word[0] if len(token.text) < 5 else word
    if token.kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
        return str(seconds // unit).rjust(len(token.text), "0")
    if token.kind == "minute":
        return str(moment.minute).rjust(len(token.text), "0")
    if token.kind == "number" and token.text[0] == ".":
        return locale.decimal + f"{moment.microsecond:06d}"[: len(token.text) - 1]
    if token.kind != "date":
        return token.text if token.kind == "literal" else ""
    return _date_part(token.text, moment, halves, locale)


def _date_part(text: str, moment: datetime, halves: bool, locale: Locale) -> str:
    months, days = MONTHS.get(locale.language, MONTHS["en"]), WEEKDAYS.get(locale.language, WEEKDAYS["en"])
    letter, count = text[0], len(text)
    if letter == "y":
        return f"{moment.year:04d}" if count > 2 else f"{moment.year % 100:02d}"
    if letter == "m":
        word = months[moment.month - 1]
        return {1: str(moment.month), 2: f"{moment.month:02d}", 3: word[:3], 5: word[0]}.get(count, word)
    if letter == "d":
        word = days[moment.weekday()]
        return {1: str(moment.day), 2: f"{moment.day:02d}", 3: word[:3]}.get(count, word)
    if letter == "h":
        hour = (moment.hour % 12 or 12) if halves else moment.hour
        return str(hour).rjust(min(count, 2), "0")
    return str(moment.second).rjust(min(count, 2), "0")
