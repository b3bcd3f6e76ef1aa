"""Functions that find and arrange: look-ups, INDEX and MATCH, FILTER, SORT, UNIQUE and their like."""

from collections.abc import Callable
from functools import cmp_to_key
from typing import Any

from ..document import Box, CellError
from .criteria import same_kind, wildcard
from .evaluate import Evaluation, Function
from .nodes import Node
from .values import NUM, REF, VALUE, Array, Region, StopError, compare, truth_of

Args = tuple[Node | None, ...]


def _equal(item: Any, wanted: Any) -> bool:
    if isinstance(item, CellError):
        return False
    if isinstance(item, str) and isinstance(wanted, str):
        if "*" in wanted or "?" in wanted or "~" in wanted:
            return wildcard(wanted).fullmatch(item) is not None
        return item.casefold() == wanted.casefold()
    return same_kind(item, wanted) and bool(item == wanted)


def _last_not_above(items: list[Any], wanted: Any) -> int:
    """Place of the last item not greater than `wanted` in rising items, or -1."""
    found = -1
    for place, item in enumerate(items):
        if same_kind(item, wanted) and compare(item, wanted) <= 0:
            found = place
    return found


def _missing(run: Evaluation, name: str, wanted: Any) -> CellError:
    return CellError("N_A", f"Did not find value '{wanted if wanted is not None else ''}' in {name} evaluation.")


def _flag(run: Evaluation, args: Args, place: int, default: bool) -> bool:
    return truth_of(run.checked(args[place]), run.locale) if len(args) > place else default


def _search_table(run: Evaluation, args: Args, name: str) -> Any:
    wanted, rows = run.checked(args[0]), run.table(args[1])
    if name == "HLOOKUP":
        rows = [list(line) for line in zip(*rows, strict=True)]
    place = int(run.number(args[2]))
    if place < 1:
        raise StopError(VALUE)
    if place > len(rows[0]):
        raise StopError(CellError("REF", f"{name} evaluates to an out of bounds range."))
    keys = [row[0] for row in rows]
    if _flag(run, args, 3, True):
        found = _last_not_above(keys, wanted)
    else:
        found = next((n for n, key in enumerate(keys) if _equal(key, wanted)), -1)
    if found < 0:
        raise StopError(_missing(run, name, wanted))
    return rows[found][place - 1]


def vlookup(run: Evaluation, args: Args) -> Any:
    return _search_table(run, args, "VLOOKUP")


def hlookup(run: Evaluation, args: Args) -> Any:
    return _search_table(run, args, "HLOOKUP")


def xlookup(run: Evaluation, args: Args) -> Any:
    wanted, keys, answers = run.checked(args[0]), run.flat(args[1]), run.table(args[2])
    mode = int(run.number(args[4])) if len(args) > 4 and args[4] else 0
    backwards = len(args) > 5 and run.number(args[5]) == -1
    place = _place(keys, wanted, mode, backwards)
    if place < 0:
        if len(args) > 3 and args[3] is not None:
            return run.scalar(args[3])
        raise StopError(_missing(run, "XLOOKUP", wanted))
    if len(run.table(args[1])) == 1 and len(answers) > 0 and len(answers[0]) == len(keys):
        column = [[row[place]] for row in answers]
        return column[0][0] if len(column) == 1 else Array(column)
    return answers[place][0] if len(answers[place]) == 1 else Array([answers[place]])


def _place(keys: list[Any], wanted: Any, mode: int, backwards: bool) -> int:
    order = range(len(keys) - 1, -1, -1) if backwards else range(len(keys))
    exact = next((n for n in order if keys[n] is not None and _matches(keys[n], wanted, mode)), -1)
    if exact >= 0 or mode not in (-1, 1):
        return exact
    near: list[int] = [n for n in order if same_kind(keys[n], wanted) and compare(keys[n], wanted) * mode > 0]
    if not near:
        return -1

    def order_of(a: int, b: int) -> int:
        return compare(keys[a], keys[b])

    near.sort(key=cmp_to_key(order_of))
    return near[0] if mode == 1 else near[-1]


def _matches(item: Any, wanted: Any, mode: int) -> bool:
    if mode == 2:
        return _equal(item, wanted)
    return same_kind(item, wanted) and compare(item, wanted) == 0


def match(run: Evaluation, args: Args) -> int:
    wanted, items = run.checked(args[0]), run.flat(args[1])
    kind = run.number(args[2]) if len(args) > 2 else 1
    if kind == 0:
        found = next((n for n, item in enumerate(items) if _equal(item, wanted)), -1)
    elif kind > 0:
        found = _last_not_above(items, wanted)
    else:
        fits = [n for n, item in enumerate(items) if same_kind(item, wanted) and compare(item, wanted) >= 0]
        found = fits[-1] if fits else -1
    if found < 0:
        raise StopError(_missing(run, "MATCH", wanted))
    return found + 1


def xmatch(run: Evaluation, args: Args) -> int:
    wanted, items = run.checked(args[0]), run.flat(args[1])
    mode = int(run.number(args[2])) if len(args) > 2 else 0
    found = _place(items, wanted, mode, len(args) > 3 and run.number(args[3]) == -1)
    if found < 0:
        raise StopError(_missing(run, "XMATCH", wanted))
    return found + 1


