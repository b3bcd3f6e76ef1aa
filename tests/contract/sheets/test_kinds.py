"""The request kinds, family by family, and what they reply."""

import pytest

from sync.sheet.local.kinds import KINDS
from tests.contract.sheets.discovery import document
from tests.contract.sheets.support import Api

REFUSED = {"addDataSource", "cancelDataSourceRefresh", "deleteDataSource", "refreshDataSource", "updateDataSource"}


def box(top, bottom, left, right):
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def span(dimension, start, end):
    return {"dimension": dimension, "startIndex": start, "endIndex": end}


def test_every_kind_of_the_discovery_document_is_done_or_refused(api: Api):
    assert set(KINDS) | REFUSED == set(document()["schemas"]["Request"]["properties"])
    assert not set(KINDS) & REFUSED
    for kind in REFUSED:
        assert kind in api.refused({kind: {}})


def test_a_new_tab_is_answered_whole(api: Api):
    made = api.batch({"addSheet": {"properties": {"sheetId": 7, "title": "T", "tabColor": {"green": 1}}}})
    assert made["replies"][0]["addSheet"]["properties"] == {
        "sheetId": 7,
        "title": "T",
        "index": 1,
        "sheetType": "GRID",
        "gridProperties": {"rowCount": 1000, "columnCount": 26},
        "tabColor": {"green": 1},
        "tabColorStyle": {"rgbColor": {"green": 1}},
    }


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"deleteSheet": {"sheetId": 0}}, "You can't remove all the sheets in a document."),
        ({"addSheet": {"properties": {"title": "Sheet1"}}}, "already exists. Please enter another name."),
        ({"updateCells": {"range": {"sheetId": 5}, "fields": "note"}}, "No grid with id: 5"),
        ({"updateCells": {"range": {}, "rows": []}}, "At least one field must be listed in 'fields'."),
        ({"deleteDimension": {"range": span("ROWS", 0, 1000)}}, "You can't delete all the rows on the sheet."),
        ({"deleteDimension": {"range": span("ROWS", 5, 5000)}}, "is after last row in grid[1000]"),
        (
            {"deleteDimension": {"range": span("ROWS", 1000, 1002)}},
            "Cannot delete a row that doesn't exist. Tried to delete row index 1000 but there are only 1000 rows.",
        ),
        ({"insertDimension": {"range": span("ROWS", -1, 1)}}, "DimensionRange indexes must be >= 0"),
        ({"repeatCell": {"range": box(-1, 1, 0, 1), "cell": {}, "fields": "note"}}, "GridRange indexes must be >= 0"),
        ({"mergeCells": {"range": box(3, 2, 0, 1)}}, "endRowIndex[2] cannot be before startRowIndex[3]"),
        (
            {"repeatCell": {"range": {"startRowIndex": 1000}, "cell": {}, "fields": "note"}},
            "Range (Sheet1!1001:) exceeds",
        ),
        (
            {"appendCells": {"rows": [{"values": [{"note": "x"}] * 27}], "fields": "note"}},
            "Attempting to write column: 26, beyond the last requested column of: 25",
        ),
        ({"deleteNamedRange": {"namedRangeId": "x"}}, "No named range with id: x"),
        ({"sortRange": {"range": box(0, 2, 0, 2)}}, "sort spec"),
        ({"repeatCell": {"range": {"startRowIndex": 2000}, "cell": {}, "fields": "note"}}, "exceeds grid limits"),
        ({"addConditionalFormatRule": {"rule": {}}}, "at least one range"),
        ({"deleteConditionalFormatRule": {"index": 3}}, "No conditional format on sheet: 0 at index: 3"),
        ({"appendDimension": {"dimension": "ROWS"}}, "length"),
        ({"appendDimension": {"dimension": "ROWS", "length": 500000}}, "limit of 10000000 cells"),
    ],
)
def test_refusals_name_the_request_and_say_why(api: Api, request_, message):
    kind = next(iter(request_))
    found = api.refused(request_)
    assert found.startswith(f"Invalid requests[0].{kind}: ")
    assert message in found


def test_rows_inserted_take_their_neighbours_look(api: Api):
    api.put("A1:A2", [["a"], ["b"]])
    bold = {"cell": {"userEnteredFormat": {"textFormat": {"bold": True}}}, "fields": "userEnteredFormat"}
    api.batch({"repeatCell": {"range": box(0, 1, 0, 1), **bold}})
    api.batch({"insertDimension": {"range": span("ROWS", 1, 2), "inheritFromBefore": True}})
    assert api.values("A1:A3") == [["a"], [], ["b"]]
    assert "userEnteredFormat" in api.cell("A2", "userEnteredFormat")


