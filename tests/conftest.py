"""Fixtures that several kinds of tests share: real servers on free ports of this machine, real stores in a folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.settings import Settings
from sync.sheet.local import LocalServer
from sync.store.store import Store, open_store
from tests.contract.sheets.support import CheckedServer
from tests.workbooks import Book, local_settings, make_book


@pytest.fixture
def sheets(tmp_path: Path) -> Iterator[LocalServer]:
    """The embedded spreadsheet server, running; every answer it gives is held against Google's own document."""
    with CheckedServer(tmp_path / "sheets.db") as server:
        yield server
    assert server.found == []


@pytest.fixture
def settings(tmp_path: Path, sheets: LocalServer) -> Settings:
    """Settings that keep everything in the test's folder."""
    return local_settings(tmp_path, sheets.url)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A state store on SQLite."""
    opened = open_store(settings.store_url)
    yield opened
    opened.close()


@pytest.fixture
def book(settings: Settings, store: Store) -> Callable[..., Book]:
    """Makes a workbook: book([rows], measurements=[rows], language="en")."""

    def make(kpis: Any = (), name: str = "test", **others: Any) -> Book:
        return make_book(settings, store, name, kpis, **others)

    return make
