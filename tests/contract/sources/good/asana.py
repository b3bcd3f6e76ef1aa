"""Tasks as https://developers.asana.com/reference/gettasks shows them; ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok

EXPECTED = {"tasks.done": 2.0, "tasks.open": 17.0}
ZERO_WHEN_EMPTY = ("tasks.done",)
COUNTED = ("tasks.done",)


def answer(call: Call) -> Answer:
    """Two pages of tasks, one of them unfinished; or the project's counts."""
    if call.url.endswith("/task_counts"):
        return ok({"data": {"num_incomplete_tasks": 17}})
    done = {"gid": "1", "completed_at": "2026-06-29T09:30:00.000Z"}
    if "offset" in dict(call.query):
        return ok({"data": [{**done, "gid": "3"}], "next_page": None})
    following = {"offset": "abc", "path": "/tasks?offset=abc", "uri": "https://app.asana.com/api/1.0/tasks?offset=abc"}
    return ok({"data": [done, {"gid": "2", "completed_at": None}], "next_page": following})
