"""What every source that reads tables promises. A new one joins by an entry in PLACES."""

import json
import sqlite3

import pytest
from openpyxl import Workbook

from sheet_templates.words import say
from sync.model import Cadence, FetchFailure, MeasurementSeries
from sync.settings import Secret, Settings
from sync.sources import FetchContext, SourceRef, fetch_all, parse_source
from sync.sources.protocol import Request
from sync.sources.registry import ENTRIES, load
from tests.contract.sources.good.bigquery import table
from tests.contract.sources.good.forms import answering, response
from tests.platforms import Platform, at, ok, secrets_for, with_tokens
from tests.source_builders import (
    TODAY,
    columns,
    context,
    failure,
    fetch,
    kpi,
    measurements,
    readings,
    series,
    snapshot,
    surveys,
)

ROWS = [("2026-03-30", 0.0, "web"), ("2026-03-31", "N/A", "web"), ("2026-04-01", "12", "shop")]


def in_measurements(folder):
    rows = [(day, "Leads", value, None, channel) for day, value, channel in ROWS]
    return "measurements", "nota", context(), snapshot(measurements(*rows))


def in_csv(folder):
    lines = ["date,Leads,channel", *(f"{day},{value},{channel}" for day, value, channel in ROWS)]
    (folder / "x.csv").write_text("\n".join(lines))
    return "csv:x.csv", "channel", context(folder), snapshot()


def in_json(folder):
    rows = [{"date": day, "Leads": value, "channel": channel} for day, value, channel in ROWS]
    (folder / "x.json").write_text(json.dumps(rows))
    return "json:x.json", "channel", context(folder), snapshot()


def in_forms(folder):
    """The same answers as Google itself tells them: numbers and all as text, times in UTC."""
    given = {0.0: [10] * 15 + [0] * 15, "N/A": ["N/A"], "12": [9] * 28 + [6] * 22}
    rows = [(f"{day}T12:00:00Z", answer, channel) for day, value, channel in ROWS for answer in given[value]]
    responses = [response(n, *row) for n, row in enumerate(rows)]
    platform = Platform(with_tokens(answering(("Leads", "canal"), responses)))
    return "forms:1FAIpQLSd0example", "canal", at(platform, secrets_for("forms")), snapshot()


def in_bigquery(folder):
    """The same rows, which BigQuery tells as text with a schema beside them."""
    (folder / "bigquery").mkdir(exist_ok=True)
    (folder / "bigquery" / "x.sql").write_text("-- project: acme-data\n-- workbooks: any\nSELECT * FROM t")
    answered = table((("date", "DATE"), ("Leads", "STRING"), ("channel", "STRING")), ROWS)
    platform = Platform(with_tokens(lambda call: ok(answered)))
    return "bigquery:x", "channel", at(platform, secrets_for("bigquery"), sources_dir=folder), snapshot()


def in_tab(folder):
    tabs = {"CRM": columns(("fecha", "Leads", "canal"), *ROWS)}
    return "tab:CRM", "canal", context(tabs=tabs), snapshot()


def in_surveys(folder):
    """As many answers as make up each value as a net promoter score, in every day's period."""
    given = {0.0: [10] * 15 + [0] * 15, "N/A": ["N/A"], "12": [9] * 28 + [6] * 22}
    rows = [(day, "Leads", "NPS", answer, channel) for day, value, channel in ROWS for answer in given[value]]
    return "surveys", "comentario", context(), snapshot(surveys(*rows))


def in_form(folder):
    """The same answers as a form keeps them: a column a question, a time beside each."""
    given = {0.0: [10] * 15 + [0] * 15, "N/A": ["N/A"], "12": [9] * 28 + [6] * 22}
    rows = [(day, answer, channel) for day, value, channel in ROWS for answer in given[value]]
    tabs = {"Form": columns(("Marca temporal", "Leads", "canal"), *rows)}
    return "form:Form", "canal", context(tabs=tabs), snapshot()


def in_excel(folder):
    book = Workbook()
    for row in (("date", "Leads", "channel"), *ROWS):
        book.active.append(row)
    book.save(folder / "x.xlsx")
    return "excel:x.xlsx", "channel", context(folder), snapshot()


def in_book(folder):
    """The same rows in another workbook that this one may read."""
    settings = Settings(books=frozenset({("local-a", "local-b")}))
    tabs = {"CRM": columns(("date", "Leads", "channel"), *ROWS)}
    given = FetchContext(TODAY, settings, workbook="local-a", books=lambda book, titles: tabs)
    return "book:local:b#CRM", "channel", given, snapshot()


