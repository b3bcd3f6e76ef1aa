"""What stands in a cell is text: it runs nothing, loads nothing and leads nowhere, wherever the page shows it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.contract.sheets.support import Api
from tests.e2e.spread import Spread

pytestmark = pytest.mark.browser
Open = Callable[..., Spread]
EVIL = '"><img src=x onerror="document.title=1"><script>document.title=1</script>'


def test_markup_in_cells_notes_choices_titles_and_charts_is_shown_as_typed(api: Api, opened: Open) -> None:
    box = {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    choice = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": EVIL}]}}
    fence = {"range": {"startRowIndex": 4, "endRowIndex": 5}, "description": EVIL}
    api.put("A1", [[EVIL]], option="RAW")
    api.batch(
        {"updateCells": {"start": {}, "rows": [{"values": [{"note": EVIL}]}], "fields": "note"}},
        {"setDataValidation": {"range": box, "rule": choice}},
        {"addSheet": {"properties": {"title": EVIL}}},
        {"addProtectedRange": {"protectedRange": fence}},
        {"updateSpreadsheetProperties": {"properties": {"title": EVIL}, "fields": "title"}},
    )
    page = opened()
    page.shows("A1", EVIL)
    page.go("A1")
    expect(page.page.get_by_role("tooltip")).to_have_text(EVIL)
    page.go("A2")
    page.press("Alt+ArrowDown")
    expect(page.page.get_by_role("option")).to_have_text(EVIL)
    page.press("Escape")
    page.go("A5")
    page.press("Delete")
    expect(page.page.locator("dialog")).to_contain_text("<img")
    page.page.get_by_role("button", name="Cancel").click()
    assert page.page.title() == EVIL
    assert page.page.locator("img:not(svg)").count() == 0
    assert page.page.evaluate("document.querySelectorAll('script').length") == 1


def test_a_text_that_looks_like_a_formula_stays_a_text_when_it_is_edited(api: Api, opened: Open) -> None:
    api.put("A1", [["=1+1"]], option="RAW")
    page = opened()
    page.shows("A1", "=1+1")
    page.go("A1")
    page.press("F2")
    page.page.keyboard.type("0")
    page.press("Enter")
    page.saved()
    page.shows("A1", "=1+10")
    assert api.cells("A1", "userEnteredValue") == [[{"userEnteredValue": {"stringValue": "=1+10"}}]]


def test_a_link_in_a_formula_is_not_followed(api: Api, opened: Open) -> None:
    api.put("A1", [['=HYPERLINK("javascript:document.title=1","press me")']])
    page = opened()
    page.shows("A1", "press me")
    page.cell("A1").click()
    assert page.page.locator("td a").count() == 0
    assert page.page.title() == "Untitled spreadsheet" or page.page.title() == "Plan"


def test_another_sites_page_can_not_write_into_the_workbook(api: Api, spread: Spread) -> None:
    spread.page.goto("about:blank")  # a page without our origin
    spread.page.evaluate(
        """address => fetch(address, {method: "PUT", mode: "no-cors", headers: {"Content-Type": "text/plain"},
        body: '{"values": [["stolen"]]}'}).catch(() => null)""",
        f"{api.url}/v4/spreadsheets/{api.workbook}/values/A1?valueInputOption=RAW",
    )
    spread.page.evaluate(
        """address => fetch(address, {method: "POST", mode: "no-cors",
        body: '{"requests": [{"addSheet": {}}]}'}).catch(() => null)""",
        f"{api.url}/v4/spreadsheets/{api.workbook}:batchUpdate",
    )
    spread.troubles.clear()  # the browser's own account of the refusals
    assert api.values("A1") is None
    assert len(api.get("", fields="sheets.properties.title")["sheets"]) == 1
