"""Each bad input by hand: a clear issue at its cell, or one line that says what to do; nothing is lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from sheet_templates.layout import tabs
from sheet_templates.words import LANGUAGES, say
from sync.errors import (
    LayoutError,
    SuspiciousEmptinessError,
    WorkbookError,
    WorkbookNotFoundError,
    WorkbookNotSharedError,
)
from sync.model import Light, Severity, Status, SyncReport
from sync.sheet.google import open_local
from sync.sheet.reference import read_reference
from sync.sheet.workbook import Workbook
from tests.builders import TODAY
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book

Books = Callable[..., Book]
KPIS = tabs()["kpis"].id


def told(report: SyncReport) -> dict[str, str | None]:
    """Issue code -> the cell where the person finds it."""
    known = [issue for issue in report.issues if issue.severity is not Severity.HINT]
    return {issue.code: issue.cell.a1 if issue.cell else None for issue in known}


@contextmanager
def server_that_answers(status: int, body: bytes) -> Iterator[str]:
    """A server that gives the same answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_workbook_that_does_not_exist(book: Books) -> None:
    with pytest.raises(WorkbookNotFoundError, match="semaforo init local:other"):
        Workbook(book().client, "local-other", "local:other").read()


def test_a_workbook_that_is_not_shared_names_the_address_to_share_it_with() -> None:
    body = b'{"error": {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}}'
    with server_that_answers(403, body) as url:
        client = open_local(url)
        client.account = "semaforo@project.iam.gserviceaccount.com"
        with pytest.raises(WorkbookNotSharedError, match=r"semaforo@project\.iam"):
            Workbook(client, "W" * 30, "W" * 30).read()


def test_a_server_that_is_down_is_tried_again_and_then_told_in_one_line() -> None:
    waits: list[float] = []
    with server_that_answers(503, b"<html>down</html>") as url:
        client = open_local(url)
        client.sleep = waits.append
        with pytest.raises(WorkbookError) as caught:
            Workbook(client, "W" * 30, "W" * 30).read()
    assert (len(waits), caught.value.permanent) == (5, False)
    assert "html" not in str(caught.value)


def test_a_missing_tab_that_a_sync_can_do_without_is_told(book: Books) -> None:
    plan = book([typed()], measurements=READINGS)
    plan.edit({"deleteSheet": {"sheetId": tabs()["surveys"].id}})
    report = plan.sync(TODAY)
    assert "layout.missing_tab" in told(report)
    assert report.outcomes[0].evaluation.light is Light.GREEN


def test_without_the_kpi_tab_nothing_runs(book: Books) -> None:
    plan = book([typed()])
    plan.edit({"deleteSheet": {"sheetId": KPIS}})
    with pytest.raises(LayoutError, match="semaforo init"):
        plan.sync(TODAY)


