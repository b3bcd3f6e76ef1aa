"""Whatever arrives, the answer is Google's error form or a good one, and a refused batch leaves nothing behind."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    library = Library(Store(tmp_path_factory.mktemp("fuzz") / "books.db"))
    library.add(new_workbook("plan", "Plan"))
    made = FilteredSheets(library)
    made.values_update("plan", "A1", {"valueInputOption": "USER_ENTERED"}, {"values": [["a", 1], ["b", "=B1"]]})
    return made


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(requests=st.lists(REQUESTS, min_size=1, max_size=3))
def test_any_request_is_done_or_refused_whole(sheets: FilteredSheets, requests):
    before = sheets.library.get("plan")
    try:
        answer = sheets.batch_update("plan", {}, {"requests": requests, "includeSpreadsheetInResponse": True}, "u")
    except ApiError as refusal:
        assert refusal.code in (400, 404)
        assert sheets.library.get("plan") is before
    else:
        assert len(answer["replies"]) == len(requests)
        json.dumps(sheets.get("plan", {"includeGridData": True, "ranges": ["A1:C5"]}))
        sheets.library._swap(before, sheets.library.files["plan"])


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
