"""What the judgement and its note say of a survey's score."""

from datetime import date
from typing import Any

import pytest

from sync.aggregate import aggregate
from sync.evaluate import evaluate
from sync.model import Direction, KpiDefinition, MeasureKind, Status
from sync.projection import project
from sync.review import review
from tests.survey_builders import QUESTION, an_nps, fetched, net

TODAY = date(2026, 6, 15)


def judged(kpi: KpiDefinition, answers: dict[str, list[float]], locale: str = "en_GB", kind: str = "NPS") -> Any:
    """Status and note of answers by ISO day."""
    rows = [(day, QUESTION, kind, answer) for day, given in answers.items() for answer in given]
    value = aggregate(kpi, fetched(kpi, *rows), TODAY)
    found = evaluate(kpi, value, TODAY, project(kpi, value))
    return found, review(kpi, found, locale).text


def floor(target: float, **fields: Any) -> KpiDefinition:
    return an_nps(direction=Direction.HOLD_ABOVE, baseline=None, target=target, **fields)


def test_a_note_says_how_many_answered_and_how_sure_it_is() -> None:
    found, note = judged(floor(10.0), {"2026-04-10": net(36, 18, 6), "2026-05-10": net(36, 18, 6)})
    assert found.status is Status.ON_TRACK
    assert "Over the whole time" not in note
    assert "With 60 answers the margin of error is ± 17: between 30.8 and 64.4 (95%)." in note
    assert "lies within that margin" not in note


def test_a_note_says_so_in_spanish_too() -> None:
    _, note = judged(floor(10.0), {"2026-05-10": net(36, 18, 6)}, "es_ES")
    assert "Con 60 respuestas el margen de error es de ± 17: entre 30,8 y 64,4 (95\u00a0%)." in note


def test_a_target_within_the_margin_is_said() -> None:
    found, note = judged(floor(45.0), {"2026-05-10": net(36, 18, 6)})
    assert found.status is Status.ON_TRACK
    assert "The target, 45, lies within that margin: it may be met, or it may not." in note
    assert "Over the whole time" not in note  # there is one period only


def test_on_the_way_it_is_the_plan_that_may_lie_within_the_margin() -> None:
    kpi = an_nps(due=date(2026, 12, 31))
    _, note = judged(kpi, {"2026-05-10": net(24, 18, 18)})
    assert "What the plan expected, 36.48, lies within that margin" not in note
    _, note = judged(kpi, {"2026-05-10": net(30, 18, 12)})
    assert "What the plan expected, 36.48, lies within that margin" in note


def test_worse_than_the_baseline_may_be_chance() -> None:
    found, note = judged(an_nps(due=date(2026, 12, 31)), {"2026-05-10": net(27, 15, 18)})
    assert found.reason == "worse_than_baseline"
    assert "The baseline, 20, lies within that margin: perhaps nothing got worse." in note


def test_too_few_answers_are_grey_with_their_number_and_no_forecast() -> None:
    said = {"2026-02-10": net(20, 15, 5), "2026-03-10": net(20, 15, 5), "2026-04-10": net(22, 15, 5)}
    found, note = judged(an_nps(), {**said, "2026-05-10": net(9, 2, 1)})
    assert (found.status, found.projection, found.attainment) == (Status.TOO_FEW_ANSWERS, None, None)
    assert judged(an_nps(), said)[0].projection is not None
    assert "66.7 from 12 answers, where 30 are needed" in note
    assert "lies within that margin" not in note
    assert "Over the whole time: 41 (between 28.5 and 51.8) with 134 answers." in note


def test_shares_are_told_in_per_cent_and_their_margin_in_points() -> None:
    kpi = floor(60.0, unit="%", measure_kind=MeasureKind.RATIO)
    _, note = judged(kpi, {"2026-05-10": [5.0] * 40 + [2.0] * 10}, kind="CSAT")
    assert "With 50 answers the margin of error is ± 11 points: between 67% and 88.8% (95%)." in note


def test_a_score_of_zero_that_many_gave_is_no_outage() -> None:
    found, _ = judged(
        an_nps(), {"2026-03-10": net(20, 20, 0), "2026-04-10": net(20, 20, 0), "2026-05-10": net(20, 0, 20)}
    )
    assert (found.actual, found.status) == (0.0, Status.OFF_TRACK)


def test_one_per_cent_stays_one_per_cent() -> None:
    found, _ = judged(floor(85.0, unit="%"), {"2026-05-10": [1.0] + [0.0] * 99}, kind="Sí o no")
    assert found.actual == 1.0


@pytest.mark.parametrize("locale", ["es_ES", "en_GB"])
def test_a_second_look_says_the_same(locale: str) -> None:
    said = {"2026-05-10": net(36, 18, 6)}
    assert judged(an_nps(), said, locale) == judged(an_nps(), said, locale)


def test_where_nothing_can_be_judged_nothing_is_said_of_answers() -> None:
    found, note = judged(an_nps(target=None), {"2026-05-10": net(36, 18, 6)})
    assert found.status is Status.INVALID
    assert "answers" not in note
