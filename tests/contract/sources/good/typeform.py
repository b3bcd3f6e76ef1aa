"""Responses as https://www.typeform.com/developers/responses/ shows them; ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"responses": 2.0}
ZERO_WHEN_EMPTY = COUNTED = ("responses",)


def answer(call: Call) -> Answer:
    """Two answers of one day on one page."""
    items = [
        {"response_id": f"r{hour}", "landed_at": "2026-06-29T08:00:00Z", "submitted_at": f"2026-06-29T{hour}:00:00Z"}
        for hour in (11, 10)
    ]
    return ok({"total_items": 2, "page_count": 1, "items": items})