def test_formulas_follow_inserted_deleted_and_moved_rows(api: Api):
    api.put("A1:B3", [[1, "=A2+A3"], [2, "=SUM(A1:A3)"], [3, "=$A$1"]])
    api.batch({"insertDimension": {"range": span("ROWS", 1, 2)}})
    assert api.values("B1:B4", valueRenderOption="FORMULA") == [["=A3+A4"], [], ["=SUM(A1:A4)"], ["=$A$1"]]
    api.batch({"deleteDimension": {"range": span("ROWS", 0, 1)}})
    assert api.values("B1:B3", valueRenderOption="FORMULA") == [[], ["=SUM(A1:A3)"], ["=#REF!"]]


def test_a_rule_follows_its_cells(api: Api):
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$B2>$A2"}]}
    rule = {
        "ranges": [box(1, 5, 0, 2)],
        "booleanRule": {"condition": condition, "format": {"textFormat": {"bold": True}}},
    }
    api.batch({"addConditionalFormatRule": {"rule": rule, "index": 0}})
    api.batch({"insertDimension": {"range": span("COLUMNS", 0, 1)}})
    kept = api.get("", fields="sheets.conditionalFormats")["sheets"][0]["conditionalFormats"][0]
    assert kept["ranges"] == [box(1, 5, 1, 3)]
    assert kept["booleanRule"]["condition"]["values"] == [{"userEnteredValue": "=$C2>$B2"}]


