"""The whole story as a person lives it, with the plugin's very files, the real service and no Google: a sentence is
typed, the letters light up, the workbook is connected, the button pressed, lights and card appear, rows are sorted."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator

from sync.session import SyncRunner
from sync.settings import Settings
from sync.sheet.local import LocalServer
from sync.sheet.opening import page_setup
from sync.sheet.reference import read_reference
from sync.store.store import open_store
from tests.e2e.spread import Spread
from webhook.app import ServiceThread, create_app
from webhook.commands.demo import WORKBOOK, allow, prepare

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parents[2] / "artifacts"


@dataclass(frozen=True)
class Words:
    """What the story says and sees in one language."""

    language: str
    kpis: str
    statement: str
    sync_now: str
    on_track: str
    letters: str


ES = Words(
    "es",
    "KPI",
    "Aumentar los suscriptores del canal de 1.200 a 2.500 antes del 31 de marzo de 2027",
    "Sincronizar",
    "En rumbo",
    "SMART",
)
EN = Words(
    "en",
    "KPIs",
    "Grow channel subscribers from 1,200 to 2,500 by 31 March 2027",
    "Sync now",
    "On track",
    "SMART",
)
LOOKS = pytest.mark.parametrize("words", [ES, EN], ids=["es", "en"])


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Makes the demo's workbook in a language, not synced yet; gives the page's address."""
    page = page_setup([])
    with LocalServer(tmp_path / "sheets.db", page=page) as server:
        settings = replace(Settings(home=tmp_path), sheets_url=server.url)
        with closing(open_store(settings.store_url)) as store:
            app = create_app(settings, store, SyncRunner(settings, store))
            with ServiceThread(app) as service:
                allow(page, service.url)
                reference = read_reference(WORKBOOK)

                def made(language: str) -> str:
                    prepare(reference, settings, store, language)
                    return f"{server.url}/workbooks/{reference.id}"

                yield made


def panel(page: Spread) -> FrameLocator:
    return page.page.frame_locator("#side iframe")


@LOOKS
def test_the_whole_story(words: Words, demo: Callable[[str], str], spread: Spread) -> None:
    page = spread.open(demo(words.language), words.kpis)
    page.page.screenshot(path=PICTURES / f"story-{words.language}-0.png")
    page.page.get_by_role("button", name=words.sync_now, exact=True).click()
    panel(page).locator("#tab-connect").wait_for()
    page.page.wait_for_timeout(1500)
    page.page.screenshot(path=PICTURES / f"story-{words.language}-1.png")
    print(panel(page).locator("body").inner_text())
