"""Our questions to Asana, and how we read its pages, against its own client (package asana).

The client declares its methods and what each takes. It has no models of answers: of those it only names the fields.
"""

import inspect
import re
from datetime import datetime
from importlib.metadata import metadata
from types import SimpleNamespace

import asana
import pytest
from asana.rest import RESTResponse

from sync.sources import fetch_all
from sync.sources.registry import load
from sync.sources.web.call import Call
from tests.contract.sources.test_platforms import good, row
from tests.platforms import TOKEN, Platform, at, secrets_for
from tests.source_builders import snapshot

TASKS, COUNTS = asana.TasksApi.get_tasks, asana.ProjectsApi.get_task_counts_for_project


class Wire:
    """The client's way out, which leads to the good answers."""

    def __init__(self):
        self.calls = []

    def GET(self, url, query_params=None, headers=None, **_):  # noqa: N802  # the client's own name
        asked = tuple((name, str(value)) for name, value in query_params or ())
        self.calls.append(Call("GET", url, asked, private_headers={"Authorization": headers["Authorization"]}))
        answer = good("asana").answer(self.calls[-1])
        return RESTResponse(SimpleNamespace(status=200, reason="OK", data=answer.body))


def ours(metric):
    platform = Platform(good("asana").answer)
    fetch_all([row("asana", metric)], snapshot(), at(platform, secrets_for("asana")))
    assert platform.calls
    return platform.calls


def client():
    """The vendor's client with our token, and the wire on which it asks."""
    settings = asana.Configuration()
    settings.access_token = TOKEN
    made = asana.ApiClient(settings)
    made.rest_client = Wire()
    return made


def declared(method):
    """What a method takes: name -> (type, meaning)."""
    found = re.findall(r":param (\S+) ([\w.]+): (.+)", inspect.getdoc(method))
    return {name: (kind, about) for kind, name, about in found}


def told(call):
    return call.method, call.url, dict(call.query), dict(call.private_headers)


@pytest.mark.parametrize("method", [TASKS, COUNTS])
def test_the_client_goes_where_we_go_and_turns_the_page_as_we_do(method):
    calls = ours("tasks.done" if method is TASKS else "tasks.open")
    theirs, options = client(), dict(calls[0].query)
    if method is TASKS:
        tasks = list(asana.TasksApi(theirs).get_tasks(options | {"limit": int(options["limit"])}))
        assert [task["gid"] for task in tasks] == ["1", "2", "3"]
    else:
        counts = asana.ProjectsApi(theirs).get_task_counts_for_project("1201234567890123", options)
        assert counts == {"num_incomplete_tasks": 17}
    assert [told(call) for call in theirs.rest_client.calls] == [told(call) for call in calls]


@pytest.mark.parametrize(("metric", "method"), [("tasks.done", TASKS), ("tasks.open", COUNTS)])
def test_every_parameter_is_one_that_the_client_declares(metric, method):
    for call in ours(metric):
        assert set(dict(call.query)) <= set(declared(method))


def test_a_page_is_no_longer_and_a_day_no_other_than_the_client_says():
    known, asked = declared(TASKS), dict(ours("tasks.done")[0].query)
    most = re.search(r"between (\d+) and (\d+)", known["limit"][1])
    assert int(most[1]) <= int(asked["limit"]) == int(most[2])
    assert known["completed_since"][0] == "datetime"
    assert datetime.fromisoformat(asked["completed_since"]).tzinfo is not None


def test_the_fields_that_we_read_are_among_those_that_the_client_names():
    listed = re.search(r"'opt_fields': \"([^\"]+)\"", metadata("asana").get_payload())[1].split(",")
    assert set(dict(ours("tasks.done")[0].query)["opt_fields"].split(",")) <= set(listed)
    assert dict(ours("tasks.open")[0].query)["opt_fields"] in re.findall(r"`(num_\w+)`", inspect.getdoc(COUNTS))


def test_the_manifest_claims_no_schema_where_there_is_none():
    assert load("asana").manifest.tested_on == ("client", "hostile")
