"""A KPI measured by a platform, through every real seam: workbook, wire, judgement, write."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sync.model import Status
from sync.settings import Secret, Settings
from sync.store.store import Store
from tests.builders import TODAY, kpi_row
from tests.stand_in import Asked, as_json, standing_in
from tests.workbooks import Book, make_book

PLAN = {"source": "plausible: example.org", "measure_kind": "Flujo", "unit": "", "filter": "country=ES"}
VISITS = {**kpi_row(**PLAN, name="Visitas", metric="visits", baseline=0.0, target=3650.0)}
PEOPLE = {**kpi_row(**PLAN, name="Personas", metric="visitantes únicos", baseline=0.0, target=1000.0)}
for _row in (VISITS, PEOPLE):
    _row.pop("id")


def plausible(asked: Asked) -> Any:
    """Ten visits a day of this year, 410 people over any window."""
    if asked.headers.get("authorization") != "Bearer the-key":
        return as_json({"error": "Invalid API key."}, 401)
    question = json.loads(asked.body)
    if "dimensions" not in question:
        return as_json({"results": [{"metrics": [410], "dimensions": []}], "meta": {}})
    last = date.fromisoformat(question["date_range"][1])
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range((last - date(2026, 1, 1)).days + 1)]
    return as_json({"results": [{"metrics": [10], "dimensions": [str(day)]} for day in days], "meta": {}})


@pytest.fixture
def plan(settings: Settings, store: Store) -> Callable[..., Book]:
    def made(url: str, key: str = "the-key") -> Book:
        secrets = {"PLAUSIBLE_KEY": Secret(key)}
        operator = replace(settings, source_urls={"plausible": url}, secrets=secrets)
        return make_book(operator, store, "test", [VISITS, PEOPLE])

    return made


def test_visits_are_added_and_people_are_asked_for_as_one_value(plan: Callable[..., Book]) -> None:
    with standing_in(plausible) as server:
        found = plan(server.url)
        report = found.sync(TODAY)
        assert len(server.asked) == 2
    assert (report.applied.reads, report.applied.writes) == (1, 1)
    assert (found.cell("kpis", 0, "actual"), found.cell("kpis", 1, "actual")) == (1650.0, 410.0)
    assert [outcome.evaluation.status for outcome in report.outcomes] == [Status.ON_TRACK, Status.AT_RISK]


def test_a_second_sync_without_news_makes_one_call(plan: Callable[..., Book]) -> None:
    with standing_in(plausible) as server:
        found = plan(server.url)
        found.sync(TODAY)
        report = found.sync(TODAY)
    assert (report.applied.reads, report.applied.writes, report.plan.cells) == (1, 0, 0)


def test_a_place_that_is_not_listed_is_told_in_its_row_and_never_asked_for(plan: Callable[..., Book]) -> None:
    with standing_in(plausible) as server:
        found = plan(server.url)
        found.sync(TODAY)
        asked = len(server.asked)
        closed = replace(found, settings=replace(found.settings, places=("local:test=plausible:other.example",)))
        report = closed.sync(TODAY)
        assert len(server.asked) == asked
        assert {outcome.failure and outcome.failure.code for outcome in report.outcomes} == {"place_not_allowed"}
        assert "local:test=plausible:example.org" in str(found.cell("kpis", 0, "note"))
        assert "local:test=plausible:example.org" in str(found.cell("kpis", 0, "fix"))
        listed = replace(found, settings=replace(found.settings, places=("local:test=plausible:example.org",)))
        assert [outcome.failure for outcome in listed.sync(TODAY).outcomes] == [None, None]


def test_a_refused_key_leaves_the_last_value_without_a_colour(plan: Callable[..., Book], settings: Settings) -> None:
    with standing_in(plausible) as server:
        found = plan(server.url)
        found.sync(TODAY)
        expired = replace(found, settings=replace(found.settings, secrets={"PLAUSIBLE_KEY": Secret("old-key")}))
        report = expired.sync(TODAY)
    assert {outcome.evaluation.status for outcome in report.outcomes} == {Status.SOURCE_FAILED}
    assert (found.cell("kpis", 0, "actual"), found.cell("kpis", 0, "good_until")) == (1650.0, None)
    assert "no acepta la credencial" in str(found.cell("kpis", 0, "note"))
    assert "old-key" not in str(found.columns("kpis"))
