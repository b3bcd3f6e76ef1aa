"""Rows as people type them -> definitions and issues."""

from datetime import date
from itertools import count
from typing import Any

import pytest

from sync.errors import LayoutError
from sync.model import Cadence, Direction, MeasureKind, Snapshot, Stage, Table
from sync.parse import Parsed, parse
from tests.builders import kpi_row, snapshot, table


def parsed(*rows: dict[str, Any], **others: Any) -> Parsed:
    numbers = count(1)
    return parse(snapshot(rows, **others), lambda: f"K-NEW{next(numbers)}")


def codes(found: Parsed) -> list[str]:
    return [issue.code for issue in found.issues]


def test_a_sound_row_becomes_a_definition_without_issues() -> None:
    found = parsed(kpi_row())
    kpi = found.definitions[0]
    assert codes(found) == []
    assert (kpi.stage, kpi.measure_kind, kpi.direction) == (Stage.AWARENESS, MeasureKind.LEVEL, Direction.INCREASE)
    assert (kpi.baseline, kpi.target, kpi.due, kpi.cadence) == (10000, 12000, date(2026, 12, 31), Cadence.MONTH)


def test_english_words_are_understood_in_a_spanish_workbook() -> None:
    kpi = parsed(kpi_row(direction="hold below", stage="LOYALTY", measure_kind="running total")).definitions[0]
    assert (kpi.direction, kpi.stage, kpi.measure_kind) == (
        Direction.HOLD_BELOW,
        Stage.LOYALTY,
        MeasureKind.RUNNING_TOTAL,
    )


def test_rows_of_the_template_that_nobody_filled_are_no_kpis() -> None:
    assert parsed({"id": "K-1"}, kpi_row(), {"id": "K-3"}).definitions[0].row == 1


def test_40_000_typed_as_text_is_a_question_and_never_a_guess() -> None:
    found = parsed(kpi_row(target="40.000"))
    assert codes(found) == ["cell.ambiguous_number"]
    assert found.definitions[0].target is None
    assert (found.issues[0].facts["one"], found.issues[0].facts["other"]) == (40000, 40)


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        ("target", "muchos", "cell.not_a_number"),
        ("baseline", "#REF!", "cell.formula_error"),
        ("due", "31/02/2026", "cell.no_such_day"),
        ("due", "pronto", "cell.not_a_date"),
        ("due", 12.5e9, "cell.not_a_date"),
        ("direction", "hacia arriba", "cell.unknown_choice"),
        ("direction", "Aumetnar", "cell.mistyped_choice"),
        ("cadence", "weekyl", "cell.mistyped_choice"),
        ("weight", -1.0, "cell.negative"),
        ("plan", "marzo: mucho", "cell.plan"),
        ("name", "x" * 2001, "cell.too_long"),
    ],
)
def test_what_cannot_be_read_is_an_issue_at_its_cell(column: str, typed: Any, code: str) -> None:
    issue = next(issue for issue in parsed(kpi_row(**{column: typed})).issues if issue.code == code)
    assert issue.cell is not None
    assert (issue.cell.column, issue.cell.row, issue.kpi_id) == (column, 0, "K-SOUND1")


def test_the_cell_of_an_issue_is_where_the_person_sees_it() -> None:
    cells = [["", "", ""], ["", "Meta", "ayer"]]
    rows = table("kpis", [kpi_row(target="ayer")], title="Mis KPI")
    place = rows.keys["target"]
    moved = Table("kpis", rows.title, rows.sheet_id, 2, 1, rows.columns, rows.keys)
    found = parse(Snapshot("W", {"kpis": moved}), lambda: "K-X")
    assert cells and found.issues[0].cell is not None
    assert found.issues[0].cell.a1 == f"Mis KPI!{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[place + 1]}4"


def test_two_rows_with_one_id_are_an_issue_at_both() -> None:
    found = parsed(kpi_row(id="K-A"), kpi_row(id="k-a"))
    assert codes(found) == ["id.doubled", "id.doubled"]
    assert found.doubled == {"K-A", "k-a"}


def test_a_row_without_an_id_is_given_one() -> None:
    found = parsed(kpi_row(id="K-A"), kpi_row(id=None))
    assert codes(found) == ["id.missing"]
    assert found.given == {1: "K-NEW1"}
    assert found.definitions[1].id == "K-NEW1"


def test_the_owners_milestones_are_read_to_the_last_day_of_their_month() -> None:
    kpi = parsed(kpi_row(plan="2026-06: 11500; 2026-03: 10500,5")).definitions[0]
    assert [(point.on, point.value) for point in kpi.plan] == [
        (date(2026, 3, 31), 10500.5),
        (date(2026, 6, 30), 11500),
    ]


def test_a_missing_heading_says_which_one_and_what_to_do() -> None:
    whole = snapshot([kpi_row()])
    kpis = whole.tables["kpis"]
    place = kpis.keys["target"]
    columns = tuple(column for index, column in enumerate(kpis.columns) if index != place)
    keys = {key: index - (index > place) for key, index in kpis.keys.items() if key != "target"}
    broken = Snapshot("W", {**whole.tables, "kpis": Table("kpis", "KPI", kpis.sheet_id, 0, 0, columns, keys)})
    with pytest.raises(LayoutError, match="“Meta”"):
        parse(broken, lambda: "K-X")


def test_the_owners_choices_come_from_the_settings_tab() -> None:
    rows = [{"key": "language", "value": "Inglés"}, {"key": "locale", "value": "en_GB"}, {"key": "timezone"}]
    found = parsed(kpi_row(), settings=rows).settings
    assert (found.language, found.locale, found.timezone) == ("en", "en_GB", "Europe/Madrid")


def test_a_language_and_a_locale_that_disagree_follow_the_language() -> None:
    rows = [{"key": "language", "value": "English"}, {"key": "locale", "value": "es_MX"}]
    assert parsed(kpi_row(), settings=rows).settings.locale == "en_GB"
