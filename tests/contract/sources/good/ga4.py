"""Reports as the Data API v1beta documents them; the numbers are ours."""

import json
from datetime import date, timedelta

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

NUMBERS_AS_TEXT = True
EXPECTED = {"sessions": 27.0, "activeUsers": 20.0, "engagementRate": 62.5, "sessionsPerUser": 0.625}

VALUES = {"activeUsers": "20", "engagementRate": "0.625", "sessionsPerUser": "0.625"}  # all others: a count
METADATA = {"currencyCode": "EUR", "timeZone": "Europe/Madrid"}


def report(asked):
    """Two days, or a row for each range."""
    metrics = [metric["name"] for metric in asked["metrics"]]
    header = {"metricHeaders": [{"name": name, "type": "TYPE_FLOAT"} for name in metrics], "metadata": METADATA}
    if "dimensions" in asked:
        last = date.fromisoformat(asked["dateRanges"][0]["endDate"])
        days = [((last - timedelta(1)).strftime("%Y%m%d"), "31"), (last.strftime("%Y%m%d"), "27")]
        rows = [row([day], [VALUES.get(name, count) for name in metrics]) for day, count in days]
        return {**header, "dimensionHeaders": [{"name": "date"}], "rows": rows, "rowCount": len(rows), "kind": KIND}
    names = [given["name"] for given in asked["dateRanges"]]
    several = {"dimensionHeaders": [{"name": "dateRange"}]} if len(names) > 1 else {}
    values = [VALUES.get(name, "27") for name in metrics]
    rows = [row([name] if several else [], values) for name in names]
    return {**header, **several, "rows": rows, "rowCount": len(rows), "kind": KIND}


KIND = "analyticsData#runReport"


def row(dimensions, values):
    """One row of a report."""
    told = {"dimensionValues": [{"value": value} for value in dimensions]} if dimensions else {}
    return {**told, "metricValues": [{"value": value} for value in values]}


def answer(call: Call) -> Answer:
    """Every report of the call, in its order."""
    reports = [report(asked) for asked in json.loads(call.body)["requests"]]
    return ok({"kind": "analyticsData#batchRunReports", "reports": reports})
