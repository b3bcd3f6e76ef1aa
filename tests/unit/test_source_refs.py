"""The owner's `source` cell."""

import pytest

from sync.errors import SourceError
from sync.sources import SourceRef, parse_source, tabs_needed
from sync.sources.registry import entries
from tests.source_builders import kpi


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("measurements", SourceRef("measurements")),
        ("Mediciones", SourceRef("measurements")),
        ("csv:sales.csv", SourceRef("csv", "sales.csv")),
        (" CSV : sales.csv ", SourceRef("csv", "sales.csv")),
        ("csv:https://example.org/x?a=b:c", SourceRef("csv", "https://example.org/x?a=b:c")),
        ("json:https://example.org/x", SourceRef("json", "https://example.org/x")),
        ("tab:CRM", SourceRef("tab", "CRM")),
        ("pestaña:Año 2026", SourceRef("tab", "Año 2026")),
        ("PESTANA:CRM", SourceRef("tab", "CRM")),
        ("https://example.org/x.json?key=1", SourceRef("json", "https://example.org/x.json?key=1")),
        ("https://example.org/pub?output=csv", SourceRef("csv", "https://example.org/pub?output=csv")),
        ("ventas marzo.CSV", SourceRef("csv", "ventas marzo.CSV")),
        ("a/b.json", SourceRef("json", "a/b.json")),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_what_stands_in_the_source_cell(text, ref):
    assert parse_source(text) == ref


@pytest.mark.parametrize("text", ["myspace", "ftp://example.org/x", "tabs:CRM", ":", "="])
def test_an_unknown_source_names_three_that_may_be_chosen(text):
    with pytest.raises(SourceError) as caught:
        parse_source(text)
    assert caught.value.code == "unknown_source"
    assert len(str(caught.value.facts["known"]).split(", ")) == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("plausibel:x", "plausible:…"), ("medicones", "mediciones / measurements"), ("pestanya: CRM", "pestaña / tab:…")],
)
def test_the_source_nearest_to_a_slip_comes_first(typed, meant):
    with pytest.raises(SourceError) as caught:
        parse_source(typed)
    assert str(caught.value.facts["known"]).startswith(meant)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("csv", "csv:sales.csv"),
        ("csv:", "csv:sales.csv"),
        ("pestaña: ", "tab:CRM"),
        ("ig", "instagram:17841400000000000"),
    ],
)
def test_a_source_that_needs_a_place_shows_one_of_its_own(text, example):
    with pytest.raises(SourceError) as caught:
        parse_source(text)
    assert (caught.value.code, caught.value.facts["example"]) == ("missing_place", example)


def test_every_offered_name_is_understood():
    for entry in entries().values():
        for name in (entry.es, entry.en):
            parsed = parse_source(f"{name}:x" if entry.takes_place else name)
            assert parsed is not None
            assert parsed.kind == entry.kind


def test_tabs_needed_names_each_other_tab_once_and_skips_what_is_unreadable():
    rows = [kpi("tab:CRM"), kpi("pestaña: crm"), kpi("tab:Ventas"), kpi("csv:a.csv"), kpi("what?"), kpi(None)]
    assert tabs_needed(rows) == ("CRM", "Ventas")
