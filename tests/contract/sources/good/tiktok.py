"""An account as https://business-api.tiktok.com/portal/docs describes it; the numbers are ours."""

import json
from datetime import date

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"video_views": 340.0, "daily_new_followers": 340.0, "followers_count": 2210.0}
ROW = {"start": date(2026, 6, 1)}


def answer(call: Call) -> Answer:
    """Two days of the fields asked for, or the account now."""
    asked = dict(call.query)
    fields = json.loads(asked["fields"])
    data = {"followers_count": 2210} if "followers_count" in fields else {}
    if "start_date" in asked:
        days = ((26, 310), (27, 340))
        data["metrics"] = [{"date": f"2026-06-{day}", **dict.fromkeys(fields, value)} for day, value in days]
    return ok({"code": 0, "message": "OK", "request_id": "2026063000000001", "data": data})
