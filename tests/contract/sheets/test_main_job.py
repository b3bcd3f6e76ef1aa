"""What a sync needs: typed cells in, typed cells out, in one atomic batch that answers with the sheet after it."""

from tests.contract.sheets.support import Api, CheckedServer

MASK = (
    "replies,updatedSpreadsheet(sheets(properties(sheetId,title),"
    "data(startRow,startColumn,rowData(values(effectiveValue)))))"
)


def text(value):
    return {"userEnteredValue": {"stringValue": value}}


def number(value):
    return {"userEnteredValue": {"numberValue": value}}


def write(rows, top=0, left=0, fields="userEnteredValue", sheet=0):
    start = {"sheetId": sheet, "rowIndex": top, "columnIndex": left}
    return {"updateCells": {"start": start, "rows": [{"values": row} for row in rows], "fields": fields}}


def test_a_batch_answers_with_the_sheet_after_it(api: Api):
    body = {
        "requests": [write([[text("id"), text("actual")], [text("K1"), number(5)]])],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["Sheet1!A2:B"],
    }
    answer = api.post(":batchUpdate", body, fields=MASK)
    data = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]
    assert answer["replies"] == [{}]
    assert data["startRow"] == 1
    assert data["rowData"] == [
        {"values": [{"effectiveValue": {"stringValue": "K1"}}, {"effectiveValue": {"numberValue": 5}}]}
    ]


def test_one_bad_request_and_nothing_has_happened(api: Api):
    message = api.refused(write([[text("x")]]), {"deleteSheet": {"sheetId": 999}})
    assert message == "Invalid requests[1].deleteSheet: No sheet with id: 999"
    assert api.values("A1") is None


def test_cells_past_the_given_rows_are_cleared(api: Api):
    api.put("A1:B3", [["a", 1], ["b", 2], ["c", 3]])
    box = {"sheetId": 0, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": 2}
    api.batch({"updateCells": {"range": box, "rows": [{"values": [text("only")]}], "fields": "userEnteredValue"}})
    assert api.values("A1:B3") == [["only"]]


def test_named_ranges_are_read_by_columns_as_serials(api: Api):
    api.put("A1:B3", [["id", "start"], ["K1", "2026-01-31"], ["K2", ""]])
    columns = {"sheetId": 0, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": 2}
    api.batch({"addNamedRange": {"namedRange": {"name": "kpis", "range": columns}}})
    query = {
        "ranges": ["kpis"],
        "majorDimension": "COLUMNS",
        "valueRenderOption": "UNFORMATTED_VALUE",
        "dateTimeRenderOption": "SERIAL_NUMBER",
    }
    found = api.get("/values:batchGet", **query)["valueRanges"][0]
    assert found["range"] == "Sheet1!A1:B1000"
    assert found["values"] == [["id", "K1", "K2"], ["start", 46053]]


def test_a_named_range_follows_inserted_and_moved_columns(api: Api):
    where = {"sheetId": 0, "startColumnIndex": 2, "endColumnIndex": 4}
    api.batch({"addNamedRange": {"namedRange": {"namedRangeId": "kpis", "name": "kpis", "range": where}}})
    span = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    api.batch({"insertDimension": {"range": span}})
    assert api.get("", fields="namedRanges")["namedRanges"][0]["range"] == {"startColumnIndex": 3, "endColumnIndex": 5}
    api.batch({"moveDimension": {"source": span, "destinationIndex": 6}})
    assert api.get("", fields="namedRanges")["namedRanges"][0]["range"] == {"startColumnIndex": 2, "endColumnIndex": 4}
    api.batch({"deleteDimension": {"range": span}})
    assert api.get("", fields="namedRanges")["namedRanges"][0]["range"] == {"startColumnIndex": 1, "endColumnIndex": 3}


def test_a_light_follows_its_guard(api: Api):
    rule = {
        "ranges": [{"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 3}],
        "booleanRule": {
            "condition": {
                "type": "CUSTOM_FORMULA",
                "values": [{"userEnteredValue": '=($D2<>"")*($D2=$A2)*($E2>=TODAY())*(LEFT($B2)="▲")'}],
            },
            "format": {"backgroundColor": {"green": 0.8}},
        },
    }
    api.put("A2:E3", [["K1", "▲ fine", 1, "K1", "2999-01-01"], ["K2", "▲ fine", 1, "K1", "2999-01-01"]])
    api.batch({"addConditionalFormatRule": {"rule": rule, "index": 0}})
    fields = "effectiveFormat.backgroundColor"
    shown = [cell["effectiveFormat"]["backgroundColor"] for cell in [row[0] for row in api.cells("B2:B3", fields)]]
    assert shown == [{"green": 0.8}, {"red": 1, "green": 1, "blue": 1}]


def test_a_file_keeps_the_id_that_its_maker_chose(server: CheckedServer, api: Api):
    address = f"{server.url}/drive/v3/files"
    name = f"demo-{api.workbook[:12]}"
    first = api.session.post(address, json={"id": name, "name": "Demo"}, timeout=5)
    again = api.session.post(address, json={"id": name, "name": "Demo"}, timeout=5)
    assert (first.json()["id"], first.status_code, again.status_code) == (name, 200, 409)


def test_edits_by_a_user_come_between_two_calls(server: CheckedServer, api: Api):
    api.values("A1")
    calls = sum(server.calls(api.workbook).values())
    server.plan_edit(api.workbook, calls + 1, {"requests": [write([[text("theirs")]])]})
    server.plan_edit(api.workbook, calls + 1, {"requests": [write([[text("later")]], top=1)]}, after=True)
    assert api.values("A1:A2") == [["theirs"]]
    assert api.values("A1:A2") == [["theirs"], ["later"]]
    assert sum(server.calls(api.workbook).values()) == calls + 2


def test_other_hosts_and_origins_are_refused(server: CheckedServer, api: Api):
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        assert api.session.get(f"{server.url}/healthz", headers=headers, timeout=5).status_code == 403
    assert api.session.get(f"{server.url}/healthz", timeout=5).json()["server"] == "semaforo-sheets"


def test_a_written_workbook_is_there_after_a_restart(tmp_path):
    path = tmp_path / "books.db"
    with CheckedServer(path) as first:
        api = Api(first.url, "keep")
        api.session.post(f"{first.url}/drive/v3/files", json={"id": "keep", "name": "Keep"}, timeout=5)
        api.put("A1:C1", [["a", 1.5, "=B1*2"]])
        api.batch({"updateCells": {"start": {}, "rows": [{"values": [{"note": "hi"}]}], "fields": "note"}})
    with CheckedServer(path) as second:
        api = Api(second.url, "keep")
        assert api.values("A1:C1", valueRenderOption="UNFORMATTED_VALUE") == [["a", 1.5, 3]]
        assert api.cell("A1", "note") == {"note": "hi"}
