"""A write plan without addresses, and the addresses found again in a sheet that may have changed meanwhile."""

import json
from collections.abc import Mapping
from typing import Any

from sync.intent import intent_of, located
from sync.model import RowWrite, WritePlan
from tests.builders import kpi_row, snapshot

SAYS = {"status": "▲ En rumbo", "actual": 11200.0, "computed_for": "K-1"}


def write(row: int, key: str, values: Mapping[str, Any] = SAYS, tab: str = "kpis") -> RowWrite:
    return RowWrite(tab, row, key, values, tuple(values))


def rows(*ids: str) -> list[dict[str, Any]]:
    return [kpi_row(id=key, name=f"Nombre {number}") for number, key in enumerate(ids)]


def kept(plan: WritePlan, kpis: list[dict[str, Any]]) -> Any:
    """As the store gives it back."""
    return json.loads(json.dumps(intent_of(plan, snapshot(kpis))))


def places(plan: WritePlan) -> list[tuple[int, str]]:
    return [(row.row, row.key) for row in plan.rows]


def test_a_kpi_is_found_by_its_id_wherever_it_stands_now() -> None:
    intent = kept(WritePlan((write(0, "K-1"),)), rows("K-1", "K-2"))
    assert "row" not in intent[0]
    plan = located(intent, snapshot(rows("K-9", "K-2", "K-1")))
    assert places(plan) == [(2, "K-1")]
    assert plan.rows[0].values == SAYS


def test_what_the_sheet_says_already_is_not_written_again() -> None:
    intent = kept(WritePlan((write(0, "K-1"),)), rows("K-1"))
    assert not located(intent, snapshot([kpi_row(id="K-1", **SAYS)]))
    half = located(intent, snapshot([kpi_row(id="K-1", **{**SAYS, "actual": 7.0})]))
    assert half.rows[0].changed == ("actual",)


def test_a_kpi_that_is_gone_is_left_out() -> None:
    assert not located(kept(WritePlan((write(0, "K-1"),)), rows("K-1")), snapshot(rows("K-2")))


def test_an_id_that_two_rows_carry_now_is_left_out() -> None:
    assert not located(kept(WritePlan((write(0, "K-1"),)), rows("K-1")), snapshot(rows("K-1", "K-1")))


def test_a_row_that_was_to_get_its_id_is_known_by_what_the_person_wrote() -> None:
    given = {**SAYS, "id": "K-NEW", "computed_for": "K-NEW"}
    before = rows("K-1", "")
    intent = kept(WritePlan((write(1, "", given),)), before)
    assert places(located(intent, snapshot([before[1], before[0]]))) == [(0, "")]


def test_a_row_that_got_its_id_in_time_is_known_by_that() -> None:
    intent = kept(WritePlan((write(0, "", {**SAYS, "id": "K-NEW"}),)), rows(""))
    plan = located(intent, snapshot([kpi_row(id="K-NEW", name="Otro nombre")]))
    assert places(plan) == [(0, "K-NEW")]


def test_a_row_whose_words_changed_before_it_got_an_id_is_left_out() -> None:
    intent = kept(WritePlan((write(0, "", {**SAYS, "id": "K-NEW"}),)), rows(""))
    assert not located(intent, snapshot([kpi_row(id="", name="Otra cosa")]))


def test_a_persons_cell_is_filled_only_while_it_is_empty() -> None:
    intent = kept(WritePlan((write(0, "K-1", {**SAYS, "target": 5.0}),)), [kpi_row(id="K-1", target=None)])
    assert "target" in located(intent, snapshot([kpi_row(id="K-1", target=None)])).rows[0].values
    assert "target" not in located(intent, snapshot([kpi_row(id="K-1", target=9.0)])).rows[0].values


def test_the_lines_of_our_own_tab_keep_their_order() -> None:
    plan = WritePlan((write(3, "", {"status": "▲"}, tab="scorecard"),))
    assert places(located(kept(plan, rows("K-1")), snapshot(rows("K-1")))) == [(3, "")]


def test_a_tab_that_is_gone_is_left_out() -> None:
    plan = WritePlan((write(3, "", {"status": "▲"}, tab="reviews"),))
    assert not located(kept(plan, rows("K-1")), snapshot(rows("K-1")))
