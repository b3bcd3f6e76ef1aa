"""What counts as a change of a definition or a status, and what doesn't."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from sync.changes import COMPARED, History, News, find_news, last_statuses
from sync.model import (
    Change,
    ChangeKind,
    Direction,
    Evaluation,
    Fields,
    KpiDefinition,
    KpiOutcome,
    LastDefinition,
    PlanPoint,
    ReviewNote,
    RowWrite,
    Status,
)
from sync.parse import Parsed, parse
from tests.builders import kpi_row, snapshot
from tests.judgement_builders import a_kpi

TODAY = date(2026, 6, 15)


def outcome_of(kpi: KpiDefinition, status: Status = Status.ON_TRACK) -> KpiOutcome:
    return KpiOutcome(kpi, Evaluation(kpi.id, status, "on_plan"), ReviewNote(kpi.id, "Note."))


def parsed_rows(*rows: dict[str, Any]) -> Parsed:
    return parse(snapshot(rows), lambda: "NEW")


def news_of(parsed: Parsed, before: News | None = None, gone: tuple[str, ...] = ()) -> News:
    known = before.definitions if before else {}
    last = {key: LastDefinition(found, key not in gone) for key, found in known.items()}
    return find_news(History(last), parsed, [outcome_of(kpi) for kpi in parsed.definitions], {}, TODAY)


def changed(first: dict[str, Any], second: dict[str, Any]) -> list[tuple[str | None, str | None, str | None]]:
    """What a second sync says of two states of one row."""
    found = news_of(parsed_rows(second), news_of(parsed_rows(first)))
    return [(change.field, change.old, change.new) for change in found.changes]


IGNORED = {
    "id": "a row with another id is another KPI",
    "row": "people sort their rows",
    "seasonal": "is told by the field `plan`, whose cell it comes from",
    "span": "has no column",
}


def test_every_field_of_a_definition_is_compared_or_its_reason_is_given() -> None:
    named = {field.name for field in fields(KpiDefinition)}
    assert named == set(COMPARED) | set(IGNORED)
    assert not set(COMPARED) & set(IGNORED)


OTHER_VALUES: dict[str, Any] = {
    "target": 15000.0,
    "due": date(2027, 3, 31),
    "baseline": 9000.0,
    "start": date(2026, 2, 1),
    "upper_limit": 99.0,
    "direction": "Reducir",
    "measure_kind": "Flujo",
    "stage": "Conversión",
    "nature": "Cualitativo",
    "cadence": "Semanal",
    "unit": "€",
    "source": "csv:a.csv",
    "metric": "altas",
    "filter": "canal=x",
    "owner": "Luis",
    "objective": "Otro",
    "statement": "Crecer mucho",
    "name": "Fans",
    "weight": 2.0,
    "amber_from": 0.5,
    "green_from": 0.9,
    "plan": "temporada",
    "active": "No",
}


@pytest.mark.parametrize("column", sorted(COMPARED))
def test_a_cell_that_says_something_else_is_one_change_of_its_field(column: str) -> None:
    found = changed(kpi_row(), kpi_row(**{column: OTHER_VALUES[column]}))
    assert [field for field, _, _ in found] == [column]


@pytest.mark.parametrize(
    ("column", "old", "new", "written"),
    [
        ("target", 60000.0, 40000.0, ("60000", "40000")),
        ("target", "60.000,25", 59999.5, ("60000.25", "59999.5")),
        ("due", date(2026, 12, 31), "2027-03-31", ("2026-12-31", "2027-03-31")),
        ("direction", "Aumentar", "Reducir", ("increase", "decrease")),
        ("plan", "2026-03: 11000", "temporada", ("2026-03-31: 11000", "season")),
        ("owner", "Ana", None, ("Ana", None)),
        ("active", None, "No", ("yes", "no")),
    ],
)
def test_values_are_kept_as_text_that_no_language_changes(
    column: str, old: Any, new: Any, written: tuple[str, str | None]
) -> None:
    assert changed(kpi_row(**{column: old}), kpi_row(**{column: new})) == [(column, *written)]


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("direction", "Aumentar", "increase"),
        ("target", 12000.0, "12.000,00"),
        ("target", 0.8, 0.7 + 0.1),
        ("target", 1 / 3, 0.33333333335),
        ("due", date(2026, 12, 31), "31/12/2026"),
        ("weight", None, 1.0),
        ("plan", None, "línea recta"),
        ("owner", "Ana", " Ana "),
    ],
)
def test_the_same_thing_written_otherwise_is_no_change(column: str, old: Any, new: Any) -> None:
    assert changed(kpi_row(**{column: old}), kpi_row(**{column: new})) == []


@pytest.mark.parametrize(("column", "junk"), [("target", "muchos"), ("direction", "hacia allá"), ("weight", -1.0)])
def test_a_cell_that_cannot_be_read_is_no_change_and_neither_is_its_repair(column: str, junk: Any) -> None:
    first = news_of(parsed_rows(kpi_row(weight=2.0)))
    second = news_of(parsed_rows(kpi_row(**{"weight": 2.0, column: junk})), first)
    third = news_of(parsed_rows(kpi_row(weight=2.0)), second)
    assert (second.changes, third.changes) == ((), ())


def test_a_cell_that_only_earns_a_warning_is_read_and_compared() -> None:
    found = changed(kpi_row(statement="a" * 60_000), kpi_row(statement="b" * 60_000))
    assert [field for field, _, _ in found] == ["statement"]


def test_a_slip_in_between_does_not_hide_what_came_of_it() -> None:
    first = news_of(parsed_rows(kpi_row(target=12000.0)))
    second = news_of(parsed_rows(kpi_row(target="muchos")), first)
    third = news_of(parsed_rows(kpi_row(target=5.0)), second)
    assert [(change.old, change.new) for change in third.changes] == [("12000", "5")]


def test_a_target_that_was_unreadable_at_first_fills_a_gap_and_is_no_change() -> None:
    assert changed(kpi_row(target="muchos"), kpi_row(target=5.0)) == []


def test_a_name_that_only_repeats_the_metric_is_not_renamed_with_it() -> None:
    found = changed(kpi_row(name=None, metric="a"), kpi_row(name=None, metric="b"))
    assert [field for field, _, _ in found] == ["metric"]


def test_a_name_that_only_repeats_a_long_statement_is_not_renamed_with_it() -> None:
    one, other = ({"name": None, "metric": None, "statement": text * 30} for text in ("abc", "xyz"))
    assert [field for field, _, _ in changed(kpi_row(**one), kpi_row(**other))] == ["statement"]


def test_a_name_that_looks_like_an_address_is_a_name_where_it_stands_for_nothing() -> None:
    assert [field for field, _, _ in changed(kpi_row(name="Plan!B3"), kpi_row(name="Plan!B4"))] == ["name"]


def test_the_cell_that_stands_for_an_absent_name_is_no_name() -> None:
    nameless = kpi_row(name=None, metric=None, statement=None)
    first = news_of(parsed_rows(nameless))
    moved = news_of(parsed_rows(kpi_row(id="K-2"), nameless), first)
    assert [(change.kind, change.kpi_id) for change in moved.changes] == [(ChangeKind.ADDED, "K-2")]


def test_the_first_sync_of_a_workbook_finds_no_changes() -> None:
    found = news_of(parsed_rows(kpi_row()))
    assert found.changes == ()
    assert set(found.definitions) == {"K-SOUND1"}


def test_a_kpi_that_comes_and_one_that_goes_are_told_by_name() -> None:
    first = news_of(parsed_rows(kpi_row()))
    second = news_of(parsed_rows(kpi_row(id="K-2", name="Otro")), first)
    assert second.changes == (
        Change("K-2", ChangeKind.ADDED, TODAY, new="Otro"),
        Change("K-SOUND1", ChangeKind.REMOVED, TODAY, old="Seguidores"),
    )


def test_a_kpi_that_went_is_told_once() -> None:
    first = news_of(parsed_rows(kpi_row()))
    assert news_of(parsed_rows(), first, gone=("K-SOUND1",)).changes == ()


def test_a_kpi_that_comes_back_with_another_target_cannot_hide_it() -> None:
    first = news_of(parsed_rows(kpi_row()))
    back = news_of(parsed_rows(kpi_row(target=5.0)), first, gone=("K-SOUND1",))
    assert [(change.kind, change.new) for change in back.changes] == [
        (ChangeKind.DEFINITION, "5"),
        (ChangeKind.ADDED, "Seguidores"),
    ]


def test_an_id_on_two_rows_is_left_alone_until_it_is_one_rows_again() -> None:
    first = news_of(parsed_rows(kpi_row()))
    doubled = news_of(parsed_rows(kpi_row(), kpi_row(target=5.0)), first)
    assert doubled == News()


def test_a_field_that_was_never_read_before_is_no_change() -> None:
    first = news_of(parsed_rows(kpi_row()))
    older: dict[str, Fields] = {
        key: {name: text for name, text in found.items() if name != "cadence"}
        for key, found in first.definitions.items()
    }
    assert news_of(parsed_rows(kpi_row(cadence="Semanal")), replace(first, definitions=older)).changes == ()


def test_another_status_word_than_the_row_showed_is_one_change() -> None:
    kpi = a_kpi()
    found = find_news(History(), understood(kpi), [outcome_of(kpi, Status.AT_RISK)], {"k1": "on_track"}, TODAY)
    assert found.changes == (Change("k1", ChangeKind.STATUS, TODAY, "status", "on_track", "at_risk"),)


@pytest.mark.parametrize("shown", [{"k1": "at_risk"}, {}])
def test_the_same_word_or_none_before_is_no_change(shown: dict[str, str]) -> None:
    kpi = a_kpi()
    assert find_news(History(), understood(kpi), [outcome_of(kpi, Status.AT_RISK)], shown, TODAY).changes == ()


@pytest.mark.parametrize(
    ("status", "computed_for", "known"),
    [
        ("▲ En rumbo", "K-SOUND1", {"K-SOUND1": "on_track"}),
        ("▲ On track", "K-SOUND1", {"K-SOUND1": "on_track"}),
        ("▲ En rumbo", "K-OTHER", {}),
        ("▲ En rumbo", None, {}),
        ("nonsense", "K-SOUND1", {}),
        (None, "K-SOUND1", {}),
    ],
)
def test_the_last_status_is_what_the_row_shows_for_this_very_kpi(
    status: str | None, computed_for: str | None, known: dict[str, str]
) -> None:
    read = snapshot([kpi_row(status=status, computed_for=computed_for)])
    assert last_statuses(read.tables["kpis"], parse(read, lambda: "NEW").definitions) == known


def test_what_belongs_to_an_unwritten_row_is_left_for_the_next_sync() -> None:
    first = news_of(parsed_rows(kpi_row(), kpi_row(id="K-2")))
    second = news_of(parsed_rows(kpi_row(target=5.0), kpi_row(id="K-2", target=6.0)), first)
    kept = second.without([RowWrite("kpis", 0, "K-SOUND1", {}, ("note",)), RowWrite("scorecard", 1, "K-2", {}, ())])
    assert [change.kpi_id for change in kept.changes] == ["K-2"]
    assert set(kept.definitions) == {"K-2"}


def test_a_new_row_whose_id_could_not_be_written_is_found_again() -> None:
    found = news_of(parsed_rows(kpi_row(id=None)))
    assert set(found.definitions) == {"NEW"}
    assert found.without([RowWrite("kpis", 0, "", {"computed_for": "NEW"}, ("id",))]) == News()


def test_milestones_of_a_plan_are_written_with_their_days() -> None:
    kpi = a_kpi(plan=(PlanPoint(date(2026, 3, 31), 55000.0), PlanPoint(date(2026, 6, 30), 65000.5)))
    assert COMPARED["plan"](kpi) == "2026-03-31: 55000; 2026-06-30: 65000.5"
    assert COMPARED["direction"](a_kpi(direction=Direction.KEEP_WITHIN)) == "keep_within"


def understood(kpi: KpiDefinition) -> Parsed:
    return replace(parsed_rows(), definitions=(kpi,))
