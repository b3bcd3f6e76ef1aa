"""Reports as https://mailchimp.com/developer/marketing/api/reports/ shows them; the numbers are ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"emails_sent": 900.0, "clicks.unique_subscriber_clicks": 41.0, "opens.open_rate": 25.0}

REPORT = {
    "id": "42694e9e57",
    "list_id": "1a2b3c4d5e",
    "type": "regular",
    "send_time": "2026-06-29T09:00:00+00:00",
    "emails_sent": 900,
    "abuse_reports": 1,
    "unsubscribed": 3,
    "bounces": {"hard_bounces": 2, "soft_bounces": 5, "syntax_errors": 1},
    "forwards": {"forwards_count": 4, "forwards_opens": 6},
    "opens": {"opens_total": 300, "unique_opens": 225, "open_rate": 0.25},
    "clicks": {"clicks_total": 60, "unique_clicks": 50, "unique_subscriber_clicks": 41, "click_rate": 0.0456},
    "industry_stats": {"open_rate": 0.21, "click_rate": 0.03},
    "list_stats": {"sub_rate": 10, "unsub_rate": 20},
    "ecommerce": {"total_orders": 7, "total_spent": 350.5, "total_revenue": 320.25},
}


def answer(call: Call) -> Answer:
    """One campaign on one page."""
    return ok({"reports": [REPORT], "total_items": 1})
