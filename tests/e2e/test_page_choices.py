"""The metric's drop-down on the page, by the plugin's very files: it comes as a source is typed, and blocks nothing."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sheet_templates.lights import letters
from sheet_templates.plugin import FOLDER
from sync.sheet.local import PageSetup
from sync.store.store import open_store
from tests.contract.plugin.conftest import KPIS
from tests.contract.sheets.support import CheckedServer
from tests.e2e.spread import Spread
from tests.e2e.test_page_access import faults
from tests.workbooks import Book, local_settings, make_book

pytestmark = pytest.mark.browser
SOURCE, METRIC = (f"{letters(KPIS.position(key))}2" for key in ("source", "metric"))
ARROW = re.compile(r"\bd\b")  # the class of a cell with a list


@pytest.fixture
def setup() -> PageSetup:
    return PageSetup(plugin=FOLDER)


@pytest.fixture
def plan(server: CheckedServer, tmp_path: Path) -> Iterator[Book]:
    settings = local_settings(tmp_path, server.url)
    with closing(open_store(settings.store_url)) as store:
        yield make_book(settings, store, "plan", language="en")


@pytest.fixture
def page(plan: Book, spread: Spread) -> Spread:
    return spread.open(f"{plan.settings.sheets_url}/workbooks/{plan.id}", str(KPIS.id))


def arrow(page: Spread) -> None:
    """The Metric cell has its arrow, now or in a moment."""
    page.go(METRIC)
    expect(page.cell(METRIC)).to_have_class(ARROW)


def test_a_typed_source_gives_the_metric_its_arrow_and_list(page: Spread, plan: Book) -> None:
    page.type(SOURCE, "ga4:123456789")
    arrow(page)
    page.press("Alt+ArrowDown")
    options = page.page.get_by_role("option")
    expect(options).to_have_count(34)
    place = page.page.locator("#choices").bounding_box()
    assert place["height"] <= 320
    assert place["x"] + place["width"] < 1280
    assert faults(page.page) == []
    page.page.keyboard.type("keyev")
    assert options.all_inner_texts() == [
        "keyEvents",
        "sessionKeyEventRate",
        "userKeyEventRate",
        "advertiserAdCostPerKeyEvent",
    ]
    page.press("Enter")
    page.shows(METRIC, "keyEvents")
    page.saved()
    assert plan.cell("kpis", 0, "metric") == "keyEvents"


def test_a_text_outside_the_list_is_taken_as_typed(page: Spread, plan: Book) -> None:
    page.type(SOURCE, "ga4:123456789")
    arrow(page)
    page.type(METRIC, "keyEvents:purchase")
    page.shows(METRIC, "keyEvents:purchase")
    page.type(METRIC, "Rate")  # many choices hold it, none begins with it
    page.shows(METRIC, "Rate")
    page.go(METRIC)
    page.page.keyboard.type("session")  # many begin with it: Escape closes the list, Enter takes what was typed
    page.press("Escape")
    expect(page.page.locator("#choices")).to_be_hidden()
    page.press("Enter")
    page.shows(METRIC, "session")
    assert page.page.locator(".toast").count() == 0


def test_escape_twice_gives_the_old_text_back(page: Spread) -> None:
    page.type(SOURCE, "ga4:123456789")
    arrow(page)
    page.type(METRIC, "sessions")
    page.go(METRIC)
    page.page.keyboard.type("user")
    page.press("Escape")
    page.press("Escape")
    page.shows(METRIC, "sessions")


def test_another_source_takes_the_arrow_away(page: Spread) -> None:
    page.type(SOURCE, "ga4:123456789")
    arrow(page)
    page.type(SOURCE, "csv:sales.csv")
    expect(page.cell(METRIC)).not_to_have_class(ARROW)


def test_the_measurements_tab_offers_what_stands_in_it_now(page: Spread, plan: Book) -> None:
    plan.type_in("measurements", [{"metric": "Leads", "value": 3}, {"metric": "Fans", "value": 4}, {"metric": "Leads"}])
    page.type(SOURCE, "measurements")
    arrow(page)
    page.press("Alt+ArrowDown")
    assert page.page.get_by_role("option").all_inner_texts() == ["Leads", "Fans"]
