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
from tests.e2e.browser import open_page
from webhook.app import ServiceThread, create_app
from webhook.commands.demo import WORKBOOK, prepare, sync_by_webhook

DOCS = Path(__file__).parents[2] / "docs"


def take(folder: Path, language: str, target: Path) -> None:
    """A picture of the demo's Scorecard, lights included."""
    reference = read_reference(WORKBOOK)
    with LocalServer(folder / "sheets.db", page=page_setup([])) as server:
        settings = Settings(home=folder, sheets_url=server.url)
        store = open_store(settings.store_url)
        prepare(reference, settings, store, language)
        app = create_app(settings, store, SyncRunner(settings, store))
        with ServiceThread(app) as service:
            sync_by_webhook(service.url, reference, settings, store, lambda step, done, total: None)
        store.close()
        tab = {"es": "Tablero", "en": "Scorecard"}[language]
        with open_page(f"{server.url}/workbooks/{reference.id}?tab={tab}", width=1500, height=820) as page:
            page.wait_for_selector("body[data-ready=plugin]")
            page.screenshot(path=str(target))


def main() -> int:
    """Both languages."""
    for language in ("es", "en"):
        with tempfile.TemporaryDirectory() as name:
            take(Path(name), language, DOCS / f"picture-{language}.png")
    return 0


if __name__ == "__main__":
    assert shutil.which("chromium") or os.environ.get("CHROMIUM"), "no Chromium"
    sys.exit(main())
