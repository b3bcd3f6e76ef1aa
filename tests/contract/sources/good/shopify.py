"""A table as https://shopify.dev/docs/apps/build/shopifyql/graphql-admin-api shows it; the numbers are ours."""

import json

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"sales.total_sales": 270.5, "sales.orders": 270.5, "sales.average_order_value": 35.5}


def answer(call: Call) -> Answer:
    """Two days, or one row for a whole window."""
    asked = json.loads(call.body)["variables"]["ask"].split()
    fields = asked[asked.index("SHOW") + 1].split(",")
    columns = [{"name": name, "dataType": "MONEY"} for name in fields]
    rows = [dict.fromkeys(fields, 35.5)]
    if "TIMESERIES" in asked:
        columns.insert(0, {"name": "day", "dataType": "DAY_TIMESTAMP"})
        rows = [{"day": f"2026-06-{day}", **dict.fromkeys(fields, value)} for day, value in ((28, 120.0), (29, 270.5))]
    table = {"tableData": {"columns": columns, "rows": rows}, "parseErrors": []}
    return ok({"data": {"shopifyqlQuery": table}}, x_shopify_api_version="2026-10")
