"""What a person is told to correct where people are asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from sheet_templates.words import say
from sync.model import Issue, Severity
from sync.parse import parse
from sync.sources import measured_by
from sync.surveys.check import check_ratings, check_surveys
from tests.builders import kpi_row, snapshot

DAY = date(2026, 5, 10)
ASKED = {"source": "encuestas", "metric": "¿Nos recomendarías?", "unit": "puntos", "baseline": 20.0, "target": 60.0}


def told(kpi: Mapping[str, Any], **tabs: Sequence[Mapping[str, Any]]) -> list[Issue]:
    """The issues about surveys and ratings of one KPI."""
    read = snapshot([kpi_row(**kpi)], **tabs)
    kpis = parse(read, lambda: "new").definitions
    asked, typed = measured_by("surveys", kpis), measured_by("measurements", kpis)
    return [*check_surveys(read, asked, "es_ES"), *check_ratings(read, typed, "es_ES")]


def answer(value: Any, **changes: Any) -> dict[str, Any]:
    return {"date": DAY, "metric": "¿Nos recomendarías?", "kind": "NPS", "answer": value, **changes}


def test_answers_off_the_scale_are_named_with_their_cells() -> None:
    (issue,) = told(ASKED, surveys=[answer(9.0), answer(11.0), answer("mucho"), answer(8.0, date=None)])
    assert (issue.code, issue.severity) == ("survey.uncounted", Severity.WARNING)
    assert issue.cell is not None
    assert issue.cell.tab == "kpis"
    text = say("issues", issue.code, "es_ES", issue.facts)
    assert "3 respuestas no se cuentan" in text
    assert "Encuestas!D3 («11»), Encuestas!D4 («mucho»), Encuestas!A5" in text


def test_answers_that_are_right_or_absent_are_no_issue() -> None:
    assert told(ASKED, surveys=[answer(9.0), answer(None, comment="nada"), answer("N/A")]) == []


def test_of_many_wrong_answers_the_first_five_are_named() -> None:
    (issue,) = told(ASKED, surveys=[answer(9.0), *[answer(11.0)] * 7])
    assert issue.facts["count"] == 7
    assert str(issue.facts["cells"]).endswith("Encuestas!D7 («11»)…")


def test_an_empty_tab_is_no_typing_mistake() -> None:
    assert told(ASKED, surveys=[]) == []


@pytest.mark.parametrize("metric", ["comentarios", "¿Nos recomendarías?"])
def test_who_counts_comments_is_not_told_of_answers(metric: str) -> None:
    kpi = {**ASKED, "metric": metric, "filter": "palabras=lento", "unit": "%"}
    assert told(kpi, surveys=[answer(11.0, comment="lento")]) == []


def test_a_question_with_a_typing_mistake_is_told() -> None:
    issues = told({**ASKED, "metric": "Nos recomendarias"}, surveys=[answer(9.0)])
    assert [issue.code for issue in issues] == ["survey.no_such_question"]


@pytest.mark.parametrize("kind", ["Flujo", "Acumulado", "Hito"])
def test_a_score_can_not_be_summed(kind: str) -> None:
    issues = told({**ASKED, "measure_kind": kind}, surveys=[answer(9.0)])
    assert [(issue.code, issue.severity) for issue in issues] == [("survey.no_sum", Severity.ERROR)]


@pytest.mark.parametrize(
    ("kind", "unit", "target", "codes"),
    [
        ("Likert", "puntos", 85.0, ["survey.out_of_reach"]),
        ("Likert", "%", 85.0, []),
        ("CSAT", "", 85.0, []),
        ("CSAT", "estrellas", 4.5, []),
        ("NPS", "puntos", 120.0, ["survey.out_of_reach"]),
        ("NPS", "puntos", -20.0, []),
    ],
)
def test_a_target_beyond_the_scale_is_told(kind: str, unit: str, target: float, codes: list[str]) -> None:
    kpi = {**ASKED, "unit": unit, "target": target, "baseline": None, "direction": "Mantener por encima"}
    assert [issue.code for issue in told(kpi, surveys=[answer(1.0, kind=kind)])] == codes


def test_a_baseline_of_nothing_on_a_scale_from_one_is_only_warned_of() -> None:
    (issue,) = told({**ASKED, "baseline": 0.0, "target": 4.0}, surveys=[answer(4.0, kind="Likert")])
    assert (issue.code, issue.severity) == ("survey.out_of_reach", Severity.WARNING)


RATED = {"metric": "Trato", "nature": "Cualitativo", "unit": "puntos", "baseline": 3.0, "target": 4.0}


def rating(note: str | None, value: Any = 4.0) -> dict[str, Any]:
    return {"date": DAY, "metric": "trato", "value": value, "note": note}


def test_a_rating_without_its_evidence_gets_a_hint() -> None:
    (issue,) = told(RATED, measurements=[rating("5 llamadas escuchadas"), rating(None), rating("  "), rating("", None)])
    assert (issue.code, issue.severity) == ("rating.no_evidence", Severity.HINT)
    assert issue.facts["cells"] == "Mediciones!E3, Mediciones!E4"


@pytest.mark.parametrize(
    "changes", [{"nature": "Cuantitativo"}, {"target": 40.0}, {"unit": "%"}, {"measure_kind": "Hito"}]
)
def test_what_is_no_rating_needs_no_evidence(changes: dict[str, Any]) -> None:
    assert told({**RATED, **changes}, measurements=[rating(None)]) == []
