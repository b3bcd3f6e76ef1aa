"""Functions of texts."""

import re
from collections.abc import Callable
from typing import Any

from .. import patterns
from ..document import CellError
from ..typed import read_typed
from .evaluate import Evaluation, Function, each
from .nodes import Node
from .values import NA, NUM, VALUE, Array, StopError, number_of, text_of, truth_of

Args = tuple[Node | None, ...]


def _of_text(work: Callable[..., Any], spare: tuple[Any, ...] = ()) -> Function:
    """A function whose first argument is a text and whose others are numbers, element by element."""

    def function(run: Evaluation, args: Args) -> Any:
        given = [run.operand(arg) for arg in args]
        values = given + list(spare[max(0, len(given) - 1) :])

        def one(text: Any, *rest: Any) -> Any:
            return work(text_of(text, run.locale), *(int(number_of(item, run.locale)) for item in rest))

        return each(run, one, *values)

    return function


def _left(text: str, size: int) -> str:
    if size < 0:
        raise StopError(VALUE)
    return text[:size]


def _right(text: str, size: int) -> str:
    if size < 0:
        raise StopError(VALUE)
    return text[-size:] if size else ""


def _mid(text: str, start: int, size: int) -> str:
    if start < 1 or size < 0:
        raise StopError(VALUE)
    return text[start - 1 : start - 1 + size]


def concatenate(run: Evaluation, args: Args) -> str:
    return "".join(text_of(item, run.locale) for arg in args for item in run.flat(arg))


def textjoin(run: Evaluation, args: Args) -> str:
    mark, skip = run.text(args[0]), truth_of(run.checked(args[1]), run.locale)
    items = [text_of(item, run.locale) for arg in args[2:] for item in run.flat(arg)]
    return mark.join(item for item in items if item or not skip)


def join(run: Evaluation, args: Args) -> str:
    mark = run.text(args[0])
    return mark.join(text_of(item, run.locale) for arg in args[1:] for item in run.flat(arg))


def split(run: Evaluation, args: Args) -> Any:

    text, marks = run.text(args[0]), run.text(args[1])
    by_each = len(args) < 3 or truth_of(run.checked(args[2]), run.locale)
    form = "|".join(re.escape(mark) for mark in (marks if by_each else [marks]))
    parts = [part for part in re.split(form, text) if part]
    return Array([[read_typed(part, run.locale).value for part in parts] or [""]])


def substitute(run: Evaluation, args: Args) -> str:
    text, old, new = run.text(args[0]), run.text(args[1]), run.text(args[2])
    if not old:
        return text
    if len(args) < 4:
        return text.replace(old, new)
    nth = int(run.number(args[3]))
    parts = text.split(old)
    return old.join(parts[:nth]) + new + old.join(parts[nth:]) if 0 < nth < len(parts) else text


def replace(run: Evaluation, args: Args) -> str:
    text, start, size = run.text(args[0]), int(run.number(args[1])), int(run.number(args[2]))
    return text[: start - 1] + run.text(args[3]) + text[start - 1 + size :]


def _find(exact: bool) -> Function:
    def function(run: Evaluation, args: Args) -> Any:
        start = int(run.number(args[2])) if len(args) > 2 else 1

        def one(needle: Any, text: Any) -> int:
            a, b = text_of(needle, run.locale), text_of(text, run.locale)
            place = b.find(a, start - 1) if exact else b.casefold().find(a.casefold(), start - 1)
            if place < 0:
                raise StopError(CellError("VALUE", f"In FIND evaluation, cannot find '{a}' within '{b}'."))
            return place + 1

        return each(run, one, run.operand(args[0]), run.operand(args[1]))

    return function


def rept(text: str, times: int) -> str:
    if times < 0:
        raise StopError(VALUE)
    if len(text) * times > 50_000:
        raise StopError(CellError("VALUE", "The text result of REPT is longer than 50000 characters."))
    return text * times


def text(run: Evaluation, args: Args) -> Any:
    pattern = run.text(args[1])

    def one(value: Any) -> str:
        if isinstance(value, CellError):
            raise StopError(value)
        if isinstance(value, str):
            return patterns.show_text(value, pattern)
        return patterns.show_number(number_of(value, run.locale), pattern, run.locale)

    return each(run, one, run.operand(args[0]))


def char(run: Evaluation, args: Args) -> str:
    code = int(run.number(args[0]))
    if not 0 < code < 0x110000:
        raise StopError(NUM)
    return chr(code)


def code(run: Evaluation, args: Args) -> int:
    found = run.text(args[0])
    if not found:
        raise StopError(VALUE)
    return ord(found[0])


def _regex(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error:
        raise StopError(CellError("REF", f'Function REGEXMATCH parameter 2 value "{pattern}" is not valid.')) from None


def regexmatch(run: Evaluation, args: Args) -> Any:
    form = _regex(run.text(args[1]))
    return each(run, lambda item: form.search(text_of(item, run.locale)) is not None, run.operand(args[0]))


def regexextract(run: Evaluation, args: Args) -> Any:
    form = _regex(run.text(args[1]))

    def one(item: Any) -> Any:
        found = form.search(text_of(item, run.locale))
        if not found:
            raise StopError(NA)
        return found[1] if form.groups else found[0]

    return each(run, one, run.operand(args[0]))


def regexreplace(run: Evaluation, args: Args) -> Any:
    form, new = _regex(run.text(args[1])), re.sub(r"\$([0-9])", r"\\\1", run.text(args[2]))
    return each(run, lambda item: form.sub(new, text_of(item, run.locale)), run.operand(args[0]))


FUNCTIONS: dict[str, Function] = {
    "LEN": _of_text(len),
    "LEFT": _of_text(_left, (1,)),
    "RIGHT": _of_text(_right, (1,)),
    "MID": _of_text(_mid),
    "UPPER": _of_text(str.upper),
    "LOWER": _of_text(str.lower),
    "PROPER": _of_text(str.title),
    "TRIM": _of_text(lambda item: re.sub(" +", " ", item).strip(" ")),
    "CLEAN": _of_text(lambda item: "".join(sign for sign in item if ord(sign) >= 32)),
    "REPT": _of_text(rept),
    "CONCATENATE": concatenate,
    "CONCAT": concatenate,
    "TEXTJOIN": textjoin,
    "JOIN": join,
    "SPLIT": split,
    "SUBSTITUTE": substitute,
    "REPLACE": replace,
    "FIND": _find(True),
    "SEARCH": _find(False),
    "TEXT": text,
    "CHAR": char,
    "CODE": code,
    "REGEXMATCH": regexmatch,
    "REGEXEXTRACT": regexextract,
    "REGEXREPLACE": regexreplace,
}
