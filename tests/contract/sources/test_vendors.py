"""Our questions to vendors other than Google, and our stand-ins' answers, against what their own packages declare.

The documents in tests/vendors/documents are made from those packages: see tests/vendors/__main__.py.
"""

import json
import re
from functools import cache

import pytest
from graphql import build_schema, graphql_sync, parse, validate

from sheet_templates.catalogue import metrics
from sync.sources import fetch_all
from sync.sources.declared.templates import filled_expression
from sync.sources.google.google_ads import json_name
from sync.sources.offers import offers
from sync.sources.registry import load
from tests.contract.sources.test_platforms import good, row
from tests.discovery import OURS, document, method_of, misanswered, misasked
from tests.expression_paths import followed, misread
from tests.platforms import Platform, asks_for_a_token, at, secrets_for, with_tokens
from tests.source_builders import snapshot

DECLARED = ("stripe", "x", "meta_ads", "facebook_page", "instagram")
KINDS = (*DECLARED, "google_ads")
# Meta's package lists the metrics of single posts; these of an account stand on the page of its documentation only.
OF_AN_ACCOUNT = {"accounts_engaged", "saves", "profile_links_taps", "follower_count"}


@cache
def exchanged(kind):
    """(metric, call, answer) of every call that measuring each metric takes, without filters and with all of them."""
    manifest = load(kind).manifest
    every = "; ".join(f"{one.name}={one.example}" for one in manifest.parameters if one.column == "filter")
    found = []
    for offer in offers(manifest):
        for filters in ({}, {"filter": every}):
            platform = Platform(with_tokens(good(kind).answer))
            fetch_all([row(kind, offer.name, **filters)], snapshot(), at(platform, secrets_for(kind)))
            calls = [call for call in platform.calls if not asks_for_a_token(call)]
            assert calls, (offer.name, filters)
            found += [(offer.name, call, json.loads(good(kind).answer(call).body)) for call in calls]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_what_we_ask_is_what_the_vendors_package_takes(kind):
    wrong = {f"{one}: {metric}" for metric, call, _ in exchanged(kind) for one in misasked(kind, call)}
    unlisted = {f"metric={name}: {name}" for name in OF_AN_ACCOUNT} if kind == "instagram" else set()
    assert wrong == unlisted


@pytest.mark.parametrize("kind", KINDS)
def test_what_our_stand_in_answers_is_what_the_vendors_package_gives(kind):
    for _, call, content in exchanged(kind):
        assert misanswered(kind, call, content) == []


@pytest.mark.parametrize("kind", DECLARED)
def test_every_field_that_we_read_is_in_the_vendors_answer(kind):
    known = load(kind).declaration
    schemas = document(kind)["schemas"]
    for metric, call, _ in exchanged(kind):
        measured = known.metrics[metric]
        ask, answer = known.asks[measured.ask], method_of(kind, call)["response"]
        wrong = [one for text in page_expressions(ask) for one in misread(text, answer, schemas)]
        rows, found = followed(filled_expression(ask.rows or "@", measured.field, 0), answer, schemas)
        item = rows.get("items", {"type": "any"}) if ask.rows else rows
        value = filled_expression(measured.value or ask.value, measured.field, 0)
        texts = [value if ask.reduce != "count" else "", ask.date, *ask.keep.values()]
        wrong += found + [one for text in texts if text for one in misread(text, item, schemas)]
        assert (metric, wrong) == (metric, [])


def page_expressions(ask):
    """What is read of a page as a whole."""
    paging = [ask.pages.at, ask.pages.more] if ask.pages else []
    return [text for text in (ask.needs, ask.total, ask.partial_if, *paging) if text]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "x"])
def test_the_version_that_we_ask_for_is_the_packages(kind):
    assert load(kind).manifest.version.asked == document(kind)["revision"]


def test_x_tells_within_its_answer_what_is_not_there():
    schemas = document("x")["schemas"]
    told = [rule.at for rule in load("x").declaration.errors if rule.at.startswith("errors")]
    assert len(told) == 8  # its ninth, invalid-request, comes with a status of its own
    for method in document("x")["methods"].values():
        assert [one for text in told for one in misread(text, method["response"], schemas)] == []


# --- Google Ads: the words of its question are fields of its rows -----------------------------------------------------


def test_the_names_in_a_question_to_google_ads_are_fields_of_its_rows():
    schemas = document("google_ads")["schemas"]
    for _, call, _ in exchanged("google_ads"):
        asked = json.loads(call.body)["query"]
        names = re.findall(r"\b(customer|campaign|segments|metrics)\.(\w+)", asked)
        assert {"customer", "metrics"} <= {head for head, _ in names}
        for head, name in names:
            assert json_name(name) in schemas[head.capitalize()]["properties"], f"{head}.{name}"


# --- Shopify: a schema in GraphQL's own language ----------------------------------------------------------------------


def test_shopifys_schema_takes_our_question_and_gives_our_stand_ins_answer():
    schema = build_schema((OURS / "shopify.graphql").read_text(encoding="utf-8"))
    for _, call, content in exchanged("shopify"):
        body = json.loads(call.body)
        assert validate(schema, parse(body["query"])) == []
        answered = graphql_sync(schema, body["query"], content["data"], variable_values=body["variables"])
        assert (answered.errors, answered.data) == (None, content["data"])


def test_shopifys_schema_is_that_of_the_version_that_we_ask_for():
    head = (OURS / "shopify.graphql").read_text(encoding="utf-8").partition("\n")[0]
    assert head.endswith(f"Admin {load('shopify').manifest.version.asked}")


# --- drift: our catalogue's metrics among those that the packages list ------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "schema", "named"),
    [
        ("meta_ads", "AdsInsights", lambda name: name.partition(".")[0]),
        ("google_ads", "Metrics", json_name),
    ],
)
def test_every_metric_of_the_catalogue_is_still_listed(platform, schema, named):
    listed = document(platform)["schemas"][schema]["properties"]
    offered = [metric for metric in metrics(platform).values() if metric.withdrawn_on is None]
    assert offered
    assert [metric.name for metric in offered if named(metric.name) not in listed] == []
