"""Stripe and X, word for word: what is asked of them, and what of their answers counts."""

import pytest

from tests.platforms import ok
from tests.source_builders import failure, readings
from tests.unit.test_platform_requests import asked, only


def test_stripe_adds_one_currency_in_its_hundredths_and_leaves_payouts_out():
    calls, (net,) = asked(("stripe", "balance_transactions.net_sum", {"filter": "currency=eur"}))
    assert dict(calls[0].query)["currency"] == "eur"
    assert dict(calls[1].query)["starting_after"] == "x1"
    assert readings(net)[-1] == ("2026-06-29", 28.7)


def test_an_amount_that_is_only_reserved_on_a_card_is_no_sale():
    on = {"created": 1_782_727_200, "currency": "eur", "status": "succeeded", "amount": 1500}
    page = [{**on, "captured": False, "amount_captured": 0}, {**on, "captured": True, "amount_captured": 900}]
    rows = [("stripe", metric, {"filter": "currency=eur"}) for metric in ("charges.amount_sum", "charges.count")]
    _, (amount, count) = asked(*rows, answer=ok({"data": page, "has_more": False}))
    assert (readings(amount)[-1][1], readings(count)[-1][1]) == (9.0, 1.0)


@pytest.mark.parametrize("kind", ["reserve_hold", "reserved_funds", "payment_network_reserve_release", "payout_cancel"])
def test_money_that_stripe_only_moves_is_no_income(kind):
    on = {"created": 1_782_727_200, "currency": "eur"}
    page = [{**on, "type": kind, "net": -5000}, {**on, "type": "payment_refund", "net": -300}]
    rows = [("stripe", "balance_transactions.net_sum", {"filter": "currency=eur"})]
    _, (net,) = asked(*rows, answer=ok({"data": page, "has_more": False}))
    assert readings(net)[-1][1] == -3.0


def test_x_says_which_post_it_lacks():
    calls, (likes, followers) = asked(("x:nasa", "public_metrics.like_count"), ("x:nasa", "seguidores"))
    assert (failure(likes).code, failure(likes).facts["name"]) == ("missing_parameter", "post")
    assert readings(followers) == [("2026-06-30", 4100.0)]
    assert [call.url for call in calls] == ["https://api.x.com/2/users/by/username/nasa?user.fields=public_metrics"]


def test_a_post_of_x_is_asked_for_with_the_word_of_2026_and_read_with_either():
    row = ("x:nasa", "public_metrics.retweet_count", {"filter": "post=1212092628029698048"})
    for name in ("repost_count", "retweet_count"):
        calls, (found,) = asked(row, answer=ok({"data": {"public_metrics": {name: 0, "like_count": 9}}}))
        assert calls[0].url == "https://api.x.com/2/tweets/1212092628029698048?post.fields=public_metrics"
        assert readings(found) == [("2026-06-30", 0.0)]


@pytest.mark.parametrize("host", ["api.x.com", "api.twitter.com"])
@pytest.mark.parametrize(
    ("problem", "code"),
    [
        ("resource-not-found", "thing_not_found"),
        ("not-authorized-for-resource", "permission_missing"),
        ("internal-error", "source_busy"),
    ],
)
def test_x_tells_under_status_200_what_it_does_not_give(problem, code, host):
    told = {"title": "x", "detail": "y", "type": f"https://{host}/2/problems/{problem}"}
    row = ("x:nasa", "public_metrics.like_count", {"filter": "post=1212092628029698048"})
    _, (found,) = asked(row, answer=ok({"errors": [told]}))
    assert failure(found).code == code


@pytest.mark.parametrize("name", ["post_count", "tweet_count"])
def test_mentions_on_x_are_read_with_either_word(name):
    days = [{"start": "2026-06-29T00:00:00.000Z", "end": "2026-06-30T00:00:00.000Z", name: 14}]
    row = ("x:nasa", "counts.total_tweet_count", {"filter": "search=mi marca"})
    _, (found,) = asked(row, answer=ok({"data": days, "meta": {}}))
    assert readings(found)[-1] == ("2026-06-29", 14.0)


def test_mentions_on_x_reach_back_a_week():
    call = only(("x:nasa", "counts.total_tweet_count", {"filter": 'search="mi marca" -is:retweet'}))
    assert "query=%22mi%20marca%22%20-is%3Aretweet&granularity=day" in call.url
    assert dict(call.query)["start_time"] == "2026-06-24T00:00:00Z"
