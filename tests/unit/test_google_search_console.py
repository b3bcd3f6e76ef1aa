"""Search Console: one question for all four metrics, Pacific days, and places weighted by how often they were seen."""

import json
from datetime import date

from sync.model import Cadence, MeasureKind, Outcome
from sync.sources import fetch_all
from tests.contract.sources.good.search_console import answer as good
from tests.platforms import Platform, asks_for_a_token, at, ok, secrets_for, with_tokens
from tests.source_builders import kpi, readings, series, snapshot


def row(metric, **fields):
    values = {"start": date(2026, 6, 1), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW, **fields}
    return kpi("search console: sc-domain:example.org", metric, **{"id": metric, **values})


def asked(*rows, answer=good):
    platform = Platform(with_tokens(answer))
    found = fetch_all(list(rows), snapshot(), at(platform, secrets_for("search_console")))
    return [call for call in platform.calls if not asks_for_a_token(call)], found


def test_four_metrics_of_a_site_are_one_question():
    calls, found = asked(*(row(metric) for metric in ("clicks", "impressions", "ctr", "position")))
    assert len(calls) == 1
    assert {outcome.outcome for outcome in found.values()} == {Outcome.OK}


def test_the_golden_request():
    (call,), _ = asked(row("clicks", filter="without=acme; country=esp; type=image"))
    assert call.url == (
        "https://searchconsole.googleapis.com/webmasters/v3/sites/sc-domain%3Aexample.org/searchAnalytics/query"
    )
    assert json.loads(call.body) == {
        "startDate": "2025-06-01",
        "endDate": "2026-06-27",
        "dimensions": ["DATE"],
        "type": "IMAGE",
        "dataState": "ALL",
        "rowLimit": 25000,
        "dimensionFilterGroups": [
            {
                "groupType": "AND",
                "filters": [
                    {"dimension": "QUERY", "operator": "NOT_CONTAINS", "expression": "acme"},
                    {"dimension": "COUNTRY", "operator": "EQUALS", "expression": "esp"},
                ],
            }
        ],
    }


def test_an_address_as_the_place_is_encoded_whole():
    platform = Platform(with_tokens(good))
    address = kpi("search_console: https://example.org/", "clicks", start=date(2026, 6, 1))
    fetch_all([address], snapshot(), at(platform, secrets_for("search_console")))
    assert "/sites/https%3A%2F%2Fexample.org%2F/" in platform.calls[-1].url


def test_a_place_among_the_results_is_weighted_by_how_often_it_was_seen():
    _, found = asked(row("position"), row("ctr"))
    assert readings(found["position"]) == [("2026-06-27", 5.5)]  # (100 x 10 + 900 x 5) / 1000, not 7.5
    assert readings(found["ctr"]) == [("2026-06-27", 4.0)]


def test_the_position_of_whole_months_comes_from_the_same_days():
    rows = [{"keys": [f"2026-0{month}-10"], "clicks": 1, "impressions": 10, "position": month} for month in (3, 4, 5)]
    monthly = row("position", measure_kind=MeasureKind.RATIO, cadence=Cadence.MONTH)
    calls, found = asked(monthly, answer=lambda call: ok({"rows": rows}))
    assert len(calls) == 1
    assert readings(found["position"]) == [("2026-03-31", 3.0), ("2026-04-30", 4.0), ("2026-05-31", 5.0)]


def test_days_that_google_still_collects_are_provisional():
    def late(call):
        return ok({**json.loads(good(call).body), "metadata": {"firstIncompleteDate": "2026-06-27"}})

    def settled(call):
        return ok({**json.loads(good(call).body), "metadata": {"firstIncompleteDate": "2026-06-28"}})

    assert asked(row("clicks"), answer=late)[1]["clicks"].outcome is Outcome.PROVISIONAL
    assert asked(row("clicks"), answer=settled)[1]["clicks"].outcome is Outcome.OK


def test_an_incomplete_day_of_zeros_is_no_zero():
    days = [("2026-06-25", 0, 0), ("2026-06-26", 3, 40), ("2026-06-27", 0, 0)]
    rows = [{"keys": [on], "clicks": clicks, "impressions": seen, "position": 0} for on, clicks, seen in days]
    for name in ("firstIncompleteDate", "first_incomplete_date"):
        _, found = asked(row("clicks"), answer=lambda call, n=name: ok({"rows": rows, "metadata": {n: "2026-06-26"}}))
        assert readings(found["clicks"]) == [("2026-06-25", 0.0), ("2026-06-26", 3.0)]
        assert found["clicks"].outcome is Outcome.PROVISIONAL


def test_the_days_are_pacific_and_a_start_beyond_sixteen_months_is_partial():
    assert series(asked(row("clicks"))[1]["clicks"]).provenance.timezone == "America/Los_Angeles"
    assert asked(row("clicks", start=date(2024, 1, 1)))[1]["clicks"].outcome is Outcome.PARTIAL


def test_a_site_that_was_never_shown_has_no_position():
    rows = [{"keys": ["2026-06-27"], "clicks": 0, "impressions": 0, "position": 0}]
    assert asked(row("position"), answer=lambda call: ok({"rows": rows}))[1]["position"].outcome is Outcome.NO_DATA


def test_a_day_below_zero_weighs_nothing():
    days = [("2026-06-26", 5, 10, 2), ("2026-06-27", 5, -10, 50)]
    rows = [{"keys": [on], "clicks": clicks, "impressions": seen, "position": at} for on, clicks, seen, at in days]
    _, found = asked(row("position"), answer=lambda call: ok({"rows": rows}))
    assert readings(found["position"]) == [("2026-06-27", 2.0)]
