"""Google Ads: one question for many metrics and campaigns, money in millionths, conversions that still change."""

import json
from datetime import date

from sync.model import Cadence, MeasureKind, Outcome
from sync.sources import fetch_all
from tests.contract.sources.good.google_ads import answer as good
from tests.platforms import Platform, asks_for_a_token, at, ok, secrets_for, with_tokens
from tests.source_builders import failure, kpi, readings, series, snapshot


def row(metric, **fields):
    values = {"start": date(2026, 6, 1), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW, **fields}
    return kpi("google ads: 123-456-7890", f"metrics.{metric}", **{"id": metric, **values})


def asked(*rows, answer=good):
    platform = Platform(with_tokens(answer))
    found = fetch_all(list(rows), snapshot(), at(platform, secrets_for("google_ads")))
    return [call for call in platform.calls if not asks_for_a_token(call)], found


def test_the_golden_request():
    (call,), _ = asked(row("clicks", filter="manager=987-654-3210"), row("cost_micros", filter="manager=987-654-3210"))
    assert call.url == "https://googleads.googleapis.com/v26/customers/1234567890/googleAds:searchStream"
    assert json.loads(call.body)["query"] == (
        "SELECT customer.time_zone, segments.date, metrics.clicks, metrics.cost_micros FROM customer "
        "WHERE segments.date BETWEEN '2025-06-01' AND '2026-06-28'"
    )
    assert call.headers["login-customer-id"] == "9876543210"
    assert set(call.private_headers) == {"developer-token", "Authorization"}


def test_many_campaigns_are_one_question_and_each_gets_its_own():
    rows = [row("clicks", id=str(n), filter=f"campaign={n}") for n in range(1, 6)]
    calls, found = asked(*rows)
    assert len(calls) == 1
    assert json.loads(calls[0].body)["query"].endswith("campaign.id IN (1, 2, 3, 4, 5)")
    assert all(readings(outcome)[-1] == ("2026-06-28", 27.0) for outcome in found.values())


def test_money_comes_in_millionths_and_rates_as_fractions():
    _, found = asked(row("cost_micros"), row("ctr"), row("average_cpc"))
    last = {name: readings(outcome)[-1][1] for name, outcome in found.items()}
    assert last == {"cost_micros": 9.5, "ctr": 3.2, "average_cpc": 0.45}


def test_a_rate_of_the_last_month_is_asked_for_whole():
    (call,), found = asked(row("ctr", measure_kind=MeasureKind.RATIO, cadence=Cadence.MONTH))
    query = json.loads(call.body)["query"]
    assert "segments.date," not in query
    assert query.endswith("BETWEEN '2026-05-01' AND '2026-05-31'")
    assert readings(found["ctr"]) == [("2026-05-31", 3.2)]


def test_conversions_are_provisional_for_a_week_and_clicks_are_not():
    _, found = asked(row("conversions"), row("clicks"))
    assert (found["conversions"].outcome, found["clicks"].outcome) == (Outcome.PROVISIONAL, Outcome.OK)
    monthly = row("cost_per_conversion", measure_kind=MeasureKind.RATIO, cadence=Cadence.MONTH)
    assert asked(monthly)[1]["cost_per_conversion"].outcome is Outcome.OK


def test_a_share_below_a_tenth_is_told_as_rounded():
    content = [{"results": [{"customer": {}, "metrics": {"searchImpressionShare": 0.0999}}]}]
    _, found = asked(row("search_impression_share"), answer=lambda call: ok(content))
    assert "rounded_values" in series(found["search_impression_share"]).provenance.flags


def test_the_days_are_the_accounts_own():
    assert series(asked(row("clicks"))[1]["clicks"]).provenance.timezone == "Europe/Madrid"


def test_an_error_in_a_stream_and_a_version_that_is_gone_are_told():
    denied = [{"error": {"code": 403, "status": "PERMISSION_DENIED", "details": []}}]
    gone = [{"error": {"code": 400, "details": [{"errors": [{"errorCode": {"requestError": "UNSUPPORTED_VERSION"}}]}]}}]
    for content, status, code in ((denied, 403, "permission_or_place"), (gone, 400, "api_version_gone")):
        _, found = asked(row("clicks"), answer=lambda call, c=content, s=status: ok(c, s))
        assert failure(found["clicks"]).code == code


def test_a_name_of_an_older_version_leads_to_the_new_one():
    _, found = asked(row("video_views"))
    assert failure(found["video_views"]).facts["other"] == "metrics.video_trueview_views"


def test_a_campaign_is_told_its_own_number_and_never_anothers():
    def answer(call):
        rows = [
            {"campaign": {"id": str(n)}, "segments": {"date": "2026-06-28"}, "metrics": {"clicks": str(n * 100)}}
            for n in (1, 2)
        ]
        return ok([{"results": rows}])

    rows = [row("clicks", id=str(n), filter=f"campaign={n}") for n in (1, 2)]
    _, found = asked(*rows, answer=answer)
    assert [readings(found[name]) for name in ("1", "2")] == [[("2026-06-28", 100.0)], [("2026-06-28", 200.0)]]


def test_several_values_where_one_is_expected_are_told():
    content = [{"results": [{"metrics": {"ctr": 0.1}}, {"metrics": {"ctr": 0.2}}]}]
    _, found = asked(row("ctr"), answer=lambda call: ok(content))
    assert failure(found["ctr"]).code == "several_values"
