"""What must hold for the letter A of every KPI."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sheet_templates.words import LANGUAGES, say
from sync.achievable import achievable, hurdle_issue
from sync.aggregate import aggregate
from sync.model import Achievability, Direction, KpiDefinition, MeasureKind, Projection
from sync.projection import project
from tests.builders import kpi_row, table
from tests.judgement_builders import HALF, START, a_kpi, a_series, leads
from tests.properties.test_judgement import any_day, any_number, definitions

_RANK = {False: 0, None: 0, True: 1}  # a record is found, or is not
chances = st.one_of(st.none(), st.floats(0, 1))
steps = st.lists(st.floats(50.0, 150.0), min_size=3, max_size=5)  # no step is a jump among the others


def letter(definition: KpiDefinition, values: list[float], chance: float | None) -> bool | None:
    """The letter of values a month apart, the last one in March."""
    days = [date(2026, 3, 31) - timedelta(days=30 * back) for back in reversed(range(len(values)))]
    series = a_series([(day.isoformat(), value) for day, value in zip(days, values, strict=True)])
    projection = None if chance is None else Projection(1.0, 0.0, 2.0, chance)
    return achievable(definition, aggregate(definition, series, HALF), projection, HALF).verdict


@given(steps, st.floats(1.0, 3.0), st.floats(10100.0, 14000.0), chances)
def test_a_faster_history_never_makes_it_worse(
    moves: list[float], factor: float, target: float, chance: float | None
) -> None:
    kpi = a_kpi(target=target)
    slow, quick = ([10000.0 + sum(moves[:n]) * by for n in range(len(moves) + 1)] for by in (1.0, factor))
    assert _RANK[letter(kpi, quick, chance)] >= _RANK[letter(kpi, slow, chance)]


@given(steps, st.floats(1.0, 3.0), st.floats(100.0, 3000.0), chances)
def test_a_flow_that_brought_more_is_never_worse_off(
    sums: list[float], factor: float, target: float, chance: float | None
) -> None:
    kpi = leads(target=target, due=date(2026, 6, 30))
    more = [value * factor for value in sums]
    assert _RANK[letter(kpi, more, chance)] >= _RANK[letter(kpi, sums, chance)]


@given(steps, st.floats(0, 1), st.floats(0, 1), st.floats(10100.0, 14000.0))
def test_a_better_chance_never_makes_it_worse(moves: list[float], one: float, other: float, target: float) -> None:
    low, high = sorted((one, other))
    values = [10000.0 + sum(moves[:n]) for n in range(len(moves) + 1)] + [10800.0] * 3
    assert _RANK[letter(a_kpi(target=target), values, high)] >= _RANK[letter(a_kpi(target=target), values, low)]


@given(steps, st.floats(10100.0, 14000.0), st.floats(1.0, 1000.0))
def test_the_unit_of_counting_changes_nothing(moves: list[float], target: float, scale: float) -> None:
    values = [10000.0 + sum(moves[:n]) for n in range(len(moves) + 1)]
    scaled = a_kpi(target=target * scale, baseline=10000.0 * scale)
    assert letter(scaled, [value * scale for value in values], None) == letter(a_kpi(target=target), values, None)


@given(definitions, chances, st.floats(-1e6, 1e6), any_day)
def test_without_readings_nothing_is_ticked_on_trust(
    definition: KpiDefinition, chance: float | None, at: float, today: date
) -> None:
    projection = None if chance is None else Projection(at, at, at, chance)
    found = achievable(definition, aggregate(definition, a_series(()), today), projection, today)
    assert found == Achievability()


@settings(max_examples=150, deadline=None)
@given(definitions, st.lists(st.tuples(any_day, any_number), max_size=8), any_day, st.sampled_from(LANGUAGES))
def test_nothing_raises_and_every_verdict_has_its_words(
    definition: KpiDefinition, rows: list[tuple[date, float | None]], today: date, language: str
) -> None:
    value = aggregate(definition, a_series((on.isoformat(), number) for on, number in rows), today)
    found = achievable(definition, value, project(definition, value), today)
    issue = hurdle_issue(definition, found, table("kpis", [kpi_row()]), language)
    assert (issue is not None) == (found.verdict is False)
    if issue is not None:
        assert say("issues", issue.code, language, issue.facts)


@given(st.lists(st.floats(1.0, 200.0), min_size=2, max_size=12), st.floats(1.0, 200.0))
def test_a_standing_target_is_achievable_where_half_of_the_months_met_it(values: list[float], target: float) -> None:
    kpi = a_kpi(
        measure_kind=MeasureKind.AVERAGE, direction=Direction.HOLD_ABOVE, baseline=None, target=target, due=None
    )
    days = [(START.replace(year=2024 + n // 12, month=n % 12 + 1) + timedelta(days=14)) for n in range(len(values))]
    series = a_series([(day.isoformat(), value) for day, value in zip(days, values, strict=True)])
    found = achievable(kpi, aggregate(kpi, series, HALF), None, HALF)
    if found.facts:
        assert 2 * float(str(found.facts["met"])) < float(str(found.facts["periods"]))
