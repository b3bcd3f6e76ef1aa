"""Our questions to Pinterest, and our stand-in's answers, against what its own client declares: see tests/vendors."""

import json

import pytest

from sync.sources import fetch_all
from sync.sources.declared.expressions import pick
from sync.sources.offers import offers
from sync.sources.registry import load
from sync.sources.web.call import get
from tests.contract.sources.test_platforms import good, row
from tests.discovery import document, method_of, misanswered, misasked
from tests.platforms import Platform, asks_for_a_token, at, secrets_for, with_tokens
from tests.source_builders import snapshot

MANIFEST = load("pinterest").manifest
NAMES = [offer.name for offer in offers(MANIFEST)]
FILTERS = ["", *(f"{one.name}={value}" for one in MANIFEST.parameters for value in one.choices or [one.example])]


def asked(filter_text):
    """The calls for every metric under one filter."""
    platform = Platform(with_tokens(good("pinterest").answer))
    rows = [row("pinterest", name, id=name, filter=filter_text) for name in NAMES]
    fetch_all(rows, snapshot(), at(platform, secrets_for("pinterest")))
    calls = [call for call in platform.calls if not asks_for_a_token(call)]
    assert calls
    return calls


@pytest.mark.parametrize("filter_text", FILTERS)
def test_what_we_ask_is_what_the_vendor_takes(filter_text):
    assert [wrong for call in asked(filter_text) for wrong in misasked("pinterest", call)] == []


def test_all_that_we_ask_is_declared_by_two_methods():
    known = {method_of("pinterest", call)["path"] for filter_text in FILTERS for call in asked(filter_text)}
    assert known == {"user_account", "user_account/analytics"}


def test_what_our_stand_in_answers_is_what_the_vendor_gives():
    for call in asked(""):
        assert misanswered("pinterest", call, json.loads(good("pinterest").answer(call).body)) == []


def test_the_word_for_a_day_that_is_ready_is_the_vendors():
    words = document("pinterest")["schemas"]["DataStatus"]["enum"]
    days = {"all": {"daily_metrics": [{"data_status": word, "date": word} for word in words]}}
    asks = load("pinterest").declaration.asks
    assert [day["date"] for day in pick(asks["days"].rows, days)] == ["READY"]
    assert len(pick(asks["whole"].partial_if, days)) == len(words) - 1


def test_every_metric_that_we_offer_is_listed_by_the_vendor():
    analytics = document("pinterest")["methods"]["user_account_analytics"]["parameters"]["metric_types"]["items"][
        "enum"
    ]
    assert set(NAMES) <= {*analytics, *document("pinterest")["schemas"]["Account"]["properties"]}


def test_what_does_not_fit_would_be_told():
    where = "https://api.pinterest.com/v5/user_account/analytics"
    odd = {"start_date": "2026-06-01", "metric_types": "SAVE,VIDEO_MRC_VIEW", "ad_account_id": "1" * 19, "other": "1"}
    assert [wrong.partition("=")[0] for wrong in misasked("pinterest", get(where, odd))] == [
        *("other: unknown", "metric_types", "ad_account_id", "end_date: absent")
    ]
