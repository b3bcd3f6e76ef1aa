"""The forecast on real series: intervals hold what they promise, errors no worse than the simple methods'."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest

from sync.forecast import Forecast, Goal, forecast, forecast_at_due, season_of
from tests.forecast_rivals import Line, filled, naive, scaled_error, seasonal_naive, share_inside, theta

FOLDER = Path(__file__).parents[2].parent / "shared" / "eval" / "series"
COMPETITIONS = ("m3_monthly", "m3_quarterly", "m4_weekly")
DAILY = ("leeds2023_daily", "web_and_retail")
FIRST = date(2021, 1, 1)
SPLITS = 6  # rolling origins for each daily series

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the real series are not beside the project ({FOLDER})"),
]


@dataclass(frozen=True)
class Case:
    past: list[float | None]
    came: Line
    season: int

    @property
    def error_season(self) -> int:
        return 1 if self.season == 52 else self.season  # as the M4 competition counts weekly errors

    def made(self) -> Forecast:
        return forecast(self.past, season=self.season, horizon=len(self.came))

    def error(self, made: Line) -> float:
        return scaled_error(made, self.came, filled(self.past), self.error_season)


def cases(name: str) -> Iterator[Case]:
    for line in (FOLDER / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "train" in row:
            yield Case(row["train"], row["test"], season_of(row["freq"]))
        else:
            yield from rolling(row["values"], row["kind"])


def flows(name: str) -> Iterator[Case]:
    for line in (FOLDER / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "flow":
            yield from rolling(row["values"], "flow")


def rolling(values: list[float | None], kind: str, horizon: int = 28) -> Iterator[Case]:
    first = next(place for place, value in enumerate(values) if value)
    begin, end = first + 120, len(values) - horizon
    for split in range(SPLITS):
        origin = begin + (end - begin) * split // (SPLITS - 1)
        came = values[origin : origin + horizon]
        known = [value for value in came if value is not None]
        if len(known) == horizon and (kind != "stock" or all(known)):  # an outage in what came is nobody's forecast
            yield Case(values[first:origin], known, 7)


@cache
def measured(name: str) -> tuple[float, float]:
    """Mean scaled error and the share of values inside the interval."""
    results = [(case, case.made()) for case in cases(name)]
    errors = [case.error(list(made.mean)) for case, made in results]
    return fmean(errors), fmean(share_inside(made.low, made.high, case.came) for case, made in results)


@cache
def error_of(rival: Callable[[Line, int, int], Line], name: str) -> float:
    return fmean(case.error(rival(filled(case.past), case.season, len(case.came))) for case in cases(name))


@pytest.mark.parametrize("name", COMPETITIONS)
def test_eight_of_ten_values_lie_inside_the_interval(name: str) -> None:
    assert 0.75 <= measured(name)[1] <= 0.85


@pytest.mark.parametrize("name", DAILY)
def test_the_interval_is_not_wildly_off_for_days_with_quirks(name: str) -> None:
    assert 0.72 <= measured(name)[1] <= 0.9


def test_over_all_kinds_of_series_the_interval_holds_eight_of_ten() -> None:
    assert 0.75 <= fmean(measured(name)[1] for name in COMPETITIONS + DAILY) <= 0.85


@pytest.mark.parametrize("name", COMPETITIONS + DAILY)
@pytest.mark.parametrize("rival", [naive, seasonal_naive, theta])
def test_no_worse_than_a_simple_method(name: str, rival: Callable[[Line, int, int], Line]) -> None:
    assert measured(name)[0] <= error_of(rival, name)


@pytest.mark.parametrize("count", [2, 3, 5, 8, 12, 20, 40])
def test_the_interval_holds_for_the_last_few_readings_alone(count: int) -> None:
    shares = []
    for name in COMPETITIONS[:2]:
        for case in cases(name):
            made = forecast(case.past[-count:], season=case.season, horizon=6)
            shares.append(share_inside(made.low, made.high, case.came[:6]))
    assert 0.75 <= fmean(shares) <= 0.92


def test_the_interval_of_a_month_of_days_holds_too() -> None:
    """Real daily flows, 30 days still to come."""
    inside = []
    for case in (case for name in DAILY for case in flows(name)):
        points = [(FIRST + timedelta(days=place), value) for place, value in enumerate(case.past)]
        begin, due = FIRST + timedelta(days=len(points)), FIRST + timedelta(days=len(points) + len(case.came) - 1)
        found = forecast_at_due(points, due, Goal("increase", sum(case.came)), kind="flow", start=begin)
        assert found.low is not None
        assert found.high is not None
        inside.append(found.low <= sum(case.came) <= found.high)
    assert 0.65 <= fmean(inside) <= 0.85


def test_half_a_year_ahead_the_interval_of_followers_still_holds() -> None:
    """Growth that quickens and levels that jump: three real channels, 90 and 180 days before the due date."""
    inside = []
    for line in (FOLDER / "leeds2023_daily_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        values = row["values"]
        if row["kind"] != "stock":
            continue
        first = next(place for place, value in enumerate(values) if value)
        for ahead in (90, 180):
            for origin in range(first + 150, len(values) - ahead, 60):
                came = values[origin - 1 + ahead]
                past = [(FIRST + timedelta(days=place), values[place]) for place in range(first, origin)]
                known = [point for point in past if point[1]]
                made = forecast_at_due(known, FIRST + timedelta(days=origin - 1 + ahead), Goal("increase", 1))
                if came and made.low is not None and made.high is not None:
                    inside.append(made.low <= came <= made.high)
    assert len(inside) > 40
    assert 0.7 <= fmean(inside) <= 0.9
