"""What every source that asks a platform promises, programmed or declared.

A new source joins by a file in `good/` named like it: `answer(call)` answers as the platform does when all is well, and
EXPECTED tells the last reading of some metrics. ZERO_WHEN_EMPTY may name metrics for which an empty list is a zero,
COUNTED those that count rows whatever stands in them, and ROW what the KPI's row says besides: a late start where the
platform forgets soon.
"""

import json
import logging
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from sheet_templates.words import say
from sync.model import FetchFailure, MeasureKind, MeasurementSeries, Outcome
from sync.sources import fetch_all, parse_source
from sync.sources.offers import offers
from sync.sources.protocol import Request
from sync.sources.registry import entries, load
from tests.contract.sources import hostile
from tests.platforms import TOKEN, Platform, asks_for_a_token, at, secrets_for, with_tokens
from tests.source_builders import kpi, snapshot

KINDS = [kind for kind in entries() if load(kind).manifest.reads == "platform"]
GOOD = Path(__file__).parent / "good"


@cache
def good(kind):
    """The module of a source's good answers."""
    spec = spec_from_file_location(f"good_{kind}", GOOD / f"{kind}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases():
    return [(kind, metric) for kind in KINDS if (GOOD / f"{kind}.py").is_file() for metric in good(kind).EXPECTED]


def row(kind, metric, **fields):
    """A KPI of that metric whose place and required filters are the manifest's examples."""
    manifest = load(kind).manifest
    place = manifest.place.example if manifest.place else ""
    wanted = [f"{p.name}={p.example}" for p in manifest.parameters if p.column == "filter" and p.required]
    values = {"start": date(2026, 1, 1), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW}
    values |= getattr(good(kind), "ROW", {}) | fields
    return kpi(f"{kind}:{place}" if place else kind, metric, **{"filter": "; ".join(wanted)} | values)


def outcome(kind, metric, damage=None, caplog=None, **fields):
    """What becomes of a row. NUMBERS_AS_TEXT marks good answers whose numbers are texts: damage to numbers is to meet
    them all the same."""
    steps = [hostile.damaged(hostile.unquoted)] if damage and getattr(good(kind), "NUMBERS_AS_TEXT", False) else []

    def answers(call):
        answer = good(kind).answer(call)
        for step in (*steps, *([damage] if damage else [])):
            answer = step(answer)
        return answer

    platform = Platform(with_tokens(answers))
    return fetch_all([row(kind, metric, **fields)], snapshot(), at(platform, secrets_for(kind)))["k1"]


def values(found):
    return [point.value for point in found.points] if isinstance(found, MeasurementSeries) else []


def said(found):
    """Everything of an outcome that a person or a log may see."""
    told = repr(found)
    if isinstance(found, FetchFailure):
        told += say("failures", found.code, "es_ES", found.facts) + say("failures", found.code, "en_US", found.facts)
    return told


@pytest.mark.parametrize("kind", KINDS)
def test_every_platform_source_brings_a_good_answer(kind):
    assert (GOOD / f"{kind}.py").is_file(), f"write tests/contract/sources/good/{kind}.py"
    assert set(good(kind).EXPECTED) <= {offer.name for offer in offers(load(kind).manifest)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_manifest_is_complete_in_both_languages(kind):
    manifest = load(kind).manifest
    told = [manifest.titles, manifest.about, *(p.about for p in manifest.parameters)]
    told += [offer.meaning for offer in offers(manifest)]
    assert told
    assert all(set(words) == {"es", "en"} and all(words.values()) for words in told)
    assert manifest.id == kind
    assert manifest.docs.startswith("https://")
    assert manifest.tested_on
    assert manifest.base.startswith("https://") or not manifest.base
    assert all(parameter.example for parameter in manifest.parameters)


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_that_is_needed_is_asked_for(kind):
    manifest = load(kind).manifest
    required = any(p.column == "place" and p.required for p in manifest.parameters)
    assert (entries()[kind].takes_place and entries()[kind].place_needed) == required


@pytest.mark.parametrize(("kind", "metric"), cases())
def test_a_good_answer_is_read(kind, metric):
    found = outcome(kind, metric)
    assert isinstance(found, MeasurementSeries), found
    assert found.outcome in (Outcome.OK, Outcome.PROVISIONAL)
    assert found.points[-1].value == pytest.approx(good(kind).EXPECTED[metric])
    assert found.provenance.source == kind
    assert found.provenance.window is not None
    assert found.provenance.request
    assert found.provenance.timezone


@pytest.mark.parametrize(("kind", "metric"), cases())
def test_numbers_as_text_are_the_same_numbers(kind, metric):
    assert values(outcome(kind, metric, hostile.STRINGS)) == values(outcome(kind, metric))


@pytest.mark.parametrize("damage", hostile.EMPTY)
@pytest.mark.parametrize(("kind", "metric"), cases())
def test_what_is_absent_is_never_zero(kind, metric, damage):
    changed = []

    def emptied(answer):
        empty = hostile.EMPTY[damage](answer)
        changed.append(json.loads(empty.body) != json.loads(answer.body))
        return empty

    found = outcome(kind, metric, emptied)
    if metric in getattr(good(kind), "COUNTED", ()) and damage == "numbers null":
        assert not values(found) or values(found) == values(outcome(kind, metric))
        return
    if not any(changed):  # a bare number holds no list that could be empty
        assert damage == "empty lists"
        assert values(found) == values(outcome(kind, metric))
        return
    if metric in getattr(good(kind), "ZERO_WHEN_EMPTY", ()) and damage == "empty lists":
        assert set(values(found)) <= {0.0}
        return
    assert found.outcome is not Outcome.OK, found
    assert not [value for value in values(found) if value is not None], found


@pytest.mark.parametrize("damage", hostile.BROKEN)
@pytest.mark.parametrize(("kind", "metric"), cases())
def test_what_goes_wrong_is_told_without_a_number_or_a_secret(kind, metric, damage, caplog):
    with caplog.at_level(logging.DEBUG):
        found = outcome(kind, metric, hostile.BROKEN[damage])
    assert found.outcome not in (Outcome.OK, Outcome.PROVISIONAL), found
    assert not [value for value in values(found) if value is not None]
    assert not isinstance(found, FetchFailure) or found.code != "bug", caplog.text
    assert TOKEN not in said(found) + caplog.text


@pytest.mark.parametrize(("kind", "metric"), cases())
def test_a_count_below_zero_is_doubted(kind, metric):
    offer = next(offer for offer in offers(load(kind).manifest) if offer.name == metric)
    found = outcome(kind, metric, hostile.NEGATIVE)
    if metric in getattr(good(kind), "COUNTED", ()):
        assert all(value > 0 for value in values(found))
    elif offer.kind in ("count", "duration") and isinstance(found, MeasurementSeries) and found.points:
        assert not [value for value in values(found) if value is not None]
        assert "negative_values" in found.provenance.flags


@pytest.mark.parametrize("kind", KINDS)
def test_a_version_that_nobody_asked_for_is_noticed_where_the_platform_tells(kind):
    version = load(kind).manifest.version
    header = (version.served_header or "").lower() if version else ""

    def other(answer):
        return replace(answer, headers={**answer.headers, **({header: "v0.1"} if header else {})})

    found = outcome(kind, next(iter(good(kind).EXPECTED)), other)
    assert ("replaced_version" in found.provenance.flags) == bool(header)
    assert found.provenance.served == ("v0.1" if header else None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_secret_is_blocked_and_named(kind):
    manifest = load(kind).manifest
    platform = Platform(with_tokens(good(kind).answer))
    found = fetch_all([row(kind, next(iter(good(kind).EXPECTED)))], snapshot(), at(platform))["k1"]
    if manifest.auth:
        assert (found.outcome, found.code) == (Outcome.BLOCKED, "missing_secret")
        assert found.facts["secret"] in manifest.secrets
        assert not platform.calls


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_is_pure_and_groups(kind):
    requests = [
        Request(row(kind, metric, id=f"{metric}{n}"), parse_source(row(kind, metric).source))
        for n in range(3)
        for metric in good(kind).EXPECTED
    ]
    batches = load(kind).plan(requests)
    assert batches == load(kind).plan(requests)
    assert sorted(r.definition.id for b in batches for r in b.requests) == sorted(r.definition.id for r in requests)
    assert len(batches) <= len(good(kind).EXPECTED)


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelt_metric_or_filter_is_told_with_the_nearest(kind):
    metric = next(iter(good(kind).EXPECTED))
    platform = Platform(with_tokens(good(kind).answer))
    rows = [
        row(kind, f"{metric}x", id="a"),
        replace(row(kind, metric, id="b"), filter="nonsense=1"),
        row(kind, metric, id="c"),
    ]
    found = fetch_all(rows, snapshot(), at(platform, secrets_for(kind)))
    assert (found["a"].code, found["b"].code) == ("unknown_metric", "unknown_parameter")
    assert str(found["a"].facts["known"])
    assert isinstance(found["c"], MeasurementSeries)


@pytest.mark.parametrize("kind", KINDS)
def test_secrets_go_to_the_platform_and_stand_in_no_address_that_is_shown(kind, caplog):
    platform = Platform(with_tokens(good(kind).answer))
    secrets = secrets_for(kind)
    with caplog.at_level(logging.DEBUG):
        fetch_all([row(kind, next(iter(good(kind).EXPECTED)))], snapshot(), at(platform, secrets))
    asked = [call for call in platform.calls if not asks_for_a_token(call)]
    assert asked
    assert all(call.private or call.private_headers for call in asked) or not load(kind).manifest.auth
    assert TOKEN not in caplog.text + repr(platform.calls) + json.dumps([call.url for call in asked])
