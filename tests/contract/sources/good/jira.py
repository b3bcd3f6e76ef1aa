"""A count as https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/ shows it; ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"tasks.done": 153.0, "tasks.created": 153.0, "tasks.open": 153.0, "tasks.overdue": 153.0}


def answer(call: Call) -> Answer:
    """Nothing but a number."""
    return ok({"count": 153})
