"""What must hold for every KPI and every series."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sheet_templates.words import sentences
from sync.aggregate import aggregate
from sync.cases import judge_lines
from sync.evaluate import evaluate, evaluate_failure
from sync.model import (
    Cadence,
    Direction,
    FetchFailure,
    KpiDefinition,
    Light,
    MeasureKind,
    Measurement,
    MeasurementSeries,
    PlanPoint,
    Projection,
    Provenance,
    Status,
    WindowValue,
)
from sync.review import review
from tests.judgement_builders import HALF, START, a_kpi

_RANK = {Light.RED: 0, Light.AMBER: 1, Light.GREEN: 2}
_UP = {Direction.INCREASE, Direction.HOLD_ABOVE}

any_number = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, 1.0, 85.0, 0.85, 10000.0, -3.0, 1e300]))
any_day = st.one_of(st.dates(), st.dates(date(2025, 6, 1), date(2027, 1, 1)))
some_day = st.one_of(st.none(), any_day)
units = st.sampled_from([None, "%", "count", "EUR", "USD", ""])

definitions = st.builds(
    KpiDefinition,
    id=st.just("k1"),
    row=st.just(0),
    name=st.text(max_size=5),
    unit=units,
    measure_kind=st.sampled_from(MeasureKind),
    direction=st.one_of(st.none(), st.sampled_from(Direction)),
    baseline=any_number,
    target=any_number,
    upper_limit=any_number,
    plan=st.lists(st.builds(PlanPoint, any_day, st.floats()), max_size=3).map(tuple),
    seasonal=st.booleans(),
    start=some_day,
    due=some_day,
    cadence=st.sampled_from(Cadence),
    amber_from=any_number,
    green_from=any_number,
    active=st.booleans(),
)
measurements = st.builds(
    Measurement, on=any_day, value=any_number, numerator=any_number, denominator=any_number, unit=units
)
flags = st.lists(st.sampled_from(["partial", "provisional", "too_few_answers", "what"]), max_size=1).map(tuple)
serieses = st.builds(
    MeasurementSeries,
    points=st.lists(measurements, max_size=12).map(tuple),
    provenance=st.builds(Provenance, source=st.just("test"), flags=flags),
)
projections = st.one_of(
    st.none(), st.builds(Projection, st.floats(-10, 10), st.floats(-10, 10), st.floats(-10, 10), st.none())
)

# Fit ones: judged for certain, so that a property is about a light and not about grey
values = st.floats(-1e6, 1e6).map(lambda number: round(number, 3))
fit = st.builds(
    lambda direction, kind, ends, unit: a_kpi(
        direction=direction,
        measure_kind=kind,
        baseline=min(ends) if direction in _UP else max(ends),
        target=max(ends) if direction in _UP else min(ends),
        unit=unit,
    ),
    st.sampled_from([Direction.INCREASE, Direction.DECREASE, Direction.HOLD_ABOVE, Direction.HOLD_BELOW]),
    st.sampled_from([MeasureKind.LEVEL, MeasureKind.FLOW, MeasureKind.RUNNING_TOTAL, MeasureKind.AVERAGE]),
    st.tuples(values, values).filter(lambda ends: abs(ends[0] - ends[1]) > 1e-3),
    st.sampled_from([None, "%", "EUR"]),
)


@settings(deadline=None)
@given(definitions, serieses, any_day, projections, st.sampled_from(["es_ES", "es_MX", "en_US", "xx"]))
def test_nothing_raises_on_any_content_and_every_note_is_whole(
    definition: KpiDefinition, series: MeasurementSeries, today: date, projection: Projection | None, locale: str
) -> None:
    evaluation = evaluate(definition, aggregate(definition, series, today), today, projection)
    note = review(definition, evaluation, locale)
    assert evaluation.reason in sentences("reasons")
    assert note.text
    assert not re.search(r"[{}]|nan|inf\b|None", note.text.replace(definition.name, ""))


@given(definitions, serieses, any_day)
def test_a_second_evaluation_is_the_same(definition: KpiDefinition, series: MeasurementSeries, today: date) -> None:
    first, second = (evaluate(definition, aggregate(definition, series, today), today) for _ in range(2))
    assert repr(first) == repr(second)


@given(fit, values, values, st.integers(0, 200), st.integers(0, 220))
def test_a_better_value_never_gives_a_worse_light(
    definition: KpiDefinition, one: float, other: float, on: int, today: int
) -> None:
    assume(max(abs(one), abs(other)) < 50 * max(abs(definition.baseline or 0), abs(definition.target or 0)))
    assume(min(abs(one), abs(other)) > max(abs(definition.baseline or 0), abs(definition.target or 0)) / 50)
    day = START + timedelta(days=min(on, today))
    worse, better = sorted((one, other), reverse=definition.direction not in _UP)
    lights = [_light(definition, actual, day, START + timedelta(days=today)) for actual in (worse, better)]
    if Light.GREY not in lights:
        assert _RANK[lights[0]] <= _RANK[lights[1]]
    elif lights[1] is Light.GREY:
        assert lights[0] is not Light.GREEN


def _light(definition: KpiDefinition, actual: float, on: date, today: date) -> Light:
    readings = (Measurement(on, actual),)
    return evaluate(definition, WindowValue(actual, on, readings), today).light


@given(definitions, st.lists(measurements, max_size=8, unique_by=lambda point: point.on), any_day, st.randoms())
def test_the_order_of_measurements_is_irrelevant(
    definition: KpiDefinition, points: list[Measurement], today: date, random: object
) -> None:
    shuffled = list(points)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    one, other = (MeasurementSeries(tuple(order), Provenance("test")) for order in (points, shuffled))
    assert repr(aggregate(definition, one, today)) == repr(aggregate(definition, other, today))


rows = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 10**6)), min_size=1, max_size=8, unique_by=lambda row: row[0]
)


@given(fit, rows, st.sampled_from([1e-3, 0.25, 1000.0]))
def test_scaling_the_unit_changes_nothing(
    definition: KpiDefinition, points: list[tuple[int, int]], factor: float
) -> None:
    money = replace(definition, unit="EUR", measure_kind=MeasureKind.AVERAGE)
    scaled = replace(money, baseline=(money.baseline or 0) * factor, target=(money.target or 0) * factor)
    assert _word(money, points, 1.0) == _word(scaled, points, factor)


def _word(definition: KpiDefinition, points: list[tuple[int, int]], factor: float) -> Status:
    series = tuple(Measurement(START + timedelta(days=day), value * factor) for day, value in points)
    today = START + timedelta(days=125)
    return evaluate(definition, aggregate(definition, MeasurementSeries(series, Provenance("t")), today), today).status


@given(definitions, serieses, any_day)
def test_grey_never_has_a_good_until_and_a_light_always_has(
    definition: KpiDefinition, series: MeasurementSeries, today: date
) -> None:
    evaluation = evaluate(definition, aggregate(definition, series, today), today)
    coloured = evaluation.light is not Light.GREY
    assert coloured == (evaluation.good_until is not None)
    if coloured:
        assert evaluation.actual is not None


@given(definitions, serieses)
def test_a_failure_is_never_coloured(definition: KpiDefinition, series: MeasurementSeries) -> None:
    last = aggregate(definition, series, HALF)
    failure = FetchFailure("csv", "no_such_code", permanent=False)
    evaluation = evaluate_failure(definition, failure, last)
    assert evaluation.light is Light.GREY
    assert review(definition, evaluation, "es_ES", failure).text


@given(st.integers(0, 60))
def test_a_note_stays_the_same_while_the_data_and_the_status_do(days: int) -> None:
    kpi = a_kpi()
    series = MeasurementSeries((Measurement(START, 10000), Measurement(HALF, 11020)), Provenance("test"))
    today = HALF + timedelta(days=days)
    first, later = (evaluate(kpi, aggregate(kpi, series, day), day) for day in (HALF, today))
    if first.status is later.status:
        assert review(kpi, first, "en_GB") == review(kpi, later, "en_GB")


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
words = st.one_of(
    anything, st.sampled_from(["increase", "stock", "flow", "ratio", "%", "2026-01-01", "month", "delta"])
)
_KEYS = """direction measure aggregation unit baseline target target_kind target_low target_high start due plan
plan_points period cadence tolerance baseline_date"""
kpis = st.fixed_dictionaries({}, optional=dict.fromkeys(_KEYS.split(), words))
case_rows = st.fixed_dictionaries(
    {"id": anything, "kpi": st.one_of(kpis, anything), "as_of": words, "series": anything}, optional={"raw": anything}
)


@settings(deadline=None)
@given(st.one_of(case_rows.map(json.dumps), st.text(max_size=20), anything.map(json.dumps)))
def test_every_line_has_an_answer(line: str) -> None:
    answers = list(judge_lines([line]))
    assert len(answers) == (1 if line.strip() else 0)
    for answer in answers:
        assert "status" in answer or "error" in answer
        json.dumps(answer)
