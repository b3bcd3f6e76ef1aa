"""docs/sources.md says what the manifests and the limits say."""

import re
from pathlib import Path

import pytest

from sync.settings import read_settings
from sync.sources import FetchLimits, parse_source
from sync.sources.allowed import problems_of
from sync.sources.csv_text import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from sync.sources.describe import describe_sources
from tests.docs.sources import rendered

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
LIMITS = FetchLimits()
PLACES = re.findall(r"```places\n(.*?)```", PAGE, re.DOTALL)
NO_FILE = Path("no-such-file")


def test_the_tables_are_made_from_the_manifests():
    assert rendered(PAGE) == PAGE, "python -m tests.docs.sources"


def test_every_example_of_a_source_cell_is_understood():
    examples = re.findall(r"^\| (?:\*\([a-zí]+\)\* o[r]? )?`([^`]+)` \|", PAGE, re.MULTILINE)
    assert len(examples) >= 18
    assert all(parse_source(example) for example in examples)


@pytest.mark.parametrize("comma", [",", "."])
def test_the_limits_are_those_of_the_code(comma):
    assert f"{LIMITS.seconds:.0f} s" in PAGE
    assert f"{LIMITS.redirects} redirec" in PAGE
    assert f"{LIMITS.wire // 2**20} MB" in PAGE
    assert f"{LIMITS.inflated // 2**20} MB" in PAGE
    assert f"{LIMITS.file // 2**20} MB" in PAGE
    for number in (MOST_COLUMNS, MOST_ROWS, LONGEST_CELL):
        assert f"{number:,}".replace(",", comma) in PAGE


def test_the_lists_of_places_are_understood_and_the_same_in_both_languages():
    listed = [read_settings({"SEMAFORO_PLACES": block}, NO_FILE).places for block in PLACES]
    assert len(listed[0]) >= 8
    assert listed[0] == listed[1]
    assert list(problems_of(listed[0])) == []


def test_sources_are_described_as_json_holds_it():
    described = {source["id"]: source for source in describe_sources()}
    assert described["csv"]["takes_place"]
    assert described["csv"]["parameters"][0]["example"] == "sales.csv"
