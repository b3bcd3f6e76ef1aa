"""What past periods brought: the best and the usual one, without what was no growth."""

from datetime import date, timedelta

import pytest

from sync.frame import settle
from sync.history import believed, period_values, rates_seen
from sync.model import Cadence, Direction, KpiDefinition, MeasureKind, WindowValue
from tests.judgement_builders import HALF, a_floor, a_kpi, leads, measured
from tests.shared import rows


def daily(first: str, *values: float) -> list[tuple[str, float | None]]:
    begin = date.fromisoformat(first)
    return [((begin + timedelta(days=day)).isoformat(), value) for day, value in enumerate(values)]


def best_of(definition: KpiDefinition, value: WindowValue, *, rising: bool = True) -> float:
    seen = rates_seen(definition, believed(definition, value), rising=rising)
    return max(seen) if rising else min(seen)


def test_a_sudden_jump_is_no_best_month() -> None:
    steady = [10000.0 + 5 * day for day in range(30)]
    merged = [*steady, *(value + 1155 for value in steady)]
    value = measured(a_kpi(), *daily("2026-01-01", *merged))
    assert "level_shift" in value.flags
    assert best_of(a_kpi(), value) == pytest.approx(5 * 30.4375)


def test_a_jump_is_found_beside_the_long_gap_of_an_outage() -> None:
    """The step over a gap may be larger, but it took its time."""
    before, after = [8000.0 + day for day in range(20)], [9000.0 + 5 * day for day in range(30)]
    merged = [*after, *(value + 1000 for value in after)]
    series = [*daily("2025-06-01", *before), *daily("2026-01-01", *merged)]
    assert best_of(a_kpi(baseline=9000.0), measured(a_kpi(baseline=9000.0), *series)) < 200


def test_zeros_of_an_outage_before_the_start_make_no_record() -> None:
    series = [*daily("2025-10-01", *[0.0] * 40), *daily("2025-11-10", *(9000.0 + 3 * day for day in range(120)))]
    assert best_of(a_kpi(), measured(a_kpi(), *series)) == pytest.approx(3 * 30.4375)


def test_a_half_covered_month_is_no_lowest_month_of_a_ceiling() -> None:
    spent = leads(direction=Direction.HOLD_BELOW, target=9000.0, due=date(2026, 12, 31), span=None)
    series = [*daily("2026-01-01", *[10.0] * 31), *daily("2026-02-20", *[10.0] * 60)]
    values = period_values(spent, believed(spent, measured(spent, *series, today=date(2026, 5, 1))))
    assert values == [310.0, 310.0]  # neither the nine days of February nor the running month


def test_months_before_the_start_are_history_too() -> None:
    series = [(f"2025-{month:02}-28", 100.0 + month) for month in range(6, 13)]
    value = measured(leads(), *series, ("2026-01-31", 90.0), ("2026-02-28", 95.0))
    assert best_of(leads(), value) == 112.0


def test_a_ratio_is_compared_month_with_month() -> None:
    """Single days jump from 0 to 100 per cent; their months hardly move."""
    rate = a_floor(direction=Direction.INCREASE, baseline=10.0, target=30.0)
    days = [100.0 if day % 2 else 0.0 for day in range(90)]
    assert best_of(rate, measured(rate, *daily("2026-01-01", *days))) <= 100
    weekly = a_kpi(measure_kind=MeasureKind.AVERAGE, cadence=Cadence.WEEK, baseline=40.0, target=90.0)
    noisy = [50.0 + (20 if day % 2 else -20) for day in range(56)]
    assert best_of(weekly, measured(weekly, *daily("2026-01-05", *noisy))) < 10


@pytest.mark.shared
def test_the_best_month_of_real_followers_is_not_the_day_of_a_jump() -> None:
    """Two channels jumped within two days of January 2023: before, that looked like 1,985 and 1,640 a month."""
    series = {row["id"]: row for row in rows("series/leeds2023_daily_dev.jsonl")}
    for channel, baseline, target, most in (("instagram", 11000.0, 13000.0, 1300), ("twitter", 20500.0, 21500.0, 1100)):
        values = series[f"leeds-{channel}-audience"]["values"]
        kpi = a_kpi(baseline=baseline, target=target, start=date(2023, 1, 1), due=date(2023, 12, 31))
        value = measured(kpi, *daily("2021-01-01", *values), today=date(2023, 3, 31))
        assert not isinstance(settle(kpi, value), str)
        assert 500 < best_of(kpi, value) < most


def test_without_readings_nothing_was_seen() -> None:
    assert rates_seen(a_kpi(), believed(a_kpi(), measured(a_kpi(), today=HALF)), rising=True) == []
