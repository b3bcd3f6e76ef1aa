"""What the value of a window is, for every measure kind."""

from datetime import date

import pytest

from sync.aggregate import aggregate
from sync.model import Cadence, Direction, MeasureKind, Measurement, MeasurementSeries, Provenance, Span
from tests.judgement_builders import a_floor, a_kpi, leads, measured


def test_a_level_is_its_latest_reading() -> None:
    value = measured(a_kpi(), ("2026-03-01", 10700), ("2026-02-01", 10300))
    assert (value.actual, value.measured_on) == (10700, date(2026, 3, 1))


def test_a_flow_is_the_sum_of_its_window() -> None:
    rows = (("2025-12-31", 900), ("2026-01-31", 120), ("2026-02-28", 130))
    assert measured(leads(), *rows).actual == 250


def test_readings_of_a_running_total_are_never_summed() -> None:
    kpi = leads(measure_kind=MeasureKind.RUNNING_TOTAL)
    assert measured(kpi, ("2026-01-31", 120), ("2026-02-28", 260)).actual == 260


def test_a_ratio_is_a_quotient_of_sums_and_no_mean_of_ratios() -> None:
    points = (
        Measurement(date(2026, 3, 2), None, numerator=10, denominator=100),
        Measurement(date(2026, 3, 30), None, numerator=20, denominator=2000),
    )
    value = aggregate(a_floor(3), MeasurementSeries(points, Provenance("test")), date(2026, 4, 2))
    assert value.actual == pytest.approx(100 * 30 / 2100)


def test_a_ratio_over_zero_is_missing() -> None:
    points = (Measurement(date(2026, 3, 2), None, numerator=0, denominator=0),)
    value = aggregate(a_floor(3), MeasurementSeries(points, Provenance("test")), date(2026, 4, 2))
    assert value.actual is None
    assert "missing_values" in value.flags


def test_an_average_of_a_window_is_its_mean() -> None:
    kpi = a_floor(4.5, measure_kind=MeasureKind.AVERAGE, unit="points", span=Span.WINDOW)
    assert measured(kpi, ("2026-02-01", 4.0), ("2026-03-01", 5.0)).actual == 4.5


def test_a_target_for_each_period_looks_at_the_last_complete_period() -> None:
    kpi = leads(direction=Direction.HOLD_ABOVE)
    value = measured(kpi, ("2026-02-10", 300), ("2026-02-20", 210), ("2026-03-05", 90), today=date(2026, 3, 6))
    assert (value.actual, value.measured_on) == (510, date(2026, 2, 28))
    assert "partial_period" in value.flags


def test_a_row_at_the_end_of_its_period_closes_it() -> None:
    kpi = leads(direction=Direction.HOLD_ABOVE)
    assert measured(kpi, ("2026-02-28", 495), ("2026-03-31", 520), today=date(2026, 3, 31)).actual == 520


def test_the_only_period_is_not_judged_before_it_is_over() -> None:
    value = measured(leads(direction=Direction.HOLD_ABOVE), ("2026-01-10", 90), today=date(2026, 1, 11))
    assert value.actual is None
    assert value.flags == ("partial_period",)


def test_the_sum_of_today_still_grows() -> None:
    kpi = leads(direction=Direction.HOLD_ABOVE, cadence=Cadence.DAY, target=100.0, due=date(2026, 6, 30))
    value = measured(kpi, ("2026-03-31", 110), ("2026-04-01", 12), today=date(2026, 4, 1))
    assert value.actual == 110


def test_rows_dated_at_the_start_of_their_month_reach_to_its_end() -> None:
    value = measured(leads(), ("2026-01-01", 170), ("2026-02-01", 165), today=date(2026, 3, 2))
    assert (value.actual, value.measured_on) == (335, date(2026, 2, 28))


def test_after_the_due_date_the_reading_at_the_due_date_counts() -> None:
    value = measured(a_kpi(), ("2026-06-30", 12050), ("2026-07-31", 11700), today=date(2026, 8, 15))
    assert value.actual == 12050


def test_a_reading_shortly_after_the_due_date_stands_for_a_missing_one() -> None:
    value = measured(a_kpi(), ("2026-05-31", 11800), ("2026-07-01", 12010), today=date(2026, 7, 5))
    assert value.actual == 12010


def test_a_flow_takes_nothing_from_after_its_due_date() -> None:
    rows = (("2026-02-28", 300), ("2026-04-02", 250))
    assert measured(leads(), *rows, today=date(2026, 4, 10)).actual == 300


