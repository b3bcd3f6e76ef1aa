"""Small things that were measured on Google's own service, each stated once."""

import pytest

from tests.contract.sheets.support import Api


def span(dimension: str, start: int, end: int | None) -> dict[str, object]:
    out: dict[str, object] = {"sheetId": 0, "dimension": dimension, "startIndex": start}
    return out | ({"endIndex": end} if end is not None else {})


def tag(**more: object) -> dict[str, object]:
    whole = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"spreadsheet": True}} | more
    wanted = {name: item for name, item in whole.items() if item is not None}
    return {"createDeveloperMetadata": {"developerMetadata": wanted}}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"metadataKey": None}, "Developer metadata must always have a key specified."),
        ({"visibility": None}, "Developer metadata must always have visibility specified."),
        ({"location": None}, "Developer metadata must always have a location specified."),
        (
            {"location": {"dimensionRange": span("ROWS", 1, 3)}},
            "DimensionRange must represent a single row or column.",
        ),
        (
            {"location": {"dimensionRange": span("ROWS", 1, None)}},
            "DimensionRange must specify both a startIndex and an endIndex.",
        ),
    ],
)
def test_metadata_is_refused_in_googles_words(api: Api, wrong, message):
    assert api.refused(tag(**wrong)) == f"Invalid requests[0].createDeveloperMetadata: {message}"


def test_metadata_follows_its_row_through_a_sort(api: Api):
    api.put("A1:A4", [["d"], ["c"], ["b"], ["a"]])
    api.batch(tag(location={"dimensionRange": span("ROWS", 1, 2)}))
    grid = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
    api.batch({"sortRange": {"range": grid, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}})
    found = api.post("/developerMetadata:search", {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "k"}}]})
    where = found["matchedDeveloperMetadata"][0]["developerMetadata"]["location"]["dimensionRange"]
    assert (where["startIndex"], api.values("A3")) == (2, [["c"]])


def test_a_search_needs_a_filter_and_a_whole_spreadsheet_is_met_by_nothing(api: Api):
    refusal = api.send("POST", "/developerMetadata:search", {})
    assert refusal.status_code == 400
    assert refusal.json()["error"]["message"] == "At least one data filter must be specified."
    lookup = {"metadataLocation": {"spreadsheet": True}, "locationMatchingStrategy": "INTERSECTING_LOCATION"}
    refusal = api.send("POST", "/developerMetadata:search", {"dataFilters": [{"developerMetadataLookup": lookup}]})
    assert "locationMatchingStrategy was specified as INTERSECTING." in refusal.json()["error"]["message"]


def test_an_empty_lookup_finds_all_metadata_once(api: Api):
    api.batch(tag(), tag(metadataKey="other"))
    search = {"dataFilters": [{"developerMetadataLookup": {}}, {"developerMetadataLookup": {"metadataKey": "k"}}]}
    found = api.post("/developerMetadata:search", search)["matchedDeveloperMetadata"]
    assert [item["developerMetadata"]["metadataKey"] for item in found] == ["k", "other"]


def test_the_column_limit_is_a_tabs(api: Api):
    wide = {"addSheet": {"properties": {"gridProperties": {"rowCount": 1, "columnCount": 18_279}}}}
    assert "number of columns in the sheet above the limit of 18278 columns" in api.refused(wide)


def test_a_merge_stays_on_one_side_of_the_frozen_edge(api: Api):
    frozen = {"properties": {"gridProperties": {"frozenColumnCount": 1}}, "fields": "gridProperties.frozenColumnCount"}
    api.batch({"updateSheetProperties": frozen})
    grid = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    merge = {"range": grid, "mergeType": "MERGE_ALL"}
    assert api.refused({"mergeCells": merge}).endswith("You can't merge frozen and non-frozen columns.")
    api.batch({"mergeCells": merge | {"mergeType": "MERGE_COLUMNS"}})


def test_a_name_with_a_blank_names_no_range(api: Api):
    wanted = {"namedRange": {"name": "two words", "range": {"sheetId": 0}}}
    assert api.refused({"addNamedRange": wanted}).endswith(": The name given to this range is invalid.")


def test_a_deleted_table_takes_the_rules_within_it(api: Api):
    grid = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
    rule = {"ranges": [grid], "booleanRule": {"condition": {"type": "BLANK"}, "format": {"textFormat": {"bold": True}}}}
    add = {"addConditionalFormatRule": {"rule": rule, "index": 0}}
    made = api.batch(add, {"addTable": {"table": {"name": "T", "range": grid}}})["replies"]
    assert "conditionalFormats" in api.get("")["sheets"][0]
    api.batch({"deleteTable": {"tableId": made[1]["addTable"]["table"]["tableId"]}})
    assert "conditionalFormats" not in api.get("")["sheets"][0]


def scale(*points: dict[str, object]) -> dict[str, object]:
    rule = dict(zip(("minpoint", "maxpoint"), points, strict=False))
    return {"addConditionalFormatRule": {"rule": {"ranges": [{"sheetId": 0}], "gradientRule": rule}, "index": 0}}


