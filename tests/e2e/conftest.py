"""A small workbook in a running embedded server, open in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser

from sync.sheet.local import PageSetup
from tests.contract.sheets.support import Api, CheckedServer
from tests.e2e.browser import need_chromium
from tests.e2e.spread import Spread, page_of, running_browser

TINY = Path(__file__).parent / "tiny_plugin"


@pytest.fixture
def setup() -> PageSetup:
    """What the page is given: the tests' own small plugin."""
    return PageSetup(plugin=TINY)


@pytest.fixture
def server(tmp_path: Path, setup: PageSetup) -> Iterator[CheckedServer]:
    need_chromium()
    with CheckedServer(tmp_path / "sheets.db", page=setup) as running:
        yield running
    assert running.found == []


@pytest.fixture
def api(server: CheckedServer) -> Api:
    """An English workbook with one empty tab."""
    answer = requests.post(f"{server.url}/v4/spreadsheets", json={"properties": {"title": "Plan", "locale": "en_GB"}}, timeout=5)
    return Api(server.url, answer.json()["spreadsheetId"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests here; each gets a fresh profile of it."""
    with running_browser() as found:
        yield found


@pytest.fixture
def spread(browser: Browser) -> Iterator[Spread]:
    """A browser's empty page; whatever it complains of in the end fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    made = Spread(context.new_page())
    yield made
    context.close()
    assert made.troubles == []


@pytest.fixture
def opened(api: Api, spread: Spread) -> Callable[..., Spread]:
    """Opens the workbook, once the test has put into it what it is about."""
    return lambda tab=None: spread.open(page_of(api), tab)
