"""Days as https://developers.google.com/webmaster-tools/v1/searchanalytics/query shows them; the numbers are ours."""

import json

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"clicks": 30.0, "impressions": 900.0, "ctr": 4.0, "position": 5.5}

DAYS = [("2026-06-26", 10.0, 100.0, 10.0), ("2026-06-27", 30.0, 900.0, 5.0)]


def answer(call: Call) -> Answer:
    """The last two settled days."""
    assert json.loads(call.body)["endDate"] == "2026-06-27"
    rows = [
        {"keys": [on], "clicks": clicks, "impressions": shown, "ctr": clicks / shown, "position": position}
        for on, clicks, shown, position in DAYS
    ]
    return ok({"rows": rows, "responseAggregationType": "BY_PROPERTY"})
