"""Insights as https://developers.facebook.com/docs/marketing-api/insights shows them, numbers as text; all ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

NUMBERS_AS_TEXT = True
EXPECTED = {
    "impressions": 900.0,
    "spend": 12.5,
    "actions.lead": 3.0,
    "actions.purchase": 2.0,
    "reach": 700.0,
    "ctr": 1.4,
}
ZERO_WHEN_EMPTY = ("impressions", "spend", "actions.lead", "actions.purchase")
_ROW = {
    "impressions": "900",
    "spend": "12.5",
    "reach": "700",
    "ctr": "1.4",
    "actions": [
        {"action_type": "link_click", "value": "31"},
        {"action_type": "lead", "value": "3"},
        {"action_type": "omni_purchase", "value": "2"},
    ],
}


def answer(call: Call) -> Answer:
    """One day, or one row for a whole window; only the fields asked for."""
    asked = dict(call.query)
    span = {"date_start": "2026-06-29", "date_stop": "2026-06-29"}
    row = {name: _ROW[name] for name in asked["fields"].split(",") if name in _ROW}
    return ok(
        {"data": [{**row, **span}], "paging": {"cursors": {"before": "b", "after": "a"}}}, facebook_api_version="v26.0"
    )
