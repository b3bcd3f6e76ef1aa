"""The Surveys tab as a source: what is counted, what is told, what fails."""

from datetime import date
from typing import Any

import pytest

from sync.model import Cadence
from sync.surveys.wish import read_wish
from tests.source_builders import context, failure, fetch, snapshot, surveys
from tests.survey_builders import QUESTION, an_nps, fetched, last

DAY = "2026-05-10"


def row(answer: Any, question: str = QUESTION, kind: Any = "NPS (0 a 10)", comment: str = "", day: Any = DAY) -> Any:
    return (day, question, kind, answer, comment)


def test_answers_to_the_question_become_a_score_with_its_number() -> None:
    found = fetched(an_nps(), *[row(10.0)] * 20, *[row(3.0, "¿nos recomendarias?")] * 10, *[row(10.0, "Otra")] * 9)
    basis = last(found).basis
    assert last(found).value == pytest.approx(100 / 3)
    assert basis is not None
    assert basis.period.answers == 30
    assert found.provenance.flags == ()


@pytest.mark.parametrize("answer", [11.0, -1.0, 9.5, "mucho", "1O", float(10**9)])
def test_an_answer_off_the_scale_is_told_and_not_counted(answer: Any) -> None:
    found = fetched(an_nps(), *[row(9.0)] * 30, row(answer))
    assert last(found).value == 100
    assert found.provenance.flags == ("uncounted_answers",)


@pytest.mark.parametrize("answer", [None, "", "N/A", "-"])
def test_no_answer_is_never_a_zero(answer: Any) -> None:
    found = fetched(an_nps(), *[row(9.0)] * 30, row(answer, comment="sin nota"))
    assert last(found).value == 100
    assert found.provenance.flags == ()


def test_an_answer_without_a_day_is_told() -> None:
    found = fetched(an_nps(), *[row(9.0)] * 30, row(0.0, day=None), row(0.0, day="pronto"))
    assert last(found).value == 100
    assert found.provenance.flags == ("uncounted_answers",)


@pytest.mark.parametrize(("said", "value"), [("sí", 100), ("NO", 0), (1.0, 100), (0.0, 0), (True, 100), ("yes", 100)])
def test_yes_and_no_are_understood_as_words_and_figures(said: Any, value: float) -> None:
    assert last(fetched(an_nps(unit="%"), *[row(said, kind="Sí o no")] * 30)).value == value


def test_one_row_may_name_the_scale_for_all() -> None:
    assert last(fetched(an_nps(), row(9.0), *[row(9.0, kind=None)] * 29)).value == 100


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row(9.0, kind=None)], "missing_scale"),
        ([row(9.0, kind="otra")], "missing_scale"),
        ([row(5.0), row(5.0, kind="CSAT")], "mixed_scales"),
    ],
)
def test_answers_without_one_scale_fail(rows: list[Any], code: str) -> None:
    assert failure(fetch(an_nps(), context(), snapshot(surveys(*rows)))).code == code


def test_the_minimum_is_thirty_unless_the_filter_says_otherwise() -> None:
    rows = [row(9.0)] * 29
    assert fetched(an_nps(), *rows).provenance.flags == ("too_few_answers",)
    assert fetched(an_nps(filter="min n=29"), *rows).provenance.flags == ()


@pytest.mark.parametrize("text", ["min n=20", "Mínimo = 20", "n=20", "canal=web; minimum=20"])
def test_a_minimum_is_found_however_it_is_called(text: str) -> None:
    assert read_wish(text).minimum == 20


@pytest.mark.parametrize("text", ["min n=0", "min n=1", "min n=muchas", "min n=-5", "min n=2,5", "min n=9999999"])
def test_a_minimum_that_makes_no_sense_is_told(text: str) -> None:
    assert failure(fetch(an_nps(filter=text), context(), snapshot(surveys(row(9.0))))).code == "bad_minimum"


def test_comments_are_counted_by_the_words_that_the_owner_lists() -> None:
    said = ["Muy lento", "Largas esperas", "Todo bien", ""] * 15
    rows = [row(9.0, f"pregunta {at % 2}", comment=text) for at, text in enumerate(said)]
    kpi = an_nps(metric="comentarios", filter="palabras=lento, espera, cola", unit="%")
    basis = last(fetched(kpi, *rows)).basis
    assert basis is not None
    assert (basis.period.value, basis.period.answers) == (pytest.approx(200 / 3), 45)


def test_comments_of_one_question_are_counted_by_its_text() -> None:
    rows = [row(9.0, comment="lento"), row(9.0, "Otra", comment="bien")] * 30
    assert last(fetched(an_nps(filter="palabras=lento"), *rows)).value == 100


def test_comments_without_words_fail() -> None:
    assert failure(fetch(an_nps(metric="comments"), context(), snapshot(surveys(row(9.0))))).code == "missing_words"


def test_a_question_that_nobody_asked_has_no_readings() -> None:
    found = fetched(an_nps(metric="Otra"), row(9.0))
    assert (found.points, found.provenance.flags) == ((), ())


def test_text_dates_are_read_as_the_column_proves() -> None:
    rows = [row(9.0, day="05/13/2026"), row(9.0, day="03/04/2026")]
    found = fetched(an_nps(cadence=Cadence.DAY, filter="min n=2"), *rows, rows[0], rows[1])
    assert [point.on for point in found.points] == [date(2026, 3, 4), date(2026, 5, 13)]
