"""Account insights as https://developers.facebook.com/docs/instagram-platform/api-reference shows them; our numbers."""

from datetime import date

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"reach": 500.0, "views": 700.0, "follower_count": 3.0, "followers_count": 455.0}
ROW = {"start": date(2026, 6, 8)}  # within what the platform remembers of new followers
_VERSION = {"facebook_api_version": "v26.0"}


def answer(call: Call) -> Answer:
    """Totals, the days of new followers, or the account itself."""
    asked = dict(call.query)
    if "metric" not in asked:
        return ok({"followers_count": 455, "id": "17841400000000000"}, **_VERSION)
    names = asked["metric"].split(",")
    if asked.get("metric_type") != "total_value":
        days = [
            {"value": 3, "end_time": "2026-06-28T07:00:00+0000"},
            {"value": 4, "end_time": "2026-06-29T07:00:00+0000"},
        ]
        return ok({"data": [{"name": name, "period": "day", "values": days} for name in names]}, **_VERSION)
    data = [
        {"name": name, "period": "day", "total_value": {"value": 500 if name == "reach" else 700}, "id": f"1/{name}"}
        for name in names
    ]
    return ok({"data": data}, **_VERSION)
