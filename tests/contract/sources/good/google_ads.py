"""A stream as https://developers.google.com/google-ads/api/rest/common/search shows it; the numbers are ours."""

import json
import re

from sync.sources.google.google_ads import json_name
from sync.sources.web.call import Answer, Call
from tests.platforms import ok

NUMBERS_AS_TEXT = True
EXPECTED = {"metrics.clicks": 27.0, "metrics.cost_micros": 9.5, "metrics.ctr": 3.2, "metrics.conversions": 2.5}

VALUES = {"metrics.cost_micros": "9500000", "metrics.average_cpc": 450000.0, "metrics.ctr": 0.032}
VALUES |= {"metrics.conversions": 2.5, "metrics.search_impression_share": 0.42}  # all others: 27
_COUNTED = ("impressions", "clicks", "views", "calls", "micros")  # whole numbers of 64 bits: they come as text


def answer(call: Call) -> Answer:
    """Two days, or a row without a day; for each campaign that was asked for."""
    asked = json.loads(call.body)["query"]
    fields = re.findall(r"metrics\.\w+", asked)
    metrics = {json_name(field): VALUES.get(field, "27" if field.endswith(_COUNTED) else 27.0) for field in fields}
    days = ("2026-06-27", "2026-06-28") if "segments.date," in asked else (None,)
    found = re.search(r"campaign\.id IN \(([\d, ]+)\)", asked)
    campaigns = found.group(1).split(", ") if found else [None]
    results = [row(metrics, day, campaign) for campaign in campaigns for day in days]
    return ok([{"results": results, "fieldMask": ",".join(fields), "requestId": "r"}])


def row(metrics, day, campaign):
    """One row of the account or of a campaign."""
    made = {"customer": {"resourceName": "customers/1234567890", "timeZone": "Europe/Madrid"}, "metrics": metrics}
    if day:
        made["segments"] = {"date": day}
    if campaign:
        made["campaign"] = {"resourceName": f"customers/1234567890/campaigns/{campaign}", "id": campaign}
    return made
