"""Functions of numbers: sums, counts, averages, rounding, and their conditional forms."""

import math
import statistics
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from ..document import CellError
from .criteria import matcher
from .evaluate import Evaluation, Function, each
from .nodes import Node, Reference
from .operators import power, whole
from .values import DIV0, NUM, VALUE, Array, Region, StopError, number_of

Args = tuple[Node | None, ...]


def numbers(run: Evaluation, args: Args) -> list[float | int]:
    """The numbers in the arguments. In ranges only real numbers count; lone arguments are coerced."""
    out: list[float | int] = []
    for arg in args:
        value = run.in_arrays(arg) if not isinstance(arg, Reference) else run.operand(arg)
        if isinstance(value, Region | Array):
            rows = run.grid.values(value.sheet_id, value.box) if isinstance(value, Region) else value.rows
            for row in rows:
                for item in row:
                    if isinstance(item, CellError):
                        raise StopError(item)
                    if isinstance(item, int | float) and not isinstance(item, bool):
                        out.append(item)
        elif value is not None:
            out.append(number_of(value, run.locale))
    return out


def _over(work: Callable[[list[Any]], Any], needs: int = 0) -> Function:
    def function(run: Evaluation, args: Args) -> Any:
        found = numbers(run, args)
        if len(found) < needs:
            raise StopError(DIV0)
        return whole(work(found)) if found or not needs else 0

    return function


def _map(work: Callable[..., Any], spare: tuple[Any, ...] = ()) -> Function:
    """A function of plain numbers; missing arguments at the end take the spare values."""

    def function(run: Evaluation, args: Args) -> Any:
        given = [run.operand(arg) for arg in args]
        missing = max(0, (len(spare) + 1) - len(given)) if spare else 0
        values = given + list(spare[len(spare) - missing :] if missing else ())

        def one(*items: Any) -> Any:
            try:
                return whole(work(*(number_of(item, run.locale) for item in items)))
            except (ValueError, ArithmeticError):
                raise StopError(NUM) from None

        return each(run, one, *values)

    return function


def _rounded(mode: str) -> Callable[..., float]:
    def work(number: float, places: float = 0) -> float:
        unit = Decimal(1).scaleb(-int(places))
        return float((Decimal(repr(float(number))) / unit).quantize(Decimal(1), rounding=mode) * unit)

    return work


def _multiple(mode: str) -> Callable[..., float]:
    def work(number: float, factor: float = 1) -> float:
        if factor == 0:
            return 0
        return (
            float((Decimal(repr(float(number))) / Decimal(repr(float(factor)))).quantize(Decimal(1), rounding=mode))
            * factor
        )

    return work


def _mod(number: float, by: float) -> float:
    if by == 0:
        raise StopError(DIV0)
    return number - by * math.floor(number / by)


def _divide(a: float, b: float) -> float:
    if b == 0:
        raise StopError(DIV0)
    return a / b


def count(run: Evaluation, args: Args) -> int:
    return sum(
        1 for arg in args for item in run.flat(arg) if isinstance(item, int | float) and not isinstance(item, bool)
    )


def counta(run: Evaluation, args: Args) -> int:
    return sum(1 for arg in args for item in run.flat(arg) if item is not None)


def countblank(run: Evaluation, args: Args) -> int:
    return sum(1 for arg in args for item in run.flat(arg) if item is None or item == "")


def _picked(run: Evaluation, pairs: Args) -> list[int]:
    """Places (in reading order) where every (range, criterion) pair fits."""
    places: set[int] | None = None
    for area, wanted in zip(pairs[::2], pairs[1::2], strict=True):
        fits = matcher(run.scalar(wanted), run.locale)
        found = {place for place, item in enumerate(run.flat(area)) if fits(item)}
        places = found if places is None else places & found
    return sorted(places or ())


def _plain_numbers(items: list[Any], places: list[int]) -> list[Any]:
    out = []
    for place in places:
        item = items[place] if place < len(items) else None
        if isinstance(item, CellError):
            raise StopError(item)
        if isinstance(item, int | float) and not isinstance(item, bool):
            out.append(item)
    return out


def countif(run: Evaluation, args: Args) -> int:
    return len(_picked(run, args))


def sumif(run: Evaluation, args: Args) -> Any:
    area = args[2] if len(args) > 2 else args[0]
    return whole(math.fsum(_plain_numbers(run.flat(area), _picked(run, args[:2]))))


def averageif(run: Evaluation, args: Args) -> Any:
    area = args[2] if len(args) > 2 else args[0]
    found = _plain_numbers(run.flat(area), _picked(run, args[:2]))
    if not found:
        raise StopError(DIV0)
    return whole(math.fsum(found) / len(found))


def _ifs(work: Callable[[list[Any]], Any]) -> Function:
    def function(run: Evaluation, args: Args) -> Any:
        return whole(work(_plain_numbers(run.flat(args[0]), _picked(run, args[1:]))))

    return function


def _mean(items: list[Any]) -> float:
    if not items:
        raise StopError(DIV0)
    return math.fsum(items) / len(items)


