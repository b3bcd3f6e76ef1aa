"""The whole route on a real workbook: gspread over HTTP, the one read, the one write."""

from collections.abc import Callable
from datetime import date

from sync.model import Status
from tests.builders import TODAY, kpi_row
from tests.workbooks import Book

Books = Callable[..., Book]
READINGS = [
    {"date": date(2026, 1, 1), "metric": "seguidores", "value": 10000.0},
    {"date": date(2026, 6, 10), "metric": "Seguidores", "value": 11200.0},
]
TYPED = {key: value for key, value in kpi_row().items() if key != "id"}


def typed(**changes: object) -> dict[str, object]:
    """A KPI as a person types it: without an id, which the template has given."""
    return {**TYPED, **changes}


def test_a_kpi_gets_its_light_in_two_calls(book: Books) -> None:
    plan = book([typed()], measurements=READINGS)
    report = plan.sync(TODAY)
    assert (report.applied.reads, report.applied.writes) == (1, 1)
    assert report.outcomes[0].evaluation.status is Status.ON_TRACK
    assert plan.cell("kpis", 0, "status") == "▲ En rumbo"
    assert plan.cell("kpis", 0, "computed_for") == plan.cell("kpis", 0, "id")


def test_a_second_sync_makes_one_call_and_writes_nothing(book: Books) -> None:
    plan = book(
        [typed(), typed(name="Otro", target="muchos"), typed(name="Sin datos", metric="nada")], measurements=READINGS
    )
    plan.sync(TODAY)
    report = plan.sync(TODAY)
    assert (report.applied.reads, report.applied.writes, report.applied.cells) == (1, 0, 0)


def test_a_new_reading_changes_its_own_row_and_those_that_sum_it_up(book: Books) -> None:
    rows = [typed(), typed(name="Otro", metric="otro")]
    plan = book(rows, measurements=READINGS)
    plan.sync(TODAY)
    plan.type_in("measurements", [{"date": date(2026, 6, 14), "metric": "seguidores", "value": 11300.0}], first=2)
    report = plan.sync(TODAY)
    written = {(row.tab, row.row) for row in report.plan.rows}
    assert written == {("kpis", 0), ("scorecard", 0), ("scorecard", 1), ("scorecard", 2)}  # plan, objective, KPI
    assert plan.cell("kpis", 0, "actual") == 11300


def test_a_dry_run_writes_nothing_and_tells_everything(book: Books) -> None:
    plan = book([typed()], measurements=READINGS)
    report = plan.sync(TODAY, dry_run=True)
    assert report.applied.writes == 0
    assert report.plan.cells > 10
    assert plan.cell("kpis", 0, "status") is None


def test_another_tab_costs_one_more_read_the_first_time_only(book: Books) -> None:
    plan = book([typed(source="pestaña:Mi CRM", metric="altas")])
    sheet = {"addSheet": {"properties": {"sheetId": 5, "title": "Mi CRM"}}}
    lines = [["Fecha", "Altas"], [46000.0, 10000.0], [46180.0, 11500.0]]
    cells = [{"values": [{"userEnteredValue": _value(value)} for value in line]} for line in lines]
    start = {"sheetId": 5, "rowIndex": 0, "columnIndex": 0}
    plan.edit(sheet, {"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}})
    first, second = plan.sync(TODAY), plan.sync(TODAY)
    assert first.outcomes[0].evaluation.actual == 11500
    assert (first.applied.reads, second.applied.reads) == (2, 1)


def test_everything_a_person_typed_is_still_there(book: Books) -> None:
    plan = book([typed(), typed(name="Otro")], measurements=READINGS)
    guard = plan.column_heads("kpis").index("▸")
    before = plan.columns("kpis")[: guard + 1], plan.columns("measurements"), plan.columns("settings")
    plan.sync(TODAY)
    assert (plan.columns("kpis")[: guard + 1], plan.columns("measurements"), plan.columns("settings")) == before


def _value(value: object) -> dict[str, object]:
    return {"numberValue": value} if isinstance(value, float) else {"stringValue": value}
