"""Whatever arrives, the answer is Google's error form or a good one, and a refused batch leaves nothing behind."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.sheet.local.document import Workbook
from sync.sheet.local.errors import ApiError
from sync.sheet.local.filtered import FilteredSheets
from sync.sheet.local.kinds import KINDS
from sync.sheet.local.library import Library, new_workbook
from sync.sheet.local.schema import SHAPES
from sync.sheet.local.store import Store

SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "string": st.sampled_from(["", "x", "=A1", "=1/0", "Sheet1!A1", "0", "ñ", "1"]),
    "mask": st.sampled_from(["*", "note", "title", "range", "userEnteredValue", "nope", "", "pixelSize"]),
    "bool": st.booleans(),
    "int32": st.sampled_from([0, 1, 2, 5, 26, 999, 1000, -1, 2**31 - 1]),
    "float": st.sampled_from([0, 0.5, 1, -1, 2]),
    "double": st.sampled_from([0, 1.5, -2, 1e300]),
    "any": st.sampled_from([None, "x", 1, True, 1.5, [], {}]),
}


def of_kind(kind: str, depth: int) -> st.SearchStrategy[Any]:
    """Values that fit a type word of the schema, and now and then do not."""
    if kind in SCALARS:
        return SCALARS[kind]
    if kind.startswith("enum:"):
        return st.sampled_from(kind.removeprefix("enum:").split("|"))
    if kind.startswith("[]"):
        return st.lists(of_kind(kind.removeprefix("[]"), depth), max_size=2)
    if kind.startswith("{}"):
        return st.dictionaries(st.sampled_from(["0", "1", "x"]), of_kind(kind.removeprefix("{}"), depth), max_size=1)
    return message(kind, depth - 1) if depth > 0 else st.just({})


def message(shape: str, depth: int = 4) -> st.SearchStrategy[Any]:
    fields = {name: st.deferred(lambda kind=kind: of_kind(kind, depth)) for name, kind in SHAPES[shape].items()}
    return st.fixed_dictionaries({}, optional=fields)


REQUESTS = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: message(SHAPES["Request"][kind]).map(lambda content: {kind: content})
)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory) -> FilteredSheets:
    """A small workbook: one tab of 40 by 8 with a chart, a table, a comment, a filter and a tagged row."""
    library = Library(Store(tmp_path_factory.mktemp("fuzz") / "books.db"))
    library.add(new_workbook("plan", "Plan"))
    made = FilteredSheets(library)
    made.values_update("plan", "A1", {"valueInputOption": "USER_ENTERED"}, {"values": [["a", 1], ["b", "=B1"]]})
    made.batch_update("plan", {}, {"requests": FURNITURE}, "u")
    return made


AREA = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
SERIES = [{"series": {"sourceRange": {"sources": [AREA | {"startColumnIndex": 1}]}}}]
GRID = {"sheetId": 0, "gridProperties": {"rowCount": 40, "columnCount": 8}}
ROW = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}}
PIVOT = {"source": AREA, "values": [{"sourceColumnOffset": 1, "summarizeFunction": "SUM"}]}
START = {"sheetId": 0, "rowIndex": 5, "columnIndex": 5}
CHART = {
    "spec": {"basicChart": {"series": SERIES}},
    "position": {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 1}}},
}
FURNITURE = [
    {"updateSheetProperties": {"properties": GRID, "fields": "gridProperties(rowCount,columnCount)"}},
    {"addChart": {"chart": CHART}},
    {"addTable": {"table": {"name": "T", "range": AREA | {"startColumnIndex": 4, "endColumnIndex": 6}}}},
    {"insertComment": {"content": "why?", "coordinate": {"sheetId": 0}}},
    {"setBasicFilter": {"filter": {"range": AREA}}},
    {"createDeveloperMetadata": {"developerMetadata": {"metadataKey": "k", "visibility": "DOCUMENT", "location": ROW}}},
    {"updateCells": {"start": START, "rows": [{"values": [{"pivotTable": PIVOT}]}], "fields": "pivotTable"}},
]
EVERYTHING = {"includeGridData": True, "commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED"}


def photograph(sheets: FilteredSheets) -> str:
    """All that the workbook answers, cell by cell, and its file record."""
    return json.dumps([sheets.get("plan", EVERYTHING), sheets.library.files["plan"]])


def kept_on_disk(sheets: FilteredSheets) -> str:
    """The same, read anew from the file."""
    return photograph(FilteredSheets(Library(sheets.library.store)))


def done_or_refused(sheets: FilteredSheets, body: Any) -> None:
    before, picture = sheets.library.get("plan"), photograph(sheets)
    try:
        answer = sheets.batch_update("plan", {}, body, "u")
    except ApiError as refusal:
        assert refusal.code in (400, 404)
        assert refusal.message
        assert sheets.library.get("plan") is before
        assert photograph(sheets) == picture
    else:
        assert len(answer["replies"]) == len(body["requests"])
        photograph(sheets)
        sheets.library.change("plan", lambda copy: put_back(copy, before))


def put_back(copy: Workbook, before: Workbook) -> None:
    """Make the copy what the workbook was."""
    old = before.copy()
    for name in ("props", "tabs", "named_ranges", "metadata", "comments", "sources"):
        setattr(copy, name, getattr(old, name))


BOUNDED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@BOUNDED
@given(requests=st.lists(REQUESTS, min_size=1, max_size=3))
def test_any_request_is_done_or_refused_whole(sheets: FilteredSheets, requests):
    done_or_refused(sheets, {"requests": requests, "includeSpreadsheetInResponse": True})


JUNK = st.sampled_from(["x", "", -1, 2**40, 1.5, True, None, [], {}, [[]], {"x": 1}, "é" * 30])


def spoiled(value: Any, path: list[int], junk: Any) -> Any:
    """The value with `junk` in place of one of its inner values; the path says which."""
    if not path or not isinstance(value, dict | list) or not value:
        return junk
    keys = sorted(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[path[0] % len(keys)]
    inner = spoiled(value[key], path[1:], junk)
    if isinstance(value, dict):
        return value | {key: inner}
    return [inner if place == key else item for place, item in enumerate(value)]


@BOUNDED
@given(request=REQUESTS, path=st.lists(st.integers(0, 9), min_size=1, max_size=7), junk=JUNK)
def test_one_wrong_value_anywhere_is_read_or_explained(sheets: FilteredSheets, request, path, junk):
    done_or_refused(sheets, {"requests": [spoiled(request, path, junk)]})


def test_a_refused_batch_leaves_the_file_as_it_was(sheets: FilteredSheets):
    before = kept_on_disk(sheets)
    good = {"updateCells": {"start": START, "rows": [{"values": [{"note": "new"}]}], "fields": "note"}}
    with pytest.raises(ApiError):
        sheets.batch_update("plan", {}, {"requests": [good, {"deleteSheet": {"sheetId": 99}}]}, "u")
    assert kept_on_disk(sheets) == before


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ([], "Invalid value at '' (type.googleapis.com/google.apps.sheets.v4.BatchUpdateSpreadsheetRequest)"),
        ({}, "Must specify at least one request."),
        ({"requests": []}, "Must specify at least one request."),
        ({"requests": [{}]}, "request"),
        ({"wrong": 1}, 'Invalid JSON payload received. Unknown name "wrong": Cannot find field.'),
        ({"requests": [{"nope": {}}]}, "Unknown name \"nope\" at 'requests[0]': Cannot find field."),
        ({"requests": [{"deleteSheet": {"sheetId": "x"}}]}, "'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"x\""),
        ({"requests": [{"deleteSheet": {}, "addSheet": {}}]}, "oneof field 'kind' is already set"),
        ({"requests": [{"mergeCells": {"mergeType": "X"}}]}, "MergeCellsRequest.MergeType"),
    ],
)
def test_bodies_that_do_not_fit_are_explained(sheets: FilteredSheets, body, message):
    with pytest.raises(ApiError) as refusal:
        sheets.batch_update("plan", {}, body, "u")
    assert message in refusal.value.message
    assert refusal.value.code == 400
