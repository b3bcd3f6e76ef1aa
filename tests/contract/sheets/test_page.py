"""The page for people."""

import re

import requests

from tests.contract.sheets.support import Api, CheckedServer


def page(api: Api, **query) -> str:
    response = api.session.get(f"{api.url}/workbooks/{api.workbook}", params=query, timeout=5)
    assert response.status_code == 200
    return response.text


def test_the_first_page_lists_the_workbooks_in_the_readers_language(server: CheckedServer, api: Api):
    spanish = requests.get(server.url, headers={"Accept-Language": "es"}, timeout=5)
    assert "Libros" in spanish.text
    assert f"/workbooks/{api.workbook}" in spanish.text
    assert "Workbooks" in requests.get(server.url, headers={"Accept-Language": "en"}, timeout=5).text


def test_everything_typed_is_escaped(api: Api):
    api.batch({"addSheet": {"properties": {"title": "<img src=x>"}}})
    api.put("A1", [["<script>alert(1)</script>"]], option="RAW")
    note = {"values": [{"note": '"><b>x'}]}
    api.batch({"updateCells": {"start": {}, "rows": [note], "fields": "note"}})
    text = page(api)
    assert "<script>" not in text
    assert "<b>" not in text
    assert "<img" not in text
    assert "&lt;script&gt;" in text


def test_the_page_may_load_nothing(api: Api):
    response = api.session.get(f"{api.url}/workbooks/{api.workbook}", timeout=5)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "src=" not in response.text


def test_numbers_and_lights_show_as_in_a_sheet(api: Api):
    api.put("A1:B2", [["n", "state"], ["1,234.5", "▲ fine"]])
    box = {"startRowIndex": 1, "endRowIndex": 9, "startColumnIndex": 1, "endColumnIndex": 2}
    condition = {"type": "TEXT_STARTS_WITH", "values": [{"userEnteredValue": "▲"}]}
    look = {"condition": condition, "format": {"backgroundColor": {"green": 1}}}
    api.batch({"addConditionalFormatRule": {"rule": {"ranges": [box], "booleanRule": look}}})
    text = page(api)
    assert "<div>1,234.50</div>" in text
    assert re.search(r'<td style="background:#00ff00"><div>▲ fine</div>', text)


def test_hidden_columns_and_rows_are_left_out(api: Api):
    api.put("A1:C3", [["one", "two", "three"], ["four"], ["five"]])
    span = {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    rows = {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    hide = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    api.batch(
        {"updateDimensionProperties": {"range": span, **hide}},
        {"updateDimensionProperties": {"range": rows, **hide}},
    )
    text = page(api)
    assert "two" not in text
    assert "four" not in text
    assert "three" in text
    assert '<th scope="col">B</th>' not in text


def test_frozen_rows_stick_notes_and_choices_are_marked(api: Api):
    api.put("A1:A2", [["head"], ["x"]])
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "x"}]}}
    frozen = {"properties": {"gridProperties": {"frozenRowCount": 1}}, "fields": "gridProperties.frozenRowCount"}
    below = {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    api.batch(
        {"updateSheetProperties": frozen},
        {"updateCells": {"start": {}, "rows": [{"values": [{"note": "what it is"}]}], "fields": "note"}},
        {"setDataValidation": {"range": below, "rule": rule}},
    )
    text = page(api)
    assert 'title="what it is"' in text
    assert '<tr class="f l"' in text
    assert '<td class="d">' in text


def test_merged_cells_span_and_empty_rows_are_cut(api: Api):
    api.put("A1:A2", [["wide"], ["last"]])
    merged = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 3}
    api.batch({"mergeCells": {"range": merged}})
    text = page(api)
    assert 'colspan="3"' in text
    assert text.count('<th scope="row"') == 7


def test_tabs_are_chosen_by_title_or_id(api: Api):
    api.batch({"addSheet": {"properties": {"title": "Second", "sheetId": 77}}})
    api.put("Second!A1", [["here"]])
    assert "here" in page(api, tab="Second")
    assert "here" in page(api, tab="77")
    assert api.session.get(f"{api.url}/workbooks/{api.workbook}?tab=nope", timeout=5).status_code == 404
    assert api.session.get(f"{api.url}/workbooks/nope", timeout=5).status_code == 404
