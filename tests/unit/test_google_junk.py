"""Google's answers with junk in every place in turn: told as what they are, never a mistake of ours."""

import json
from datetime import date

import pytest

from sync.model import FetchFailure
from sync.sources import FetchLimits, fetch_all
from tests.contract.sources.good.bigquery import table
from tests.contract.sources.good.forms import form, response
from tests.contract.sources.test_platforms import good, row
from tests.platforms import Platform, asks_for_a_token, at, ok, secrets_for, with_tokens
from tests.source_builders import kpi, snapshot

JUNK = (None, [], {}, "x", 5, [None])
KINDS = ("ga4", "search_console", "youtube", "youtube_analytics", "google_ads")


def places(value, way=()):
    """The way to every node of a structure."""
    yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from places(item, (*way, key))


def replaced(value, way, junk):
    """A copy with one node replaced."""
    if not way:
        return junk
    copy = json.loads(json.dumps(value))
    at_last = copy
    for key in way[:-1]:
        at_last = at_last[key]
    at_last[way[-1]] = junk
    return copy


def spoilt(content):
    """Every spoilt copy of an answer."""
    return [replaced(content, way, junk) for way in places(content) for junk in JUNK]


def mistakes(definition, kind, answers, **settings):
    """The contents of which our own code could make nothing."""
    found = []
    for content, answer in answers:
        given = at(Platform(with_tokens(answer)), secrets_for(kind), limits=FetchLimits(batch=0.2, pages=2), **settings)
        outcome = fetch_all([definition], snapshot(), given)["k1"]
        if isinstance(outcome, FetchFailure) and outcome.code == "bug":
            found.append(content)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_junk_in_an_answer_is_no_mistake_of_ours(kind):
    definition = row(kind, next(iter(good(kind).EXPECTED)))
    platform = Platform(with_tokens(good(kind).answer))
    fetch_all([definition], snapshot(), at(platform, secrets_for(kind)))
    (call,) = [call for call in platform.calls if not asks_for_a_token(call)]
    contents = spoilt(json.loads(good(kind).answer(call).body))
    assert mistakes(definition, kind, [(content, lambda call, c=content: ok(c)) for content in contents]) == []


def test_junk_in_a_form_is_no_mistake_of_ours():
    definition = kpi("forms: x", "Q", filter="escala=NPS; min n=2", start=date(2026, 5, 1))
    answers = {"responses": [response(0, "2026-05-20T10:00:00Z", 9), response(1, "2026-05-20T10:00:00Z", 3)]}
    pairs = [(content, answers) for content in spoilt(form("Q"))] + [
        (form("Q"), content) for content in spoilt(answers)
    ]
    told = [
        (pair, lambda call, pair=pair: ok(pair[1] if call.url.endswith("/responses") else pair[0])) for pair in pairs
    ]
    assert mistakes(definition, "forms", told) == []


def test_junk_in_a_table_is_no_mistake_of_ours(tmp_path):
    (tmp_path / "bigquery").mkdir()
    (tmp_path / "bigquery" / "x.sql").write_text("-- project: acme-data\n-- workbooks: any\nSELECT 1")
    definition = kpi("bigquery: x", "n", start=date(2026, 5, 1))
    contents = spoilt(table((("day", "DATE"), ("n", "INTEGER")), [("2026-06-28", 3)]))
    told = [(content, lambda call, c=content: ok(c)) for content in contents]
    assert mistakes(definition, "bigquery", told, sources_dir=tmp_path) == []
