"""Page insights as https://developers.facebook.com/docs/graph-api/reference/insights shows them; numbers ours."""

from datetime import UTC, datetime

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {
    "page_media_view": 80.0,
    "page_actions_post_reactions_total": 9.0,
    "page_follows": 80.0,
    "page_total_media_view_unique": 80.0,
}
_NOT_A_NUMBER = {"page_actions_post_reactions_total": {"like": 7, "love": 2}}


def answer(call: Call) -> Answer:
    """What is asked for of two days of each metric, whatever the period."""
    asked = dict(call.query)
    ends = [datetime(2026, 6, day, 7, tzinfo=UTC) for day in (28, 29)]
    first, last = float(asked.get("since", 0)), float(asked.get("until", 1e12))
    days = [(value, end) for value, end in zip((70, 80), ends, strict=True) if first < end.timestamp() <= last]
    data = [
        {
            "name": name,
            "period": asked["period"],
            "values": [
                {"value": _NOT_A_NUMBER.get(name, value), "end_time": end.strftime("%Y-%m-%dT%H:%M:%S+0000")}
                for value, end in days
            ],
            "id": f"104500000000000/insights/{name}/{asked['period']}",
        }
        for name in asked["metric"].split(",")
    ]
    return ok({"data": data, "paging": {}}, facebook_api_version="v26.0")
