"""The write plan: what the sheet should say minus what it says."""

from dataclasses import replace
from datetime import date
from typing import Any

from sync.dates_text import serial_of
from sync.engine import Found, check_all, judge
from sync.model import Measurement, MeasurementSeries, Provenance, Snapshot, Table, WritePlan
from sync.parse import parse
from sync.plan import fix_text, plan_writes, smart_text
from tests.builders import TODAY, kpi_row, snapshot

SERIES = MeasurementSeries(
    (Measurement(date(2026, 1, 1), 10000.0), Measurement(date(2026, 6, 10), 11200.0)), Provenance("test")
)


def planned(found: Snapshot) -> WritePlan:
    parsed = parse(found, lambda: "K-GIVEN")
    checks, issues = check_all(found, parsed, TODAY)
    outcomes = [judge(kpi, Found(SERIES, None), None, TODAY, parsed.settings.locale) for kpi in parsed.definitions]
    return plan_writes(found, parsed, outcomes, checks, issues)


def carried_out(found: Snapshot, plan: WritePlan) -> Snapshot:
    """The snapshot as the next read would bring it."""
    tables = dict(found.tables)
    for row in plan.rows:
        tables[row.tab] = _written(tables[row.tab], row.row, dict(row.values))
    return replace(found, tables=tables)


def _written(table: Table, row: int, values: dict[str, Any]) -> Table:
    columns = [list(column) for column in table.columns]
    for key, value in values.items():
        column = columns[table.keys[key]]
        column += [""] * (row + 2 - len(column))
        column[row + 1] = "" if value is None else value
    return replace(table, columns=tuple(map(tuple, columns)))


def of_kpis(plan: WritePlan) -> list[Any]:
    return [row for row in plan.rows if row.tab == "kpis"]


def test_a_row_is_written_with_the_id_that_it_was_computed_for() -> None:
    row = of_kpis(planned(snapshot([kpi_row()])))[0]
    assert (row.key, row.values["computed_for"], row.values["actual"]) == ("K-SOUND1", "K-SOUND1", 11200.0)
    assert row.values["status"] == "▲ En rumbo"
    assert row.values["measured_on"] == serial_of(date(2026, 6, 10))


def test_only_our_columns_are_written() -> None:
    row = of_kpis(planned(snapshot([kpi_row()])))[0]
    assert not set(row.values) & {"id", "name", "target", "start", "active", "guard_left", "guard_right"}


def test_nothing_changed_means_nothing_to_write() -> None:
    found = snapshot([kpi_row(), kpi_row(id="K-2", target=None)])
    assert not planned(carried_out(found, planned(found)))


def test_a_sorted_tab_is_already_right() -> None:
    found = snapshot([kpi_row(), {"id": "K-EMPTY"}])
    done = carried_out(found, planned(found))
    kpis = done.tables["kpis"]
    turned = replace(kpis, columns=tuple((column[0], *reversed(column[1:])) for column in kpis.columns))
    assert not of_kpis(planned(replace(done, tables={**done.tables, "kpis": turned})))


def test_two_rows_with_one_id_show_no_light() -> None:
    rows = of_kpis(planned(snapshot([kpi_row(id="K-A"), kpi_row(id="K-A")])))
    assert [row.values["computed_for"] for row in rows] == [None, None]
    assert all("K-A" in str(row.values["fix"]) for row in rows)


def test_a_row_without_an_id_gets_one_with_its_values() -> None:
    row = of_kpis(planned(snapshot([kpi_row(id=None)])))[0]
    assert (row.key, row.values["id"], row.values["computed_for"]) == ("", "K-GIVEN", "K-GIVEN")


def test_what_stood_beside_a_kpi_that_is_gone_goes_too() -> None:
    left = snapshot([{"id": "K-1", "status": "▲ En rumbo", "computed_for": "K-1"}])
    row = of_kpis(planned(left))[0]
    assert set(row.changed) == {"status", "computed_for"}
    assert not any(row.values.values())


def test_the_scorecard_lists_kpis_by_objective() -> None:
    rows = [kpi_row(id="K-1", objective="B"), kpi_row(id="K-2", objective=None), kpi_row(id="K-3", objective="A")]
    plan = planned(snapshot(rows, objectives=[{"name": "A"}, {"name": "B"}]))
    listed = [row.values["computed_for"] for row in plan.rows if row.tab == "scorecard"]
    assert [key for key in listed if str(key).startswith("K-")] == ["K-3", "K-1", "K-2"]


def test_letters_that_are_out_are_dots_and_unknown_ones_question_marks() -> None:
    found = snapshot([kpi_row(due=None)])
    checks, _ = check_all(found, parse(found, lambda: "K-X"), TODAY)
    assert smart_text(checks["K-SOUND1"]) == "S M ? R ·"


def test_a_cell_holds_six_fixes_the_proposal_first_then_errors_and_counts_the_rest() -> None:
    empty = dict.fromkeys(kpi_row(), None) | {"id": "K-1", "statement": "Crecer"}
    found = snapshot([empty])
    _, issues = check_all(found, parse(found, lambda: "K-X"), TODAY)
    lines = str(fix_text(issues, "es_ES")).splitlines()
    assert len(lines) == 7
    assert lines[0].startswith("• De la frase se lee: Dirección: Aumentar")
    assert lines[1].startswith("• Di qué se mide")
    assert not [line for line in lines if "Elige en «Dirección»" in line]
    assert "más" in lines[-1]


def test_text_from_outside_stays_text() -> None:
    row = of_kpis(planned(snapshot([kpi_row(name='=IMPORTXML("x")', objective="=1+1")])))[0]
    assert isinstance(row.values["note"], str)
