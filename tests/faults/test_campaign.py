"""A few seconds of the fault campaign; `make faults` is a minute of it on each database."""

import time
from pathlib import Path

import pytest

from tests.faults.campaign import campaign

SECONDS = 6.0


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_workers_that_die_and_sleep_at_random_lose_nothing(kind: str, tmp_path: Path) -> None:
    figures = campaign(kind, tmp_path, SECONDS, seed=int(time.time()))
    print(figures)
    assert figures.wrong == []
    assert min(figures.presses, figures.kills + figures.pauses, figures.syncs) > 1
