"""The case form of `semaforo evaluate`."""

import json
from typing import Any

import pytest

from sync.case_form import read_case
from sync.case_numbers import read_number
from sync.cases import judge_lines
from sync.model import Direction, Projection

KPI: dict[str, Any] = {
    "direction": "increase",
    "measure": "stock",
    "aggregation": "latest",
    "unit": "count",
    "baseline": 10000,
    "target": 12000,
    "target_kind": "absolute",
    "start": "2026-01-01",
    "due": "2026-06-30",
    "cadence": "month",
}


def a_case(series: list[Any] | None = None, raw: dict[str, str] | None = None, **kpi: Any) -> dict[str, Any]:
    rows = [["2026-01-01", 10000], ["2026-04-01", 11020]] if series is None else series
    return {"id": "c1", "kpi": {**KPI, **kpi}, "series": rows, "as_of": "2026-04-01", "raw": raw}


def answer(case: dict[str, Any]) -> dict[str, Any]:
    return next(judge_lines([json.dumps(case)]))


def test_a_case_is_answered_with_its_verdict_and_its_sums() -> None:
    got = answer(a_case())
    assert (got["id"], got["status"], got["light"], got["actual"]) == ("c1", "on_track", "green", 11020)
    assert (got["expected_now"], got["progress"], got["measured_on"]) == (11000, 0.51, "2026-04-01")


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"id": "c1"}', '{"id": "c1", "kpi": {}, "as_of": ""}'])
def test_a_line_that_is_no_case_says_so(line: str) -> None:
    (got,) = judge_lines([line])
    assert "error" in got
    assert got.get("id", "c1") == "c1"


def test_blank_lines_are_no_cases() -> None:
    assert list(judge_lines(["", "  \n"])) == []


@pytest.mark.parametrize(
    ("kpi", "target"),
    [
        ({"target_kind": "relative_percent", "target": 20}, 12000),
        ({"target_kind": "relative_percent", "target": 20, "direction": "decrease"}, 8000),
        ({"target_kind": "relative_percent", "target": 20, "baseline": -50}, -40),
        ({"target_kind": "delta", "target": 700}, 10700),
        ({"target_kind": "delta", "target": 700, "direction": "decrease"}, 9300),
        ({"target_kind": "percentage_points", "target": 2, "baseline": 40, "unit": "%", "measure": "ratio"}, 42),
        ({"target_kind": "ratio", "target": 2}, 20000),
        ({"target_kind": "ratio", "target": 2, "direction": "decrease"}, 5000),
        ({"target_kind": "relative_percent", "target_low": 10, "target_high": 15}, 11000),
        ({"target": None, "target_low": 11000, "target_high": 13000}, 11000),
        ({"target_kind": "relative_percent", "target": 20, "baseline": 0}, None),
        ({"target_kind": "ratio", "target": 2, "baseline": None}, None),
    ],
)
def test_every_target_becomes_an_absolute_one(kpi: dict[str, Any], target: float | None) -> None:
    assert read_case(a_case(**kpi)).definition.target == target


@pytest.mark.parametrize(
    ("kpi", "direction"),
    [
        ({"direction": "maintain", "target_low": 3}, Direction.HOLD_ABOVE),
        ({"direction": "maintain", "target_high": 3}, Direction.HOLD_BELOW),
        ({"direction": "maintain", "target_low": 3, "target_high": 4}, Direction.KEEP_WITHIN),
        ({"direction": "maintain", "tolerance": 5}, Direction.KEEP_WITHIN),
        ({"direction": "reach"}, Direction.INCREASE),
        ({"direction": "reach", "target": 9000}, Direction.DECREASE),
        ({"direction": "reach", "target": 9000, "target_low": 9000}, Direction.HOLD_ABOVE),
        ({"direction": "increase", "target": 9000, "target_low": 9000}, Direction.HOLD_ABOVE),
        ({"direction": "reach", "target_low": 11000, "target_high": 12000}, Direction.INCREASE),
        ({"direction": None}, None),
    ],
)
def test_the_direction_becomes_one_of_the_sheets_words(kpi: dict[str, Any], direction: Direction | None) -> None:
    assert read_case(a_case(**kpi)).definition.direction is direction


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("11.020", "es_ES", 11020),
        ("11.020", "es_MX", 11.02),
        ("11,020", "en_US", 11020),
        ("4,4", "es_ES", 4.4),
        ("1.234,5", None, 1234.5),
        ("1 234,5", "es_ES", 1234.5),
        ("85 %", None, 85),
        ("€ 1,200.50", None, 1200.5),
        ("40k", None, 40000),
        ("40 mil", None, 40000),
        ("(250)", None, -250),
        ("\u2212 3", None, -3),
        ("0.125", None, 0.125),
        *((text, None, None) for text in ("N/A", "-", "", "#DIV/0!", "s/d", "2026-04-01", "1/2", "Q1")),
        (True, None, None),
        (float("nan"), None, None),
        (10**400, None, None),
    ],
)
def test_a_cell_is_read_as_people_write_numbers(text: object, locale: str | None, number: float | None) -> None:
    assert read_number(text, locale) == number


def test_an_ambiguous_number_is_read_near_the_cases_own_numbers() -> None:
    assert read_number("11.020", None, [10000]) == 11020
    assert read_number("11.020", None, [10.5]) == 11.02
    assert read_number("40,000", "es_ES", [38000]) == 40000


def test_seasonal_shares_are_laid_between_baseline_and_target() -> None:
    points = [["2026-03-31", 0.1], ["2026-06-30", 0.2], ["2026-09-30", 0.3], ["2026-12-31", 0.4]]
    case = a_case(plan="seasonal", plan_points=points, due="2026-12-31", baseline=0, target=1000)
    assert [round(point.value) for point in read_case(case).definition.plan] == [100, 300, 600, 1000]


def test_a_forecast_may_be_given() -> None:
    rows = [[f"2026-0{month}-{day}", 10000 + 340 * month + 11 * (day - 1)] for month in (1, 2, 3) for day in (10, 25)]
    pessimist = Projection(10000, 9000, 11000, 0.1)
    (got,) = judge_lines([json.dumps(a_case(rows))], forecast=lambda *_: pessimist)
    assert (got["status"], got["reason"]) == ("at_risk", "forecast_lowers")
