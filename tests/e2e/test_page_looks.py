"""How cells look: merged, hidden, wrapped, drawn."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.contract.sheets.support import Api
from tests.e2e.spread import Spread

pytestmark = pytest.mark.browser
Open = Callable[..., Spread]


def box(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def test_merged_cells_span(api: Api, opened: Open) -> None:
    api.put("A1", [["wide"]])
    api.batch({"mergeCells": {"range": box(0, 2, 0, 3)}})
    page = opened()
    assert page.cell("A1").evaluate("cell => [cell.rowSpan, cell.colSpan]") == [2, 3]
    assert page.cell("B2").count() == 0
    page.go("A1")
    page.press("ArrowRight")
    expect(page.page.locator("#where")).to_have_value("D1")


def test_hidden_rows_and_columns_are_left_out_and_passed_by(api: Api, opened: Open) -> None:
    api.put("A1:C3", [["one", "two", "three"], ["four"], ["five"]])
    page = opened()
    page.go("B1")
    page.menu("Format", "Hide columns")
    expect(page.cell("B1")).to_have_count(0)
    page.go("A1")
    page.press("ArrowRight")
    expect(page.page.locator("#where")).to_have_value("C1")
    page.press("Control+z")
    page.shows("B1", "two")


def test_wrapped_text_makes_its_row_taller(api: Api, opened: Open) -> None:
    api.put("A1", [["a long sentence that does not fit into one line of this column"]])
    page = opened()
    page.go("A1")
    before = page.cell("A1").bounding_box()["height"]
    page.menu("Format", "Wrap text")
    expect(page.cell("A1")).to_have_class("w on here")
    assert page.cell("A1").bounding_box()["height"] > 2 * before


def test_bold_turns_on_and_off_by_key(api: Api, opened: Open) -> None:
    api.put("A1", [["x"]])
    page = opened()
    page.go("A1")
    page.press("Control+b")
    expect(page.cell("A1")).to_have_css("font-weight", "700")
    page.press("Control+b")
    expect(page.cell("A1")).to_have_css("font-weight", "400")


def test_a_sparkline_is_drawn(api: Api, opened: Open) -> None:
    api.put("A1:D1", [["1", "4", "2", '=SPARKLINE(A1:C1,{"charttype","column";"color","#188038"})']])
    api.put("D2", [["=SPARKLINE(A1:C1)"]])
    page = opened()
    assert page.cell("D1").locator("rect").count() == 3
    assert page.cell("D1").locator("rect").first.get_attribute("fill") == "#188038"
    assert len((page.cell("D2").locator("polyline").get_attribute("points") or "").split()) == 3


def test_a_chart_is_drawn_over_the_cells(api: Api, opened: Open) -> None:
    api.put("A1:B4", [["day", "leads"], ["Mon", 3], ["Tue", 5], ["Wed", 4]])
    sheet = {"sheetId": 0}

    def column(place: int) -> dict[str, object]:
        return {"sourceRange": {"sources": [sheet | box(0, 4, place, place + 1)]}}

    spec = {
        "title": "Leads",
        "basicChart": {
            "chartType": "LINE",
            "headerCount": 1,
            "domains": [{"domain": column(0)}],
            "series": [{"series": column(1)}],
        },
    }
    place = {
        "overlayPosition": {"anchorCell": {"rowIndex": 5, "columnIndex": 1}, "widthPixels": 400, "heightPixels": 240}
    }
    api.batch({"addChart": {"chart": {"spec": spec, "position": place}}})
    page = opened()
    chart = page.page.get_by_role("img", name="Leads: leads")
    expect(chart).to_be_visible()
    assert len((chart.locator("polyline").get_attribute("points") or "").split()) == 3
    api.put("A5:B5", [["Thu", 9]])
    assert chart.get_by_text("Mon").count() == 1


def test_a_width_is_dragged(api: Api, opened: Open) -> None:
    page = opened()
    head = page.page.locator('th[data-column="1"]')
    at = head.bounding_box()
    page.page.mouse.move(at["x"] + at["width"] - 1, at["y"] + 8)
    page.page.mouse.down()
    page.page.mouse.move(at["x"] + at["width"] + 59, at["y"] + 8)
    page.page.mouse.up()
    expect(head).to_have_css("width", "160px")
    answer = api.get("", fields="sheets.data.columnMetadata.pixelSize")
    assert answer["sheets"][0]["data"][0]["columnMetadata"][1]["pixelSize"] == 160


def test_the_corner_stays_above_the_letters_that_are_scrolled_beneath_it(api: Api, opened: Open) -> None:
    page = opened()
    page.go("Z1")
    assert page.page.locator(".scroller").evaluate("scroller => scroller.scrollLeft") > 0
    seen = "([x, y]) => document.elementFromPoint(x, y).className"
    place = page.page.locator(".scroller").bounding_box()
    assert page.page.evaluate(seen, [place["x"] + 20, place["y"] + 12]) == "corner"


def test_the_chosen_row_stays_in_view_when_it_grows_at_the_lower_edge(api: Api, opened: Open) -> None:
    form = {"userEnteredFormat": {"wrapStrategy": "WRAP"}}
    api.batch({"repeatCell": {"range": box(0, 100, 0, 1), "cell": form, "fields": "userEnteredFormat.wrapStrategy"}})
    page = opened()
    page.go("A60")
    before = page.cell("A60").bounding_box()["height"]
    api.put("A60", [["a long sentence that somebody else puts into this cell and that takes several lines there"]])
    page.page.wait_for_function(
        "before => document.querySelector('td[data-cell=\"A60\"]').clientHeight > 2 * before", arg=before
    )
    cell, place = page.cell("A60").bounding_box(), page.page.locator(".scroller").bounding_box()
    assert cell["y"] + cell["height"] <= place["y"] + place["height"] + 1
