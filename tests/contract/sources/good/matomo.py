"""Reports as https://developer.matomo.org/api-reference/reporting-api shows them; the numbers are ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"nb_visits": 30.0, "nb_conversions": 4.0, "nb_uniq_visitors": 400.0, "avg_time_on_site": 165.0}
_VISITS = {"nb_visits": 30, "nb_actions": 80, "bounce_count": 9, "bounce_rate": "30%", "nb_actions_per_visit": 2.7}
_GOALS = {"nb_conversions": 4, "nb_visits_converted": 3, "revenue": 90.5, "conversion_rate": "10%"}


def answer(call: Call) -> Answer:
    """An object a day, or one for the whole range."""
    asked = dict(call.query)
    if asked["period"] == "range":
        return ok({**_VISITS, "nb_uniq_visitors": 400, "avg_time_on_site": 165})
    return ok({"2026-06-29": _VISITS if asked["method"] == "VisitsSummary.get" else _GOALS})