def in_query(folder):
    """The same rows in a database of the operator's."""
    with sqlite3.connect(folder / "x.db") as db:
        db.execute("CREATE TABLE t (date, Leads, channel)")
        db.executemany("INSERT INTO t VALUES (?, ?, ?)", ROWS)
    (folder / "x.sql").write_text("-- secret: X\n-- workbooks: any\nSELECT * FROM t")
    settings = Settings(home=folder, queries=folder, secrets={"X": Secret(f"sqlite:///{folder / 'x.db'}")})
    return "query:x", "channel", FetchContext(TODAY, settings), snapshot()


PLACES = {
    "excel": in_excel,
    "book": in_book,
    "query": in_query,
    "measurements": in_measurements,
    "surveys": in_surveys,
    "form": in_form,
    "forms": in_forms,
    "bigquery": in_bigquery,
    "csv": in_csv,
    "json": in_json,
    "tab": in_tab,
}


def asked(source, **fields):
    """A KPI whose periods are days, which matters to a source that scores period by period."""
    if source.startswith(("form:", "forms:")):
        fields["filter"] = f"escala=NPS; {fields.get('filter') or ''}"
    return kpi(source, "Leads", cadence=Cadence.DAY, **fields)


@pytest.fixture(params=list(PLACES))
def place(request, tmp_path):
    """(source cell, a column to filter by, context, snapshot) with the same rows for every source."""
    return PLACES[request.param](tmp_path)


def test_absence_is_none_and_zero_is_zero_in_the_order_of_the_source(place):
    source, _, given, book = place
    found = fetch(asked(source), given, book)
    assert readings(found) == [("2026-03-30", 0.0), ("2026-03-31", None), ("2026-04-01", 12.0)]
    assert series(found).provenance.flags == ("missing_values",)


def test_the_series_says_where_and_when_it_comes_from(place):
    source, _, given, book = place
    provenance = series(fetch(asked(source), given, book)).provenance
    assert (provenance.source, provenance.as_of) == (source.partition(":")[0], TODAY)
    assert "Leads" in provenance.detail


def test_a_filter_leaves_the_rows_that_fit(place):
    source, column, given, book = place
    found = fetch(asked(source, filter=f"{column.upper()} = WEB"), given, book)
    assert len(series(found).points) == 2
    none = series(fetch(asked(source, filter=f"{column}=radio"), given, book))
    assert (none.points, none.provenance.flags) == ((), ("filter_matched_nothing",))


def test_one_kpi_that_fails_leaves_its_neighbour_alone(place):
    source, _, given, book = place
    rows = [asked(source, id="good"), asked(source, id="bad", filter="nonsense")]
    found = fetch_all(rows, book, given)
    assert isinstance(found["good"], MeasurementSeries)
    assert isinstance(found["bad"], FetchFailure)
    assert (failure(found["bad"]).source, failure(found["bad"]).code) == (source.partition(":")[0], "bad_filter")


def test_asking_twice_gives_the_same_answer(place):
    source, _, given, book = place
    row = asked(source)
    assert fetch(row, given, book) == fetch(row, given, book)


def test_kpis_of_one_place_are_one_batch_and_none_is_lost(place):
    source = place[0]
    requests = [Request(asked(source, id=f"k{n}"), parse_source(source)) for n in range(40)]
    batches = load(requests[0].ref.kind).plan(requests)
    assert len(batches) == 1
    assert batches[0].requests == tuple(requests)


@pytest.mark.parametrize("kind", [kind for kind in PLACES if ENTRIES[kind].takes_place])
def test_two_places_are_two_batches(kind):
    requests = [Request(kpi(id=place), SourceRef(kind, place)) for place in ("a", "b")]
    assert [batch.place for batch in load(kind).plan(requests)] == ["a", "b"]


@pytest.mark.parametrize("locale", ["es_ES", "en_US"])
def test_a_place_that_is_not_there_is_said_in_the_persons_language(place, locale):
    kind = place[0].partition(":")[0]
    source = f"{kind}:gone.{kind}" if ENTRIES[kind].takes_place else kind
    found = failure(fetch(asked(source), context()))
    assert say("failures", found.code, locale, found.facts)


def test_every_source_that_reads_tables_is_under_this_contract():
    assert {kind for kind in ENTRIES if load(kind).manifest.reads != "platform"} == set(PLACES)


@pytest.mark.parametrize("kind", list(PLACES))
def test_a_manifest_says_everything_in_both_languages(kind):
    manifest = load(kind).manifest
    assert manifest.id == kind
    assert {parameter.column for parameter in manifest.parameters} >= {"metric", "filter"}
    assert ENTRIES[kind].takes_place == any(p.column == "place" and p.required for p in manifest.parameters)
    for words in (manifest.titles, manifest.about, *(parameter.about for parameter in manifest.parameters)):
        assert set(words) == {"es", "en"}
        assert all(words.values())
