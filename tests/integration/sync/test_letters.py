"""The SMART letters in a real workbook: what the measurements tell of the letter A, and what that costs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.builders import TODAY, kpi_row
from tests.workbooks import Book

Books = Callable[..., Book]
TYPED = {key: value for key, value in kpi_row().items() if key != "id"}
MONTHS = [(date(2026, month, 1), 9800.0 + 200 * month) for month in range(1, 7)]


def typed(**changes: Any) -> dict[str, Any]:
    return {**TYPED, **changes}


def readings(metric: str = "seguidores", months: Any = MONTHS) -> list[dict[str, Any]]:
    return [{"date": on, "metric": metric, "value": value} for on, value in months]


def letters(plan: Book, rows: int) -> list[Any]:
    return [plan.cell("kpis", row, "smart") for row in range(rows)]


def test_the_letter_a_is_lit_out_or_unknown_by_what_was_measured(book: Books) -> None:
    rows = [typed(), typed(name="Lejos", target=20000.0), typed(name="Nueva", metric="otra")]
    plan = book(rows, measurements=readings())
    plan.sync(TODAY)
    assert letters(plan, 3) == ["S M A R T", "S M · R T", "S M ? R T"]
    fix = str(plan.cell("kpis", 1, "fix"))
    assert "lo mejor hasta ahora fue +217,4" in fix
    assert plan.cell("kpis", 2, "fix") is None


def test_a_second_sync_writes_no_letter_again(book: Books) -> None:
    plan = book([typed(), typed(name="Lejos", target=20000.0)], measurements=readings())
    plan.sync(TODAY)
    report = plan.sync(TODAY)
    assert (report.applied.reads, report.applied.writes, report.applied.cells) == (1, 0, 0)


def test_a_quiet_day_changes_neither_letter_nor_sentence(book: Books) -> None:
    plan = book([typed(target=20000.0)], measurements=readings())
    plan.sync(TODAY)
    report = plan.sync(date(2026, 6, 16))
    assert {name for row in report.plan.rows for name in row.changed} & {"smart", "fix"} == set()


def test_the_sentence_is_in_the_workbooks_language_and_in_the_report(book: Books) -> None:
    english = {"stage": "Awareness", "nature": "Quantitative", "measure_kind": "Level", "direction": "Increase"}
    row = typed(target=20000.0, cadence="Monthly", source="measurements", **english)
    plan = book([row], measurements=readings(), language="en")
    report = plan.sync(TODAY)
    assert [issue.code for issue in report.issues] == ["achievable.never_reached"]
    assert "a month until 31 Dec 2026; your best was +217.4" in str(plan.cell("kpis", 0, "fix"))


def test_a_definition_with_an_error_has_no_verdict_on_its_target(book: Books) -> None:
    plan = book([typed(target=20000.0, due=None)], measurements=readings())
    plan.sync(TODAY)
    assert letters(plan, 1) == ["S M ? R ·"]


def test_a_source_that_fails_leaves_the_letter_unknown(book: Books) -> None:
    plan = book([typed(source="csv:no-such-file.csv")])
    report = plan.sync(TODAY)
    assert report.outcomes[0].failure is not None
    assert letters(plan, 1) == ["S M ? R T"]


def test_a_vanity_metric_alone_puts_the_letter_r_out(book: Books) -> None:
    plan = book([typed(name="Me gusta en Instagram", metric="me gusta")])
    plan.sync(TODAY)
    assert letters(plan, 1) == ["S M ? · T"]
    assert "dice poco por sí sola" in str(plan.cell("kpis", 0, "fix"))
    assert plan.sync(TODAY).applied.writes == 0
