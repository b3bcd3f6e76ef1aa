"""docs/surveys.md and its Spanish twin say what the code says."""

import re
from pathlib import Path

import pytest

from sheet_templates.words import sentences
from sync.surveys.scales import SCALES
from sync.surveys.wish import LEAST, MINIMUM, MOST, means_comments, read_wish
from tests.survey_builders import net, scored

DOCS = Path(__file__).parents[2] / "docs"
MARKS = {"en": ",", "es": "."}  # between thousands
SOURCE = (Path(__file__).parents[2] / "sync" / "sources" / "surveys.py").read_text(encoding="utf-8")


@pytest.fixture(params=sorted(MARKS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(language: str) -> str:
    return (DOCS / {"en": "surveys.md", "es": "surveys.es.md"}[language]).read_text(encoding="utf-8")


def first_cells(page: str) -> list[str]:
    return re.findall(r"^\| `([\w.]+)` \|", page, re.MULTILINE)


def test_every_scale_is_there_with_its_ends(page: str) -> None:
    lines = {line.split("`")[1]: line for line in page.splitlines() if re.match(r"\| `(\w+)` \| \d", line)}
    assert set(lines) == set(SCALES)
    for code, scale in SCALES.items():
        assert str(scale.low) in lines[code].split("|")[2]
        assert str(scale.high) in lines[code].split("|")[2]
        assert str(scale.favourable) in lines[code].split("|")[3] or code == "yes_no"


def test_the_minimum_and_its_limits_are_those_of_the_code(page: str, language: str) -> None:
    most = f"{MOST:,}".replace(",", MARKS[language])
    assert f" {MINIMUM} " in page
    assert page.count(most) == 2
    assert re.search(rf"\b{LEAST} (to|a) {re.escape(most)}", page)


def test_every_issue_and_failure_is_there(page: str) -> None:
    issues = {code for code in sentences("issues") if code.startswith(("survey.", "rating."))}
    failures = set(re.findall(r'SourceError\("(\w+)"', SOURCE))
    assert len(issues) == len(failures) == 5
    assert set(first_cells(page)) - set(SCALES) == issues | failures


def test_every_example_of_a_filter_and_a_metric_is_understood(page: str) -> None:
    filters = [read_wish(text) for text in re.findall(r"`((?:min n|words|palabras)=[^`]*)`", page)]
    assert len(filters) >= 3
    assert not [wish for wish in filters if wish.bad or wish.rest]
    assert any(means_comments(text) for text in re.findall(r"`(\w+)`", page))


def test_the_examples_of_the_formulas_are_what_the_code_gives(page: str, language: str) -> None:
    examples = [
        scored("nps", net(36, 18, 6)),
        scored("csat", [5.0] * 40 + [1.0] * 10, "%"),
    ]
    for found in examples:
        for number in (found.low, found.high):
            text = f"{number:.1f}".removesuffix(".0")
            assert (text if language == "en" else text.replace(".", ",")) in page