def index(run: Evaluation, args: Args) -> Any:
    rows = run.table(args[0])
    row = int(run.number(args[1])) if len(args) > 1 and args[1] else 0
    column = int(run.number(args[2])) if len(args) > 2 and args[2] else 0
    if len(rows) == 1 and len(args) == 2:
        row, column = 0, row
    if row > len(rows) or column > len(rows[0]) or row < 0 or column < 0:
        raise StopError(CellError("REF", "Function INDEX parameter value is out of range."))
    picked = rows if row == 0 else [rows[row - 1]]
    picked = picked if column == 0 else [[line[column - 1]] for line in picked]
    return picked[0][0] if len(picked) == len(picked[0]) == 1 else Array(picked)


def lookup(run: Evaluation, args: Args) -> Any:
    wanted, keys = run.checked(args[0]), run.flat(args[1])
    found = _last_not_above(keys, wanted)
    if found < 0:
        raise StopError(_missing(run, "LOOKUP", wanted))
    return run.flat(args[2])[found] if len(args) > 2 else keys[found]


def filter_(run: Evaluation, args: Args) -> Any:
    rows = run.table(args[0])
    for arg in args[1:]:
        value = run.in_arrays(arg)
        test = run.grid.values(value.sheet_id, value.box) if isinstance(value, Region) else None
        table = test or (value.rows if isinstance(value, Array) else [[value]])
        rows = _kept(run, rows, table)
    if not rows or not rows[0]:
        raise StopError(CellError("N_A", "No matches are found in FILTER evaluation."))
    return Array(rows)


def _kept(run: Evaluation, rows: list[list[Any]], test: list[list[Any]]) -> list[list[Any]]:
    def passes(item: Any) -> bool:
        return not isinstance(item, CellError | str) and item is not None and truth_of(item, run.locale)

    if len(test) == len(rows) and len(test[0]) == 1:
        return [row for row, line in zip(rows, test, strict=True) if passes(line[0])]
    if len(test) == 1 and len(test[0]) == len(rows[0]):
        return [[item for item, mark in zip(row, test[0], strict=True) if passes(mark)] for row in rows]
    raise StopError(CellError("N_A", "FILTER has mismatched range sizes."))


def sort(run: Evaluation, args: Args) -> Any:
    rows: list[list[Any]] = [row for row in run.table(args[0]) if any(item is not None for item in row)]
    keys: list[tuple[Node | None, Node | None]] = list(zip(args[1::2], args[2::2], strict=False)) or [(None, None)]
    for column, rising in reversed(keys):
        place = int(run.number(column)) - 1 if column else 0
        up = truth_of(run.checked(rising), run.locale) if rising else True
        rows = sorted(rows, key=cmp_to_key(_by_column(place)), reverse=not up)
    return Array(rows) if rows else None


def _by_column(place: int) -> Callable[[list[Any], list[Any]], int]:
    return lambda a, b: compare(a[place], b[place])


def unique(run: Evaluation, args: Args) -> Any:
    seen, out = set(), []
    for row in run.table(args[0]):
        key = tuple(item.casefold() if isinstance(item, str) else (type(item).__name__, item) for item in row)
        if key not in seen:
            seen.add(key)
            out.append(row)
    return Array(out)


def transpose(run: Evaluation, args: Args) -> Any:
    return Array([list(line) for line in zip(*run.table(args[0]), strict=True)])


def sequence(run: Evaluation, args: Args) -> Any:
    numbers = [run.number(arg) for arg in args]
    rows, columns, start, step = (numbers + [1, 1, 1, 1][len(numbers) :])[:4]
    if rows < 1 or columns < 1 or rows * columns > 1_000_000:
        raise StopError(NUM)
    height, width = int(rows), int(columns)
    return Array([[start + (r * width + c) * step for c in range(width)] for r in range(height)])


def _region(run: Evaluation, node: Node | None) -> Region:
    value = run.operand(node)
    if not isinstance(value, Region):
        raise StopError(VALUE)
    return value


def row(run: Evaluation, args: Args) -> int:
    return _region(run, args[0]).box.top + 1 if args else run.row + run.rows + 1


def column(run: Evaluation, args: Args) -> int:
    return _region(run, args[0]).box.left + 1 if args else run.column + run.columns + 1


def rows(run: Evaluation, args: Args) -> int:
    return len(run.table(args[0]))


def columns(run: Evaluation, args: Args) -> int:
    return len(run.table(args[0])[0])


def offset(run: Evaluation, args: Args) -> Any:
    base = _region(run, args[0])
    down, right = int(run.number(args[1])), int(run.number(args[2]))
    height = int(run.number(args[3])) if len(args) > 3 and args[3] else base.box.height
    width = int(run.number(args[4])) if len(args) > 4 and args[4] else base.box.width
    box = Box(base.box.top + down, base.box.top + down + height, base.box.left + right, base.box.left + right + width)
    if box.top < 0 or box.left < 0 or height < 1 or width < 1:
        raise StopError(REF)
    return Region(base.sheet_id, box)


def countunique(run: Evaluation, args: Args) -> int:
    return len({(type(i).__name__, i) for arg in args for i in run.flat(arg) if i is not None})


FUNCTIONS: dict[str, Function] = {
    "VLOOKUP": vlookup,
    "HLOOKUP": hlookup,
    "XLOOKUP": xlookup,
    "LOOKUP": lookup,
    "MATCH": match,
    "XMATCH": xmatch,
    "INDEX": index,
    "FILTER": filter_,
    "SORT": sort,
    "UNIQUE": unique,
    "TRANSPOSE": transpose,
    "SEQUENCE": sequence,
    "ROW": row,
    "COLUMN": column,
    "ROWS": rows,
    "COLUMNS": columns,
    "OFFSET": offset,
    "COUNTUNIQUE": countunique,
}