def test_a_missing_heading_is_named_and_nothing_is_written(book: Books) -> None:
    plan = book([typed()], measurements=READINGS)
    place = plan.column_heads("kpis").index("Meta")
    start = {"sheetId": KPIS, "rowIndex": 0, "columnIndex": place}
    cells = [{"values": [{"userEnteredValue": {"stringValue": "Objetivo numérico"}}]}]
    plan.edit({"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}})
    with pytest.raises(LayoutError) as caught:
        plan.sync(TODAY)
    assert "«Meta»" in caught.value.sentence("es_ES")
    assert all(column[1:] == [] or column[0] in ("Clave", *_heads()) for column in plan.columns("kpis"))


def _heads() -> list[str]:
    return [column.heading["es"] for column in tabs()["kpis"].columns if column.of == "person"] + ["Objetivo numérico"]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("target", "muchos", "cell.not_a_number"),
        ("target", "40.000", "cell.ambiguous_number"),
        ("due", "31/02/2026", "cell.no_such_day"),
        ("stage", "Luna", "cell.unknown_choice"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_at_its_cell(book: Books, column: str, text: str, code: str) -> None:
    plan = book([typed(**{column: text})], measurements=READINGS)
    report = plan.sync(TODAY)
    heads = plan.column_heads("kpis")
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[heads.index(tabs()["kpis"].column(column).heading["es"])]
    assert told(report)[code] == f"KPI!{letter}2"
    assert report.outcomes[0].evaluation.status is Status.INVALID
    assert plan.cell("kpis", 0, column) == text
    assert text in str(plan.cell("kpis", 0, "fix"))


def test_a_formula_error_is_told_and_the_formula_stays(book: Books) -> None:
    plan = book([typed()], measurements=READINGS)
    place = plan.column_heads("kpis").index("Meta")
    start = {"sheetId": KPIS, "rowIndex": 1, "columnIndex": place}
    cells = [{"values": [{"userEnteredValue": {"formulaValue": "=1/0"}}]}]
    plan.edit({"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}})
    report = plan.sync(TODAY)
    assert told(report) == {"cell.formula_error": "KPI!N2"}
    mask = "sheets(properties(sheetId),data(rowData(values(userEnteredValue))))"
    state = plan.client.look(plan.id, mask)
    rows = next(sheet for sheet in state["sheets"] if sheet["properties"]["sheetId"] == KPIS)["data"][0]["rowData"]
    assert rows[1]["values"][place]["userEnteredValue"] == {"formulaValue": "=1/0"}


def test_an_emptied_tab_stops_the_sync_and_keeps_what_is_there(book: Books) -> None:
    plan = book([typed(), typed(name="Otro")], measurements=READINGS)
    plan.sync(TODAY)
    body = {"sheetId": KPIS, "startRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 24}
    plan.edit({"updateCells": {"range": body, "fields": "userEnteredValue"}})
    with pytest.raises(SuspiciousEmptinessError, match="had 2 KPIs"):
        plan.sync(TODAY)
    assert plan.cell("kpis", 0, "status") == "▲ En rumbo"
    assert plan.sync(TODAY, allow_empty=True).outcomes == ()
    assert plan.cell("kpis", 0, "status") is None


def test_two_rows_with_one_id_show_no_light_until_the_newer_has_its_own(book: Books) -> None:
    plan = book([typed(id="K-A"), typed(id="K-A", name="Copia")], measurements=READINGS)
    report = plan.sync(TODAY)
    assert [issue.code for issue in report.issues if issue.severity is Severity.ERROR] == ["id.doubled"] * 2
    assert [plan.cell("kpis", row, "computed_for") for row in (0, 1)] == [None, None]
    plan.type_in("kpis", [{"id": None}], first=1)
    plan.sync(TODAY)
    computed = [plan.cell("kpis", row, "computed_for") for row in (0, 1)]
    assert computed == [plan.cell("kpis", row, "id") for row in (0, 1)]
    assert computed[0] == "K-A" != computed[1]


def test_an_unreachable_source_fails_its_own_kpi_alone(book: Books) -> None:
    plan = book([typed(source="csv:https://127.0.0.1/x.csv"), typed(name="Otro")], measurements=READINGS)
    report = plan.sync(TODAY)
    assert [outcome.evaluation.status for outcome in report.outcomes] == [Status.SOURCE_FAILED, Status.ON_TRACK]
    failure = report.outcomes[0].failure
    assert failure is not None
    assert all(say("failures", failure.code, language, failure.facts) for language in LANGUAGES)


def test_a_csv_without_the_named_column_says_which_ones_it_has(book: Books) -> None:
    plan = book([typed(source="csv:ventas.csv", metric="pedidos")])
    plan.settings.files_folder.mkdir(parents=True)
    (plan.settings.files_folder / "ventas.csv").write_text("fecha;ventas\n01/06/2026;3\n", encoding="utf-8")
    failure = plan.sync(TODAY).outcomes[0].failure
    assert failure is not None
    assert failure.code == "missing_column"
    assert "ventas" in say("failures", failure.code, "es_ES", failure.facts)


def test_a_source_that_fails_keeps_the_light_grey_beside_the_last_good_value(book: Books) -> None:
    plan = book([typed(source="csv:s.csv", metric="seguidores")])
    plan.settings.files_folder.mkdir(parents=True)
    file = plan.settings.files_folder / "s.csv"
    file.write_text("fecha,seguidores\n2026-01-01,10000\n2026-06-10,11200\n", encoding="utf-8")
    plan.sync(TODAY)
    file.unlink()
    report = plan.sync(TODAY)
    assert report.outcomes[0].evaluation.light is Light.GREY
    assert plan.cell("kpis", 0, "status") == "○ Falló la fuente"
    assert plan.cell("kpis", 0, "actual") == 11200
    assert plan.cell("kpis", 0, "measured_on") == (date(2026, 6, 10) - date(1899, 12, 30)).days


def test_a_workbook_without_kpis_syncs_to_nothing(book: Books) -> None:
    plan = book()
    report = plan.sync(TODAY)
    assert report.outcomes == ()
    assert {row.tab for row in report.plan.rows} == {"scorecard"}  # which says what the plan lacks
    assert plan.sync(TODAY).applied.writes == 0


@pytest.mark.parametrize("column", ["baseline", "target", "weight", "green_from"])
def test_a_number_too_long_to_write_out_stops_neither_its_row_nor_the_sync(book: Books, column: str) -> None:
    rows = [typed(name="Enorme", **{column: 1e300, "statement": None}), typed(name="Vecino")]
    made = book(rows, measurements=READINGS)
    assert [outcome.definition.name for outcome in made.sync(TODAY).outcomes] == ["Enorme", "Vecino"]
    assert made.sync(TODAY).applied.writes == 0


def test_a_source_that_fails_is_named_as_its_owner_typed_it(book: Books) -> None:
    made = book([typed(source="Mediciones", filter="solo Instagram")], measurements=READINGS)
    made.sync(TODAY)
    assert "La fuente Mediciones no dio" in str(made.cell("kpis", 0, "note"))


def test_a_lost_column_of_ours_comes_back_by_the_command_that_the_sentence_names(book: Books) -> None:
    made = book([typed()], measurements=READINGS)
    place = made.column_heads("kpis").index("Estado")
    lost = {"sheetId": KPIS, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    made.edit({"deleteDimension": {"range": lost}})
    with pytest.raises(LayoutError) as caught:
        made.sync(TODAY)
    named = caught.value.sentence("es").rpartition("semaforo init ")[2]
    assert read_reference(named).id == made.id
