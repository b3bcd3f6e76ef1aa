"""The letter A: the rate still needed, against what the readings have shown."""

from datetime import date, timedelta

import pytest

from sheet_templates.words import LANGUAGES, say
from sync.achievable import achievable, hurdle_issue
from sync.aggregate import aggregate
from sync.model import Achievability, Direction, KpiDefinition, MeasureKind, PlanPoint, Projection
from tests.builders import kpi_row, table
from tests.judgement_builders import DUE, HALF, START, a_floor, a_kpi, a_series, leads, measured

Rows = tuple[tuple[str, float | None], ...]
MONTHS: Rows = (("2026-01-31", 10100.0), ("2026-02-28", 10200.0), ("2026-03-31", 10300.0))
BEFORE: Rows = (("2025-10-01", 8500.0), ("2025-11-01", 9200.0), ("2025-12-01", 9700.0), ("2025-12-31", 10000.0))


def letter(
    definition: KpiDefinition, *rows: tuple[str, float | None], today: date = HALF, chance: float | None = None
) -> Achievability:
    projection = None if chance is None else Projection(11000.0, 10500.0, 11500.0, chance)
    return achievable(definition, measured(definition, *rows, today=today), projection, today)


def test_more_than_ever_seen_is_not_achievable() -> None:
    found = letter(a_kpi(), *MONTHS)
    assert (found.verdict, found.code) == (False, "never_reached")


def test_the_usual_rate_is_enough() -> None:
    assert letter(a_kpi(target=10580.0), *MONTHS).verdict is True


def test_the_best_rate_of_earlier_years_counts() -> None:
    assert letter(a_kpi(), *BEFORE, *MONTHS).verdict is True


def test_what_was_reached_once_is_not_enough_when_the_forecast_says_unlikely() -> None:
    found = letter(a_kpi(), *BEFORE, *MONTHS, chance=0.05)
    assert (found.verdict, found.code) == (False, "rarely_reached")
    assert found.facts["chance"] == 5.0


def test_a_likely_forecast_speaks_for_what_was_never_reached() -> None:
    steady = (("2025-10-31", 9800.0), ("2025-11-30", 9900.0), ("2025-12-31", 10000.0))
    assert letter(a_kpi(), *steady, *MONTHS).verdict is False
    assert letter(a_kpi(), *steady, *MONTHS, chance=0.6).verdict is True


def test_a_forecast_from_a_handful_of_readings_decides_nothing() -> None:
    assert letter(a_kpi(), *MONTHS, chance=0.9).verdict is False


def test_an_unlikely_forecast_says_nothing_where_the_owner_laid_the_plan() -> None:
    planned = a_kpi(plan=(PlanPoint(date(2026, 5, 31), 11500.0),))
    assert letter(planned, *BEFORE, *MONTHS, chance=0.05).verdict is True


@pytest.mark.parametrize("readings", [(), MONTHS[:1], MONTHS[:2]])
def test_without_history_it_is_unknown(readings: Rows) -> None:
    assert letter(a_kpi(), *readings) == Achievability()


def test_a_month_of_daily_readings_is_no_history_of_months() -> None:
    days = [((START + timedelta(days=day)).isoformat(), 10000.0 + 10 * day) for day in range(40)]
    assert letter(a_kpi(), *days).verdict is None


def test_before_the_start_the_baseline_has_the_whole_window() -> None:
    assert letter(a_kpi(), *BEFORE, today=date(2025, 12, 31)).verdict is True
    found = letter(a_kpi(target=20000.0), *BEFORE, today=date(2025, 12, 31))
    assert found.facts["needed"] == pytest.approx(10000 / ((DUE - START).days / 30.4375))


def test_once_the_due_date_is_past_nobody_asks() -> None:
    assert letter(a_kpi(), *MONTHS, today=DUE).verdict is False
    assert letter(a_kpi(), *MONTHS, today=DUE + timedelta(days=1)).verdict is None


def test_a_target_that_is_reached_was_achievable() -> None:
    assert letter(a_kpi(), ("2026-03-20", 12100.0)).verdict is True


def test_a_decrease_is_judged_downwards() -> None:
    falling = a_kpi(direction=Direction.DECREASE, baseline=9.0, target=3.0)
    slow: Rows = (("2026-01-31", 8.5), ("2026-02-28", 8.2), ("2026-03-31", 8.0))
    assert letter(falling, *slow).code == "never_reached"
    assert letter(falling, ("2025-12-01", 12.0), ("2025-12-31", 9.0), *slow).verdict is True


def test_a_flow_needs_months_like_its_best() -> None:
    months: Rows = (("2026-01-31", 100.0), ("2026-02-28", 120.0))
    assert letter(leads(), *months, today=date(2026, 2, 28)).code == "never_reached"
    assert letter(leads(target=330.0), *months, today=date(2026, 2, 28)).verdict is True