@pytest.mark.parametrize(
    ("rows", "flag"),
    [
        ([("2026-02-01", None), ("2026-03-01", 10700)], "missing_values"),
        ([("2026-03-01", 10700), ("2026-09-01", 15000)], "future_rows"),
        ([("2025-11-01", 9000), ("2026-03-01", 10700)], "rows_before_start"),
        ([("2026-03-01", 10650), ("2026-03-01", 10700)], "duplicate_date"),
        ([("2026-02-01", 10350), ("2026-03-01", 10700), ("2026-03-31", 0)], "suspect_zero"),
        ([("2026-01-01", 10000), ("2026-02-01", 10350), ("2026-03-01", 10700), ("2026-03-31", 110200)], "wild_reading"),
        ([("2026-01-01", 10000), ("2026-02-01", 10700)], "data_lag"),
    ],
)
def test_what_is_doubted_or_missing_is_flagged_and_does_not_count(
    rows: list[tuple[str, float | None]], flag: str
) -> None:
    value = measured(a_kpi(), *rows)
    assert flag in value.flags
    assert value.actual == 10700


def test_a_sudden_jump_is_told_apart_from_growth() -> None:
    rows = (("2026-01-01", 10000), ("2026-03-10", 10200), ("2026-03-11", 11864), ("2026-04-01", 11900))
    value = measured(a_kpi(), *rows)
    assert value.shift == 1664
    assert "level_shift" in value.flags


def test_steady_growth_holds_no_jump() -> None:
    rows = (("2026-01-01", 10000), ("2026-02-01", 10010), ("2026-03-01", 10400), ("2026-04-01", 11300))
    assert measured(a_kpi(), *rows).shift == 0


def test_a_second_reading_confirms_a_wild_one() -> None:
    rows = (("2026-01-01", 10000), ("2026-02-01", 10350), ("2026-03-01", 110200), ("2026-04-01", 111000))
    assert measured(a_kpi(), *rows).actual == 111000


def test_zeros_on_the_way_to_zero_are_believed() -> None:
    kpi = a_kpi(direction=Direction.DECREASE, baseline=12.0, target=0.0)
    assert measured(kpi, ("2026-01-01", 12), ("2026-04-01", 0)).actual == 0


def test_a_zero_that_a_source_gives_for_a_weak_flow_is_a_zero() -> None:
    value = measured(leads(), ("2026-01-14", 30), ("2026-01-21", 0))
    assert value.actual == 30
    assert value.measured_on == date(2026, 1, 21)


def test_zeros_of_a_strong_flow_are_an_outage() -> None:
    rows = [(f"2026-03-{day:02d}", 400.0 if day < 25 else 0.0) for day in range(1, 32)]
    value = measured(leads(cadence=Cadence.DAY), *rows, today=date(2026, 3, 31))
    assert value.measured_on == date(2026, 3, 24)
    assert "suspect_zero" in value.flags


def test_fractions_beside_a_target_in_per_cent_are_brought_to_its_scale() -> None:
    value = measured(a_floor(85), ("2026-03-31", 0.81))
    assert value.actual == pytest.approx(81)
    assert "scale_mismatch" in value.flags


def test_a_small_per_cent_is_no_fraction() -> None:
    value = measured(a_floor(0.5, direction=Direction.HOLD_BELOW), ("2026-03-31", 0.4))
    assert value.actual == 0.4


def test_another_currency_gives_no_value() -> None:
    points = (Measurement(date(2026, 3, 31), 60000, unit="EUR"),)
    value = aggregate(a_kpi(unit="USD"), MeasurementSeries(points, Provenance("test")), date(2026, 4, 1))
    assert value.actual is None
    assert "unit_mismatch" in value.flags


def test_a_running_total_that_begins_anew_goes_on_where_it_stood() -> None:
    kpi = leads(measure_kind=MeasureKind.RUNNING_TOTAL)
    value = measured(kpi, ("2026-01-31", 120), ("2026-02-15", 40), ("2026-02-28", 90), today=date(2026, 3, 1))
    assert value.actual == 210
    assert "counter_reset" in value.flags


def test_one_fall_of_a_running_total_is_doubted() -> None:
    kpi = leads(measure_kind=MeasureKind.RUNNING_TOTAL)
    value = measured(kpi, ("2026-01-31", 120), ("2026-02-15", 260), ("2026-02-28", 90), today=date(2026, 3, 1))
    assert value.actual == 260


def test_two_jumps_of_one_size_are_a_habit_and_no_accident() -> None:
    days = ("2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")
    values = (10000, 10010, 10500, 10510, 11000)
    assert measured(a_kpi(), *zip(days, values, strict=True)).shift == 0


def test_a_month_in_whose_middle_the_window_opens_is_not_judged() -> None:
    kpi = leads(direction=Direction.HOLD_ABOVE, start=date(2026, 1, 20), due=date(2026, 6, 30))
    rows = (("2026-01-22", 100), ("2026-01-28", 100), ("2026-02-10", 300), ("2026-02-20", 210))
    assert measured(kpi, *rows, today=date(2026, 2, 10)).actual is None
    assert measured(kpi, *rows, today=date(2026, 3, 1)).actual == 510


def test_a_strong_week_of_a_flow_counts_and_a_digit_too_many_does_not() -> None:
    weeks = [(f"2026-01-{day:02d}", 30.0) for day in range(1, 13)]
    assert measured(leads(), *weeks, ("2026-01-20", 270)).actual == 630
    assert measured(leads(), *weeks[:4], ("2026-01-20", 300)).actual == 120
