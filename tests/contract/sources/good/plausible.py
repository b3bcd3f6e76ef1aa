"""Stats API v2 as https://plausible.io/docs/stats-api shows it; the numbers are ours."""

import json

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"visits": 27.0, "pageviews": 27.0, "visitors": 20.0, "bounce_rate": 20.0}  # the last reading of each


def answer(call: Call) -> Answer:
    """A day's row for questions by day, one row for a whole window."""
    asked = json.loads(call.body)
    count = len(asked["metrics"])
    if "dimensions" not in asked:
        return ok({"results": [{"metrics": [20] * count, "dimensions": []}], "meta": {}, "query": asked})
    rows = [{"metrics": [value] * count, "dimensions": [f"2026-06-{day}"]} for day, value in ((28, 31), (29, 27))]
    return ok({"results": rows, "meta": {}, "query": asked})
