"""Every kind of state store runs the same contract; one more kind is one more line in OPENERS."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.store.store import Store, open_store

OPENERS: dict[str, Callable[[Path], Store]] = {
    "sqlite": lambda folder: open_store(f"sqlite:///{folder / 'state' / 'semaforo.db'}"),
}


@pytest.fixture(params=sorted(OPENERS))
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    return lambda: OPENERS[request.param](tmp_path)


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Iterator[Store]:
    opened = reopen()
    opened.enrol("W1", 0.0)
    yield opened
    opened.close()
