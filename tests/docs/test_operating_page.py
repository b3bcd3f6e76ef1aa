"""docs/operating.md and its Spanish twin against the code: what may be typed, the limits, the commands."""

import re
from pathlib import Path

import pytest

from sync.commands.base import COMMANDS
from sync.jobs.schedule import DEFAULT, LONGEST, SHORTEST, read_schedule
from sync.log_tab import MOST
from sync.sheet.quota import GOOGLE, PATIENCE, steady

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "operating.md", DOCS / "operating.es.md"]


def rows(page: Path, heading: int) -> list[str]:
    """The table lines of the n-th second-level section."""
    section = page.read_text(encoding="utf-8").split("\n## ")[heading]
    return [line for line in section.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_everything_that_the_page_says_to_type_is_understood(page: Path) -> None:
    typed = [text for line in rows(page, 1) for text in re.findall(r"`([^`]+)`", line.split("|")[1])]
    assert len(typed) >= 12
    assert all(read_schedule(text) for text in typed)
    assert read_schedule(typed[0]) == DEFAULT
    assert (SHORTEST, LONGEST) == (5, 24 * 60)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_figures_are_those_of_the_code(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert f"| 1 | {int(steady(GOOGLE.user))} |" in text
    assert str(int(steady(GOOGLE.project))) in text
    assert (PATIENCE[True], PATIENCE[False], str(MOST) in text) == (60.0, 240.0, True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_the_page_is_there(page: Path) -> None:
    named = re.findall(r"`semaforo (\w+)", page.read_text(encoding="utf-8"))
    assert {"enrol", "refresh", "repair", "backup", "restore"} <= set(named)
    assert set(named) <= {*COMMANDS, "serve"}
