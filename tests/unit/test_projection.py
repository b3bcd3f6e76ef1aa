"""What is expected on the due date, for every direction and kind of measure."""

from datetime import timedelta

import pytest

from sync.aggregate import aggregate
from sync.model import Direction, KpiDefinition, MeasureKind, Measurement, MeasurementSeries, Projection, Provenance
from sync.projection import project
from tests.judgement_builders import HALF, START, a_floor, a_kpi


def projected(kpi: KpiDefinition, values: list[float], every: int = 7) -> Projection | None:
    """`values` from the start on, one each `every` days."""
    points = tuple(Measurement(START + timedelta(days=every * place), value) for place, value in enumerate(values))
    return project(kpi, aggregate(kpi, MeasurementSeries(points, Provenance("test")), HALF))


def chance(kpi: KpiDefinition, values: list[float], every: int = 7) -> float:
    found = projected(kpi, values, every)
    assert found is not None
    assert found.chance is not None
    return found.chance


WAVY = [84.0, 86.0, 85.0, 87.0, 84.0, 86.0, 85.0, 84.0, 87.0, 85.0, 86.0, 85.0, 84.0]


def test_a_floor_well_below_the_readings_will_probably_hold() -> None:
    assert chance(a_floor(75.0), WAVY) > 0.9
    assert chance(a_floor(95.0), WAVY) < 0.1


def test_the_chance_of_a_ceiling_is_that_of_staying_below() -> None:
    assert chance(a_floor(95.0, direction=Direction.HOLD_BELOW), WAVY) > 0.9
    assert chance(a_floor(75.0, direction=Direction.HOLD_BELOW), WAVY) < 0.1


def test_a_range_is_kept_by_lying_between_its_ends() -> None:
    wide = a_floor(75.0, direction=Direction.KEEP_WITHIN, upper_limit=95.0)
    narrow = a_floor(84.9, direction=Direction.KEEP_WITHIN, upper_limit=85.1)
    assert chance(wide, WAVY) > 0.85
    assert chance(narrow, WAVY) < 0.3


def test_whole_numbers_lie_in_a_range_with_its_ends() -> None:
    posts = a_floor(3.0, direction=Direction.KEEP_WITHIN, upper_limit=5.0, measure_kind=MeasureKind.LEVEL, unit="count")
    counted = [3.0, 5.0, 4.0, 4.0, 3.0, 5.0, 4.0, 3.0, 5.0, 4.0, 4.0, 3.0, 5.0]
    assert chance(posts, counted) > chance(posts, [value + 0.01 for value in counted]) + 0.1


def test_a_range_without_its_upper_end_has_no_outlook() -> None:
    assert projected(a_floor(75.0, direction=Direction.KEEP_WITHIN), WAVY) is None


def test_a_target_for_each_month_is_held_against_a_month_and_not_against_the_sum() -> None:
    monthly = a_kpi(measure_kind=MeasureKind.FLOW, direction=Direction.HOLD_ABOVE, baseline=None, target=250.0)
    found = projected(monthly, [10.0] * 90, every=1)
    assert found is not None
    assert found.value == pytest.approx(300, abs=25)


def test_a_spending_limit_of_the_window_is_held_against_the_sum() -> None:
    budget = a_kpi(measure_kind=MeasureKind.RUNNING_TOTAL, direction=Direction.HOLD_BELOW, baseline=None, target=900.0)
    within, beyond = [40.0 * place for place in range(13)], [60.0 * place for place in range(13)]
    assert chance(budget, [value / 2 for value in within]) > 0.9
    assert chance(budget, beyond) < 0.1


@pytest.mark.parametrize("missing", [{"due": None}, {"target": None}, {"direction": None}])
def test_without_a_date_a_target_or_a_direction_nothing_is_projected(missing: dict[str, None]) -> None:
    assert projected(a_kpi(**missing), [10000.0 + place for place in range(13)]) is None


def test_a_milestone_is_done_or_not() -> None:
    assert projected(a_kpi(measure_kind=MeasureKind.MILESTONE), [0.0] * 13) is None


def test_the_due_date_itself_is_a_fact() -> None:
    kpi = a_floor(80.0, measure_kind=MeasureKind.LEVEL, due=START + timedelta(days=84))
    found = projected(kpi, WAVY)
    assert found is not None
    assert (found.value, found.low, found.high, found.chance) == (84.0, 84.0, 84.0, 0.99)
