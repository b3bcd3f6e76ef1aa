"""Google Analytics 4: how rows become reports, and what a report may not hide."""

import json
from datetime import date

from sync.model import Cadence, MeasureKind, Outcome
from sync.sources import fetch_all
from tests.contract.sources.good.ga4 import answer as good
from tests.platforms import Platform, asks_for_a_token, at, ok, secrets_for, with_tokens
from tests.source_builders import failure, fetch, kpi, readings, series, snapshot

PROPERTY = "ga4: 123456789"
COUNTS = ("sessions", "newUsers", "engagedSessions", "screenPageViews", "eventCount", "keyEvents", "transactions")
MORE = ("itemsAddedToCart", "ecommercePurchases", "purchaseRevenue", "totalRevenue", "refundAmount")
PEOPLE = ("activeUsers", "totalUsers")


def row(metric, **fields):
    values = {"start": date(2026, 5, 1), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW, **fields}
    return kpi(PROPERTY, metric, **{"id": metric, **values})


def asked(*rows):
    """The calls that these rows take, and what became of the rows."""
    platform = Platform(with_tokens(good))
    found = fetch_all(list(rows), snapshot(), at(platform, secrets_for("ga4")))
    return [call for call in platform.calls if not asks_for_a_token(call)], found


def reports(*rows):
    return [report for call in asked(*rows)[0] for report in json.loads(call.body)["requests"]]


def answered(change, metric="sessions", **fields):
    """The outcome of a row whose one report was changed."""

    def answers(call):
        content = json.loads(good(call).body)
        change(content["reports"][0])
        return ok(content)

    return fetch(row(metric, **fields), at(Platform(with_tokens(answers)), secrets_for("ga4")))


def test_twelve_rows_of_one_property_are_one_call():
    calls, found = asked(*(row(metric) for metric in (*COUNTS, *MORE)))
    assert len(calls) == 1
    assert [len(report["metrics"]) for report in json.loads(calls[0].body)["requests"]] == [10, 2]
    assert {outcome.outcome for outcome in found.values()} == {Outcome.OK}


def test_days_are_asked_once_for_all_rows_and_whole_windows_where_they_agree():
    found = reports(row("sessions"), row("keyEvents", start=date(2026, 1, 1)), *(row(metric) for metric in PEOPLE))
    assert [report["dateRanges"][0]["startDate"] for report in found] == ["2025-01-01", "2026-05-01"]
    assert found[1]["metrics"] == [{"name": "activeUsers"}, {"name": "totalUsers"}]


def test_seven_filters_are_seven_reports_in_two_calls():
    countries = ("ES", "PT", "FR", "IT", "DE", "MX", "AR")
    calls, _ = asked(*(row("sessions", id=name, filter=f"country={name}") for name in countries))
    assert sorted(len(json.loads(call.body)["requests"]) for call in calls) == [2, 5]


def test_the_golden_request():
    (call,), _ = asked(row("sessions", filter="country=ES; device=mobile"))
    assert call.url == "https://analyticsdata.googleapis.com/v1beta/properties/123456789:batchRunReports"
    exact = {"matchType": "EXACT", "caseSensitive": False}
    country = {"filter": {"fieldName": "countryId", "stringFilter": {**exact, "value": "ES"}}}
    device = {"filter": {"fieldName": "deviceCategory", "stringFilter": {**exact, "value": "mobile"}}}
    assert json.loads(call.body)["requests"] == [
        {
            "metrics": [{"name": "sessions"}],
            "dateRanges": [{"startDate": "2025-05-01", "endDate": "2026-06-28", "name": "2026-06-28"}],
            "limit": "250000",
            "dimensions": [{"name": "date"}],
            "dimensionFilter": {"andGroup": {"expressions": [country, device]}},
        }
    ]


def test_a_rate_of_each_month_brings_the_months_before_in_the_same_report():
    monthly = row("engagementRate", measure_kind=MeasureKind.RATIO, cadence=Cadence.MONTH)
    assert [given["name"] for given in reports(monthly)[0]["dateRanges"]] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
    ]
    _, found = asked(monthly)
    assert readings(found["engagementRate"])[-1] == ("2026-05-31", 62.5)


