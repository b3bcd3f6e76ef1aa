"""Rows of an answer -> values of one metric. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.errors import SourceError
from sync.model import Window
from sync.sources.api import Read
from sync.sources.declared.days import day_in
from sync.sources.declared.expressions import pick
from sync.sources.declared.form import Ask, Measured
from sync.sources.declared.templates import equal, filled_expression
from sync.sources.numbers_in_json import exact_sum, number_in


@dataclass(frozen=True)
class Wanted:
    """One metric of one question: its place among the fields asked for, and the rows that count."""

    measured: Measured
    index: int
    place: str
    parameters: Mapping[str, str]

    @property
    def field(self) -> str:
        """What the platform calls it."""
        return self.measured.field


def rows_on(ask: Ask, page: Any, field: str) -> Sequence[Any]:
    """The rows of a page; the page itself where the question has none.

    What lists its rows by name (`{"2026-03-31": …}`) gives rows of `key` and `value`.
    """
    found = pick(filled_expression(ask.rows, field, 0), page) if ask.rows else [page]
    if isinstance(found, dict):
        return [{"key": key, "value": value} for key, value in found.items()]
    return found if isinstance(found, list) else []


def rows_of(ask: Ask, read: Read, field: str) -> Sequence[Any]:
    """All rows that tell of one metric: the same for every metric, unless they are listed by metric."""
    if "{field}" not in ask.rows:
        return read.items
    return [row for page in read.pages for row in rows_on(ask, page, field)]


def fitting(ask: Ask, rows: Sequence[Any], parameters: Mapping[str, str]) -> list[Any]:
    """The rows whose fields say what the KPI's filter says."""
    kept = [(expression, parameters[name]) for name, expression in ask.keep.items() if name in parameters]
    return [row for row in rows if all(equal(pick(expression, row), value) for expression, value in kept)]


def values_by_day(
    ask: Ask, rows: Sequence[Any], wanted: Wanted, window: Window, zone: ZoneInfo
) -> list[tuple[date, Any]]:
    """(day, value) of the rows within the window, one a day. Raises SourceError several_values, unknown_shape."""
    groups: dict[date, list[Any]] = {}
    for row in rows:
        day = day_in(pick(ask.date, row), zone, closed=ask.date_is == "end")
        if day is None:
            raise SourceError("unknown_shape", permanent=False, facts={"place": wanted.place})
        if window.start <= day <= window.end:
            groups.setdefault(day, []).append(row)
    return [(day, reduced(ask, group, wanted)) for day, group in sorted(groups.items())]


def with_zeros(days: Sequence[tuple[date, Any]], first: date, last: date) -> list[tuple[date, Any]]:
    """The same with a zero on every day between that is not listed."""
    known = dict(days)
    span = range((last - first).days + 1)
    return sorted({**{first + timedelta(days=n): 0 for n in span}, **known}.items())


def reduced(ask: Ask, rows: Sequence[Any], wanted: Wanted) -> Any:
    """One value for several rows; None where there is none. Raises SourceError several_values (place, metric)."""
    if ask.reduce == "count":
        return len(rows)
    expression = filled_expression(wanted.measured.value or ask.value, wanted.field, wanted.index)
    values = [pick(expression, row) for row in rows]
    if not values:
        return None
    if ask.reduce == "sum":
        return added([one for value in values for one in (value if isinstance(value, list) else [value])])
    if ask.reduce == "only" and len(values) > 1:
        facts = {"place": wanted.place, "metric": wanted.measured.offer.name}
        raise SourceError("several_values", permanent=True, facts=facts)
    return values[-1]


def added(values: Sequence[Any]) -> Any:
    """The sum of all; the first that is no number where there is one, for a sum without it would be a lie."""
    numbers = [number_in(value)[0] for value in values]
    if None in numbers:
        return values[numbers.index(None)]
    return exact_sum([number for number in numbers if number is not None])
