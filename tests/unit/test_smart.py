"""The SMART rules, one at a time."""

from datetime import date
from typing import Any

import pytest

from sheet_templates.words import LANGUAGES, say, sentences
from sync.engine import check_all
from sync.model import Issue, Severity, SmartCheck
from sync.parse import parse
from tests.builders import TODAY, kpi_row, snapshot


def checked(**changes: Any) -> tuple[SmartCheck, tuple[Issue, ...]]:
    found = snapshot([kpi_row(**changes)])
    checks, issues = check_all(found, parse(found, lambda: "K-X"), TODAY)
    return next(iter(checks.values())), tuple(issue for issue in issues if issue.severity is not Severity.HINT)


def test_a_sound_kpi_has_every_letter_that_can_be_told_without_history() -> None:
    check, issues = checked()
    assert issues == ()
    assert check.letters == {"S": True, "M": True, "A": None, "R": True, "T": True}


@pytest.mark.parametrize(
    ("changes", "code", "letter"),
    [
        ({"owner": None}, "specific.missing_owner", "S"),
        ({"name": None}, "specific.missing_name", "S"),
        ({"name": None, "metric": None}, "specific.missing_metric", "S"),
        ({"target": None}, "measurable.missing_target", "M"),
        ({"unit": None}, "measurable.missing_unit", "M"),
        ({"baseline": None}, "measurable.missing_baseline", "M"),
        ({"direction": None}, "measurable.missing_direction", "M"),
        ({"source": None}, "measurable.missing_source", "M"),
        ({"source": "telepatía"}, "measurable.unknown_source", "M"),
        ({"baseline": 13000.0}, "measurable.direction_conflict", "M"),
        ({"baseline": 12000.0}, "measurable.nothing_to_move", "M"),
        ({"direction": "Mantener entre"}, "measurable.missing_upper_limit", "M"),
        ({"direction": "Mantener entre", "upper_limit": 5.0}, "measurable.limits_crossed", "M"),
        ({"unit": "%", "target": 0.85, "baseline": 0.5}, "measurable.percent_scale", "M"),
        ({"objective": None}, "relevant.missing_objective", "R"),
        ({"objective": "Otro"}, "relevant.unknown_objective", "R"),
        ({"stage": None}, "relevant.missing_stage", "R"),
        ({"due": None}, "time_bound.missing_due", "T"),
        ({"start": None}, "time_bound.missing_start", "T"),
        ({"due": date(2025, 1, 1)}, "time_bound.due_before_start", "T"),
        ({"due": date(2026, 1, 9), "cadence": "Mensual"}, "time_bound.shorter_than_cadence", "T"),
    ],
)
def test_a_fault_puts_its_letter_out_and_says_what_to_type(changes: dict[str, Any], code: str, letter: str) -> None:
    check, issues = checked(**changes)
    issue = next(issue for issue in issues if issue.code == code)
    assert check.letters[letter] is False
    assert issue.cell is not None
    assert all(say("issues", code, language, issue.facts) for language in LANGUAGES)


def test_a_flow_needs_no_baseline() -> None:
    _, issues = checked(measure_kind="Flujo", baseline=None)
    assert issues == ()


def test_a_milestone_needs_neither_target_nor_direction() -> None:
    _, issues = checked(measure_kind="Hito", target=None, direction=None, unit=None, baseline=None)
    assert issues == ()


def test_a_cell_that_cannot_be_read_is_told_once() -> None:
    check, issues = checked(target="muchos")
    assert [issue.code for issue in issues] == ["cell.not_a_number"]
    assert check.letters["M"] is False


def test_errors_keep_a_kpi_from_being_judged_and_warnings_do_not() -> None:
    _, issues = checked(owner=None, due=None)
    found = {issue.code: issue.severity for issue in issues}
    assert found == {"specific.missing_owner": Severity.WARNING, "time_bound.missing_due": Severity.ERROR}


def test_every_sentence_has_both_languages() -> None:
    for family in ("issues", "errors", "failures", "reasons", "ui", "cli", "web", "changes"):
        for code, words in sentences(family).items():
            assert set(words) == set(LANGUAGES), (family, code)
