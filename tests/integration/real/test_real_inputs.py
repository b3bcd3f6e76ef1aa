"""Real brand channels and real published KPIs through the whole route."""

from datetime import date
from pathlib import Path

import pytest

from sync.model import Light, Severity, Status
from sync.sheet.local import LocalServer
from sync.store.store import Store
from tests.real import brand
from tests.real.run import sync_brand, sync_official
from tests.shared import rows

pytestmark = pytest.mark.shared


def test_a_plan_over_real_brand_channels_is_judged_on_each_of_its_days(
    tmp_path: Path, sheets: LocalServer, store: Store
) -> None:
    series = rows("series/leeds2023_daily_dev.jsonl")
    book, reports = sync_brand(series, tmp_path, sheets.url, store)
    assert len(brand.kpis()) >= 12
    issues = [issue for report in reports.values() for issue in report.issues if issue.severity is not Severity.HINT]
    told = {issue.code.partition(".")[0] for issue in issues}
    assert told == {"achievable"}  # the definitions are sound; some targets are not
    assert all(outcome.failure is None for report in reports.values() for outcome in report.outcomes)
    colours = {outcome.evaluation.light for report in reports.values() for outcome in report.outcomes}
    assert colours == set(Light)
    last = book.sync(brand.DAYS[-1])
    assert (last.applied.reads, last.applied.writes) == (1, 0)


def test_the_values_are_those_of_the_files(tmp_path: Path, sheets: LocalServer, store: Store) -> None:
    series = {row["id"]: row for row in rows("series/leeds2023_daily_dev.jsonl")}
    _, reports = sync_brand(list(series.values()), tmp_path, sheets.url, store)
    found = {outcome.definition.name: outcome.evaluation for outcome in reports[date(2023, 12, 15)].outcomes}
    clicks = series["leeds-facebook-post_link_clicks"]["values"]
    first, last = ((day - date(2021, 1, 1)).days for day in (date(2023, 1, 1), date(2023, 12, 15)))
    assert found["09 facebook post_link_clicks"].actual == sum(clicks[first : last + 1])
    audience = series["leeds-instagram-audience"]["values"]
    assert found["03 instagram audience"].actual == audience[last]


def test_a_plan_that_has_not_begun_shows_no_colour(tmp_path: Path, sheets: LocalServer, store: Store) -> None:
    _, reports = sync_brand(rows("series/leeds2023_daily_dev.jsonl"), tmp_path, sheets.url, store)
    found = {outcome.definition.name: outcome.evaluation for outcome in reports[date(2021, 9, 30)].outcomes}
    assert found["02 instagram audience"].status is Status.NOT_STARTED


def test_our_light_mostly_agrees_with_the_official_one(tmp_path: Path, sheets: LocalServer, store: Store) -> None:
    agreements = sync_official(rows("kpi_official_dev.jsonl"), tmp_path, sheets.url, store)
    shown = [each for each in agreements if each.ours != "grey"]
    same = [each for each in shown if each.official == each.ours]
    print(f"our light agrees with the official one in {len(same)} of {len(shown)} that we colour")
    assert len(agreements) >= 50
    assert len(same) / len(shown) >= 0.6
    opposite = [each for each in shown if {each.official, each.ours} == {"green", "red"}]
    assert len(opposite) / len(shown) <= 0.2
