"""The sentences that explain a status."""

from dataclasses import replace
from datetime import date

import pytest

from sync.evaluate import evaluate_failure
from sync.model import Cadence, Direction, FetchFailure, MeasureKind, PlanPoint
from sync.review import next_review, review
from tests.judgement_builders import a_floor, a_kpi, judged, leads

ROWS = (("2026-01-01", 10000.0), ("2026-02-01", 10300.0), ("2026-03-01", 10690.0), ("2026-04-01", 11020.0))


def note(definition: object, *rows: tuple[str, float], locale: str = "en_US", **more: object) -> str:
    return review(definition, judged(definition, *rows, **more), locale).text  # type: ignore[arg-type] # a builder's


def test_a_note_states_the_arithmetic_and_what_would_have_to_happen() -> None:
    assert note(a_kpi(), *ROWS) == (
        "11,020 on Apr 1, 2026: 51% of the way from 10,000 to 12,000; the plan expected 50%. "
        "It takes 331 a month until Jun 30, 2026; so far 345 a month, at best 424."
    )


def test_the_same_note_in_spanish_writes_numbers_and_dates_as_spain_does() -> None:
    assert note(a_kpi(), *ROWS, locale="es_ES") == (
        "11.020 el 1 abr 2026: 51\u00a0% del camino de 10.000 a 12.000; el plan preveía el 50\u00a0%. "
        "Hacen falta 331 al mes hasta el 30 jun 2026; hasta ahora, 345 al mes, con un máximo de 424."
    )


def test_mexico_groups_thousands_with_a_comma() -> None:
    assert note(a_kpi(), *ROWS, locale="es_MX").startswith("11,020 el 1 abr 2026: 51% del camino")


def test_a_rate_never_seen_before_is_called_that() -> None:
    text = note(a_kpi(), ("2026-01-01", 10000), ("2026-02-01", 10250), ("2026-03-01", 10280), ("2026-04-01", 10300))
    assert "so far 101 a month, and never more than 245. Step up the effort or revise the target." in text


def test_a_green_light_is_told_no_more_than_the_rates() -> None:
    late = a_kpi(plan=(PlanPoint(date(2026, 4, 1), 10200.0), PlanPoint(date(2026, 6, 30), 12000.0)))
    text = note(late, ("2026-01-01", 10000), ("2026-02-01", 10050), ("2026-03-01", 10150), ("2026-04-01", 10240))
    assert "and never more than" in text
    assert "Step up" not in text


def test_a_best_that_is_no_better_than_the_average_is_not_told() -> None:
    text = note(a_kpi(), ("2026-01-01", 10000), ("2026-04-01", 11020))
    assert text.endswith("so far 345 a month.")


def test_a_rate_of_the_wrong_way_is_told_as_what_it_is() -> None:
    rising = note(a_kpi(), ("2026-01-01", 11000), ("2026-02-01", 10900), ("2026-04-01", 10800), today=date(2026, 4, 2))
    falling = a_kpi(direction=Direction.DECREASE, baseline=9, target=3)
    assert "-" not in rising
    assert "so far it rises by" in note(falling, ("2026-01-01", 9), ("2026-02-01", 9.5), ("2026-04-01", 9.9))


def test_differences_of_per_cents_are_points() -> None:
    assert note(a_floor(80), ("2026-03-31", 78)) == "78% on Mar 31, 2026 is 2 points off the target of 80%."


def test_a_supplied_baseline_is_told() -> None:
    assert "The baseline is missing" in note(a_kpi(baseline=None), *ROWS)


def test_a_doubted_reading_is_told() -> None:
    assert "left out until another one confirms it" in note(a_kpi(), *ROWS[:3], ("2026-04-01", 110200))


def test_less_than_a_period_before_the_end_the_missing_amount_is_told() -> None:
    text = note(leads(), ("2026-02-28", 200), ("2026-03-22", 250), today=date(2026, 3, 22))
    assert text.endswith("Still to go by Mar 31, 2026: 50.")


def test_a_ceiling_tells_the_room_that_is_left() -> None:
    text = note(leads(direction=Direction.DECREASE, target=10000.0), ("2026-02-28", 6000), today=date(2026, 3, 1))
    assert text.endswith("That leaves 4,000 until Mar 31, 2026.")


@pytest.mark.parametrize("locale", ["es_ES", "en_GB"])
def test_a_failure_is_told_in_the_sources_own_words(locale: str) -> None:
    failure = FetchFailure("csv", "unknown_source", permanent=True, facts={"source": "csv", "known": "manual"})
    text = review(a_kpi(), evaluate_failure(a_kpi(), failure), locale, failure).text
    assert "csv" in text
    assert "manual" in text


def test_a_failure_without_words_is_told_by_its_code() -> None:
    failure = FetchFailure("csv", "brand_new_code", permanent=False)
    assert "brand_new_code" in review(a_kpi(), evaluate_failure(a_kpi(), failure), "en_US", failure).text


def test_the_next_review_is_one_cadence_after_the_measurement() -> None:
    assert next_review(a_kpi(cadence=Cadence.MONTH), date(2026, 1, 31)) == date(2026, 2, 28)
    assert next_review(a_kpi(cadence=Cadence.WEEK), date(2026, 1, 31)) == date(2026, 2, 7)
    assert review(a_kpi(), judged(a_kpi(), *ROWS), "en_US").next_review == date(2026, 5, 1)


def test_who_should_look_is_told_where_the_light_is_not_green() -> None:
    behind, on_plan = ("2026-04-01", 10800.0), ("2026-04-01", 11020.0)
    assert note(a_kpi(owner="Ana"), behind).endswith("Ana should look at it.")
    assert "Ana" not in note(a_kpi(owner="Ana"), on_plan)


def test_a_settled_kpi_needs_no_next_review() -> None:
    over = judged(a_kpi(), ("2026-06-30", 12050), today=date(2026, 7, 2))
    assert review(a_kpi(), over, "en_US").next_review is None


def test_a_kpi_that_has_not_started_is_reviewed_when_it_does() -> None:
    kpi = a_kpi(start=date(2026, 7, 1), due=date(2026, 12, 31))
    assert review(kpi, judged(kpi), "en_US").next_review == date(2026, 7, 1)


def test_a_sentence_never_shows_a_dash_for_a_fact_that_it_needs() -> None:
    milestone = a_kpi(measure_kind=MeasureKind.MILESTONE, baseline=None, target=None, direction=None)
    texts = [
        note(a_kpi(), *ROWS),
        note(a_kpi(direction=Direction.KEEP_WITHIN, upper_limit=13000.0), *ROWS),
        note(milestone, ("2026-03-31", 0)),
        note(a_kpi(), ("2026-01-31", 10300), today=date(2026, 6, 1)),
        note(a_kpi(target=9000.0), *ROWS),
    ]
    assert not [text for text in texts if "–" in text]


def test_an_unknown_locale_is_written_in_english() -> None:
    evaluation = judged(a_kpi(), *ROWS)
    assert review(a_kpi(), evaluation, "xx_YY").text == review(a_kpi(), replace(evaluation), "en").text


def test_what_has_to_fall_is_told_as_a_fall() -> None:
    falling = a_kpi(direction=Direction.DECREASE, baseline=9, target=3)
    text = note(falling, ("2026-01-01", 9), ("2026-02-01", 8.5), ("2026-03-01", 8.4), ("2026-04-01", 8))
    assert "It has to fall by 1.69 a month until Jun 30, 2026" in text
    assert "-" not in text
