"""Answers as https://docs.x.com/x-api/fundamentals/metrics shows them; the numbers are ours."""

from datetime import date

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {
    "user.public_metrics.followers_count": 4100.0,
    "public_metrics.like_count": 62.0,
    "public_metrics.retweet_count": 5.0,
    "counts.total_tweet_count": 14.0,
}
ROW = {"start": date(2026, 6, 25), "filter": "post=1212092628029698048; search=mi marca"}


def answer(call: Call) -> Answer:
    """The account, the post, or two days of mentions."""
    if "/counts/" in call.url:
        days = [
            {"start": f"2026-06-{day}T00:00:00.000Z", "end": f"2026-06-{day + 1}T00:00:00.000Z", "post_count": count}
            for day, count in ((28, 9), (29, 14))
        ]
        return ok({"data": days, "meta": {"total_post_count": 23}})
    if "/users/" in call.url:
        return ok({"data": {"id": "11348282", "public_metrics": {"followers_count": 4100, "post_count": 900}}})
    return ok({"data": {"id": "1", "text": "Hola", "public_metrics": {"like_count": 62, "repost_count": 5}}})
