"""The page about running it says what the code does, in both languages."""

import re
from pathlib import Path

import pytest

from sync.commands.base import COMMANDS
from sync.jobs.local import FAIR_SHARE
from sync.jobs.runner import LEASE_SECONDS
from sync.settings import JOBS
from sync.sheet.google import WRITE_TIMEOUT
from sync.store.claims import DAY, HOUR, JITTER, KEEP_RUNS_SECONDS, LONGEST_WAIT, MAX_ATTEMPTS, MAX_RETRIES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(params=["running.md", "running.es.md"])
def page(request: pytest.FixtureRequest) -> str:
    return (DOCS / request.param).read_text(encoding="utf-8")


def test_every_carrier_is_explained(page: str) -> None:
    assert set(re.findall(r"^\| `(\w+)`", page, re.MULTILINE)) == {"SEMAFORO_JOBS", *JOBS}


def test_the_commands_that_it_names_exist(page: str) -> None:
    assert set(re.findall(r"semaforo (\w+)", page)) - {"serve"} <= set(COMMANDS)


def test_the_figures_that_it_names_hold(page: str) -> None:
    assert f"{MAX_RETRIES} " in page
    assert (MAX_ATTEMPTS, FAIR_SHARE, JITTER) == (5, 5, 0.25)  # "five workers", "every fifth claim", "a quarter"
    assert (LEASE_SECONDS, LONGEST_WAIT, HOUR, DAY) == (60, 300, 3600, 86_400)  # a minute, five minutes, hourly, daily
    assert KEEP_RUNS_SECONDS == 30 * DAY


def test_a_write_fits_into_a_lease() -> None:
    assert sum(WRITE_TIMEOUT) < LEASE_SECONDS
