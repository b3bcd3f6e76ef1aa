"""Several hands on one workbook: the page shows what others write, and what a person is typing stays."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import expect

from sync.sheet.local import LocalServer
from tests.contract.sheets.support import Api
from tests.e2e.browser import fresh_page
from tests.e2e.spread import Spread, page_of

pytestmark = pytest.mark.browser
Open = Callable[..., Spread]


def test_what_a_sync_writes_appears_within_two_seconds(api: Api, opened: Open) -> None:
    page = opened()
    api.put("B2", [["written elsewhere"]])
    begun = time.monotonic()
    page.shows("B2", "written elsewhere")
    assert time.monotonic() - begun < 2


def test_a_persons_unfinished_edit_outlives_what_others_write(api: Api, opened: Open) -> None:
    page = opened()
    page.go("A1")
    page.page.keyboard.type("half a sen")
    api.put("A1:B1", [["theirs", "theirs too"]])
    page.shows("B1", "theirs too")
    page.page.keyboard.type("tence")
    page.press("Enter")
    page.saved()
    page.shows("A1", "half a sentence")
    assert api.values("A1:B1") == [["half a sentence", "theirs too"]]


def test_undo_takes_back_ones_own_cells_only(api: Api, opened: Open) -> None:
    page = opened()
    page.type("A1", "mine")
    api.put("B1", [["theirs"]])
    page.shows("B1", "theirs")
    page.press("Control+z")
    page.shows("A1", "")
    assert api.values("A1:B1") == [["", "theirs"]]


@pytest.fixture
def second() -> Iterator[Spread]:
    """Another person's browser."""
    with fresh_page() as page:
        yield Spread(page)


def test_two_people_see_each_others_edits(api: Api, opened: Open, second: Spread) -> None:
    first = opened()
    second.open(page_of(api))
    first.type("A1", "from the first")
    second.shows("A1", "from the first")
    second.type("A2", "from the second")
    first.shows("A2", "from the second")


def test_tabs_are_changed_by_click_and_key_and_hidden_ones_have_none(api: Api, opened: Open) -> None:
    api.batch(
        {"addSheet": {"properties": {"title": "Second", "sheetId": 77}}},
        {"addSheet": {"properties": {"title": "Secret", "sheetId": 78, "hidden": True}}},
    )
    api.put("Second!A1", [["here"]])
    page = opened()
    assert page.page.get_by_role("tab").all_inner_texts() == ["Sheet1", "Second"]
    page.page.get_by_role("tab", name="Second").click()
    page.shows("A1", "here")
    page.press("Control+Shift+PageUp")
    page.shows("A1", "")
    api.batch({"addSheet": {"properties": {"title": "New"}}})
    expect(page.page.get_by_role("tab", name="New")).to_be_visible()


def test_a_large_table_is_drawn_where_one_looks(api: Api, opened: Open) -> None:
    api.batch(
        {
            "updateSheetProperties": {
                "properties": {"gridProperties": {"columnCount": 35, "frozenRowCount": 1, "frozenColumnCount": 2}},
                "fields": "gridProperties(columnCount,frozenRowCount,frozenColumnCount)",
            }
        }
    )
    api.put("A1:AI1000", [[f"{row}/{column}" for column in range(35)] for row in range(1000)])
    page = opened()
    assert page.page.locator("td[data-row]").count() < 5000
    page.go("AI1000")
    page.shows("AI1000", "999/34")
    heading, first = page.cell("AI1").bounding_box(), page.cell("A1000").bounding_box()
    assert heading["y"] < 200  # the frozen row has stayed
    assert first["x"] < 60  # and so have the frozen columns


def test_the_page_goes_on_after_the_server_was_started_again(tmp_path: Path, spread: Spread) -> None:
    with LocalServer(tmp_path / "books.db") as first:
        answer = requests.post(f"{first.url}/v4/spreadsheets", json={}, timeout=5)
        api = Api(first.url, answer.json()["spreadsheetId"])
        spread.open(page_of(api))
        spread.type("A1", "before")
        port = first.port
    expect(spread.page.locator("#saved")).to_contain_text("does not answer")
    with LocalServer(tmp_path / "books.db", port=port):
        spread.saved()
        spread.type("A2", "after")
        assert api.values("A1:A2") == [["before"], ["after"]]
    spread.troubles.clear()  # the failed questions, as the browser logs them
