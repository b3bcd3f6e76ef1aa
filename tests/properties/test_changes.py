"""Changes over any states of a few KPIs: the same state twice is none, and the order of rows is irrelevant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.changes import History, News, find_news
from sync.model import Change, ChangeKind, LastDefinition
from sync.moves import latest_moves
from sync.parse import parse
from tests.builders import kpi_row, snapshot
from tests.judgement_builders import a_kpi

TODAY = date(2026, 6, 15)
CELLS: dict[str, Any] = {
    "name": st.sampled_from(["Fans", "Ventas", None]),
    "metric": st.sampled_from(["a", "b", None]),
    "target": st.sampled_from([12000.0, 0.3, 0.1 + 0.2, "12.000,5", "muchos", None]),
    "due": st.sampled_from([date(2026, 12, 31), "31/12/2026", "nunca", None]),
    "direction": st.sampled_from(["Aumentar", "decrease", "hacia allá", None]),
    "plan": st.sampled_from(["temporada", "2026-03: 11000", "x", None]),
    "active": st.sampled_from(["Sí", "No", None]),
    "weight": st.sampled_from([1.0, 2.0, -1.0, None]),
}
ROWS = st.lists(st.fixed_dictionaries(CELLS, optional={"id": st.sampled_from(["K-1", "K-2", "K-3"])}), max_size=4).map(
    lambda rows: [kpi_row(**{"id": f"K-N{place}", **row}) for place, row in enumerate(rows)]
)


def news_of(rows: Sequence[dict[str, Any]], before: News | None = None) -> News:
    last = {key: LastDefinition(found) for key, found in (before.definitions if before else {}).items()}
    return find_news(History(last), parse(snapshot(rows), lambda: "NEW"), (), {}, TODAY)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_same_state_twice_is_no_change(rows: list[dict[str, Any]]) -> None:
    first = news_of(rows)
    assert news_of(rows, first) == replace(first, changes=())


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(
    before: list[dict[str, Any]], after: list[dict[str, Any]], random: Any
) -> None:
    first = news_of(before)
    shuffled = random.sample(after, len(after))
    one, other = news_of(after, first), news_of(shuffled, first)
    assert set(one.changes) == set(other.changes)
    assert one.definitions == other.definitions


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_old_and_new_of_a_change_differ(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    found = news_of(after, news_of(before)).changes
    assert all(change.old != change.new for change in found if change.kind is ChangeKind.DEFINITION)


VALUES = st.sampled_from([None, "1", "2", "3"])


@given(st.lists(st.tuples(VALUES, st.integers(0, 3)), max_size=8))
def test_a_move_ends_at_the_value_that_the_cell_had_last(steps: list[tuple[str | None, int]]) -> None:
    """Whatever a cell went through in whatever days: what is told led somewhere, and from somewhere else."""
    changes: list[Change] = []
    before: str | None = "0"
    day = date(2026, 5, 1).toordinal()
    for value, later in steps:
        day += later
        if value != before:
            changes.append(Change("k1", ChangeKind.DEFINITION, date.fromordinal(day), "target", before, value))
        before = value
    moves = latest_moves(a_kpi(), changes)
    written = [value for value, _ in steps if value is not None]
    assert all(move.old != move.new for move in moves)
    assert not moves or moves[0].new == written[-1]
