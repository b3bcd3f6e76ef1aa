"""Our questions to Google, and our stand-ins' answers, against the discovery documents that Google publishes."""

import json
from dataclasses import replace

import pytest

from sync.sources import fetch_all, parse_source
from sync.sources.manifest import AllOf, GoogleServiceAccount, OAuthRefresh
from sync.sources.offers import offers
from sync.sources.protocol import Request
from sync.sources.registry import load
from tests.contract.sources.test_platforms import good, row
from tests.discovery import document, misanswered, misasked, scopes_of
from tests.platforms import Platform, asks_for_a_token, at, secrets_for, with_tokens
from tests.source_builders import snapshot

DOCUMENTS = {
    "ga4": "analyticsdata.v1beta",
    "search_console": "searchconsole.v1",
    "youtube": "youtube.v3",
    "youtube_analytics": "youtubeAnalytics.v2",
}


def exchanged(kind):
    """Every (call, answer) that measuring each metric of the good answers takes."""
    platform = Platform(with_tokens(good(kind).answer))
    rows = [row(kind, metric, id=metric) for metric in good(kind).EXPECTED]
    fetch_all(rows, snapshot(), at(platform, secrets_for(kind)))
    calls = [call for call in platform.calls if not asks_for_a_token(call)]
    assert calls
    return [(call, json.loads(good(kind).answer(call).body)) for call in calls]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_what_we_ask_is_what_the_vendor_takes(kind):
    for call, _ in exchanged(kind):
        assert misasked(DOCUMENTS[kind], call) == []


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_what_our_stand_in_answers_is_what_the_vendor_gives(kind):
    for call, content in exchanged(kind):
        assert misanswered(DOCUMENTS[kind], call, content) == []


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_service_account_asks_for_a_scope_that_suffices_and_only_reads(kind):
    ways = [part for auth in load(kind).manifest.auth for part in (auth.parts if isinstance(auth, AllOf) else (auth,))]
    scopes = {scope for part in ways if isinstance(part, GoogleServiceAccount) for scope in part.scopes}
    assert all("readonly" in scope for scope in scopes)
    for call, _ in exchanged(kind):
        assert not scopes or scopes & set(scopes_of(DOCUMENTS[kind], call))


def test_all_of_googles_tokens_come_from_one_address():
    addresses = {
        auth.token_url for kind in DOCUMENTS for auth in load(kind).manifest.auth if isinstance(auth, OAuthRefresh)
    }
    assert addresses == {"https://oauth2.googleapis.com/token"}


# --- drift: what the vendor's own documents say of our metrics ------------------------------------------------------


def test_youtubes_counters_are_those_of_the_vendors_document():
    schemas = document("youtube.v3")["schemas"]
    known = {
        f"statistics.{name}" for kind in ("Channel", "Video") for name in schemas[f"{kind}Statistics"]["properties"]
    }
    assert {offer.name for offer in offers(load("youtube").manifest)} <= known


def test_search_consoles_metrics_are_those_of_the_vendors_document():
    columns = set(document("searchconsole.v1")["schemas"]["ApiDataRow"]["properties"]) - {"keys"}
    assert {offer.name for offer in offers(load("search_console").manifest)} == columns


def test_two_accounts_of_one_place_are_two_calls_with_their_own_credentials():
    rows = [replace(row("ga4", "sessions", id=name), source=f"ga4@{name}: 1") for name in ("one", "two")]
    requests = [Request(kpi, parse_source(kpi.source)) for kpi in rows]
    assert [batch.account for batch in load("ga4").plan(requests)] == ["one", "two"]
