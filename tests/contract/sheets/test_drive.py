"""Files in and out: CSV, xlsx, search, comments."""

import csv
import io

import gspread
import openpyxl
import pytest
from gspread.utils import ExportFormat

from tests.contract.sheets.support import Api, CheckedServer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_csv_replaces_everything(client: gspread.Client, book: gspread.Spreadsheet):
    book.add_worksheet("Other", 5, 5)
    client.import_csv(book.id, b"name,n\nana,1\notto,2.5")
    after = client.open_by_key(book.id)
    assert [tab.title for tab in after.worksheets()] == [book.title]
    assert after.sheet1.get_all_values() == [["name", "n"], ["ana", "1"], ["otto", "2.5"]]


def test_csv_out_holds_the_shown_texts(book: gspread.Spreadsheet):
    book.sheet1.update([["a", "1,5"], ['say "hi"', 0.25]], "A1")
    book.sheet1.format("B2", {"numberFormat": {"type": "PERCENT", "pattern": "0%"}})
    lines = list(csv.reader(io.StringIO(book.export(ExportFormat.CSV).decode())))
    assert lines == [["a", "1,5"], ['say "hi"', "25%"]]


def test_an_unknown_export_is_refused(server: CheckedServer, api: Api):
    address = f"{server.url}/drive/v3/files/{api.workbook}/export"
    assert api.session.get(address, params={"mimeType": "image/png"}, timeout=5).status_code == 400


@pytest.fixture
def dressed(api: Api) -> Api:
    """A tab with everything that must survive a trip to Excel."""
    api.put("A1:C3", [["id", "n", "day"], ["K1", 5, "2026-01-31"], ["K2", "=B2*2", "=A1"]])
    box = {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 2}
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$B2>6"}]}
    look = {"backgroundColor": {"green": 1}, "textFormat": {"bold": True}}
    names = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "x"}, {"userEnteredValue": "y"}]}
    note = {"values": [{"note": "why"}]}
    cell = {"userEnteredFormat": {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}}}
    api.batch(
        {
            "addConditionalFormatRule": {
                "rule": {"ranges": [box], "booleanRule": {"condition": condition, "format": look}}
            }
        },
        {
            "setDataValidation": {
                "range": {**box, "startColumnIndex": 3, "endColumnIndex": 4},
                "rule": {"condition": names},
            }
        },
        {"updateCells": {"start": {}, "rows": [note], "fields": "note"}},
        {"repeatCell": {"range": {"endRowIndex": 1}, "cell": cell, "fields": "userEnteredFormat"}},
        {"mergeCells": {"range": {"startRowIndex": 5, "endRowIndex": 6, "endColumnIndex": 3}}},
        {"addNamedRange": {"namedRange": {"name": "numbers", "range": box}}},
        {
            "updateSheetProperties": {
                "properties": {"gridProperties": {"frozenRowCount": 1}},
                "fields": "gridProperties.frozenRowCount",
            }
        },
    )
    return api


def exported(api: Api) -> bytes:
    address = f"{api.url}/drive/v3/files/{api.workbook}/export"
    return api.session.get(address, params={"mimeType": XLSX}, timeout=10).content


def test_excel_gets_values_looks_notes_and_rules(dressed: Api):
    sheet = openpyxl.load_workbook(io.BytesIO(exported(dressed)))["Sheet1"]
    assert (sheet["A2"].value, sheet["B2"].value, sheet["B3"].value) == ("K1", 5, "=B2*2")
    assert sheet["A1"].comment.text == "why"
    assert sheet["A1"].font.b
    assert sheet["C2"].is_date
    assert sheet.freeze_panes == "A2"
    assert sheet.data_validations.dataValidation[0].formula1 == '"x,y"'
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["B2:B3"]


def test_the_way_back_from_excel_keeps_it_all(dressed: Api):
    address = f"{dressed.url}/upload/drive/v3/files/{dressed.workbook}"
    fields = "sheets(merges,conditionalFormats,data(rowData(values(userEnteredValue,note,dataValidation)))),namedRanges"
    before = dressed.get("", fields=fields)
    answer = dressed.session.patch(address, data=exported(dressed), headers={"Content-Type": XLSX}, timeout=10)
    after = dressed.get("", fields=fields)
    assert answer.status_code == 200
    for name in ("merges", "conditionalFormats"):
        assert after["sheets"][0][name] == before["sheets"][0][name]
    assert after["namedRanges"][0]["range"] == before["namedRanges"][0]["range"]
    values = [
        [cell.get("userEnteredValue") for cell in row["values"][:3]]
        for row in after["sheets"][0]["data"][0]["rowData"][:3]
    ]
    kept = [
        [cell.get("userEnteredValue") for cell in row["values"][:3]]
        for row in before["sheets"][0]["data"][0]["rowData"][:3]
    ]
    assert values == kept


def test_files_are_searched_by_name_and_kind(server: CheckedServer, client: gspread.Client):
    made = client.create("It's a plan")
    address = f"{server.url}/drive/v3/files"
    q = "mimeType='application/vnd.google-apps.spreadsheet' and name = 'It\\'s a plan' and trashed = false"
    found = client.http_client.request(
        "get", address.replace(server.url, "https://www.googleapis.com"), params={"q": q}
    )
    assert [file["id"] for file in found.json()["files"]] == [made.id]


def test_nonsense_in_a_search_is_a_400(server: CheckedServer, api: Api):
    response = api.session.get(f"{server.url}/drive/v3/files", params={"q": "name ~ 'x'"}, timeout=5)
    error = response.json()["error"]
    assert (response.status_code, error["errors"][0]["reason"]) == (400, "invalid")


def test_a_page_size_that_is_no_number_is_a_400(server: CheckedServer, api: Api):
    response = api.session.get(f"{server.url}/drive/v3/files", params={"pageSize": "NOPE"}, timeout=5)
    assert response.status_code == 400
    assert response.json()["error"]["message"] == "Invalid value at 'page_size' (TYPE_INT32), \"NOPE\""


def test_a_file_that_is_not_there(server: CheckedServer, api: Api):
    error = api.session.get(f"{server.url}/drive/v3/files/nope1", timeout=5).json()["error"]
    assert (error["code"], error["errors"][0]["reason"]) == (404, "notFound")


def test_comments_are_kept(server: CheckedServer, api: Api):
    address = f"{server.url}/drive/v3/files/{api.workbook}/comments"
    made = api.session.post(address, json={"content": "why so low?"}, params={"fields": "content"}, timeout=5)
    assert made.json() == {"content": "why so low?"}
    found = api.session.get(address, params={"fields": "comments/content,nextPageToken"}, timeout=5).json()
    assert found == {"comments": [{"content": "why so low?"}]}


def test_a_rename_in_drive_shows_in_the_sheet(server: CheckedServer, api: Api):
    api.session.patch(f"{server.url}/drive/v3/files/{api.workbook}", json={"name": "New name"}, timeout=5)
    assert api.get("", fields="properties.title") == {"properties": {"title": "New name"}}
