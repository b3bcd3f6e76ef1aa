"""A form's own answers as a source."""

from typing import Any

import pytest

from sync.sources import tabs_needed
from sync.sources.form_answers import read_scale
from tests.source_builders import columns, context, failure, fetch, kpi, snapshot
from tests.survey_builders import last

QUESTION = "¿Nos recomendarías?"
TAB = "Respuestas de formulario 1"
ANSWERS = [(46150.6, answer, text) for answer, text in [(10.0, "muy bien")] * 24 + [(3.0, "fue lento")] * 8]


def form(*rows: Any) -> Any:
    return context(tabs={TAB: columns(("Marca temporal", QUESTION, "¿Por qué?"), *(rows or ANSWERS))})


def asked(metric: str = QUESTION, **fields: Any) -> Any:
    return kpi(f"formulario:{TAB}", metric, **fields)


def test_a_column_of_a_form_is_scored_on_the_scale_that_the_filter_names() -> None:
    found = fetch(asked(filter="escala=NPS"), form(), snapshot())
    assert last(found).value == 50
    assert last(found).basis.period.answers == 32


def test_words_are_looked_for_in_a_column_of_texts() -> None:
    found = fetch(asked("¿Por qué?", unit="%", filter="palabras=lento"), form(), snapshot())
    assert last(found).value == 25


def test_other_columns_may_filter() -> None:
    found = fetch(asked(filter="escala=NPS; min n=5; ¿Por qué?=fue lento"), form(), snapshot())
    assert last(found).value == -100


def test_without_a_scale_the_person_is_told_what_to_type() -> None:
    assert failure(fetch(asked(), form(), snapshot())).code == "missing_form_scale"


def test_a_question_that_the_form_does_not_ask_is_told() -> None:
    assert failure(fetch(asked("Otra", filter="escala=NPS"), form(), snapshot())).code == "missing_column"


def test_its_tab_is_read_with_the_workbook() -> None:
    assert tabs_needed([asked()]) == (TAB,)


@pytest.mark.parametrize(
    ("text", "found"),
    [("Escala = CSAT; min n=9", ("CSAT", " min n=9")), ("min n=9", (None, "min n=9")), (None, (None, ""))],
)
def test_the_scale_is_taken_out_of_the_filter(text: str | None, found: tuple[str | None, str]) -> None:
    assert read_scale(text) == found
