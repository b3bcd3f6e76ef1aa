"""The plugin's sidebar, unchanged, in a real browser's sandboxed frame: Node runs the script behind it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from sync.session import SyncRunner
from sync.settings import Settings
from sync.store.store import Store
from tests.contract.plugin.conftest import Plugin
from tests.contract.plugin.driver import ROOT, Driver
from tests.contract.plugin.test_edits import WHOLE
from tests.contract.plugin.test_sync import MOVING, READINGS
from tests.e2e.browser import need_chromium, open_page
from tests.workbooks import Book
from webhook.app import ServiceThread, create_app

pytestmark = pytest.mark.browser
SHIM = ROOT / "sync/sheet/local/web/runtime/script_run.js"
AXE = ROOT / "tests/js/node_modules/axe-core/axe.min.js"
HOST = """<!doctype html><html lang="en"><title>host</title><body style="margin:0">
<iframe title="sidebar" sandbox="allow-scripts" style="border:0;width:300px;height:900px"></iframe><script>{
  const frame = document.querySelector("iframe");
  addEventListener("message", async (event) => {
    const { id, fn, args } = event.data;
    if (event.source !== frame.contentWindow || !fn) return;
    frame.contentWindow.postMessage({ id, ...(await runScript(fn, args)) }, "*");
  });
}</script></body></html>"""
HOSTILE = '<img src=x onerror="document.title=1"> =1+1 & Café'


class Shown:
    """The sidebar on the screen, and the workbook behind it."""

    def __init__(self, page: Page, plugin: Plugin) -> None:
        self.page, self.plugin = page, plugin
        self.frame: FrameLocator = page.frame_locator("iframe")
        self.broken = False
        self.service: Callable[[str], dict[str, Any]] | None = None  # stands in for the real one: function -> answer
        self.calls: list[str] = []

    def run(self, fn: str, args: list[Any]) -> dict[str, Any]:
        self.calls.append(fn)
        answers = [self.service(fn)] if self.service else None
        answer = self.plugin.run(fn, *args, offline=self.broken, answers=answers)
        return {key: answer[key] for key in ("value", "error") if key in answer}

    def open(self, item: str) -> None:
        html = self.plugin.run(item)["sidebar"]["html"]
        shim = f"<head><script>{SHIM.read_text(encoding='utf-8')}</script>"
        self.page.set_content(HOST)
        fill = "html => { document.querySelector('iframe').srcdoc = html; }"
        self.page.evaluate(fill, html.replace("<head>", shim, 1))

    def see(self, selector: str, text: str) -> None:
        expect(self.frame.locator(selector)).to_contain_text(text, timeout=15_000)

    def violations(self) -> list[str]:
        """What axe finds in the frame."""
        inside = next(frame for frame in self.page.frames if frame != self.page.main_frame)
        inside.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[str] = inside.evaluate("async () => (await axe.run()).violations.map((each) => each.id)")
        return found


@pytest.fixture
def page() -> Iterator[Page]:
    need_chromium()
    with open_page("about:blank", 300, 900) as opened:
        yield opened


@pytest.fixture
def driver() -> Iterator[Driver]:
    running = Driver()
    yield running
    running.close()


@pytest.fixture
def url(settings: Settings, store: Store) -> Iterator[str]:
    with ServiceThread(create_app(settings, store, SyncRunner(settings, store))) as running:
        yield running.url


@pytest.fixture
def shown(page: Page, driver: Driver, book: Callable[..., Book]) -> Callable[..., Shown]:
    def make(kpis: Any = (), **others: Any) -> Shown:
        made = Shown(page, Plugin(driver, book(kpis, "sidebar", **others)))
        page.expose_function("runScript", made.run)
        return made

    return make


def test_from_connecting_to_the_lights(shown: Callable[..., Shown], url: str) -> None:
    side = shown([MOVING], measurements=READINGS)
    side.open("syncFromButton")
    side.see("#state", "Este libro aún no está conectado")
    side.frame.locator("#address").fill(url)
    side.frame.locator("#address").press("Enter")
    side.see("#connect-state", "Conectado. Ya puedes sincronizar.")
    side.frame.locator("#tab-sync").click()
    side.frame.locator("#dry").click()
    side.see("#result", "No se ha escrito nada")
    side.see("#result", "Qué cambiaría")
    side.frame.locator("#sync").click()
    side.see("#result", "celdas escritas")
    assert side.plugin.book.cell("kpis", 0, "status") is not None


def test_the_card_shows_a_kpi_s_name_as_text_whatever_it_holds(shown: Callable[..., Shown], url: str) -> None:
    side = shown([{**MOVING, "name": HOSTILE}], measurements=READINGS)
    side.plugin.ask("connectTo", url)
    side.plugin.select(0)
    side.open("syncFromButton")
    side.see("#result", "celdas escritas")
    side.open("showWhy")
    expect(side.frame.locator("#card h2")).to_have_text(HOSTILE, timeout=10_000)
    expect(side.frame.locator("#card img")).to_have_count(0)
    assert "<img" in str(side.frame.locator("svg.chart").get_attribute("aria-label"))


def test_the_card_follows_the_selected_row_for_as_long_as_it_is_looked_at(
    shown: Callable[..., Shown], url: str
) -> None:
    side = shown([{**MOVING, "name": name} for name in ("One", "Two")], measurements=READINGS, language="en")
    side.plugin.ask("connectTo", url)
    side.open("syncFromButton")
    side.see("#result", "cells written")
    side.plugin.select(0)
    side.frame.locator("#tab-why").click()
    side.see("#card h2", "One")
    side.plugin.select(1)
    side.see("#card h2", "Two")
    side.plugin.select(5)
    side.see("#card", "Choose a row of the KPI tab")
    side.frame.locator("#tab-write").click()
    side.page.wait_for_timeout(500)
    asked = side.calls.count("selectedKpi")
    side.page.wait_for_timeout(3500)
    assert side.calls.count("selectedKpi") == asked
    assert side.calls.count("selectedCard") == 3  # one request to the service for each KPI, none for looking


def test_what_is_understood_stands_in_the_sheet_s_order_and_its_locale(shown: Callable[..., Shown], url: str) -> None:
    side = shown([WHOLE])
    side.plugin.ask("connectTo", url)
    side.open("showWrite")
    side.frame.locator("#statement").fill("Aumentar los suscriptores de 1.200 a 2.500 antes del 31 de marzo de 2030")
    side.see("#read", "2.500")
    assert side.frame.locator("#read dt").all_inner_texts() == [
        "Nombre",
        "Dirección",
        "Línea base",
        "Meta",
        "Fecha límite",
    ]
    assert side.frame.locator("#read dd").all_inner_texts()[2:] == ["1.200", "2.500", "31 mar 2030"]


def test_the_keyboard_keeps_its_place_while_buttons_are_shut(shown: Callable[..., Shown], url: str) -> None:
    side = shown([MOVING], measurements=READINGS)
    side.open("showConnect")
    side.frame.locator("#address").fill(url)
    side.frame.locator("#connect").press("Enter")
    side.see("#connect-state", "Ya puedes sincronizar")
    expect(side.frame.locator("#connect")).to_be_focused()
    side.frame.locator("#tab-sync").click()
    side.frame.locator("#sync").press("Enter")
    side.see("#result", "celdas escritas")
    expect(side.frame.locator("#sync")).to_be_focused()


def test_letters_appear_while_typing_and_the_sentence_becomes_a_row(shown: Callable[..., Shown], url: str) -> None:
    side = shown([WHOLE])
    side.plugin.ask("connectTo", url)
    side.open("showWrite")
    box = side.frame.locator("#statement")
    box.fill("Vender con gusto")
    side.see("#letters li:nth-child(2)", "Medible: falta")
    box.fill("Aumentar los seguidores de 12000 a 40000 para el 31 de diciembre de 2030")
    side.see("#letters li:nth-child(2)", "Medible: se cumple")
    side.see("#read", "40.000")
    box.press("Control+Enter")
    side.see("#inserted", "Puesto en la fila 3")
    assert side.plugin.book.cell("kpis", 1, "target") == 40000


def test_without_a_network_it_says_so_and_still_writes(shown: Callable[..., Shown], url: str) -> None:
    side = shown(language="en")
    side.plugin.ask("connectTo", url)
    side.broken = True
    side.open("showWrite")
    side.frame.locator("#statement").fill("=1+1 more leads")
    side.see("#read", "Without a connection")
    side.frame.locator("#insert").click()
    side.see("#inserted", "Put into row 2")
    side.frame.locator("#tab-sync").click()
    side.frame.locator("#sync").click()
    side.see("#alert", "can't be reached")
    assert side.plugin.book.cell("kpis", 0, "statement") == "=1+1 more leads"


def test_a_sync_that_takes_long_is_asked_after_ever_less_and_can_be_cancelled(
    shown: Callable[..., Shown], url: str
) -> None:
    side = shown([MOVING], language="en")
    side.plugin.ask("connectTo", url)
    state = {"state": "running", "step": "fetch", "done": 3, "total": 14}

    def service(fn: str) -> dict[str, Any]:
        content = {"run": "r1", "state": "queued"} if fn != "runState" else state
        return {"status": 200, "headers": {}, "text": json.dumps(content)}

    side.service = service
    side.page.clock.install()
    side.open("syncFromButton")
    side.see("#counts", "3 of 14")
    state["step"] = "quota"
    side.page.clock.run_for(1000)
    side.see("#step", "Waiting for the turn that Google allows")
    side.see("#counts", "3 of 14 seconds")
    for _ in range(70):
        side.page.clock.run_for(1000)
    side.see("#long", "You may close this panel")
    assert 8 <= side.calls.count("runState") <= 25
    side.frame.locator("#cancel").click()
    state["state"] = "cancelled"
    side.page.clock.run_for(6000)
    side.see("#result", "Cancelled.")
    expect(side.frame.locator("#sync")).to_be_enabled()


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_part_can_be_reached_by_keyboard_and_passes_axe(
    shown: Callable[..., Shown], url: str, language: str
) -> None:
    if not Path(AXE).exists():
        pytest.skip("axe-core is not installed: npm ci in tests/js")
    side = shown([MOVING], language=language)
    side.plugin.ask("connectTo", url)
    side.open("showHelp")
    side.see("#state", "127.0.0.1")
    side.frame.locator("#tab-connect").focus()
    for part in ("sync", "why", "write", "connect"):
        side.frame.locator(":focus").press("ArrowRight")
        expect(side.frame.locator(f"#tab-{part}")).to_be_focused()
        expect(side.frame.locator(f"#view-{part}")).to_be_visible()
        assert side.violations() == [], part


def test_cancel_lets_go_of_a_service_that_is_gone(
    shown: Callable[..., Shown], settings: Settings, store: Store
) -> None:
    side = shown([MOVING], measurements=READINGS)
    with ServiceThread(create_app(settings, store, SyncRunner(settings, store))) as running:
        side.plugin.ask("connectTo", running.url)
        side.plugin.ask("startSync", False)
    side.open("syncFromButton")
    side.see("#alert", "No se llega al servicio")
    expect(side.frame.locator("#sync")).to_be_disabled()
    side.frame.locator("#cancel").click()
    expect(side.frame.locator("#sync")).to_be_enabled(timeout=10_000)
