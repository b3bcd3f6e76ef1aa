"""Functions that choose, test and convert."""

from typing import Any

from ..document import CellError
from .evaluate import Evaluation, Function, each
from .nodes import Name, Node
from .values import NA, VALUE, Array, Region, StopError, compare, number_of, text_of, truth_of

Args = tuple[Node | None, ...]


def truth(run: Evaluation, node: Node | None) -> bool:
    return truth_of(run.checked(node), run.locale)


def if_(run: Evaluation, args: Args) -> Any:
    if not 2 <= len(args) <= 3:
        raise StopError(NA)
    test = run.operand(args[0])
    if run.arrays or isinstance(test, Array):
        return each(run, _choose(run), test, run.operand(args[1]), run.operand(args[2]) if len(args) > 2 else False)
    if truth(run, args[0]):
        return run.operand(args[1])
    return run.operand(args[2]) if len(args) > 2 else False


def _choose(run: Evaluation) -> Any:
    def work(test: Any, yes: Any, no: Any) -> Any:
        if isinstance(test, CellError):
            return test
        return yes if truth_of(test, run.locale) else no

    return work


def ifs(run: Evaluation, args: Args) -> Any:
    for test, value in zip(args[::2], args[1::2], strict=False):
        if truth(run, test):
            return run.operand(value)
    raise StopError(CellError("N_A", "No match."))


def switch(run: Evaluation, args: Args) -> Any:
    value = run.checked(args[0])
    rest = args[1:]
    for case, answer in zip(rest[::2], rest[1::2], strict=False):
        if compare(value, run.checked(case)) == 0:
            return run.operand(answer)
    if len(rest) % 2:
        return run.operand(rest[-1])
    raise StopError(NA)


def _guarded(kinds: tuple[str, ...] | None) -> Function:
    """IFERROR and IFNA: the value, or what stands in for an error of these kinds (None is any)."""

    def function(run: Evaluation, args: Args) -> Any:
        other = args[1] if len(args) > 1 else None
        try:
            value = run.operand(args[0]) if run.arrays else run.scalar(args[0])
        except StopError as stop:
            value = stop.error
        if isinstance(value, CellError):
            if kinds is None or value.kind in kinds:
                return run.scalar(other)
            raise StopError(value)
        if isinstance(value, Array):
            return each(run, lambda item, spare: spare if _bad(item, kinds) else item, value, run.operand(other))
        return value

    return function


def _bad(item: Any, kinds: tuple[str, ...] | None) -> bool:
    return isinstance(item, CellError) and (kinds is None or item.kind in kinds)


def truths(run: Evaluation, args: Args) -> list[bool]:
    """Every truth value in the arguments; texts and blanks in ranges do not count."""
    out = []
    for arg in args:
        table = run.table(arg)
        lone = len(table) == 1 and len(table[0]) == 1
        for item in (item for row in table for item in row):
            if isinstance(item, CellError):
                raise StopError(item)
            if item is None or (isinstance(item, str) and not lone):
                continue
            out.append(truth_of(item, run.locale))
    if not out:
        raise StopError(VALUE)
    return out


def and_(run: Evaluation, args: Args) -> bool:
    return all(truths(run, args))


def or_(run: Evaluation, args: Args) -> bool:
    return any(truths(run, args))


def xor(run: Evaluation, args: Args) -> bool:
    return sum(truths(run, args)) % 2 == 1


def not_(run: Evaluation, args: Args) -> Any:
    return each(run, lambda item: _not(item, run), run.operand(args[0]))


def _not(item: Any, run: Evaluation) -> bool:
    if isinstance(item, CellError):
        raise StopError(item)
    return not truth_of(item, run.locale)


def _test(check: Any) -> Function:
    """IS… functions: they look at errors instead of passing them on."""

    def function(run: Evaluation, args: Args) -> Any:
        try:
            value = run.operand(args[0])
        except StopError as stop:
            value = stop.error
        return each(run, check, value)

    return function


def _is_number(item: Any) -> bool:
    return isinstance(item, int | float) and not isinstance(item, bool)


def n(run: Evaluation, args: Args) -> Any:
    value = run.checked(args[0])
    return value if _is_number(value) else int(value) if isinstance(value, bool) else 0


def t(run: Evaluation, args: Args) -> Any:
    value = run.checked(args[0])
    return value if isinstance(value, str) else ""


def value_(run: Evaluation, args: Args) -> Any:
    return each(run, lambda item: number_of(item, run.locale), run.operand(args[0]))


def exact(run: Evaluation, args: Args) -> Any:
    def work(a: Any, b: Any) -> bool:
        return text_of(a, run.locale) == text_of(b, run.locale)

    return each(run, work, run.operand(args[0]), run.operand(args[1]))


def let(run: Evaluation, args: Args) -> Any:
    before = dict(run.names)
    try:
        for name, value in zip(args[:-1:2], args[1:-1:2], strict=True):
            if not isinstance(name, Name):
                raise StopError(VALUE)
            run.names[name.value.casefold()] = run.operand(value)
        return run.operand(args[-1])
    finally:
        run.names = before


def array_formula(run: Evaluation, args: Args) -> Any:
    value = run.in_arrays(args[0])
    return Array(run.grid.values(value.sheet_id, value.box)) if isinstance(value, Region) else value


def choose(run: Evaluation, args: Args) -> Any:
    place = int(run.number(args[0]))
    if not 1 <= place < len(args):
        raise StopError(CellError("NUM", f"Function CHOOSE parameter 1 value is {place}, out of range."))
    return run.operand(args[place])


def sparkline(run: Evaluation, args: Args) -> str:
    """A picture in the cell, which the page draws; its value is the empty text."""
    run.operand(args[0])
    return ""


def hyperlink(run: Evaluation, args: Args) -> Any:
    return run.scalar(args[1]) if len(args) > 1 else run.text(args[0])


FUNCTIONS: dict[str, Function] = {
    "IF": if_,
    "IFS": ifs,
    "SWITCH": switch,
    "IFERROR": _guarded(None),
    "IFNA": _guarded(("N_A",)),
    "AND": and_,
    "OR": or_,
    "XOR": xor,
    "NOT": not_,
    "TRUE": lambda run, args: True,
    "FALSE": lambda run, args: False,
    "NA": lambda run, args: NA,
    "ISBLANK": _test(lambda item: item is None),
    "ISERROR": _test(lambda item: isinstance(item, CellError)),
    "ISERR": _test(lambda item: isinstance(item, CellError) and item.kind != "N_A"),
    "ISNA": _test(lambda item: isinstance(item, CellError) and item.kind == "N_A"),
    "ISNUMBER": _test(_is_number),
    "ISTEXT": _test(lambda item: isinstance(item, str)),
    "ISNONTEXT": _test(lambda item: not isinstance(item, str)),
    "ISLOGICAL": _test(lambda item: isinstance(item, bool)),
    "N": n,
    "T": t,
    "VALUE": value_,
    "EXACT": exact,
    "LET": let,
    "ARRAYFORMULA": array_formula,
    "CHOOSE": choose,
    "HYPERLINK": hyperlink,
    "SPARKLINE": sparkline,
}
