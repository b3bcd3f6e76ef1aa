"""A real headless Chromium, driven by Playwright; found on the machine, never downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


def chromium() -> str | None:
    """The path of a browser on this machine."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def need_chromium() -> str:
    """The browser's path; skips by name where there is none, fails where one is a must (REQUIRE_BROWSER)."""
    path = chromium()
    if path is None:
        reason = "no Chromium on this machine: install Debian's package chromium"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@contextmanager
def open_page(url: str, width: int = 1280, height: int = 800) -> Iterator[Page]:
    """A page of a fresh browser profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_chromium(), args=list(QUIET))
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(url)
        yield page
        browser.close()
