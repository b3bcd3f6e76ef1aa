"""Statistics as https://learn.microsoft.com/en-us/linkedin/marketing/community-management shows them; our numbers."""

from datetime import date

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {
    "impressionCount": 81.0,
    "followerGains.organicFollowerGain": 81.0,
    "views.allPageViews.pageViews": 81.0,
    "networkSizes.firstDegreeSize": 1203.0,
}
ROW = {"start": date(2026, 3, 1)}
_DAY = 86_400_000
_FIRST = 1_782_518_400_000  # 2026-06-27, midnight in UTC


def answer(call: Call) -> Answer:
    """Two days of whatever kind, or the size of the network."""
    if "networkSizes" in call.url:
        return ok({"firstDegreeSize": 1203})
    rows = []
    for at, value in enumerate((81, 87)):
        span = {"start": _FIRST + at * _DAY, "end": _FIRST + (at + 1) * _DAY}
        rows.append({"timeRange": span, "organizationalEntity": "urn:li:organization:2414183", **_numbers(call, value)})
    return ok({"paging": {"start": 0, "count": 10, "links": []}, "elements": rows})


def _numbers(call: Call, value: int) -> dict[str, object]:
    if "ShareStatistics" in call.url:
        return {"totalShareStatistics": {"impressionCount": value, "likeCount": value, "engagement": 0.02}}
    if "FollowerStatistics" in call.url:
        return {"followerGains": {"organicFollowerGain": value, "paidFollowerGain": 0}}
    return {"totalPageStatistics": {"views": {"allPageViews": {"pageViews": value, "uniquePageViews": 12}}}}
