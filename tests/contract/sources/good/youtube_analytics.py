"""Reports as developers.google.com/youtube/analytics/reference/reports/query shows them; the numbers are ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"views": 27.0, "likes": 27.0, "averageViewDuration": 183.5, "averageViewPercentage": 41.2}

WHOLE = {"averageViewDuration": 183.5, "averageViewPercentage": 41.2}


def answer(call: Call) -> Answer:
    """The last two days that are there, or one row without a day."""
    asked = dict(call.query)
    names = asked["metrics"].split(",")
    headers = [{"name": name, "columnType": "METRIC", "dataType": "INTEGER"} for name in names]
    rows = [[WHOLE.get(name, 27) for name in names]]
    if "dimensions" in asked:
        headers.insert(0, {"name": "day", "columnType": "DIMENSION", "dataType": "STRING"})
        rows = [[day, *([count] * len(names))] for day, count in (("2026-06-25", 31), ("2026-06-26", 27))]
    return ok({"kind": "youtubeAnalytics#resultTable", "columnHeaders": headers, "rows": rows})
