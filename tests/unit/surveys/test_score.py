"""Scores and their intervals against figures worked out by hand or taken from published examples."""

import pytest

from sync.surveys.scales import SCALES, Measure
from sync.surveys.score import student, wilson
from tests.survey_builders import net, scored


def test_a_net_score_is_promoters_less_detractors_in_per_cent() -> None:
    found = scored("nps", net(36, 18, 6))
    assert (found.value, found.answers) == (50.0, 60)


def test_its_interval_adds_three_answers_as_published() -> None:
    # 36 + 0.75 and 6 + 0.75 of 63: 0.58333 - 0.10714 = 0.47619; sqrt((0.69048 - 0.22676) / 63) = 0.085795
    found = scored("nps", net(36, 18, 6))
    assert found.margin == pytest.approx(16.815, abs=0.01)
    assert (found.low, found.high) == (pytest.approx(30.80, abs=0.01), pytest.approx(64.43, abs=0.01))


@pytest.mark.parametrize(("answer", "value"), [(0, -100), (6, -100), (7, 0), (8, 0), (9, 100), (10, 100)])
def test_where_detractors_end_and_promoters_begin(answer: float, value: float) -> None:
    assert scored("nps", [answer]).value == value


def test_unanimity_is_not_certainty() -> None:
    assert scored("nps", net(30, 0, 0)).low < 90
    assert scored("likert", [5.0] * 30, "puntos").low == pytest.approx(5 - 2.0452 / 30, abs=1e-4)


def test_a_share_has_the_interval_of_wilson() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 gives 0.2553 to 0.3662, 0 of 20 gives 0 to 0.1611
    middle, half = wilson(81 / 263, 263)
    assert (middle - half, middle + half) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))
    middle, half = wilson(0.0, 20)
    assert (middle - half, middle + half) == (pytest.approx(0.0, abs=1e-9), pytest.approx(0.1611, abs=5e-5))


def test_a_mean_has_the_interval_of_student() -> None:
    # 1, 2, 3, 4, 5: mean 3, s = sqrt(2.5) = 1.5811, t(4) = 2.776: 2.776 * 1.5811 / sqrt(5) = 1.963
    found = scored("likert", [1.0, 2.0, 3.0, 4.0, 5.0], "puntos")
    assert (found.value, found.margin) == (3.0, pytest.approx(1.963, abs=1e-3))


@pytest.mark.parametrize(
    ("freedom", "value"), [(1, 12.706), (4, 2.776), (9, 2.262), (10, 2.228), (29, 2.045), (60, 2.000), (1000, 1.962)]
)
def test_students_t_is_that_of_the_tables(freedom: int, value: float) -> None:
    assert student(freedom) == pytest.approx(value, abs=6e-4)


@pytest.mark.parametrize(
    ("code", "answers", "unit", "value"),
    [
        ("csat", [5, 4, 3, 1], None, 50.0),
        ("csat", [5, 4, 3, 1], "%", 50.0),
        ("csat", [5, 4, 3, 1], "estrellas", 3.25),
        ("ces", [7, 5, 4, 2], "puntos", 4.5),
        ("ces", [7, 5, 4, 2], "%", 50.0),
        ("likert", [5, 4, 2, 2], None, 3.25),
        ("yes_no", [1, 1, 1, 0], None, 75.0),
        ("nps", [10, 9, 9, 0], "%", 50.0),
    ],
)
def test_the_unit_says_whether_a_share_or_a_mean_is_meant(
    code: str, answers: list[float], unit: str | None, value: float
) -> None:
    assert scored(code, answers, unit).value == value


def test_every_scale_of_the_drop_down_has_a_score() -> None:
    from sheet_templates.layout import vocabulary

    assert set(vocabulary("survey").words) == set(SCALES)
    assert SCALES["nps"].bounds(Measure.NET) == (-100, 100)
