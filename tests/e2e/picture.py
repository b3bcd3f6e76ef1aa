"""`make picture`: the README's pictures, taken from the running demo in a real browser."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from sync.session import SyncRunner
from sync.settings import Settings
from sync.sheet.local import LocalServer
from sync.sheet.opening import page_setup
from sync.sheet.reference import read_reference
from sync.store.store import open_store
from tests.e2e.browser import fresh_page
from tests.e2e.spread import Spread
from tests.e2e.test_story import EN, ES, SLOW, Story, panel
from webhook.app import ServiceThread, create_app
from webhook.commands.demo import WORKBOOK, allow, prepare, sync_by_webhook

ROW = "B3"  # a KPI that is behind its plan
DOCS = Path(__file__).parents[2] / "docs"


def take(folder: Path, language: str, target: Path) -> None:
    """A picture of the demo's KPI tab, lights included, with the card of one KPI in the sidebar."""
    reference = read_reference(WORKBOOK)
    setup = page_setup([])
    with LocalServer(folder / "sheets.db", page=setup) as server:
        settings = Settings(home=folder, sheets_url=server.url)
        store = open_store(settings.store_url)
        prepare(reference, settings, store, language)
        app = create_app(settings, store, SyncRunner(settings, store))
        with ServiceThread(app) as service:
            allow(setup, service.url)
            sync_by_webhook(service.url, reference, settings, store, lambda step, done, total: None)
            words = {"es": ES, "en": EN}[language]
            with fresh_page(1500, 820) as page:
                spread = Spread(page).open(f"{server.url}/workbooks/{reference.id}", words.kpis)
                Story(spread, words).connect()
                spread.go(ROW)
                spread.menu(words.menu, words.why)
                panel(spread).locator("#card svg.chart").wait_for(timeout=SLOW)
                page.screenshot(path=str(target))
        store.close()


def main() -> int:
    """Both languages."""
    for language in ("es", "en"):
        with tempfile.TemporaryDirectory() as name:
            take(Path(name), language, DOCS / f"picture-{language}.png")
    return 0


if __name__ == "__main__":
    assert shutil.which("chromium") or os.environ.get("CHROMIUM"), "no Chromium"
    sys.exit(main())
