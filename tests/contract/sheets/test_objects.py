"""Charts, slicers and pivot tables: what is refused, and how they go along with rows and columns."""

import pytest

from tests.contract.sheets.support import Api

KINDS = (
    "One of basicChart, pieChart, bubbleChart, candelstickChart, histogramChart, or orgChart must be set on chartSpec."
)
PLACE = "One of EmbeddedObjectPosition.overlayPosition or EmbeddedObjectPosition.sheetId must be set"


def box(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    return {
        "sheetId": 0,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def data(left: int) -> dict[str, object]:
    return {"sourceRange": {"sources": [box(0, 5, left, left + 1)]}}


def line(*columns: int) -> dict[str, object]:
    """A line chart of columns against the first."""
    series = [{"series": data(column), "targetAxis": "LEFT_AXIS"} for column in columns]
    return {"basicChart": {"chartType": "LINE", "domains": [{"domain": data(0)}], "series": series}}


def at(row: int = 0, column: int = 0) -> dict[str, object]:
    return {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": row, "columnIndex": column}}}


def add(spec: object, position: object) -> dict[str, object]:
    return {"addChart": {"chart": {"spec": spec, "position": position}}}


def chart(api: Api) -> dict[str, object]:
    return api.get("", fields="sheets.charts")["sheets"][0]["charts"][0]


def drop(dimension: str, start: int, end: int) -> dict[str, object]:
    span = {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}
    return {"deleteDimension": {"range": span}}


def test_a_chart_of_no_kind_or_without_a_place_is_refused(api: Api):
    assert api.refused(add({"title": "T"}, at())) == f"Invalid requests[0].addChart: {KINDS}"
    assert api.refused(add(line(1), {})) == f"Invalid requests[0].addChart: {PLACE}"
    assert "at least one" in api.refused(add({"basicChart": {}}, at()))


def test_a_spec_replaces_the_whole_one(api: Api):
    made = api.batch(add(line(1), at()))["replies"][0]["addChart"]["chart"]
    partial = {"updateChartSpec": {"chartId": made["chartId"], "spec": {"title": "T"}}}
    assert api.refused(partial) == f"Invalid requests[0].updateChartSpec: {KINDS}"
    assert chart(api) == made


def test_a_charts_ranges_leave_out_the_first_tabs_id(api: Api):
    made = api.batch(add(line(1), at()))["replies"][0]["addChart"]["chart"]
    assert "sheetId" not in made["spec"]["basicChart"]["domains"][0]["domain"]["sourceRange"]["sources"][0]


def test_a_chart_on_a_tab_of_its_own_has_no_grid(api: Api):
    made = api.batch(add(line(1), {"newSheet": True}))["replies"][0]["addChart"]["chart"]
    sheet_id = made["position"]["sheetId"]
    tab = api.get("", includeGridData=True)["sheets"][1]
    assert tab["properties"] == {"sheetId": sheet_id, "title": "Chart1", "index": 1, "sheetType": "OBJECT"}
    assert "data" not in tab
    grow = {"properties": {"sheetId": sheet_id, "gridProperties": {"rowCount": 5, "columnCount": 5}}}
    assert "No grid" in api.refused({"updateSheetProperties": grow | {"fields": "gridProperties"}})
    merge = {"mergeCells": {"range": {"sheetId": sheet_id}, "mergeType": "MERGE_ALL"}}
    assert api.refused(merge) == f"Invalid requests[0].mergeCells: No grid with id: {sheet_id}"
    api.batch({"deleteSheet": {"sheetId": sheet_id}})
    assert "charts" not in api.get("")["sheets"][0]


def test_a_deleted_column_takes_its_series_and_leaves_the_chart(api: Api):
    api.batch(add(line(1, 3), at(4, 4)))
    api.batch(drop("COLUMNS", 1, 2))
    basic = chart(api)["spec"]["basicChart"]
    assert [one["series"]["sourceRange"]["sources"][0]["startColumnIndex"] for one in basic["series"]] == [2]
    assert chart(api)["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 4, "columnIndex": 3}


def test_deleted_rows_shorten_what_a_chart_draws(api: Api):
    api.batch(add(line(1), at(9, 0)))
    api.batch(drop("ROWS", 2, 4))
    basic = chart(api)["spec"]["basicChart"]
    assert basic["series"][0]["series"]["sourceRange"]["sources"][0]["endRowIndex"] == 3
    assert chart(api)["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 7}


def pivot(content: dict[str, object], column: int = 9) -> dict[str, object]:
    start = {"sheetId": 0, "rowIndex": 9, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [{"values": [{"pivotTable": content}]}], "fields": "pivotTable"}}


SOURCE = {"source": box(0, 5, 0, 3)}
GROUP = {"sourceColumnOffset": 0, "sortOrder": "ASCENDING"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"rows": [GROUP]}, "At least one source data must be specified"),
        (SOURCE | {"rows": [{"sourceColumnOffset": 0}], "values": [{}]}, "No sort order specified."),
        (SOURCE | {"values": [{"sourceColumnOffset": 1}]}, "No PivotValue.summarizeFunction specified."),
        (
            SOURCE | {"rows": [GROUP | {"groupRule": {"histogramRule": {"start": 0, "end": 9}}}]},
            "Histogram group rules require a positive value for interval.",
        ),
        (
            SOURCE | {"criteria": {"0": {"condition": {"type": "BOOLEAN"}}}},
            "ConditionType 'BOOLEAN' is not supported in filters.",
        ),
    ],
)
def test_pivot_tables_are_refused_in_googles_order(api: Api, content, message):
    assert api.refused(pivot(content)) == f"Invalid requests[0].updateCells: {message}"


def test_a_pivot_value_is_a_column_or_a_formula(api: Api):
    both = SOURCE | {"values": [{"sourceColumnOffset": 1, "formula": "=A1", "summarizeFunction": "SUM"}]}
    assert "oneof field 'value' is already set. Cannot set 'formula'" in api.refused(pivot(both))


def test_a_pivot_tables_source_goes_along_and_cannot_be_merged_over(api: Api):
    criteria = {"1": {"visibleValues": ["a"]}}
    api.batch(pivot(SOURCE | {"rows": [GROUP], "criteria": criteria}), drop("ROWS", 1, 3))
    kept = api.cell("J8", "pivotTable")["pivotTable"]
    assert kept["source"] == {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 3}
    assert kept["filterSpecs"] == [{"columnOffsetIndex": 1, "filterCriteria": criteria["1"]}]
    merge = {"mergeCells": {"range": box(7, 9, 9, 11), "mergeType": "MERGE_ALL"}}
    assert api.refused(merge).endswith("You can't merge cells that are part of a pivot table.")


def test_clearing_or_writing_over_its_anchor_takes_a_pivot_table(api: Api):
    for act in (lambda: api.post("/values/J10:clear"), lambda: api.put("J10", [["x"]])):
        api.batch(pivot(SOURCE | {"rows": [GROUP]}))
        assert "pivotTable" in api.cell("J10", "pivotTable")
        act()
        assert "pivotTable" not in api.cell("J10", "pivotTable,note")
