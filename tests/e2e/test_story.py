"""The whole story as a person lives it, with the plugin's very files, the real service and no Google: a sentence is
typed, the letters light up, the workbook is connected, the button pressed, lights and card appear, rows are sorted."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, expect

from sync.session import SyncRunner
from sync.settings import Settings
from sync.sheet.local import LocalServer
from sync.sheet.opening import page_setup
from sync.sheet.reference import read_reference
from sync.store.store import open_store
from tests.e2e.spread import Spread
from tests.e2e.test_page_access import faults
from webhook.app import ServiceThread, create_app
from webhook.commands.demo import WORKBOOK, allow, prepare

pytestmark = pytest.mark.browser
SLOW = 30_000  # milliseconds: a sync of the whole plan
PICTURES = Path(__file__).parents[2] / "artifacts"


@dataclass(frozen=True)
class Words:
    """What the story says and sees in one language."""

    language: str
    kpis: str
    statement: str
    sync_now: str
    on_track: str
    data: str
    sort: str
    menu: str
    why: str
    write: str
    connect: str


ES = Words(
    language="es",
    kpis="KPI",
    statement="Aumentar los suscriptores del canal de 1.200 a 2.500 antes del 31 de marzo de 2027",
    sync_now="Sincronizar",
    on_track="▲ En rumbo",
    data="Datos",
    sort="Ordenar rango de A a Z",
    menu="Semáforo",
    why="¿Por qué esta luz?",
    write="Escribir un KPI",
    connect="Conectar",
)
EN = Words(
    language="en",
    kpis="KPIs",
    statement="Grow channel subscribers from 1,200 to 2,500 by 31 March 2027",
    sync_now="Sync now",
    on_track="▲ On track",
    data="Data",
    sort="Sort range A to Z",
    menu="Semáforo",
    why="Why this light?",
    write="Write a KPI",
    connect="Connect",
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


class Story:
    """The steps; each leaves a picture behind."""

    def __init__(self, page: Spread, words: Words) -> None:
        self.page, self.words = page, words

    def picture(self, name: str) -> None:
        PICTURES.mkdir(exist_ok=True)
        self.page.page.screenshot(path=PICTURES / f"story-{self.words.language}-{name}.png")

    def connect(self) -> None:
        self.page.menu(self.words.menu, self.words.connect)
        expect(panel(self.page).locator("#address")).to_have_value(re.compile("^http://127"))
        panel(self.page).locator("#connect").click()
        expect(panel(self.page).locator("#revoke-box")).to_be_visible(timeout=SLOW)
        self.picture("1-connected")

    def write(self) -> int:
        """Type the sentence, see the letters light up, put it into the sheet; gives its row."""
        self.page.menu(self.words.menu, self.words.write)
        side = panel(self.page)
        expect(side.locator("#statement")).to_be_visible(timeout=SLOW)  # the new sidebar, no more the old one
        side.locator("#statement").fill(self.words.statement)
        for place in (1, 4):  # M and T are seen in the sentence itself
            expect(side.locator("#letters li").nth(place)).to_have_class("lit")
        expect(side.locator("#read dt").first).to_be_visible(timeout=SLOW)
        self.picture("2-written")
        side.locator("#insert").click()
        expect(side.locator("#inserted")).to_have_text(re.compile(r"\d"), timeout=SLOW)
        row = int(re.findall(r"\d+", side.locator("#inserted").inner_text())[0])
        expect(self.page.page.locator("#where")).to_have_value(f"D{row}")  # the new row is chosen, as the script did
        return row

    def sync(self, name: str) -> None:
        self.page.page.get_by_role("button", name=self.words.sync_now, exact=True).click()
        expect(panel(self.page).locator("#result .lights")).to_be_visible(timeout=SLOW)
        self.picture(name)

    def lights(self) -> dict[str, str]:
        """Name -> colour of the names' cells that are drawn now."""
        found: dict[str, str] = self.page.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll('td[data-column="1"]')]
            .filter(cell => cell.dataset.row > 0 && cell.textContent)
            .map(cell => [cell.textContent, getComputedStyle(cell).backgroundColor]))"""
        )
        return found

    def card(self) -> None:
        self.page.go("B2")
        self.page.menu(self.words.menu, self.words.why)
        expect(panel(self.page).locator("#card svg.chart")).to_be_visible(timeout=SLOW)
        self.picture("4-card")

    def sort(self) -> None:
        self.page.go("B2")
        first = self.page.text("B2")
        self.page.menu(self.words.data, self.words.sort)
        self.page.page.locator("dialog button.main").click()  # our columns are protected, and a sort moves them too
        expect(self.page.cell("B2")).not_to_have_text(first)
        self.page.saved()


@LOOKS
def test_the_whole_story(words: Words, demo: Callable[[str], str], spread: Spread) -> None:
    page = spread.open(demo(words.language), words.kpis)
    story = Story(page, words)
    story.connect()
    row = story.write()
    page.go(f"D{row}")
    page.shows(f"D{row}", words.statement)
    story.sync("3-synced")
    page.go("B2")
    before = story.lights()
    assert len(set(before.values())) >= 4  # green, amber, red and none
    story.card()
    story.sort()
    names = list(story.lights())
    assert names == sorted(names, key=str.casefold)
    assert {name: colour for name, colour in story.lights().items() if name in before} == before
    story.sync("5-sorted")
    assert {name: colour for name, colour in story.lights().items() if name in before} == before


def test_axe_finds_nothing_serious_in_page_and_sidebar(demo: Callable[[str], str], spread: Spread) -> None:
    page = spread.open(demo("es"), ES.kpis)
    page.menu(ES.menu, ES.write)
    panel(page).locator("#statement").wait_for()
    assert faults(page.page.frames[-1]) == []
    assert faults(page.page) == []
