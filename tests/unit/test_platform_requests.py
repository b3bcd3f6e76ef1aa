"""What the declared platforms are asked, word for word, and how often: as their documentation says it."""

import json
from datetime import date

import pytest

from sheet_templates.catalogue import metrics
from sheet_templates.layout import fold
from sync.model import Cadence, MeasureKind
from sync.sources import fetch_all
from sync.sources.registry import entries, load
from tests.contract.sources.test_platforms import good
from tests.platforms import Platform, at, ok, secrets_for
from tests.source_builders import failure, kpi, readings, series, snapshot

PLAN = {"start": date(2026, 6, 1), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW}


def asked(*rows, answer=None, kind=None):
    """The calls that a plan of these rows makes, and its outcomes. A row: source, metric, and what else it says."""
    kind = kind or rows[0][0].partition(":")[0]
    platform = Platform(answer or good(kind).answer)
    plan = [
        kpi(source, metric, id=f"{at_row}", **{**PLAN, **dict(*more)})
        for at_row, (source, metric, *more) in enumerate(rows)
    ]
    found = fetch_all(plan, snapshot(), at(platform, secrets_for(kind)))
    return platform.calls, [found[row.id] for row in plan]


def only(*rows, **given):
    calls, _ = asked(*rows, **given)
    assert len(calls) == 1
    return calls[0]


def test_every_metric_of_a_catalogued_platform_is_in_the_catalogue_and_not_withdrawn():
    for kind in entries():
        manifest = load(kind).manifest
        for offer in manifest.offers if manifest.platform else ():
            listed = metrics(manifest.platform).get(fold(offer.name))
            assert listed is not None, (kind, offer.name)
            assert listed.withdrawn_on is None, (kind, offer.name)
            assert listed.source_url.startswith("https://")


IG = "instagram:17841400000000000"
MAILS = "mailchimp:us6"


@pytest.mark.parametrize(
    ("rows", "most"),
    [
        ([(IG, "views"), (IG, "reach"), (IG, "likes"), (IG, "saves")], 1),
        ([(IG, "views"), (IG, "reach"), (IG, "follower_count"), (IG, "shares"), (IG, "views"), (IG, "replies")], 2),
        ([(IG, metric) for metric in ("views", "follower_count", "followers_count")], 3),
        ([("hubspot", "contacts.created")] * 3 + [("hubspot", "deals.closed_won_count")], 2),
        ([("hubspot", "contacts.created"), ("hubspot", "contacts.created", {"filter": "owner=7"})], 2),
        ([(MAILS, "emails_sent"), (MAILS, "unsubscribed"), (MAILS, "abuse_reports")], 1),
        ([(MAILS, "emails_sent"), (MAILS, "opens.open_rate"), (MAILS, "clicks.click_rate")], 2),
        ([("meta_ads:1010000000000000", metric) for metric in ("spend", "clicks", "actions.lead", "reach", "ctr")], 3),
    ],
)
def test_a_plan_asks_no_more_often_than_the_platform_makes_necessary(rows, most):
    calls, found = asked(*rows)
    assert len(calls) == most
    assert all(readings(outcome) for outcome in found)


def test_instagram_is_asked_for_totals_and_for_new_followers_apart():
    calls, _ = asked((IG, "views"), (IG, "reach"), (IG, "follower_count"))
    gained, totals = sorted((dict(call.query) for call in calls), key=lambda query: "metric_type" in query)
    assert (totals["metric"], totals["metric_type"], totals["period"]) == ("views,reach", "total_value", "day")
    assert (totals["since"], totals["until"]) == ("1780297200", "1782630000")  # midnights of the Pacific, 27 days
    assert (gained["metric"], "metric_type" in gained) == ("follower_count", False)
    assert calls[0].url == "https://graph.facebook.com/v26.0/17841400000000000/insights"


def test_a_half_year_on_instagram_is_added_up_in_months_as_far_as_it_remembers():
    calls, (views, reach) = asked(
        (IG, "views", {"start": date(2026, 1, 1)}), (IG, "reach", {"start": date(2026, 1, 1)})
    )
    assert len(calls) == 3  # 90 days, 30 at a time
    assert (readings(views)[0][1], readings(reach)[0][1]) == (2100.0, 500.0)
    assert "partial" in series(views).provenance.flags
    assert "partial" in series(reach).provenance.flags


def test_the_people_of_a_month_on_instagram_are_asked_for_as_one_value():
    row = {"start": None, "measure_kind": None, "cadence": Cadence.MONTH}
    call = only((IG, "reach", row))
    assert int(dict(call.query)["until"]) - int(dict(call.query)["since"]) <= 30 * 86400


