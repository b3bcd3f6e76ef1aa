"""The examples of docs/writing-sources.md run, and both say the same."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
import yaml

from sync.model import MeasurementSeries
from sync.sources.declared.form import Ask
from sync.sources.declared.load import declaration_of
from sync.sources.declared.source import DeclaredSource
from sync.sources.protocol import Request, SourceRef
from tests.platforms import Platform, at, ok
from tests.source_builders import kpi, readings, snapshot

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "writing-sources.md").read_text(encoding="utf-8")
SPANISH = (DOCS / "writing-sources.es.md").read_text(encoding="utf-8")


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def as_file():
    return DeclaredSource(declaration_of(yaml.safe_load(blocks(PAGE, "yaml")[0])))


def as_module():
    namespace = {}
    exec(compile(blocks(PAGE, "python")[0], "writing-sources.md", "exec"), namespace)  # noqa: S102  # our own page
    return namespace["SOURCE"]


def two_pages(call):
    first = {"days": [{"date": "2026-06-28", "visits": "4"}], "next": "b"}
    last = {"days": [{"date": "2026-06-29", "visits": 5}], "next": None}
    return ok(last if ("after", "b") in call.query else first, X_Api_Version="2")


def fetched(source, platform, metric="visits"):
    row = kpi(f"counter:{'shop'}", metric, start=date(2026, 1, 1), filter="country=ES")
    batch = source.plan([Request(row, SourceRef("counter", "shop"))])[0]
    return source.fetch(batch, snapshot(), at(platform, {"COUNTER_KEY": "k"}))["k1"]


@pytest.mark.parametrize("made", [as_file, as_module])
def test_the_examples_read_both_pages(made):
    platform = Platform(two_pages)
    found = fetched(made(), platform)
    assert readings(found) == [("2026-06-28", 4.0), ("2026-06-29", 5.0)]
    assert [call.private_headers for call in platform.calls] == [{"X-Api-Key": "k"}] * 2
    assert platform.calls[0].url == "https://api.example.org/sites/shop/visits"
    assert ("country", "ES") in platform.calls[0].query
    assert isinstance(found, MeasurementSeries)
    assert (found.provenance.pages_read, found.provenance.served, found.provenance.flags) == (2, "2", ())


def test_the_file_asks_for_people_as_one_value_of_the_window():
    platform = Platform(ok({"unique": 120}))
    assert readings(fetched(as_file(), platform, "people")) == [("2026-05-31", 120.0)]
    assert dict(platform.calls[0].query) == {"from": "2026-05-01", "to": "2026-05-31", "country": "ES"}


@pytest.mark.parametrize("made", [as_file, as_module])
def test_both_manifests_say_the_same(made):
    manifest = made().manifest
    assert (manifest.id, manifest.version.asked, manifest.secrets) == ("counter", "2", ("COUNTER_KEY",))


@pytest.mark.parametrize("page", [PAGE, SPANISH])
def test_every_part_of_a_question_is_explained(page):
    told = page.partition("|---|---|")[2].partition("\n\n")[0] + blocks(PAGE, "yaml")[0]
    own = {"name", "window", "path", "method", "headers", "dates", "end"}
    assert not [field.name for field in fields(Ask) if field.name not in own and field.name not in told]


def test_both_languages_show_the_same_examples():
    assert blocks(SPANISH, "(?:yaml|toml|python)") == blocks(PAGE, "(?:yaml|toml|python)")
