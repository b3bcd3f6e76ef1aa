"""spreadsheets.values: what is answered, counted and refused."""

import json

import pytest
from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build

from tests.contract.sheets.support import Api, CheckedServer


def test_a_write_is_counted_cell_by_cell(api: Api):
    body = {"values": [["a", None, "c"], [None, None, None], ["", "x"]]}
    found = api.send("PUT", "/values/B2", body, valueInputOption="RAW").json()
    assert found == {
        "spreadsheetId": api.workbook,
        "updatedRange": "Sheet1!B2:D4",
        "updatedRows": 2,
        "updatedColumns": 3,
        "updatedCells": 4,
    }


def test_a_null_leaves_what_is_there_and_an_empty_text_empties_it(api: Api):
    api.put("A1:B1", [["old", "old"]])
    api.put("A1:B1", [[None, ""]])
    assert api.values("A1:B1") == [["old"]]


def test_inner_gaps_stay_and_ends_are_cut(api: Api):
    api.put("B2:D4", [["a", "", "c"], ["", "", ""], ["", "x", ""]])
    assert api.values("A1:E9") == [[], ["", "a", "", "c"], [], ["", "", "x"]]
    assert api.values("A1:E9", majorDimension="COLUMNS") == [[], ["", "a"], ["", "", "", "x"], ["", "c"]]
    assert "values" not in api.get("/values/F1:G2")


def test_a_write_answers_with_what_it_made(api: Api):
    query = {"includeValuesInResponse": "true", "responseValueRenderOption": "UNFORMATTED_VALUE"}
    found = api.put("A1:B1", [["=1+1", "5%"]], **query)
    assert found["updatedData"] == {"range": "Sheet1!A1:B1", "majorDimension": "ROWS", "values": [[2, 0.05]]}


def test_several_ranges_are_counted_together(api: Api):
    data = [{"range": "A1:D1", "values": [["a", "b", "", "d"]]}, {"range": "A4:D4", "values": [["e", "f", "", "h"]]}]
    found = api.post("/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    totals = {name: number for name, number in found.items() if name.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 4,
        "totalUpdatedCells": 8,
        "totalUpdatedSheets": 1,
    }
    assert found["responses"][1]["updatedRange"] == "Sheet1!A4:D4"


def test_columns_are_written_as_columns(api: Api):
    body = {"majorDimension": "COLUMNS", "values": [["a", "b"], ["c"]]}
    assert api.send("PUT", "/values/A1:B2", body, valueInputOption="RAW").json()["updatedCells"] == 3
    assert api.values("A1:B2") == [["a", "c"], ["b"]]