def test_a_colour_scales_points_have_a_type_and_a_value(api: Api):
    red = {"color": {"red": 1}}
    least = red | {"type": "MIN", "value": "7"}
    assert api.refused(scale(least)).endswith("No interpolationPointType specified.")
    assert api.refused(scale(least, red | {"type": "NUMBER"})).endswith("InterpolationPoint.value is required.")
    api.batch(scale(least, red | {"type": "NUMBER", "value": "0.5"}))
    kept = api.get("")["sheets"][0]["conditionalFormats"][0]["gradientRule"]
    assert "value" not in kept["minpoint"]
    assert kept["maxpoint"]["value"] == "0.5"


def test_a_colour_scale_is_written_in_the_workbooks_locale(api: Api):
    api.batch({"updateSpreadsheetProperties": {"properties": {"locale": "de_DE"}, "fields": "locale"}})
    least = {"type": "MIN", "color": {"red": 1}}
    half = {"type": "NUMBER", "color": {"green": 1}, "value": "0.5"}
    assert api.refused(scale(least, half)).endswith("Invalid InterpolationPoint.value: 0.5")
    api.batch(scale(least, half | {"value": "0,5"}))


def test_fields_that_exclude_each_other_are_refused_by_name(api: Api):
    cells = {"start": {"sheetId": 0}, "range": {"sheetId": 0}, "rows": [], "fields": "note"}
    message = api.refused({"updateCells": cells})
    path = "Invalid value at 'requests[0].update_cells' (oneof)"
    assert message == f"{path}, oneof field 'area' is already set. Cannot set 'range'"


TABLE = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 3}


def table(*columns: dict[str, object]) -> dict[str, object]:
    return {"addTable": {"table": {"name": "T", "range": TABLE, "columnProperties": list(columns)}}}


def columns(api: Api) -> list[tuple[str, str]]:
    kept = api.get("", fields="sheets.tables")["sheets"][0]["tables"][0]["columnProperties"]
    return [(item["columnName"], item.get("columnType", "")) for item in kept]


def test_typed_columns_without_a_name_are_counted_and_written_over_their_headers(api: Api):
    api.put("A1:C1", [["day", "sum", "who"]])
    api.batch(table({"columnIndex": 1, "columnType": "CURRENCY"}, {"columnIndex": 2, "columnType": "TEXT"}))
    assert columns(api) == [("day", ""), ("Column 1", "CURRENCY"), ("Column 2", "TEXT")]
    assert api.values("A1:C1") == [["day", "Column 1", "Column 2"]]


def test_a_header_that_is_typed_over_renames_its_column(api: Api):
    api.put("A1:C1", [["day", "sum", "who"]])
    api.batch(table())
    api.put("B1", [["total"]])
    assert [name for name, _ in columns(api)] == ["day", "total", "who"]


def test_columns_left_out_of_an_update_lose_their_type(api: Api):
    api.put("A1:C1", [["day", "sum", "who"]])
    made = api.batch(table({"columnIndex": 1, "columnName": "sum", "columnType": "CURRENCY"}))["replies"][0]
    wanted = {"tableId": made["addTable"]["table"]["tableId"], "columnProperties": [{"columnType": "DATE"}]}
    update = {"updateTable": {"table": wanted, "fields": "columnProperties"}}
    assert api.refused(update).endswith("Table header row cell must have a value.")
    wanted["columnProperties"][0]["columnName"] = "on"
    api.batch(update)
    assert columns(api) == [("on", "DATE"), ("sum", ""), ("who", "")]


def test_a_dropdown_column_has_a_list_and_no_other_has_one(api: Api):
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "a"}]}}
    bare = table({"columnType": "DROPDOWN"})
    assert api.refused(bare).endswith("Condition must be set for dropdown column type.")
    wrong = table({"columnType": "TEXT", "dataValidationRule": rule})
    assert api.refused(wrong).endswith("Cannot set condition for non-dropdown column type.")


def test_a_column_of_checkboxes_begins_unticked(api: Api):
    api.put("A2:A4", [["maybe"], [True], [""]])
    api.batch(table({"columnName": "done", "columnType": "BOOLEAN"}))
    assert api.values("A1:A4") == [["done"], ["FALSE"], ["TRUE"], ["FALSE"]]


def test_a_spot_outside_of_the_grid_is_named_with_the_last_one(api: Api):
    cells = {"start": {"sheetId": 0, "columnIndex": 26}, "rows": [{"values": [{"note": "x"}]}], "fields": "note"}
    assert api.refused({"updateCells": cells}).endswith(
        "GridCoordinate.columnIndex[26] is after last column in grid[25]"
    )


def test_a_column_is_fitted_to_the_widths_of_its_letters(api: Api):
    api.put("A1:B1", [["A" * 1024, "iiii"]])
    fit = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}
    api.batch({"autoResizeDimensions": {"dimensions": fit}})
    columns_ = api.get("", fields="sheets.data.columnMetadata")["sheets"][0]["data"][0]["columnMetadata"]
    assert columns_[0] == {"pixelSize": 9483}
    assert columns_[1]["pixelSize"] < 40
