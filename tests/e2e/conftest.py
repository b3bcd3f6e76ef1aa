"""A small workbook in a running embedded server, open in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.sheet.local import PageSetup
from tests.contract.sheets.support import Api, CheckedServer, new_workbook
from tests.e2e.browser import need_chromium
from tests.e2e.spread import Spread, browser_page, page_of

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
    return new_workbook(server, "en_GB")


@pytest.fixture
def opened(api: Api) -> Iterator[Callable[..., Spread]]:
    """Opens the workbook, once the test has put into it what it is about."""
    with browser_page() as page:
        spread = Spread(page)
        yield lambda tab=None: spread.open(page_of(api), tab)
        assert spread.troubles == []
