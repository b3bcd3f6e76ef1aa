"""Lists as https://docs.stripe.com/api shows them; the numbers are ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {
    "balance_transactions.net_sum": 28.7,
    "charges.amount_sum": 30.0,
    "charges.count": 2.0,
    "refunds.amount_sum": 30.0,
    "subscriptions.active_count": 2.0,
}
ZERO_WHEN_EMPTY = tuple(EXPECTED)
COUNTED = ("charges.count", "subscriptions.active_count")
_ON = 1_782_727_200  # 2026-06-29 12:00 in Madrid


def answer(call: Call) -> Answer:
    """Two things of that noon on two pages, and a payout, which is no income."""
    kind = call.url.rpartition("/")[2]
    common = {"currency": "eur", "created": _ON, "amount": 1500, "net": 1435, "status": "succeeded", "object": kind}
    payout = {**common, "id": "x3", "type": "payout", "amount": -2870, "net": -2870, "status": "paid"}
    others = [payout] if kind == "balance_transactions" else []
    if "starting_after" in dict(call.query):
        return ok({"object": "list", "data": [{**common, "id": "x2", "type": "charge"}, *others], "has_more": False})
    return ok({"object": "list", "data": [{**common, "id": "x1", "type": "charge"}], "has_more": True})
