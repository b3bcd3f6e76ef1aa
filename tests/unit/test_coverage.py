"""What the plan as a whole lacks: each finding, and when it is not one."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import pytest

from sync.coverage import MOST_PER_OBJECTIVE, MOST_PER_OWNER, find_gaps, sentence
from sync.model import Finding, KpiDefinition, Nature, Objective, Stage, WorkbookSettings
from sync.parse import Parsed
from tests.judgement_builders import a_kpi

STAGES = tuple(Stage)


def kpis(count: int, **fields: Any) -> list[KpiDefinition]:
    """So many KPIs of the objective Grow: all stages in turn, one of them qualitative."""
    usual = {"objective": "Grow", "owner": None}
    natures = [Nature.QUALITATIVE, *[Nature.QUANTITATIVE] * count]
    return [
        a_kpi(
            **{**usual, "id": f"k{n}", "row": n, "name": f"KPI {n}", "stage": STAGES[n % 4], "nature": natures[n]}
            | fields
        )
        for n in range(count)
    ]


def gaps(found: Iterable[KpiDefinition], *names: str, overdue: Collection[str] = (), **options: Any) -> list[Finding]:
    objectives = tuple(Objective(f"o{row}", row, name) for row, name in enumerate(names or ("Grow",)))
    return list(find_gaps(Parsed(WorkbookSettings(), objectives, tuple(found)), overdue, **options))


def codes(*args: Any, **options: Any) -> list[str]:
    return [finding.code for finding in gaps(*args, **options)]


def test_a_whole_plan_lacks_nothing() -> None:
    assert codes(kpis(4)) == []


def test_a_plan_without_kpis_is_told_that_alone() -> None:
    assert codes([]) == ["plan.no_kpis"]
    assert codes(kpis(4, active=False)) == ["plan.no_kpis"]


def test_a_plan_without_objectives_is_not_told_each_kpi() -> None:
    bare = Parsed(WorkbookSettings(), (), tuple(kpis(4)))
    assert [finding.code for finding in find_gaps(bare)] == ["plan.no_objectives"]


def test_an_objective_without_a_kpi_is_named() -> None:
    found = gaps(kpis(4), "Grow", "Keep")
    assert [(finding.code, finding.subject) for finding in found] == [("objective.without_kpi", "Keep")]


def test_a_paused_kpi_covers_nothing() -> None:
    paused = a_kpi(objective="Keep", active=False)
    assert codes([*kpis(4), paused], "Grow", "Keep") == ["objective.without_kpi"]


def test_kpis_without_an_objective_of_the_tab_are_told_together() -> None:
    loose = [a_kpi(name="B", objective=None, stage=Stage.LOYALTY), a_kpi(name="A", objective="grow fast")]
    found = gaps([*kpis(4), *loose])
    assert [(finding.code, finding.facts["names"]) for finding in found] == [("kpi.without_objective", "A, B")]


def test_an_objective_is_found_whatever_its_case_and_accents() -> None:
    assert codes(kpis(4, objective="  CRÉCER"), "Crecer") == []


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_without_a_kpi_is_told(stage: Stage) -> None:
    others = [a_kpi(objective="Grow", stage=other, nature=Nature.QUALITATIVE) for other in Stage if other is not stage]
    assert codes(others) == [f"stage.no_{stage.value}"]


def test_a_plan_that_only_counts_is_told_to_listen() -> None:
    assert codes(kpis(4, nature=Nature.QUANTITATIVE)) == ["plan.no_qualitative"]


def test_an_objective_may_have_five_kpis_and_not_six() -> None:
    assert codes(kpis(MOST_PER_OBJECTIVE)) == []
    found = gaps(kpis(MOST_PER_OBJECTIVE + 1))
    assert [(finding.code, finding.facts["count"]) for finding in found] == [("objective.too_many", 6.0)]


def test_an_owner_may_answer_for_seven_kpis_and_not_eight() -> None:
    names = ("Grow", "Keep")
    spread = [
        a_kpi(name=kpi.name, objective=names[kpi.row % 2], owner=("Ana", "ANA")[kpi.row % 2], stage=kpi.stage)
        for kpi in kpis(MOST_PER_OWNER + 1)
    ]
    some = gaps([*spread[:-1], *kpis(1)], *names)
    assert [finding.code for finding in some] == []
    found = gaps([*spread, *kpis(1)], *names)
    assert [(finding.code, finding.facts["owner"]) for finding in found] == [("owner.too_many", "ANA")]


def test_only_vanity_is_told_of_the_plan_or_of_an_objective_never_both() -> None:
    likes = [a_kpi(name="Likes", objective="Keep")]
    both = [*kpis(4), *likes]
    assert codes(both, "Grow", "Keep", is_vanity=lambda kpi: kpi.name == "Likes") == ["objective.only_vanity"]
    assert codes(both, "Grow", "Keep", is_vanity=lambda kpi: True) == ["plan.only_vanity"]
    assert codes(both, "Grow", "Keep", is_vanity=lambda kpi: kpi.name == "KPI 1") == []


def test_a_weight_of_nothing_is_told_because_it_counts_as_one() -> None:
    assert codes([*kpis(4), a_kpi(objective="Grow", weight=0.0)]) == ["weight.zero"]


def test_per_cents_beside_plain_weights_are_told_as_two_scales() -> None:
    found = gaps([*kpis(4), a_kpi(name="Big", objective="Grow", weight=40.0)])
    assert [(finding.code, finding.facts["name"]) for finding in found] == [("weight.mixed_scales", "Big")]


def test_one_kpi_with_nearly_all_the_weight_is_told() -> None:
    assert codes([*kpis(4), a_kpi(objective="Grow", weight=11.0)]) == []
    found = gaps([*kpis(4), a_kpi(objective="Grow", weight=12.0)])
    assert [(finding.code, finding.facts["share"]) for finding in found] == [("weight.dominates", 75.0)]


def test_weights_of_one_scale_are_fine() -> None:
    assert codes(kpis(4, weight=25.0)) == []
    assert codes([*kpis(4), a_kpi(objective="Grow", weight=3.0)]) == []


def test_reviews_that_are_overdue_are_told_together() -> None:
    found = gaps(kpis(4), overdue={"k2", "k1"})
    assert [(finding.code, finding.facts["names"]) for finding in found] == [("review.overdue", "KPI 1, KPI 2")]


def test_a_sentence_names_four_kpis_and_counts_the_rest() -> None:
    found = gaps(kpis(5), overdue={f"k{n}" for n in range(5)})
    assert "KPI 0, KPI 1, KPI 2, KPI 3 (y 1 más)" in sentence(found[0], "es_ES")


def test_the_weightiest_comes_first() -> None:
    found = codes(kpis(3, nature=Nature.QUANTITATIVE), "Grow", "Keep", overdue={"k0"})
    assert found == ["objective.without_kpi", "stage.no_loyalty", "plan.no_qualitative", "review.overdue"]


def test_today_is_no_part_of_a_finding() -> None:
    found = gaps(kpis(4), "Grow", "Keep", overdue={"k0"})
    assert not [fact for finding in found for fact in finding.facts.values() if isinstance(fact, date)]
