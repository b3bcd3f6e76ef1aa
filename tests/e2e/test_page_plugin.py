"""The plugin's own files, run by the page: menu, edits, panel, button, properties and calls to the service."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from playwright.sync_api import expect

from sync.sheet.local import PageSetup
from tests.contract.sheets.support import Api
from tests.e2e.spread import Spread, page_of

pytestmark = pytest.mark.browser
Open = Callable[..., Spread]


def test_the_menu_of_on_open_stands_in_the_bar_and_its_entries_run(api: Api, opened: Open) -> None:
    page = opened()
    page.menu("Tiny", "Greet")
    expect(page.page.locator(".toast")).to_contain_text("Hello from the plugin")


def test_on_edit_hears_of_each_edit_of_the_person_and_of_no_other(api: Api, opened: Open) -> None:
    page = opened()
    page.type("A2", "one")
    page.shows("E2", "A2:undefined>one")
    page.type("A2", "two")
    page.shows("E2", "A2:one>two")
    page.go("A3")
    page.paste("x\ty\nz\tw")
    page.shows("E3", "A3:B4:undefined>undefined")
    api.put("A9", [["by API"]])
    page.shows("A9", "by API")
    page.type("B1", "later")
    assert api.values("E9") is None


def test_the_panel_runs_the_plugins_functions_and_sees_nothing_else(api: Api, opened: Open) -> None:
    page = opened()
    page.menu("Tiny", "Show panel")
    panel = page.page.frame_locator("#side iframe")
    expect(panel.locator("#sum")).to_have_text("sum 5")
    expect(panel.locator("#reach")).to_have_text("sees nothing")
    assert page.page.locator("#side").bounding_box()["width"] == 300
    page.troubles.clear()  # the browser names the refused reach in its console
    page.page.get_by_role("button", name="Close").click()
    expect(page.page.locator("#side")).to_be_hidden()


def test_the_button_runs_what_a_drawn_button_would(api: Api, opened: Open) -> None:
    page = opened()
    page.page.get_by_role("button", name="Sync now").click()
    page.shows("D1", "pressed")


def test_document_properties_outlive_the_page(api: Api, opened: Open) -> None:
    page = opened()
    page.menu("Tiny", "Greet")
    expect(page.page.locator(".toast")).to_be_visible()
    token = page.page.evaluate("JSON.parse(document.querySelector('meta[name=semaforo-page]').content).token")
    address = f"{api.url}/page/properties/{api.workbook}/document"
    assert requests.get(address, timeout=5).status_code == 401
    kept = requests.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=5).json()
    assert kept == {"greeted": "yes"}


@pytest.fixture
def service(setup: PageSetup) -> Iterator[str]:
    """Somebody's service on another port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302 if self.path == "/away" else 200)
            if self.path == "/away":
                self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(b"answered")

        def log_message(self, *args: object) -> None:
            return

    running = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def test_a_script_reaches_the_configured_service(api: Api, opened: Open, setup: PageSetup, service: str) -> None:
    setup.services.add(service)
    api.put("F1", [[f"{service}/x"]])
    page = opened()
    page.menu("Tiny", "Ask the service")
    page.shows("F2", "200 answered")


def test_a_script_reaches_nobody_else(api: Api, opened: Open, service: str) -> None:
    api.put("F1", [[f"{service}/x"]])
    page = opened()
    page.menu("Tiny", "Ask the service")
    expect(page.page.locator(".toast")).to_contain_text("unavailable")
    assert api.values("F2") is None
    page.troubles.clear()  # the refusal, as the browser logs it


def test_the_page_of_a_workbook_in_spanish_speaks_spanish(api: Api, opened: Open) -> None:
    spanish = {"properties": {"locale": "es_ES"}, "fields": "locale"}
    api.batch({"updateSpreadsheetProperties": spanish})
    page = opened()
    assert page.page.locator("html").get_attribute("lang") == "es"
    expect(page.page.get_by_role("button", name="Sincronizar")).to_be_visible()
    assert page_of(api) in page.page.url
