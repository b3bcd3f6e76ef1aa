"""Analytics as the vendor's OpenAPI description of v5 shows them; the numbers are ours."""

from datetime import date

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"IMPRESSION": 510.0, "OUTBOUND_CLICK": 510.0, "ENGAGEMENT_RATE": 4.5, "follower_count": 190.0}
ROW = {"start": date(2026, 5, 1)}


def answer(call: Call) -> Answer:
    """Two days that are ready, with their summary; or the account."""
    if call.url.endswith("/user_account"):
        return ok({"account_type": "BUSINESS", "username": "tienda", "follower_count": 190})
    names = dict(call.query)["metric_types"].split(",")
    days = [
        {"date": f"2026-06-{day}", "data_status": "READY", "metrics": dict.fromkeys(names, value)}
        for day, value in ((27, 480), (28, 510))
    ]
    return ok({"all": {"daily_metrics": days, "summary_metrics": dict.fromkeys(names, 0.045)}})
