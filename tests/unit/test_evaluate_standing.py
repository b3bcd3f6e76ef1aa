"""Targets that hold at every moment, ranges and milestones."""

from datetime import date

import pytest

from sync.model import Direction, MeasureKind, Status
from tests.judgement_builders import a_floor, a_kpi, judged, leads

TODAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("actual", "status"),
    [(80, Status.ON_TRACK), (79.99, Status.AT_RISK), (75, Status.AT_RISK), (74.9, Status.OFF_TRACK)],
)
def test_a_rate_near_its_floor_is_amber_within_five_points(actual: float, status: Status) -> None:
    assert judged(a_floor(80), ("2026-03-31", actual)).status is status


def test_five_points_are_no_excuse_for_a_small_per_cent() -> None:
    assert judged(a_floor(3), ("2026-03-31", 1.43)).status is Status.OFF_TRACK


@pytest.mark.parametrize(("actual", "status"), [(50, Status.ON_TRACK), (55, Status.AT_RISK), (55.1, Status.OFF_TRACK)])
def test_a_cost_near_its_ceiling_is_amber_within_a_tenth(actual: float, status: Status) -> None:
    kpi = a_floor(50, direction=Direction.HOLD_BELOW, unit="EUR")
    assert judged(kpi, ("2026-03-31", actual)).status is status


def test_seven_tenths_and_one_tenth_are_eight_tenths() -> None:
    kpi = a_floor(0.8, unit="points", measure_kind=MeasureKind.AVERAGE)
    evaluation = judged(kpi, ("2026-03-31", 0.7 + 0.1))
    assert evaluation.status is Status.ON_TRACK
    assert "boundary" in evaluation.flags


@pytest.mark.parametrize(("actual", "status"), [(0, Status.ON_TRACK), (1, Status.OFF_TRACK)])
def test_no_complaint_at_all_means_none(actual: float, status: Status) -> None:
    kpi = leads(direction=Direction.HOLD_BELOW, target=0.0, due=date(2026, 6, 30))
    assert judged(kpi, ("2026-02-28", 0), ("2026-03-31", actual)).status is status


def test_a_month_is_judged_against_the_target_for_each_month() -> None:
    kpi = leads(direction=Direction.HOLD_ABOVE, due=date(2026, 12, 31))
    rows = (("2026-01-31", 510), ("2026-02-28", 495), ("2026-03-31", 520))
    assert judged(kpi, *rows).status is Status.ON_TRACK


def test_a_baseline_at_the_target_makes_the_target_stand() -> None:
    evaluation = judged(a_floor(90, direction=Direction.INCREASE, baseline=90.0), ("2026-04-01", 92))
    assert evaluation.status is Status.ON_TRACK
    assert "baseline_equals_target" in evaluation.flags


def test_a_rate_without_a_baseline_is_judged_against_its_target() -> None:
    assert judged(a_floor(80, direction=Direction.INCREASE), ("2026-04-01", 78)).status is Status.AT_RISK


def test_the_owners_bounds_are_shares_of_a_standing_target() -> None:
    kpi = a_floor(100, unit="EUR", green_from=0.9, amber_from=0.5)
    assert judged(kpi, ("2026-03-31", 91)).reason == "within_own_bounds"
    assert judged(kpi, ("2026-03-31", 60)).status is Status.AT_RISK


def test_a_standing_target_needs_no_dates() -> None:
    assert judged(a_floor(80, start=None, due=None), ("2026-03-31", 81)).status is Status.ON_TRACK


def test_a_standing_target_is_achieved_or_missed_at_its_due_date() -> None:
    assert judged(a_floor(80), ("2026-06-30", 80), today=date(2026, 6, 30)).status is Status.ACHIEVED
    assert judged(a_floor(80), ("2026-06-30", 79), today=date(2026, 6, 30)).status is Status.MISSED


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (13650, Status.ON_TRACK),
        (13780, Status.AT_RISK),
        (13781, Status.OFF_TRACK),
        (12220, Status.AT_RISK),
        (12219, Status.OFF_TRACK),
    ],
)
def test_too_much_is_as_wrong_as_too_little_in_a_range(actual: float, status: Status) -> None:
    kpi = a_kpi(direction=Direction.KEEP_WITHIN, baseline=None, target=12350.0, upper_limit=13650.0)
    assert judged(kpi, ("2026-03-31", actual)).status is status


def test_a_range_is_achieved_or_missed_at_its_due_date() -> None:
    kpi = a_kpi(direction=Direction.KEEP_WITHIN, baseline=None, target=12350.0, upper_limit=13650.0)
    assert judged(kpi, ("2026-06-30", 13000), today=date(2026, 7, 2)).status is Status.ACHIEVED
    assert judged(kpi, ("2026-06-30", 13700), today=date(2026, 7, 2)).status is Status.MISSED


@pytest.mark.parametrize(
    ("rows", "today", "status"),
    [
        ([("2026-03-31", 0.0)], date(2026, 4, 1), Status.ON_TRACK),
        ([("2026-03-31", 1.0)], date(2026, 4, 1), Status.ACHIEVED),
        ([("2026-06-30", 0.0)], date(2026, 7, 10), Status.AT_RISK),
        ([("2026-06-30", 0.0), ("2026-07-08", 1.0)], date(2026, 9, 10), Status.AT_RISK),
        ([("2026-06-30", 0.0)], date(2026, 8, 10), Status.MISSED),
        ([("2026-06-30", 0.0), ("2026-09-01", 1.0)], date(2026, 9, 10), Status.MISSED),
    ],
)
def test_a_milestone_is_done_or_not(rows: list[tuple[str, float]], today: date, status: Status) -> None:
    kpi = a_kpi(measure_kind=MeasureKind.MILESTONE, baseline=None, target=None, direction=None)
    assert judged(kpi, *rows, today=today).status is status