def test_a_running_total_is_judged_by_its_growth() -> None:
    total = leads(measure_kind=MeasureKind.RUNNING_TOTAL, due=DUE)
    assert letter(total, ("2026-01-31", 30.0), ("2026-02-28", 60.0), ("2026-03-31", 90.0)).code == "never_reached"
    assert letter(total, ("2026-01-31", 90.0), ("2026-02-28", 180.0), ("2026-03-31", 270.0)).verdict is True


def test_a_sum_that_must_stay_below_asks_for_room() -> None:
    spend = leads(direction=Direction.DECREASE, target=700.0, due=DUE)
    months: Rows = (("2026-01-31", 150.0), ("2026-02-28", 150.0), ("2026-03-31", 150.0))
    assert letter(spend, *months).code == "room_too_small"
    assert letter(leads(direction=Direction.DECREASE, target=1000.0, due=DUE), *months).verdict is True
    assert letter(leads(direction=Direction.DECREASE, target=400.0, due=DUE), *months).code == "ceiling_passed"


def test_a_standing_target_must_have_been_met_half_of_the_time() -> None:
    rates = [("2026-01-31", 82.0), ("2026-02-28", 70.0), ("2026-03-31", 71.0)]
    assert letter(a_floor(), *rates).facts == {"met": 1.0, "periods": 3.0, "target": 80.0, "upper": None}
    assert letter(a_floor(), *rates, ("2025-12-31", 85.0)).verdict is True


def test_a_range_must_have_been_kept_half_of_the_time() -> None:
    kept = a_floor(direction=Direction.KEEP_WITHIN, target=40.0, upper_limit=60.0)
    months = ("2026-01-31", "2026-02-28", "2026-03-31")
    assert letter(kept, *zip(months, (70.0, 30.0, 50.0), strict=True)).code == "range_seldom_kept"
    assert letter(kept, *zip(months, (70.0, 45.0, 50.0), strict=True)).verdict is True


@pytest.mark.parametrize(
    "definition",
    [
        a_kpi(measure_kind=MeasureKind.MILESTONE),
        a_kpi(active=False),
        a_kpi(target=None),
        a_kpi(due=None),
        a_kpi(direction=None),
        a_kpi(baseline=9.0, target=12.0),  # the readings are in another unit
    ],
)
def test_what_cannot_be_judged_is_unknown(definition: KpiDefinition) -> None:
    assert letter(definition, *BEFORE, *MONTHS) == Achievability()


def test_half_an_answer_is_no_history() -> None:
    value = measured(a_kpi(), *BEFORE, *MONTHS)
    assert achievable(a_kpi(), value, None, HALF).verdict is True
    partial = aggregate(a_kpi(), a_series((*BEFORE, *MONTHS), ("partial",)), HALF)
    assert achievable(a_kpi(), partial, None, HALF).verdict is None


def test_the_sentence_states_the_arithmetic_at_the_target() -> None:
    definition = a_kpi(unit="personas", target=20300.0)
    issue = hurdle_issue(definition, letter(definition, *MONTHS), table("kpis", [kpi_row()]), "es_ES")
    assert issue is not None
    assert issue.cell is not None
    assert (issue.code, issue.cell.column, issue.severity.value) == ("achievable.never_reached", "target", "warning")
    text = say("issues", issue.code, "es_ES", issue.facts)
    assert "pide +3.345 personas (+32\u00a0%) al mes hasta el 30 jun 2026" in text
    assert "lo mejor hasta ahora fue +108,7 (+1,1\u00a0%), lo habitual +103,4 (+1\u00a0%)" in text


CASES = {
    "never_reached": letter(a_kpi(), *MONTHS),
    "rarely_reached": letter(a_kpi(), *BEFORE, *MONTHS, chance=0.05),
    "seldom_met": letter(a_floor(), ("2026-02-28", 70.0), ("2026-03-31", 71.0)),
    "room_too_small": letter(
        leads(direction=Direction.DECREASE, target=260.0, due=DUE), ("2026-01-31", 99.0), ("2026-02-28", 99.0)
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CASES)
def test_every_hurdle_has_its_sentence_without_a_gap(code: str, language: str) -> None:
    assert CASES[code].code == code
    issue = hurdle_issue(a_kpi(), CASES[code], table("kpis", [kpi_row()]), {"es": "es_ES", "en": "en_GB"}[language])
    assert issue is not None
    text = say("issues", issue.code, language, issue.facts)
    assert "–" not in text
    assert "None" not in text


def test_a_lit_letter_has_no_issue() -> None:
    assert hurdle_issue(a_kpi(), Achievability(True), table("kpis", [kpi_row()]), "es_ES") is None
