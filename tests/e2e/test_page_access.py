"""Everybody can use the page: axe-core finds nothing serious, every part is reached by keys."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.contract.sheets.support import Api
from tests.e2e.spread import Spread

pytestmark = pytest.mark.browser
Open = Callable[..., Spread]
AXE = Path(__file__).parents[1] / "js" / "node_modules" / "axe-core" / "axe.min.js"


def faults(page: Page | Frame) -> list[str]:
    """axe-core's serious and critical findings, a line each."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci in tests/js")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = json.loads(
        page.evaluate("axe.run({resultTypes: ['violations']}).then(found => JSON.stringify(found.violations))")
    )
    return [
        f"{one['id']}: {node['html']} {node.get('failureSummary')}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def filled(api: Api) -> None:
    box = {"startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 1, "endColumnIndex": 2}
    choice = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "x"}, {"userEnteredValue": "y"}]}}
    tick = {"condition": {"type": "BOOLEAN"}}
    api.put("A1:D3", [["name", "choice", "done"], ["one", "x", False], ["two", "y", True, "=SPARKLINE({1,3,2})"]])
    api.batch(
        {"setDataValidation": {"range": box, "rule": choice}},
        {"setDataValidation": {"range": box | {"startColumnIndex": 2, "endColumnIndex": 3}, "rule": tick}},
        {"updateCells": {"start": {}, "rows": [{"values": [{"note": "what it is"}]}], "fields": "note"}},
        {
            "updateSheetProperties": {
                "properties": {"gridProperties": {"frozenRowCount": 1, "frozenColumnCount": 1}},
                "fields": "gridProperties(frozenRowCount,frozenColumnCount)",
            }
        },
    )


def test_axe_finds_nothing_serious_in_the_page(api: Api, opened: Open) -> None:
    filled(api)
    assert faults(opened().page) == []


def test_axe_finds_nothing_serious_while_editing_or_in_a_menu(api: Api, opened: Open) -> None:
    filled(api)
    page = opened()
    page.go("B2")
    page.press("Alt+ArrowDown")
    expect(page.page.get_by_role("listbox")).to_be_visible()
    assert faults(page.page) == []
    page.press("Escape")
    page.press("Shift+F10")
    assert faults(page.page) == []
    page.press("Escape")
    page.press("Shift+F2")
    assert faults(page.page) == []


def test_axe_finds_nothing_serious_in_the_list_of_workbooks(api: Api, spread: Spread) -> None:
    spread.page.goto(api.url)
    assert faults(spread.page) == []


def test_every_part_of_the_page_is_reached_with_f6(api: Api, opened: Open) -> None:
    page = opened()
    page.menu("Tiny", "Show panel")
    page.page.frame_locator("#side iframe").locator("#sum").wait_for()
    page.go("B2")
    seen = []
    for _ in range(6):
        page.press("F6")
        seen.append(page.page.evaluate("document.activeElement.closest('[id]').id"))
        if seen[-1] == "side":
            page.page.locator("#tabs [tabindex='0']").focus()  # keys go to the panel's own page from here on
            seen.append("tabs")
    assert set(seen) >= {"side", "tabs", "menus", "toolbar", "where", "sheet"}
    page.troubles.clear()


def test_a_menu_is_worked_by_keys_alone(api: Api, opened: Open) -> None:
    page = opened()
    page.go("A2")
    page.press("F6")
    for _ in range(5):
        page.press("F6")
        if page.page.evaluate("document.activeElement.closest('#menus') !== null"):
            break
    page.press("ArrowRight")
    page.press("Enter")
    page.press("End")
    expect(page.page.get_by_role("menuitem", name="Note…")).to_be_focused()
    page.press("Enter")
    page.page.keyboard.type("by keys")
    page.press("Tab")
    page.press("Tab")
    page.press("Enter")
    expect(page.page.get_by_role("tooltip")).to_have_text("by keys")


def test_rows_and_cells_tell_where_they_are(api: Api, opened: Open) -> None:
    page = opened()
    grid = page.page.get_by_role("grid", name="Sheet1")
    assert grid.get_attribute("aria-rowcount") == "1001"
    page.go("C500")
    cell = page.cell("C500")
    assert cell.get_attribute("aria-colindex") == "4"
    assert cell.locator("xpath=..").get_attribute("aria-rowindex") == "501"
    expect(cell).to_be_focused()
