"""docs/google.md names what there is, and its BigQuery file is one."""

import re
from pathlib import Path

import pytest

from sync.sources import parse_source
from sync.sources.google.bigquery_file import MEGABYTES, read_statement
from sync.sources.registry import entries

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("google.md", "google.es.md")


def text(page):
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_source_of_google_is_there_under_a_name_that_may_be_typed(page):
    named = re.findall(r"^\| `([a-z0-9 ]+)` \| .* \| .* \|", text(page), re.MULTILINE)
    kinds = {parse_source(f"{name}: x").kind for name in named if name in _typed()}
    assert kinds == {kind for kind, entry in entries().items() if entry.module.startswith("sync.sources.google.")}


def _typed():
    return {name for entry in entries().values() for name in entry.all_names}


@pytest.mark.parametrize("page", PAGES)
def test_the_query_of_the_page_is_one(page):
    (example,) = re.findall(r"```sql\n(.*?)```", text(page), re.DOTALL)
    statement = read_statement("sales", example)
    assert (statement.project, statement.megabytes, statement.gives) == ("acme-data", 500, "days")
    assert statement.binds("start")
    assert statement.binds("end")
    assert str(MEGABYTES) in text(page)