def test_a_withdrawn_metric_is_named_with_what_replaces_it():
    _, (likes, impressions) = asked(("facebook_page:104500000000000", "page_fans"), (IG, "impressions"))
    assert (failure(likes).code, failure(likes).facts["other"]) == ("withdrawn_metric", "page_follows")
    assert failure(impressions).facts["other"] == "views"


def test_facebook_gives_ninety_days_at_a_time():
    calls, _ = asked(("facebook_page:104500000000000", "page_media_view"))
    spans = [(int(dict(call.query)["until"]) - int(dict(call.query)["since"])) / 86400 for call in calls]
    assert max(spans) <= 90 + 1 / 24  # a day of the year has 25 hours
    assert len(calls) == 5


@pytest.mark.parametrize(
    ("code", "said", "blocked"),
    [(190, "credential_refused", True), (80002, "quota_reached", True), (100, "request_refused", False)],
)
def test_what_meta_refuses_is_told(code, said, blocked):
    told = ok({"error": {"message": "…", "type": "OAuthException", "code": code}}, 400)
    _, (found,) = asked((IG, "views"), answer=told)
    assert (failure(found).code, failure(found).blocked) == (said, blocked)


def test_hubspot_counts_between_two_midnights():
    body = json.loads(only(("hubspot", "contacts.became_mql", {"filter": "owner=7"})).body)
    (group,) = body["filterGroups"]
    name = "hs_lifecyclestage_marketingqualifiedlead_date"
    assert body["limit"] == 1
    assert group["filters"] == [
        {"propertyName": name, "operator": "GTE", "value": "1780264800000"},
        {"propertyName": name, "operator": "LT", "value": "1782770400000"},
        {"propertyName": "hubspot_owner_id", "operator": "EQ", "value": "7"},
    ]


def test_nobody_found_is_a_zero_of_hubspots_own():
    _, (found,) = asked(("hubspot", "contacts.created"), answer=ok({"total": 0, "results": []}))
    assert readings(found) == [("2026-06-29", 0.0)]


def test_shopify_is_asked_in_its_own_language():
    call = only(("shopify:mi-tienda", "ventas totales"), ("shopify:mi-tienda", "pedidos"))
    body = json.loads(call.body)
    assert call.url == "https://mi-tienda.myshopify.com/admin/api/2026-10/graphql.json"
    assert body["variables"]["ask"] == (
        "FROM sales SHOW total_sales,orders SINCE 2025-06-01 UNTIL 2026-06-29 TIMESERIES day ORDER BY day"
    )
    assert "shopifyqlQuery(query: $ask)" in body["query"]


def test_shopify_tells_a_question_that_it_does_not_understand():
    told = ok({"data": {"shopifyqlQuery": {"tableData": None, "parseErrors": ["unknown column"]}}})
    _, (found,) = asked(("shopify:mi-tienda", "sales.orders"), answer=told)
    assert failure(found).code == "request_refused"


def test_meta_ads_names_its_attribution_and_one_campaign():
    call = only(("meta_ads:1010000000000000", "actions.lead", {"filter": "campaign=120200000000000000"}))
    query = dict(call.query)
    assert json.loads(query["time_range"]) == {"since": "2025-06-01", "until": "2026-06-29"}
    assert json.loads(query["action_attribution_windows"]) == ["7d_click", "1d_view"]
    assert json.loads(query["filtering"])[0]["value"] == ["120200000000000000"]
    assert call.url == "https://graph.facebook.com/v26.0/act_1010000000000000/insights"


def test_a_day_with_ads_and_without_purchases_is_a_zero():
    row = {"date_start": "2026-06-29", "actions": [{"action_type": "link_click", "value": "3"}]}
    _, (bought, clicks) = asked(
        ("meta_ads:1010000000000000", "actions.purchase"),
        ("meta_ads:1010000000000000", "clicks"),
        answer=ok({"data": [row]}),
    )
    assert (readings(bought)[-1], readings(clicks)[-1]) == (("2026-06-29", 0.0), ("2026-06-29", None))


def test_linkedin_takes_brackets_as_they_stand():
    call = only(("linkedin:2414183", "impressionCount"))
    assert call.address.endswith(
        "organizationalEntity=urn%3Ali%3Aorganization%3A2414183"
        "&timeIntervals=(timeRange:(start:1751328000000,end:1782604800000),timeGranularityType:DAY)"
    )
    assert (call.headers["LinkedIn-Version"], call.headers["X-Restli-Protocol-Version"]) == ("202610", "2.0.0")


