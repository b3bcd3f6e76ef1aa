"""docs/forecast.md and its Spanish twin against the code: every field, reason and error, and no other."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from sync.forecast import answers, lines
from sync.forecast.values import Reason

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("forecast.md", "forecast.es.md")


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return (DOCS / str(request.param)).read_text(encoding="utf-8")


def tables(page: str) -> list[set[str]]:
    """The code words in the first column of each table."""
    found: list[set[str]] = []
    for block in re.findall(r"(?:^\|.*\n)+", page, flags=re.MULTILINE):
        cells = [row.split("|")[1] for row in block.splitlines()[2:]]
        found.append({word for cell in cells for word in re.findall(r"`(\w+)`", cell)})
    return found


def test_every_field_of_an_answer_is_documented(page: str) -> None:
    (found,) = answers(['{"id": 1, "train": [1, 2, 3], "horizon": 1}'])
    assert tables(page)[1] == set(found)


def test_every_reason_is_documented(page: str) -> None:
    assert tables(page)[2] == set(get_args(Reason)) - {""}


def test_every_error_is_documented(page: str) -> None:
    source = Path(lines.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'(?:return|"error":) "(\w+)"', source))
    assert len(codes) > 5
    assert tables(page)[3] == codes


def test_the_example_runs(page: str) -> None:
    (line,) = re.findall(r"echo '(.*)' \|", page)
    (found,) = answers([line])
    assert found["id"] == json.loads(line)["id"]
    assert len(found["mean"]) == 3
