"""YouTube: public counters of fifty things at once, and the reports of a channel's owner."""

import json
from datetime import date

from sync.model import Cadence, MeasureKind, Outcome
from sync.sources import fetch_all
from tests.contract.sources.good import youtube, youtube_analytics
from tests.platforms import Platform, asks_for_a_token, at, ok, secrets_for, with_tokens
from tests.source_builders import failure, kpi, readings, series, snapshot

CHANNEL = "UC_x5XG1OV2P6uZZ5FSM9Ttw"


def asked(kind, *rows, answer=None):
    platform = Platform(
        with_tokens(answer or {"youtube": youtube, "youtube_analytics": youtube_analytics}[kind].answer)
    )
    found = fetch_all(list(rows), snapshot(), at(platform, secrets_for(kind)))
    return [call for call in platform.calls if not asks_for_a_token(call)], found


def channel(number):
    return f"UC{number:022d}"


def subscribers(place=CHANNEL, **fields):
    return kpi(f"youtube: {place}", "suscriptores", **fields)


def test_sixty_channels_are_two_questions_and_sixty_videos_two_more():
    channels = [subscribers(channel(n), id=f"c{n}") for n in range(60)]
    videos = [
        kpi(f"youtube: {CHANNEL}", "statistics.likeCount", id=f"v{n}", filter=f"video=v{n:010d}") for n in range(60)
    ]
    calls, found = asked("youtube", *channels, *videos)
    sizes = sorted((call.url.rpartition("/")[2], len(dict(call.query)["id"].split(","))) for call in calls)
    assert sizes == [("channels", 10), ("channels", 50), ("videos", 10), ("videos", 50)]
    assert {outcome.outcome for outcome in found.values()} == {Outcome.OK}


def test_the_golden_request_names_its_key_in_a_header():
    (call,), _ = asked("youtube", subscribers())
    assert call.url == "https://youtube.googleapis.com/youtube/v3/channels"
    assert dict(call.query) == {"part": "statistics", "id": CHANNEL, "maxResults": "50"}
    assert list(call.private_headers) == ["X-Goog-Api-Key"]


def test_a_name_with_an_at_is_asked_for_as_such():
    (call,), found = asked("youtube", subscribers("@acme"))
    assert dict(call.query) == {"part": "statistics", "forHandle": "@acme"}
    assert readings(found["k1"]) == [("2026-06-30", 12300.0)]


def test_rounded_subscribers_say_so_and_few_are_exact():
    assert "rounded_values" in series(asked("youtube", subscribers())[1]["k1"]).provenance.flags
    few = {"items": [{"id": CHANNEL, "statistics": {"subscriberCount": "812"}}]}
    assert (
        "rounded_values"
        not in series(asked("youtube", subscribers(), answer=lambda c: ok(few))[1]["k1"]).provenance.flags
    )


def test_hidden_subscribers_are_missing_and_not_zero():
    hidden = {"items": [{"id": CHANNEL, "statistics": {"subscriberCount": "0", "hiddenSubscriberCount": True}}]}
    assert asked("youtube", subscribers(), answer=lambda call: ok(hidden))[1]["k1"].outcome is Outcome.NO_DATA


def test_one_channel_that_does_not_exist_leaves_the_other_alone():
    content = {"items": [{"id": CHANNEL, "statistics": {"subscriberCount": "812"}}]}
    rows = [subscribers(id="good"), subscribers(channel(1), id="gone")]
    _, found = asked("youtube", *rows, answer=lambda call: ok(content))
    assert found["good"].outcome is Outcome.OK
    assert failure(found["gone"]).code == "thing_not_found"


def test_likes_want_a_video_and_subscribers_none():
    _, found = asked(
        "youtube",
        kpi(f"youtube: {CHANNEL}", "statistics.likeCount", id="likes"),
        subscribers(id="subscribers", filter="video=Ks-_Mh1QhMc"),
    )
    assert (found["likes"].code, found["subscribers"].code) == ("missing_parameter", "unknown_parameter")


# --- analytics --------------------------------------------------------------------------------------------------------


def report(metric, **fields):
    values = {"start": date(2026, 6, 1), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW, **fields}
    return kpi("youtube analytics", metric, **{"id": metric, **values})


def test_many_metrics_are_one_report():
    metrics = ("views", "likes", "comments", "shares", "subscribersGained", "estimatedMinutesWatched")
    calls, found = asked("youtube_analytics", *(report(metric) for metric in metrics))
    assert len(calls) == 1
    assert dict(calls[0].query) == {
        "ids": "channel==MINE",
        "startDate": "2025-06-01",
        "endDate": "2026-06-26",
        "metrics": ",".join(metrics),
        "dimensions": "day",
    }
    assert {outcome.outcome for outcome in found.values()} == {Outcome.OK}


def test_an_average_is_asked_for_the_whole_month():
    monthly = report(
        "averageViewDuration", measure_kind=MeasureKind.AVERAGE, cadence=Cadence.MONTH, filter="country=ES"
    )
    (call,), found = asked("youtube_analytics", monthly)
    query = dict(call.query)
    assert (query["startDate"], query["endDate"], query["filters"]) == ("2026-05-01", "2026-05-31", "country==ES")
    assert "dimensions" not in query
    assert readings(found["averageViewDuration"]) == [("2026-05-31", 183.5)]


def test_rows_that_are_left_out_are_no_data():
    def empty(call):
        content = json.loads(youtube_analytics.answer(call).body)
        del content["rows"]
        return ok(content)

    assert asked("youtube_analytics", report("views"), answer=empty)[1]["views"].outcome is Outcome.NO_DATA


def test_an_error_beside_the_table_is_no_answer():
    wrong = {"errors": {"code": "FORBIDDEN", "error": []}}
    assert failure(asked("youtube_analytics", report("views"), answer=lambda call: ok(wrong))[1]["views"])


def test_the_meaning_in_force_travels_with_the_number():
    found = series(asked("youtube_analytics", report("views"))[1]["views"])
    assert found.provenance.definition == "views@2026-08-24"
    assert found.provenance.timezone == "America/Los_Angeles"


def test_days_that_were_not_asked_for_are_left_out():
    def stray(call):
        content = json.loads(youtube_analytics.answer(call).body)
        content["rows"].append(["2026-06-29", 999])
        return ok(content)

    assert readings(asked("youtube_analytics", report("views"), answer=stray)[1]["views"])[-1] == ("2026-06-26", 27.0)


def test_a_quota_that_is_used_up_is_no_missing_permission():
    spent = {"error": {"code": 403, "errors": [{"reason": "quotaExceeded", "domain": "youtube.quota"}]}}
    found = failure(asked("youtube", subscribers(), answer=lambda call: ok(spent, 403))[1]["k1"])
    assert (found.code, found.permanent, found.outcome) == ("quota_reached", False, Outcome.BLOCKED)
