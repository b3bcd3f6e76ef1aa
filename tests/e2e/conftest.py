"""A small workbook in a running embedded server, open in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from sync.sheet.local import PageSetup
from tests.contract.sheets.support import Api, CheckedServer
from tests.e2e.browser import fresh_page, need_chromium
from tests.e2e.spread import Spread, page_of

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
    answer = requests.post(
        f"{server.url}/v4/spreadsheets", json={"properties": {"title": "Plan", "locale": "en_GB"}}, timeout=5
    )
    return Api(server.url, answer.json()["spreadsheetId"])


@pytest.fixture
def spread() -> Iterator[Spread]:
    """A browser's empty page; whatever it complains of in the end fails the test."""
    with fresh_page() as page:
        made = Spread(page)
        yield made
    assert made.troubles == []


@pytest.fixture
def opened(api: Api, spread: Spread) -> Callable[..., Spread]:
    """Opens the workbook, once the test has put into it what it is about."""
    return lambda tab=None: spread.open(page_of(api), tab)