def test_likes_below_zero_are_doubted():
    rows = [{"timeRange": {"start": 1782518400000}, "totalShareStatistics": {"likeCount": -2}}]
    _, (found,) = asked(("linkedin:2414183", "likeCount"), answer=ok({"elements": rows}))
    assert (readings(found)[0][1], "negative_values" in series(found).provenance.flags) == (None, True)


def test_tiktok_wants_its_fields_as_a_json_list():
    call = only(("tiktok:_000aBcDeFg", "video_views"), ("tiktok:_000aBcDeFg", "shares"))
    assert json.loads(dict(call.query)["fields"]) == ["video_views", "shares"]


def test_tiktok_fails_under_200():
    _, (found,) = asked(("tiktok:_000aBcDeFg", "shares"), answer=ok({"code": 40105, "message": "expired", "data": {}}))
    assert (failure(found).code, failure(found).blocked) == ("credential_refused", True)


@pytest.mark.parametrize(
    ("code", "said"), [(40132, "quota_reached"), (40130, "permission_missing"), (60001, "source_busy")]
)
def test_tiktoks_reasons_are_told_apart(code, said):
    _, (found,) = asked(("tiktok:_000aBcDeFg", "shares"), answer=ok({"code": code, "message": "…", "data": {}}))
    assert failure(found).code == said


def test_views_of_videos_are_not_asked_of_a_pinterest_account():
    calls, (views, saves) = asked(("pinterest", "VIDEO_MRC_VIEW"), ("pinterest", "SAVE"))
    assert failure(views).code == "unknown_metric"
    assert readings(saves)
    assert [dict(call.query)["metric_types"] for call in calls] == ["SAVE"]


def test_a_day_that_pinterest_still_counts_is_no_number():
    days = [{"date": "2026-06-28", "data_status": "PROCESSING", "metrics": {"SAVE": 0}}]
    _, (found,) = asked(("pinterest", "SAVE"), answer=ok({"all": {"daily_metrics": days, "summary_metrics": {}}}))
    assert readings(found) == []


def test_matomo_gives_a_list_for_a_day_without_visits():
    _, (found,) = asked(("matomo:tienda", "nb_visits"), answer=ok({"2026-06-28": [], "2026-06-29": {"nb_visits": 3}}))
    assert readings(found) == [("2026-06-28", 0.0), ("2026-06-29", 3.0)]


def test_jira_counts_by_jql_and_the_owners_own_condition_stays_in_its_brackets():
    rows = [
        ("jira:empresa", "tasks.done", {"filter": f"project=MKT; where={more}"})
        for more in ("type = Story", "a) OR (b")
    ]
    calls, (done, odd) = asked(*rows)
    assert [json.loads(call.body)["jql"] for call in calls] == [
        'project = "MKT" AND resolved >= "2026-06-01" AND resolved < "2026-06-30" AND (type = Story)'
    ]
    assert "rounded_values" in series(done).provenance.flags
    assert failure(odd).code == "bad_parameter"


def test_a_trello_list_that_nobody_has_is_no_zero():
    _, (found, other) = asked(
        ("trello:AbCdEf12", "cards.done", {"filter": "list=Hecho"}),
        ("trello:AbCdEf12", "cards.done", {"filter": "list=Echo"}),
    )
    assert (readings(found), readings(other)) == ([("2026-06-29", 2.0)], [])


def test_trello_gets_key_and_token_where_no_log_shows_them():
    call = only(("trello:AbCdEf12", "cards.in_list", {"filter": "list=Hecho"}))
    assert [name for name, _ in call.private] == ["key", "token"]
    assert not {"key", "token"} & set(dict(call.query))


def test_unfinished_tasks_of_asana_are_not_counted():
    calls, (done,) = asked(("asana:1201234567890123", "tasks.done"))
    assert readings(done) == [("2026-06-29", 2.0)]
    assert dict(calls[1].query)["offset"] == "abc"


def test_typeform_counts_what_was_sent_in_full():
    call = only(("typeform:lT4Z3j", "respuestas"))
    assert call.url == "https://api.typeform.com/forms/lT4Z3j/responses"
    assert (dict(call.query)["response_type"], dict(call.query)["page_size"]) == ("completed", "1000")


def test_the_next_page_of_typeform_begins_before_the_last_answer():
    sent = {"submitted_at": "2026-06-29T10:00:00Z"}
    first = {"total_items": 1001, "page_count": 2, "items": [{"response_id": f"r{n}", **sent} for n in range(1000)]}
    last = {"total_items": 1, "page_count": 1, "items": [{"response_id": "last", **sent}]}
    pages = [ok(first), ok(last)]
    calls, (found,) = asked(("typeform:lT4Z3j", "respuestas"), answer=pages)
    assert dict(calls[1].query)["before"] == "r999"
    assert readings(found) == [("2026-06-29", 1001.0)]