def test_the_rule_list_is_answered_as_it_changes(api: Api):
    def rule(limit):
        condition = {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": limit}]}
        return {"ranges": [box(0, 1, 0, 1)], "booleanRule": {"condition": condition, "format": {}}}

    api.batch(
        {"addConditionalFormatRule": {"rule": rule("1")}}, {"addConditionalFormatRule": {"rule": rule("2"), "index": 1}}
    )
    moved = api.batch({"updateConditionalFormatRule": {"index": 0, "newIndex": 1}})["replies"][0]
    assert moved["updateConditionalFormatRule"]["newIndex"] == 1
    gone = api.batch({"deleteConditionalFormatRule": {"index": 0}})["replies"][0]["deleteConditionalFormatRule"]
    assert gone["rule"]["booleanRule"]["condition"]["values"] == [{"userEnteredValue": "2"}]


def test_sorting_carries_formats_notes_and_formulas(api: Api):
    api.put("A1:B3", [["c", "=A1"], ["a", "=A2"], ["b", "=A3"]])
    api.batch({"updateCells": {"start": {}, "rows": [{"values": [{"note": "of c"}]}], "fields": "note"}})
    api.batch({"sortRange": {"range": box(0, 3, 0, 2), "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}})
    assert api.values("A1:B3") == [["a", "a"], ["b", "b"], ["c", "c"]]
    assert api.cell("A3", "note") == {"note": "of c"}


def test_find_and_replace_counts(api: Api):
    api.put("A1:B2", [["cat", "cats"], ["dog", '="cat"&1']])
    found = {"find": "cat", "replacement": "cow", "allSheets": True, "includeFormulas": True}
    assert api.batch({"findReplace": found})["replies"][0]["findReplace"] == {
        "valuesChanged": 2,
        "formulasChanged": 1,
        "rowsChanged": 2,
        "sheetsChanged": 1,
        "occurrencesChanged": 3,
    }


def test_texts_are_split_trimmed_and_made_single(api: Api):
    api.put("A1:A4", [["a,1"], ["  b  x "], ["same"], ["same"]], option="RAW")
    api.batch({"textToColumns": {"source": box(0, 1, 0, 1), "delimiterType": "COMMA"}})
    trimmed = api.batch({"trimWhitespace": {"range": box(0, 4, 0, 1)}})["replies"][0]
    single = api.batch({"deleteDuplicates": {"range": box(0, 4, 0, 1)}})["replies"][0]
    assert trimmed == {"trimWhitespace": {"cellsChangedCount": 1}}
    assert single == {"deleteDuplicates": {"duplicatesRemovedCount": 1}}
    assert api.values("A1:B4", valueRenderOption="UNFORMATTED_VALUE") == [["a", 1], ["b x"], ["same"]]


def test_series_go_on(api: Api):
    api.put("A1:C2", [[1, "Item 1", "=A1"], [2, "Item 2", "=A2"]])
    api.batch({"autoFill": {"range": box(0, 4, 0, 3)}})
    assert api.values("A3:C4") == [["3", "Item 3", "3"], ["4", "Item 4", "4"]]


def test_ranges_make_room_and_close_up(api: Api):
    api.put("A1:B2", [["a", "b"], ["c", "d"]])
    api.batch({"insertRange": {"range": box(0, 1, 0, 1), "shiftDimension": "ROWS"}})
    assert api.values("A1:B3") == [["", "b"], ["a", "d"], ["c"]]
    api.batch({"deleteRange": {"range": box(0, 1, 0, 1), "shiftDimension": "ROWS"}})
    assert api.values("A1:B2") == [["a", "b"], ["c", "d"]]


def test_borders_are_drawn_on_the_sides_asked_for(api: Api):
    line = {"style": "SOLID_THICK", "color": {"red": 1}}
    api.batch({"updateBorders": {"range": box(0, 2, 0, 2), "top": line, "innerVertical": line}})
    borders = api.cell("A1", "userEnteredFormat.borders")["userEnteredFormat"]["borders"]
    assert set(borders) == {"top", "right"}
    assert borders["top"] == {
        "style": "SOLID_THICK",
        "width": 3,
        "color": {"red": 1},
        "colorStyle": {"rgbColor": {"red": 1}},
    }


def test_bands_views_charts_and_slicers_are_kept(api: Api):
    band = {"range": box(0, 5, 0, 2), "rowProperties": {"firstBandColor": {"red": 1}, "secondBandColor": {}}}
    series = [{"series": {"sourceRange": {"sources": [box(0, 5, 1, 2)]}}}]
    spec = {"title": "T", "basicChart": {"chartType": "LINE", "series": series}}
    at = {"overlayPosition": {"anchorCell": {}}}
    made = api.batch(
        {"addBanding": {"bandedRange": band}},
        {"addFilterView": {"filter": {"title": "V", "range": box(0, 5, 0, 2)}}},
        {"addChart": {"chart": {"spec": spec, "position": at}}},
        {"addSlicer": {"slicer": {"spec": {"dataRange": box(0, 5, 0, 2), "columnIndex": 1}, "position": at}}},
    )["replies"]
    sheet = api.get("")["sheets"][0]
    assert sheet["bandedRanges"] == [made[0]["addBanding"]["bandedRange"]]
    assert sheet["filterViews"] == [made[1]["addFilterView"]["filter"]]
    assert sheet["charts"][0]["spec"]["title"] == "T"
    assert "slicerId" in sheet["slicers"][0]
    api.batch(
        {"deleteBanding": {"bandedRangeId": sheet["bandedRanges"][0]["bandedRangeId"]}},
        {"deleteFilterView": {"filterId": sheet["filterViews"][0]["filterViewId"]}},
        {"deleteEmbeddedObject": {"objectId": sheet["charts"][0]["chartId"]}},
        {"deleteEmbeddedObject": {"objectId": sheet["slicers"][0]["slicerId"]}},
    )
    assert set(api.get("")["sheets"][0]) == {"properties"}


def test_a_filter_hides_rows(api: Api):
    api.put("A1:A4", [["head"], ["x"], ["y"], ["x"]])
    api.batch({"setBasicFilter": {"filter": {"range": box(0, 4, 0, 1), "criteria": {"0": {"hiddenValues": ["x"]}}}}})
    rows = api.get("", fields="sheets.data.rowMetadata.hiddenByFilter")["sheets"][0]["data"][0]["rowMetadata"]
    assert [row.get("hiddenByFilter", False) for row in rows[:4]] == [False, True, False, True]


def test_metadata_is_found_and_follows_its_row(api: Api):
    tag = {"metadataKey": "kpi", "metadataValue": "K1", "visibility": "DOCUMENT"}
    where = {"dimensionRange": span("ROWS", 3, 4)}
    made = api.batch({"createDeveloperMetadata": {"developerMetadata": {**tag, "location": where}}})["replies"][0]
    number = made["createDeveloperMetadata"]["developerMetadata"]["metadataId"]
    api.batch({"insertDimension": {"range": span("ROWS", 0, 2)}})
    api.put("A6", [["tagged"]])
    kept = api.get(f"/developerMetadata/{number}")
    assert kept["location"]["dimensionRange"] == span("ROWS", 5, 6)
    lookup = {"developerMetadataLookup": {"metadataKey": "kpi"}}
    assert len(api.post("/developerMetadata:search", {"dataFilters": [lookup]})["matchedDeveloperMetadata"]) == 1
    found = api.post("/values:batchGetByDataFilter", {"dataFilters": [lookup]})["valueRanges"][0]
    assert found["valueRange"]["values"] == [["tagged"]]
    api.batch({"deleteDimension": {"range": span("ROWS", 5, 6)}})
    assert api.send("GET", f"/developerMetadata/{number}").status_code == 404


def test_tables_have_columns_and_names(api: Api):
    api.put("A1:B2", [["name", "n"], ["a", 1]])
    columns = [{"columnIndex": 1, "columnName": "count", "columnType": "DOUBLE"}]
    wanted = {"name": "Things", "range": box(0, 3, 0, 2), "columnProperties": columns}
    table = api.batch({"addTable": {"table": wanted}})["replies"][0]["addTable"]["table"]
    assert [item["columnName"] for item in table["columnProperties"]] == ["name", "count"]
    assert api.values("A1:B1") == [["name", "count"]]
    api.batch({"deleteTable": {"tableId": table["tableId"]}})
    assert "tables" not in api.get("")["sheets"][0]


def test_a_created_spreadsheet_has_what_was_asked_for(api: Api):
    cell = {"userEnteredValue": {"stringValue": "x"}}
    sheet = {"properties": {"title": "First"}, "data": [{"startRow": 1, "rowData": [{"values": [cell]}]}]}
    body = {"properties": {"title": "Made", "locale": "es_ES"}, "sheets": [sheet]}
    response = api.session.post(f"{api.url}/v4/spreadsheets", json=body, timeout=5).json()
    assert (response["properties"]["title"], response["properties"]["locale"]) == ("Made", "es_ES")
    assert Api(api.url, response["spreadsheetId"]).values("First!A1:A2") == [[], ["x"]]


def test_a_request_without_a_kind_is_refused(api: Api):
    assert api.refused({}) == "Invalid requests[0]: No request set."


def test_a_created_spreadsheet_names_the_tab_whose_data_do_not_fit(api: Api):
    narrow = {"gridProperties": {"rowCount": 5, "columnCount": 2}}
    data = [{"rowData": [{"values": [{"userEnteredValue": {"numberValue": 1}}] * 3}]}]
    body = {"sheets": [{"properties": {"title": "First"}}, {"properties": narrow, "data": data}]}
    error = api.session.post(f"{api.url}/v4/spreadsheets", json=body, timeout=5).json()["error"]
    expected = "Invalid sheets[1].data[0]: Attempting to write column: 2, beyond the last requested column of: 1"
    assert (error["code"], error["message"]) == (400, expected)


def test_a_tab_is_protected_as_a_whole_only_once(api: Api):
    whole = {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0}}}}
    part = {"addProtectedRange": {"protectedRange": {"range": box(0, 2, 0, 2)}}}
    api.batch(whole, part, part)
    assert api.refused(whole) == 'Invalid requests[0].addProtectedRange: Sheet "Sheet1" already has sheet protection.'


HUGE = 2**31 - 1


@pytest.mark.parametrize(
    "request_",
    [
        {"insertDimension": {"range": span("ROWS", 0, HUGE)}},
        {"insertDimension": {"range": span("COLUMNS", 0, HUGE)}},
        {"cutPaste": {"source": box(0, 1, 0, 1), "destination": {"rowIndex": HUGE}}},
        {"pasteData": {"coordinate": {"rowIndex": HUGE}, "data": "x", "delimiter": ","}},
        {"deleteDimensionGroup": {"range": span("ROWS", 0, HUGE)}},
        {"deleteDuplicates": {"range": box(0, 2, 0, 1), "comparisonColumns": [span("COLUMNS", 0, HUGE)]}},
        {"addSheet": {"properties": {"gridProperties": {"rowCount": HUGE, "columnCount": 1}}}},
        {"appendDimension": {"dimension": "COLUMNS", "length": HUGE}},
    ],
)
def test_what_would_be_too_large_is_refused_before_it_is_made(api: Api, request_):
    api.put("A1:A2", [["x"], ["y"]])
    assert api.refused(request_)
