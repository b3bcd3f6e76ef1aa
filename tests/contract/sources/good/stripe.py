"""Lists as https://docs.stripe.com/api shows them; the numbers are ours."""

from typing import Any

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {
    "balance_transactions.net_sum": 28.7,
    "charges.amount_sum": 25.0,
    "charges.count": 2.0,
    "refunds.amount_sum": 30.0,
    "subscriptions.active_count": 2.0,
}
ZERO_WHEN_EMPTY = tuple(EXPECTED)
COUNTED = ("charges.count", "subscriptions.active_count")
_COMMON = {"currency": "eur", "created": 1_782_727_200}  # 2026-06-29 12:00 in Madrid
_MOVED = {**_COMMON, "object": "balance_transaction", "amount": -2870, "net": -2870}
_CHARGE = {**_COMMON, "object": "charge", "amount": 1500, "status": "succeeded"}
# What counts on the first page, then on the second; and what does not count there.
_FOUND: dict[str, tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]] = {
    "balance_transactions": (
        {**_COMMON, "object": "balance_transaction", "type": "charge", "amount": 1500, "net": 1435},
        {**_COMMON, "object": "balance_transaction", "type": "payment", "amount": 1500, "net": 1435},
        [{**_MOVED, "id": "x3", "type": "payout"}, {**_MOVED, "id": "x4", "type": "reserve_hold"}],
    ),
    "charges": (
        {**_CHARGE, "captured": True, "amount_captured": 1500},
        {**_CHARGE, "captured": True, "amount_captured": 1000},
        [{**_CHARGE, "id": "x3", "captured": False, "amount_captured": 0}],
    ),
    "refunds": (
        {**_COMMON, "object": "refund", "amount": 1500, "status": "succeeded"},
        {**_COMMON, "object": "refund", "amount": 1500, "status": "succeeded"},
        [{**_COMMON, "id": "x3", "object": "refund", "amount": 900, "status": "failed"}],
    ),
    "subscriptions": (
        {**_COMMON, "object": "subscription", "status": "active"},
        {**_COMMON, "object": "subscription", "status": "active"},
        [],
    ),
}


def answer(call: Call) -> Answer:
    """Two things of that noon on two pages, and what is not to be counted with them."""
    path = call.url.removeprefix("https://api.stripe.com")
    first, second, others = _FOUND[path.rpartition("/")[2]]
    if "starting_after" in dict(call.query):
        return ok({"object": "list", "url": path, "data": [{**second, "id": "x2"}, *others], "has_more": False})
    return ok({"object": "list", "url": path, "data": [{**first, "id": "x1"}], "has_more": True})
