"""A search as https://developers.hubspot.com/docs/api-reference/2026-03/crm/search-the-crm shows it; numbers ours."""

import json

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"contacts.created": 933.0, "deals.closed_won_count": 933.0, "deals.closed_won_amount": 1250.5}
ZERO_WHEN_EMPTY = ("deals.closed_won_amount",)
NUMBERS_AS_TEXT = True  # the properties of a record are texts, its total is a number
_DEAL = {"closedate": "2026-06-29T10:00:00Z", "amount_in_home_currency": "1250.5"}
_TIMES = {"createdAt": "2026-06-29T09:00:00Z", "updatedAt": "2026-06-29T10:00:00Z"}


def answer(call: Call) -> Answer:
    """933 records, of which one page holds as many as were asked for; or the one deal of these days."""
    asked = json.loads(call.body)
    properties = {"createdate": "2026-06-29T09:00:00Z", **_DEAL}
    record = {"id": "51", "properties": properties, **_TIMES, "archived": False}
    if asked["limit"] == 1:
        return ok({"total": 933, "results": [record], "paging": {"next": {"after": "1"}}})
    return ok({"total": 1, "results": [record]})
