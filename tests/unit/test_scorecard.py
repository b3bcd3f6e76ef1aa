"""The Scorecard: the whole plan, each objective with its KPIs, and what the plan lacks."""

from datetime import date
from typing import Any

from sheet_templates.lights import GAPS, OBJECTIVE, PLAN
from sync.dates_text import serial_of
from sync.model import Evaluation, Finding, KpiOutcome, Objective, ReviewNote, Status, WorkbookSettings
from sync.parse import Parsed
from sync.scorecard import Row, scorecard_rows
from tests.judgement_builders import a_kpi

SOON, LATER = date(2026, 7, 1), date(2026, 9, 1)


def outcome(name: str, status: Status = Status.ON_TRACK, until: date | None = LATER, **fields: Any) -> KpiOutcome:
    kpi = a_kpi(**{"id": name, "name": name, "objective": "Grow", **fields})
    found = Evaluation(name, status, "on_plan", attainment=0.5, good_until=until)
    return KpiOutcome(kpi, found, ReviewNote(name, "A note."))


def rows(
    *outcomes: KpiOutcome, objectives: tuple[str, ...] = ("Grow",), findings: tuple[Finding, ...] = ()
) -> list[Row]:
    named = tuple(Objective(f"O-{name}", row, name) for row, name in enumerate(objectives))
    parsed = Parsed(WorkbookSettings("en", "en_GB"), named, tuple(each.definition for each in outcomes))
    return scorecard_rows(parsed, outcomes, findings, "en_GB")


def test_it_reads_plan_objective_kpis_gaps() -> None:
    found = rows(outcome("a"), outcome("b", objective="Keep"), objectives=("Keep", "Grow"))
    assert [(row["kind"], row["objective"], row["name"]) for row in found] == [
        (PLAN, "The whole plan", "▲ 2"),
        (OBJECTIVE, "Keep", "▲ 1"),
        (None, None, "b"),
        (OBJECTIVE, "Grow", "▲ 1"),
        (None, None, "a"),
        (GAPS, "What the plan lacks", None),
    ]


def test_counts_name_every_light_that_there_is() -> None:
    statuses = (Status.ON_TRACK, Status.ACHIEVED, Status.AT_RISK, Status.MISSED, Status.STALE)
    plan = rows(*(outcome(status.value, status) for status in statuses))[0]
    assert plan["name"] == "▲ 2 · ◆ 1 · ▼ 1 · ○ 1"


def test_an_objective_is_lit_as_long_as_the_first_of_its_coloured_kpis() -> None:
    objective = rows(outcome("a"), outcome("b", until=SOON), outcome("c", Status.STALE, date(2026, 1, 1)))[1]
    assert (objective["status"], objective["good_until"]) == ("▲ On track", serial_of(SOON))
    assert objective["computed_for"] == "O-Grow"


def test_an_objective_that_cannot_be_judged_has_no_light() -> None:
    objective = rows(outcome("a", Status.STALE), outcome("b", Status.NO_DATA), outcome("c"))[1]
    assert (objective["status"], objective["good_until"]) == ("○ Not judged", None)
    assert "Less than half of the weight can be judged." in str(objective["note"])


def test_an_objective_is_achieved_when_every_kpi_is() -> None:
    assert rows(outcome("a", Status.ACHIEVED))[1]["status"] == "✔ Achieved"
    assert rows(outcome("a", Status.ACHIEVED), outcome("b"))[1]["status"] == "▲ On track"


def test_the_note_names_the_red_ones_first_and_then_the_weightiest() -> None:
    red, light, heavy = (
        outcome("red", Status.OFF_TRACK, weight=0.5),
        outcome("light", Status.AT_RISK),
        outcome("heavy", Status.AT_RISK, weight=2.0),
    )
    note = str(rows(light, heavy, red)[1]["note"]).replace("\u00a0", " ")
    assert note == "Look first at: ▼ red, ◆ heavy, ◆ light."


def test_a_paused_kpi_is_listed_and_not_counted() -> None:
    found = rows(outcome("a"), outcome("b", Status.PAUSED, active=False))
    assert (found[0]["name"], found[3]["name"]) == ("▲ 1", "b")


def test_an_objective_without_kpis_says_so() -> None:
    found = rows(outcome("a"), objectives=("Grow", "Keep"))
    assert [row["name"] for row in found if row["objective"] == "Keep"] == ["No active KPI"]


def test_kpis_of_no_objective_stand_last_and_unknown_objectives_are_told() -> None:
    found = rows(outcome("a", objective=None), outcome("b", objective="Other"), outcome("c"))
    heads = [(row["objective"], row["computed_for"]) for row in found if row["kind"] == OBJECTIVE]
    assert heads == [("Grow", "O-Grow"), ("Other", "?"), ("Without an objective", "?")]
    assert str(found[3]["note"]).startswith("Not in the Objectives tab.")


def test_findings_stand_below_with_what_to_do() -> None:
    findings = (Finding("stage.no_loyalty"), Finding("objective.without_kpi", "Keep", {"objective": "Keep"}))
    title, stage, idle = rows(outcome("a"), findings=findings)[-3:]
    assert (title["kind"], title["note"]) == (GAPS, None)
    assert "loyalty" in str(stage["note"])
    assert (idle["objective"], idle["name"]) == ("Objectives", "Keep")


def test_an_empty_workbook_is_told_what_to_type() -> None:
    found = rows(objectives=(), findings=(Finding("plan.no_kpis"),))
    assert len(found) == 2
    assert "Type the first one" in str(found[1]["note"])


def test_in_the_plan_an_objective_with_big_weights_counts_no_more_than_another() -> None:
    plan = rows(
        outcome("a", weight=60.0), outcome("b", Status.OFF_TRACK, objective="Keep"), objectives=("Grow", "Keep")
    )[0]
    assert plan["status"] == "▼ Off track"
