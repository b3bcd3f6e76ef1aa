"""docs/changes.md and its Spanish twin against the code: every kind, field and sentence, and no other."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from sheet_templates.words import show_date
from sync.changes import COMPARED
from sync.changes_text import change_json
from sync.model import Change, ChangeKind, Evaluation, KpiOutcome, ReviewNote, Status
from sync.moves import tell_moves
from tests.judgement_builders import a_kpi

DOCS = Path(__file__).parents[2] / "docs"
MOVED = Change("K-7Q2M", ChangeKind.DEFINITION, date(2026, 5, 3), "target", "60000", "40000")


@pytest.fixture(params=["changes.md", "changes.es.md"])
def page(request: pytest.FixtureRequest) -> str:
    return (DOCS / str(request.param)).read_text(encoding="utf-8")


def first_cells(page: str, table: int) -> set[str]:
    """The code words in the first column of the page's n-th table."""
    block = re.findall(r"(?:^\|.*\n)+", page, flags=re.MULTILINE)[table]
    return {word for row in block.splitlines()[2:] for word in re.findall(r"`(\w+)`", row.split("|")[1])}


def test_every_kind_is_told(page: str) -> None:
    assert first_cells(page, 0) == set(ChangeKind)


def test_every_field_that_is_compared_is_told(page: str) -> None:
    assert first_cells(page, 1) == set(COMPARED)


def test_the_json_is_what_the_report_carries(page: str) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", page, flags=re.DOTALL)
    assert json.loads(example) == {"changes": [change_json(MOVED)]}


@pytest.mark.parametrize(("name", "locale"), [("changes.md", "en_GB"), ("changes.es.md", "es_ES")])
def test_the_notes_sentence_is_what_a_note_says(name: str, locale: str) -> None:
    kpi = a_kpi(id="K-7Q2M")
    outcome = KpiOutcome(kpi, Evaluation(kpi.id, Status.ON_TRACK, "on_plan"), ReviewNote(kpi.id, "."))
    sentence = tell_moves([outcome], [MOVED], locale)[0].note.text.removeprefix(". ")
    assert show_date(MOVED.at, locale) in sentence
    assert sentence in (DOCS / name).read_text(encoding="utf-8")
