"""Forty KPIs over six platforms of 300 ms: what it takes is what the slowest takes."""

from contextlib import ExitStack
from datetime import date

import pytest

from sync.model import MeasureKind, MeasurementSeries
from sync.settings import Settings
from sync.sources import FetchContext, fetch_all
from sync.sources.web.client import Web
from tests.declared_builders import counter, declared
from tests.source_builders import TODAY, kpi, snapshot
from tests.source_server import seconds_of
from tests.stand_in import as_json, standing_in

LATENCY = 0.3
SLACK = 1.5  # the machine of the tests is shared
KINDS = [f"counter{n}" for n in range(6)]


def answers(asked):
    rows = [{"on": "2026-06-28", "visits": 4}, {"on": "2026-06-29", "visits": 5}]
    return as_json({"people": 9} if "/whole" in asked.path else {"rows": rows})


@pytest.fixture
def platforms(tmp_path):
    """Six stand-ins, and a context whose sources go to them."""
    with declared(tmp_path, *(counter(kind) for kind in KINDS)), ExitStack() as servers:
        running = {kind: servers.enter_context(standing_in(answers, LATENCY)) for kind in KINDS}
        urls = {kind: server.url for kind, server in running.items()}
        yield running, FetchContext(TODAY, Settings(home=tmp_path, source_urls=urls), web=Web())


def forty():
    """Six or seven KPIs a platform; the first platform has three windows more, each a question of its own."""
    rows = []
    for n in range(40):
        people = n % 6 == 0 and n % 4 == 0
        start = date(2026, 1 + n % 5, 1)
        fields = {"start": start, "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW}
        rows.append(kpi(f"{KINDS[n % 6]}: a", "people" if people else "visits", id=f"k{n}", **fields))
    return rows


def test_forty_kpis_over_six_platforms_take_what_the_slowest_takes(platforms):
    running, context = platforms
    rows = forty()
    fetch_all([kpi("counter5: warm", "visits")], snapshot(), context)  # the HTTP client's own import is no fetch
    running["counter5"].asked.clear()
    found = {}
    took = seconds_of(lambda: found.update(fetch_all(rows, snapshot(), context)))
    assert all(isinstance(outcome, MeasurementSeries) and outcome.points for outcome in found.values())
    assert [len(server.asked) for server in running.values()] == [5, 1, 1, 1, 1, 1]
    assert running["counter0"].most_at_once == 4
    slowest = [row for row in rows if row.source == "counter0: a"]
    alone = seconds_of(lambda: fetch_all(slowest, snapshot(), context))
    print(f"together {took:.3f} s, the slowest alone {alone:.3f} s")
    assert took < 1.2 * SLACK * alone


def test_a_platform_that_does_not_answer_keeps_no_other_waiting(platforms):
    running, context = platforms
    running["counter0"].latency = 1.5
    told = []
    fetch_all(forty(), snapshot(), context, lambda done, total: told.append(done))
    assert told[-2] >= 33