def sumproduct(run: Evaluation, args: Args) -> Any:
    tables = []
    for arg in args:
        value = run.in_arrays(arg)
        rows = run.grid.values(value.sheet_id, value.box) if isinstance(value, Region) else None
        tables.append([i for r in (rows or (value.rows if isinstance(value, Array) else [[value]])) for i in r])
    if len({len(table) for table in tables}) != 1:
        raise StopError(VALUE)
    total = 0.0
    for items in zip(*tables, strict=True):
        for item in items:
            if isinstance(item, CellError):
                raise StopError(item)
        plain = [
            i if isinstance(i, int | float) and (len(tables) == 1 or not isinstance(i, bool)) else 0 for i in items
        ]
        total += math.prod(plain)
    return whole(total)


def large(run: Evaluation, args: Args) -> Any:
    return _nth(run, args, True)


def small(run: Evaluation, args: Args) -> Any:
    return _nth(run, args, False)


def _nth(run: Evaluation, args: Args, falling: bool) -> Any:
    found, place = sorted(numbers(run, args[:1]), reverse=falling), int(run.number(args[1]))
    if not 1 <= place <= len(found):
        raise StopError(NUM)
    return found[place - 1]


def rank(run: Evaluation, args: Args) -> int:
    value, found = run.number(args[0]), numbers(run, args[1:2])
    rising = len(args) > 2 and run.number(args[2]) != 0
    if value not in found:
        raise StopError(CellError("N_A", "Did not find value in RANK evaluation."))
    return 1 + sum(1 for item in found if (item < value if rising else item > value))


def percentile(run: Evaluation, args: Args) -> Any:
    found, share = sorted(numbers(run, args[:1])), run.number(args[1])
    if not found or not 0 <= share <= 1:
        raise StopError(NUM)
    place = share * (len(found) - 1)
    low = math.floor(place)
    high = min(low + 1, len(found) - 1)
    return whole(found[low] + (found[high] - found[low]) * (place - low))


def _subtotal(run: Evaluation, args: Args) -> Any:
    code = int(run.number(args[0])) % 100
    names = {1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 4: "MAX", 5: "MIN", 6: "PRODUCT", 7: "STDEV", 9: "SUM", 10: "VAR"}
    if code not in names:
        raise StopError(VALUE)
    return FUNCTIONS[names[code]](run, args[1:])


FUNCTIONS: dict[str, Function] = {
    "SUM": _over(math.fsum),
    "PRODUCT": _over(lambda items: math.prod(items) if items else 0),
    "AVERAGE": _over(_mean, 1),
    "MIN": _over(lambda items: min(items, default=0)),
    "MAX": _over(lambda items: max(items, default=0)),
    "MEDIAN": _over(statistics.median, 1),
    "STDEV": _over(statistics.stdev, 2),
    "STDEV.S": _over(statistics.stdev, 2),
    "STDEVP": _over(statistics.pstdev, 1),
    "VAR": _over(statistics.variance, 2),
    "VARP": _over(statistics.pvariance, 1),
    "COUNT": count,
    "COUNTA": counta,
    "COUNTBLANK": countblank,
    "COUNTIF": countif,
    "COUNTIFS": countif,
    "SUMIF": sumif,
    "SUMIFS": _ifs(math.fsum),
    "AVERAGEIF": averageif,
    "AVERAGEIFS": _ifs(_mean),
    "MAXIFS": _ifs(lambda items: max(items, default=0)),
    "MINIFS": _ifs(lambda items: min(items, default=0)),
    "SUMPRODUCT": sumproduct,
    "LARGE": large,
    "SMALL": small,
    "RANK": rank,
    "PERCENTILE": percentile,
    "SUBTOTAL": _subtotal,
    "ROUND": _map(_rounded(ROUND_HALF_UP), (0,)),
    "ROUNDUP": _map(_rounded(ROUND_UP), (0,)),
    "ROUNDDOWN": _map(_rounded(ROUND_DOWN), (0,)),
    "TRUNC": _map(_rounded(ROUND_DOWN), (0,)),
    "INT": _map(math.floor),
    "CEILING": _map(_multiple(ROUND_CEILING), (1,)),
    "FLOOR": _map(_multiple(ROUND_FLOOR), (1,)),
    "MROUND": _map(_multiple(ROUND_HALF_UP)),
    "ABS": _map(abs),
    "SIGN": _map(lambda number: (number > 0) - (number < 0)),
    "SQRT": _map(math.sqrt),
    "EXP": _map(math.exp),
    "LN": _map(math.log),
    "LOG10": _map(math.log10),
    "LOG": _map(math.log, (10,)),
    "POWER": _map(power),
    "POW": _map(power),
    "MOD": _map(_mod),
    "DIVIDE": _map(_divide),
    "QUOTIENT": _map(lambda a, b: math.trunc(_divide(a, b))),
    "MULTIPLY": _map(lambda a, b: a * b),
    "MINUS": _map(lambda a, b: a - b),
    "ADD": _map(lambda a, b: a + b),
    "PI": lambda run, args: math.pi,
}
