"""Every kind of state store runs the same contract; one more kind is one more name in KINDS."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.store.store import Store, open_store
from tests.store_servers import database

KINDS = ("sqlite", "postgres")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with database(request.param, tmp_path) as address:
        yield address


@pytest.fixture
def reopen(url: str) -> Callable[[], Store]:
    return lambda: open_store(url)


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Iterator[Store]:
    opened = reopen()
    opened.enrol("W1", 0.0)
    yield opened
    opened.close()