@pytest.mark.parametrize(
    ("where", "table", "written"),
    [
        ("A1", "Sheet1!A1:C2", "Sheet1!A3"),
        ("Sheet1", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("C5:D5", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B2:D4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A3:G10", "Sheet1!B4:D6", "Sheet1!B7"),
        ("E4", None, "Sheet1!E4"),
    ],
)
def test_the_documented_tables_are_found(api: Api, where, table, written):
    api.put("A1:C2", [["x"] * 3] * 2)
    api.put("B4:D6", [["y"] * 3] * 3)
    found = api.post(f"/values/{where}:append", {"values": [["new"]]}, valueInputOption="RAW")
    assert (found.get("tableRange"), found["updates"]["updatedRange"]) == (table, written)


def test_appending_below_the_grid_grows_it(api: Api):
    api.put("A1000", [["last"]])
    found = api.post("/values/A1000:append", {"values": [["more"]]}, valueInputOption="RAW")
    assert found["updates"]["updatedRange"] == "Sheet1!A1001"


def test_appended_rows_may_push_the_rest_down(api: Api):
    api.put("A1:A3", [["head"], [""], ["below"]])
    query = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
    api.post("/values/A1:append", {"values": [["a"], ["b"]]}, **query)
    assert api.values("A1:A5") == [["head"], ["a"], ["b"], [], ["below"]]


@pytest.mark.parametrize(
    ("verb", "path", "body", "query", "message"),
    [
        ("GET", "/values/Nope!A1", None, {}, "Unable to parse range: Nope!A1"),
        ("GET", "/values/A1", None, {"valueRenderOption": "X"}, "Invalid value at 'value_render_option'"),
        ("GET", "/values/A1", None, {"nope": "1"}, 'Unknown name "nope": Cannot bind query parameter.'),
        ("GET", "/values/A1", None, {"fields": "nope"}, "Request contains an invalid argument."),
        ("PUT", "/values/A1", {"values": [[1]]}, {}, "'valueInputOption' is required but not specified"),
        ("PUT", "/values/A1:B1", {"values": [[1, 2, 3]]}, {"valueInputOption": "RAW"}, "tried writing to column [C]"),
        ("PUT", "/values/A1:B1", {"values": [[1], [2]]}, {"valueInputOption": "RAW"}, "tried writing to row [2]"),
        (
            "PUT",
            "/values/A1",
            {"values": [[{"a": "b"}]]},
            {"valueInputOption": "RAW"},
            "Invalid values[0][0]: struct_value",
        ),
        ("PUT", "/values/A1", {"values": "X"}, {"valueInputOption": "RAW"}, "Invalid value at 'data.values'"),
        ("PUT", "/values/A1", {"range": "B2", "values": []}, {"valueInputOption": "RAW"}, "body has range"),
        ("PUT", "/values/A1", {"values": [["x" * 50001]]}, {"valueInputOption": "RAW"}, "maximum of 50000 characters"),
        ("PUT", "/values/Z1", {"values": [[1, 2]]}, {"valueInputOption": "RAW"}, "exceeds grid limits"),
        (
            "POST",
            "/values:batchUpdate",
            {"valueInputOption": "RAW", "data": [{"range": "A1", "values": [[1]]}, {"range": "Nope!A1"}]},
            {},
            "Invalid data[1]: Unable to parse range: Nope!A1",
        ),
    ],
)
def test_what_cannot_be_done_is_said_as_google_says_it(api: Api, verb, path, body, query, message):
    response = api.send(verb, path, body, **query)
    assert response.status_code == 400
    assert message in response.json()["error"]["message"]
    assert response.json()["error"]["status"] == "INVALID_ARGUMENT"
    assert api.values("A1:Z2") is None


def test_broken_json_and_unknown_paths(api: Api):
    address = f"{api.url}/v4/spreadsheets/{api.workbook}"
    broken = api.session.post(f"{address}:batchUpdate", data="{nope", timeout=5)
    assert "Invalid JSON payload received." in broken.json()["error"]["message"]
    assert api.session.post(f"{address}:nope", json={}, timeout=5).status_code == 404
    unknown = api.session.get(f"{api.url}/v4/spreadsheets/nope/values/A1", timeout=5)
    assert unknown.json() == {
        "error": {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
    }


@pytest.mark.parametrize(
    "body", ['{"values": [[1e999]]}', '{"values": [[NaN]]}', '{"values": ' + "[" * 900 + "]" * 900 + "}"]
)
def test_numbers_and_nests_that_no_cell_can_hold(api: Api, body):
    address = f"{api.url}/v4/spreadsheets/{api.workbook}/values/A1?valueInputOption=RAW"
    assert api.session.put(address, data=body, timeout=5).status_code == 400


def test_a_format_without_a_pattern_shows_the_locales_own(api: Api):
    api.put("A1", [["=DATE(2026,1,31)"]])
    assert api.cell("A1", "formattedValue,effectiveFormat.numberFormat") == {
        "formattedValue": "1/31/2026",
        "effectiveFormat": {"numberFormat": {"type": "DATE", "pattern": "m/d/yyyy"}},
    }


def test_a_mask_cuts_values_too(api: Api):
    api.put("A1", [["x"]])
    assert api.get("/values/A1", fields="values") == {"values": [["x"]]}


def test_titles_in_a_path_may_hold_anything(api: Api):
    for title in ("Q4", "It's 100 %/half", "Año ñ", "😀 plan"):
        api.batch({"addSheet": {"properties": {"title": title}}})
        quoted = "'" + title.replace("'", "''") + "'"
        address = f"{api.url}/v4/spreadsheets/{api.workbook}/values/"
        escaped = "".join(f"%{byte:02X}" for byte in f"{quoted}!A1".encode())
        found = api.session.get(address + escaped, timeout=5).json()
        assert found["range"] == f"{quoted}!A1"


def test_googles_own_client_is_served(server: CheckedServer, api: Api):
    service = build("sheets", "v4", credentials=AnonymousCredentials(), client_options={"api_endpoint": server.url})
    sheets = service.spreadsheets()
    values = sheets.values()
    values.update(spreadsheetId=api.workbook, range="A1", valueInputOption="RAW", body={"values": [["x", 1]]}).execute()
    ranges = [f"Sheet1!A{row}:B{row}" for row in range(1, 200)]  # a query too long for a GET
    found = values.batchGet(spreadsheetId=api.workbook, ranges=ranges).execute()["valueRanges"]
    service.close()
    assert (len(found), found[0]["values"]) == (199, [["x", "1"]])
    assert (
        json.dumps(sheets.get(spreadsheetId=api.workbook).execute()["sheets"][0]["properties"]["title"]) == '"Sheet1"'
    )


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ([], "Must specify at least one dataFilter."),
        ([{}], "Invalid dataFilter[0]: dataFilter.filter must be specified."),
        ([{"a1Range": "A1"}, {"a1Range": "nope"}], "Invalid dataFilter[1]: Unable to parse range: nope"),
        ([{"gridRange": {"sheetId": 7}}], "Invalid dataFilter[0]: No grid with id: 7"),
        ([{"gridRange": {"startRowIndex": -1}}], "Invalid dataFilter[0]: GridRange indexes must be >= 0"),
        (
            [{"gridRange": {"startRowIndex": 1000, "startColumnIndex": 1, "endColumnIndex": 3}}],
            "Invalid dataFilter[0]: Range (Sheet1!B1001:C) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
    ],
)
def test_a_data_filter_is_refused_with_its_number(api: Api, filters, message):
    response = api.send("POST", "/values:batchGetByDataFilter", {"dataFilters": filters})
    assert (response.status_code, response.json()["error"]["message"]) == (400, message)


def test_data_filters_are_answered_by_place(api: Api):
    filters = [{"a1Range": text} for text in ("B1", "A10", "A2:A3", "A2", "A2:A2")]
    found = api.post("/values:batchGetByDataFilter", {"dataFilters": filters})["valueRanges"]
    assert [item["valueRange"]["range"] for item in found] == [
        f"Sheet1!{text}" for text in ("A2", "A2:A3", "A10", "B1")
    ]
    assert found[0]["dataFilters"] == [{"a1Range": "A2"}, {"a1Range": "A2:A2"}]


def test_a_spreadsheet_by_data_filter_speaks_of_sheets(api: Api):
    response = api.send("POST", ":getByDataFilter", {"dataFilters": [{"gridRange": {"sheetId": 7}}]})
    assert (response.status_code, response.json()["error"]["message"]) == (400, "No sheet with id: 7")