def test_one_key_event_is_asked_for_by_its_name():
    (call,), found = asked(row("keyEvents:purchase"))
    assert json.loads(call.body)["requests"][0]["metrics"] == [{"name": "keyEvents:purchase"}]
    assert series(found["keyEvents:purchase"]).points


def test_a_sample_has_no_colour_and_says_what_it_is():
    sampled = {"samplingMetadatas": [{"samplesReadCount": "500", "samplingSpaceSize": "1000"}]}
    for doubt, flag in (
        (sampled, "sampled"),
        ({"subjectToThresholding": True}, "thresholded"),
        ({"dataLossFromOtherRow": True}, "other_row"),
    ):
        found = series(answered(lambda report, doubt=doubt: report["metadata"].update(doubt)))
        assert found.outcome is Outcome.PARTIAL
        assert flag in found.provenance.flags


def test_a_report_without_rows_is_no_data_and_says_why():
    def emptied(report):
        del report["rows"]
        report["metadata"]["emptyReason"] = "NO_DATA"

    found = series(answered(emptied))
    assert found.outcome is Outcome.NO_DATA
    assert "empty_report" in found.provenance.flags


def test_fewer_rows_than_counted_are_partial():
    assert answered(lambda report: report.update(rowCount=900)).outcome is Outcome.PARTIAL


def test_the_days_are_the_propertys_own():
    found = series(answered(lambda report: report["metadata"].update(timeZone="America/Lima")))
    assert found.provenance.timezone == "America/Lima"


def test_what_the_account_may_not_see_is_blocked_and_never_zero():
    hidden = {"activeMetricRestrictions": [{"metricName": "sessions", "restrictedMetricTypes": ["REVENUE_DATA"]}]}
    found = failure(answered(lambda report: report["metadata"].update(schemaRestrictionResponse=hidden)))
    assert (found.code, found.outcome) == ("permission_missing", Outcome.BLOCKED)


def test_a_withdrawn_name_leads_to_the_new_one():
    _, found = asked(row("conversions"))
    assert (failure(found["conversions"]).code, found["conversions"].facts["other"]) == (
        "withdrawn_metric",
        "keyEvents",
    )


def test_a_row_that_starts_tomorrow_costs_no_call():
    calls, found = asked(row("activeUsers", start=date(2026, 7, 1)))
    assert calls == []
    assert found["activeUsers"].outcome is Outcome.NO_DATA


def test_days_that_were_not_asked_for_are_left_out():
    stray = {"dimensionValues": [{"value": "20260630"}], "metricValues": [{"value": "999"}]}
    assert 999.0 not in dict(readings(answered(lambda report: report["rows"].append(stray)))).values()


def test_whole_windows_that_differ_are_reports_of_their_own():
    found = reports(row("activeUsers"), row("totalUsers", start=date(2026, 2, 1)))
    assert [report["dateRanges"][0]["startDate"] for report in found] == ["2026-05-01", "2026-02-01"]


def test_a_report_of_other_metrics_or_too_few_reports_are_no_answer():
    assert failure(answered(lambda report: report["metricHeaders"].clear())).code == "unknown_shape"
    none = fetch(row("sessions"), at(Platform(with_tokens(lambda call: ok({"reports": []}))), secrets_for("ga4")))
    assert failure(none).code == "unknown_shape"


def test_a_cut_report_is_partial():
    assert answered(lambda report: report["metadata"].update(dataTruncationReasons=[{}])).outcome is Outcome.PARTIAL


def test_a_weekly_and_a_monthly_rate_are_reports_of_their_own():
    ratio = {"measure_kind": MeasureKind.RATIO}
    found = reports(
        *(row("bounceRate", id=cadence, cadence=cadence, **ratio) for cadence in (Cadence.WEEK, Cadence.MONTH))
    )
    assert [report["dateRanges"][-1]["name"] for report in found] == ["2026-06-28", "2026-05-31"]
