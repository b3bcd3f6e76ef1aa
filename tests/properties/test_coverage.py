"""What must hold for every plan: findings, roll-ups and the Scorecard."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from sheet_templates.layout import tabs
from sync.coverage import find_gaps, sentence
from sync.model import (
    Evaluation,
    KpiDefinition,
    KpiOutcome,
    Light,
    Nature,
    Objective,
    ReviewNote,
    Stage,
    Status,
    WorkbookSettings,
)
from sync.parse import Parsed
from sync.rollup import roll_up
from sync.scorecard import scorecard_rows

_RANK = {Light.RED: 0, Light.AMBER: 1, Light.GREEN: 2}
names = st.one_of(st.sampled_from(["Crecer", "CRECER", "Cuidar", "", "_", "%", "{x}"]), st.text(max_size=4))
weights = st.one_of(st.sampled_from([0.0, 1.0, 25.0, 1e-320, 1e300, float("nan"), float("inf")]), st.floats())
definitions = st.builds(
    KpiDefinition,
    id=st.sampled_from(["k1", "k2", "k3", "k4"]),
    row=st.just(0),
    name=names,
    objective=st.one_of(st.none(), names),
    stage=st.one_of(st.none(), st.sampled_from(Stage)),
    nature=st.sampled_from(Nature),
    owner=st.one_of(st.none(), names),
    weight=weights,
    active=st.booleans(),
)
plans = st.lists(definitions, max_size=12)
objectives = st.lists(st.builds(Objective, st.text(max_size=2), st.just(0), names), max_size=4)
late = st.sets(st.sampled_from(["k1", "k2", "k3", "k4"]))
outcomes = st.builds(
    KpiOutcome,
    definitions,
    st.builds(
        Evaluation,
        st.just("k1"),
        st.sampled_from(Status),
        st.just("on_plan"),
        attainment=st.one_of(st.none(), st.floats()),
        pace=st.one_of(st.none(), st.floats()),
        good_until=st.one_of(st.none(), st.dates(date(2025, 1, 1))),
    ),
    st.just(ReviewNote("k1", "note")),
)


def parsed(kpis: list[KpiDefinition], goals: list[Objective], language: str = "es") -> Parsed:
    return Parsed(WorkbookSettings(language, {"es": "es_ES", "en": "en_GB"}[language]), tuple(goals), tuple(kpis))


@given(plans, objectives, late, st.sampled_from(["es", "en"]))
@settings(deadline=None)
def test_every_plan_gets_findings_that_can_be_said(
    kpis: list[KpiDefinition], goals: list[Objective], overdue: set[str], language: str
) -> None:
    found = find_gaps(parsed(kpis, goals, language), overdue)
    told = [sentence(finding, {"es": "es_ES", "en": "en_GB"}[language]) for finding in found]
    assert all(told)
    assert len(set(told)) == len(told)


@given(plans, objectives, late, st.randoms())
@settings(deadline=None)
def test_the_order_of_rows_changes_no_finding(
    kpis: list[KpiDefinition], goals: list[Objective], overdue: set[str], chance: object
) -> None:
    mixed = list(kpis)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis types its Random as object
    assert find_gaps(parsed(mixed, goals), overdue) == find_gaps(parsed(kpis, goals), overdue)


@given(st.lists(outcomes, min_size=1, max_size=6), st.data())
@settings(deadline=None)
def test_a_better_kpi_never_makes_its_objective_worse(found: list[KpiOutcome], data: st.DataObject) -> None:
    coloured = [replace(each.evaluation, status=data.draw(st.sampled_from(_COLOURED))) for each in found]
    place = data.draw(st.integers(0, len(found) - 1))
    better = [*coloured[:place], replace(coloured[place], status=Status.ON_TRACK), *coloured[place + 1 :]]
    kpis = [each.definition for each in found]
    before, after = (roll_up(zip(kpis, each, strict=True)).light for each in (coloured, better))
    assert _RANK[after] >= _RANK[before]


@given(outcomes)
def test_one_kpi_gives_its_objective_its_own_light(only: KpiOutcome) -> None:
    assert roll_up([(only.definition, only.evaluation)]).light is only.evaluation.light


@given(st.lists(outcomes, max_size=8), objectives)
@settings(deadline=None)
def test_the_scorecard_lists_every_kpi_once_and_fills_every_column(
    found: list[KpiOutcome], goals: list[Objective]
) -> None:
    rows = scorecard_rows(parsed([each.definition for each in found], goals), found, (), "es_ES")
    columns = [column.key for column in tabs()["scorecard"].columns]
    assert all(list(row) == columns for row in rows)
    assert sum(row["note"] == "note" for row in rows) == len(found)


_COLOURED = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
