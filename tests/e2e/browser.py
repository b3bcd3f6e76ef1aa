"""A real headless Chromium, driven by Playwright; found on the machine, never downloaded."""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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


@cache
def shared_browser() -> Browser:
    """One browser for this process: Playwright's synchronous half can't be started twice, and a start takes time."""
    playwright = sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=need_chromium(), args=list(QUIET))
    atexit.register(playwright.stop)
    atexit.register(browser.close)
    return browser


@contextmanager
def fresh_page(width: int = 1280, height: int = 800) -> Iterator[Page]:
    """An empty page of a fresh browser profile."""
    context = shared_browser().new_context(viewport={"width": width, "height": height})
    yield context.new_page()
    context.close()


@contextmanager
def open_page(url: str, width: int = 1280, height: int = 800) -> Iterator[Page]:
    """A page of a fresh browser profile."""
    with fresh_page(width, height) as page:
        page.goto(url)
        yield page
