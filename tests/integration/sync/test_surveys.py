"""Surveys through a real workbook: typed over HTTP, read in the one read, written beside the KPI."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sync.model import Status
from tests.builders import TODAY, kpi_row
from tests.survey_builders import QUESTION, net
from tests.workbooks import Book

Books = Callable[..., Book]
ASKED = {**kpi_row(source="encuestas", metric=QUESTION, unit="puntos", baseline=20.0, target=60.0)}
ASKED.pop("id")


def said(day: date, answers: Sequence[float | str], **changes: Any) -> list[dict[str, Any]]:
    return [{"date": day, "metric": QUESTION, "kind": "NPS (0 a 10)", "answer": one, **changes} for one in answers]


APRIL, MAY, JUNE = date(2026, 4, 20), date(2026, 5, 12), date(2026, 6, 3)


def test_a_survey_gets_its_light_with_number_and_margin_in_two_calls(book: Books) -> None:
    plan = book([ASKED], surveys=[*said(APRIL, net(18, 20, 7)), *said(MAY, net(36, 18, 6))])
    report = plan.sync(TODAY)
    assert (report.applied.reads, report.applied.writes) == (1, 1)
    assert report.outcomes[0].evaluation.status is Status.ON_TRACK
    assert plan.cell("kpis", 0, "actual") == 50
    assert "Con 60 respuestas el margen de error es de ± 17" in str(plan.cell("kpis", 0, "note"))


def test_too_few_answers_have_no_colour(book: Books) -> None:
    plan = book([ASKED], surveys=said(MAY, net(9, 2, 1)))
    plan.sync(TODAY)
    assert plan.cell("kpis", 0, "status") == "○ Pocas respuestas"
    assert plan.cell("kpis", 0, "good_until") is None
    assert "con 12 respuestas, y hacen falta 30" in str(plan.cell("kpis", 0, "note"))


def test_a_lower_minimum_in_the_filter_gives_the_light_back(book: Books) -> None:
    plan = book([{**ASKED, "filter": "min n=10"}], surveys=said(MAY, net(9, 2, 1)))
    assert plan.sync(TODAY).outcomes[0].evaluation.status is Status.ACHIEVED


def test_a_second_sync_makes_one_call_and_writes_nothing(book: Books) -> None:
    rated = {
        **ASKED,
        "source": "mediciones",
        "metric": "Trato",
        "nature": "Cualitativo",
        "baseline": 2.0,
        "target": 4.0,
    }
    comments = {**ASKED, "metric": "comentarios", "filter": "palabras=lento; min n=5", "unit": "%"}
    answers = [*said(APRIL, net(18, 20, 7)), *said(MAY, [*net(36, 18, 6), 11.0, "x"], comment="Muy lento")]
    plan = book(
        [ASKED, {**ASKED, "filter": "min n=99"}, rated, comments],
        surveys=answers,
        measurements=[{"date": MAY, "metric": "Trato", "value": 3.0}],
    )
    plan.sync(TODAY)
    assert "Encuestas!D107 («11»), Encuestas!D108 («x»)" in str(plan.cell("kpis", 0, "fix"))
    assert "Mediciones!E2" in str(plan.cell("kpis", 2, "fix"))
    report = plan.sync(TODAY)
    assert (report.applied.reads, report.applied.writes, report.applied.cells) == (1, 0, 0)


def test_more_answers_change_only_the_rows_of_their_kpi(book: Books) -> None:
    plan = book([ASKED, {**ASKED, "metric": "Otra"}], surveys=said(MAY, net(20, 10, 5)))
    plan.sync(TODAY)
    plan.type_in("surveys", said(JUNE, net(10, 10, 10)), first=35)
    report = plan.sync(TODAY)
    assert {row.row for row in report.plan.rows if row.tab == "kpis"} == {0}
    assert plan.cell("kpis", 0, "actual") == 0


def test_without_the_tab_only_the_survey_fails(book: Books) -> None:
    from sheet_templates.layout import tabs

    typed = {key: value for key, value in kpi_row().items() if key != "id"}
    plan = book([ASKED, typed], measurements=[{"date": MAY, "metric": "seguidores", "value": 11000.0}])
    plan.edit({"deleteSheet": {"sheetId": tabs()["surveys"].id}})
    statuses = [outcome.evaluation.status for outcome in plan.sync(TODAY).outcomes]
    assert statuses == [Status.SOURCE_FAILED, Status.ON_TRACK]
