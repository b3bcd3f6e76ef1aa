"""The same promises on KPIs that are nearly right: random ones are mostly grey, and grey proves little."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sheet_templates.layout import tabs
from sheet_templates.words import say
from sync.aggregate import aggregate
from sync.evaluate import evaluate
from sync.model import (
    Direction,
    KpiDefinition,
    Light,
    MeasureKind,
    Measurement,
    MeasurementSeries,
    Provenance,
    Status,
    WindowValue,
)
from sync.parse import parse
from sync.projection import project
from sync.review import review
from tests.builders import kpi_row, snapshot
from tests.judgement_builders import START, a_kpi

_RANK = {Light.RED: 0, Light.AMBER: 1, Light.GREEN: 2}
_RISING = {Direction.INCREASE, Direction.HOLD_ABOVE}

kinds = st.sampled_from([kind for kind in MeasureKind if kind is not MeasureKind.MILESTONE])
plausible = st.builds(
    lambda direction, kind, low, way, unit: a_kpi(
        direction=direction,
        measure_kind=kind,
        baseline=low if direction in _RISING or direction is Direction.KEEP_WITHIN else low + way,
        target=low + way if direction in _RISING else low,
        upper_limit=low + way,
        unit=unit,
    ),
    st.sampled_from(Direction),
    kinds,
    st.integers(0, 60).map(float),
    st.integers(1, 40).map(float),
    st.sampled_from([None, "%", "EUR"]),
)
rows = st.lists(st.tuples(st.integers(-40, 200), st.integers(0, 120)), min_size=1, max_size=10)
# without zeros: whether one is an outage depends on the size of its neighbours
real = st.lists(st.tuples(st.integers(-40, 200), st.integers(1, 120)), min_size=1, max_size=10)
shares = st.floats(-0.5, 1.5)


def a_value(definition: KpiDefinition, points: list[tuple[int, int]], today: date) -> WindowValue:
    series = tuple(Measurement(START + timedelta(days=day), float(value)) for day, value in points)
    return aggregate(definition, MeasurementSeries(series, Provenance("test")), today)


@settings(deadline=None)
@given(plausible, rows, st.integers(0, 220), st.sampled_from(["es_ES", "es_MX", "en_GB"]))
def test_nothing_raises_and_note_and_status_agree(
    definition: KpiDefinition, points: list[tuple[int, int]], day: int, locale: str
) -> None:
    today = START + timedelta(days=day)
    value = a_value(definition, points, today)
    found = evaluate(definition, value, today, project(definition, value))
    text = review(definition, found, locale).text
    assert found.reason in REASONS.get(found.status, {found.reason})
    opening = say("reasons", found.reason, locale, dict.fromkeys(_FACTS, "\0")).split("\0")
    assert all(part in text for part in opening)
    advice = say("reasons", "next_change", locale) in text
    assert not (advice and found.light in (Light.GREEN, Light.GREY))


_FACTS = [
    "actual", "target", "upper", "baseline", "expected", "missing", "share", "planned", "on", "start", "due",
    "projected", "low", "high", "name", "metric", "source", "code",
]  # fmt: skip
REASONS = {  # what each coloured status may be explained by
    Status.ACHIEVED: {"target_reached", "met_at_due", "range_met_at_due", "milestone_done"},
    Status.ON_TRACK: {
        "on_plan", "meets_target", "within_own_bounds", "inside_range", "ceiling_kept", "milestone_ahead",
    },
    Status.AT_RISK: {
        "behind_plan", "near_target", "near_range", "ceiling_close", "mostly_a_jump", "a_jump_hides_growth",
        "forecast_lowers", "forecast_lifts", "milestone_late",
    },
    Status.OFF_TRACK: {
        "far_behind_plan", "worse_than_baseline", "off_target", "outside_range", "ceiling_outpaced", "ceiling_broken",
    },
    Status.MISSED: {
        "missed_at_due", "range_missed_at_due", "ceiling_broken", "milestone_missed", "milestone_done_late",
    },
}  # fmt: skip


@given(plausible, shares, shares, st.integers(1, 220))
def test_further_on_the_way_is_never_a_worse_light(
    definition: KpiDefinition, one: float, other: float, day: int
) -> None:
    if definition.direction is Direction.KEEP_WITHIN:
        return
    baseline, target = definition.baseline or 0.0, definition.target or 0.0
    today = START + timedelta(days=day)
    on = min(today, definition.due or today)
    lights = []
    for share in sorted((one, other)):
        actual = baseline + share * (target - baseline)
        lights.append(evaluate(definition, WindowValue(actual, on, (Measurement(on, actual),)), today).light)
    if Light.GREY not in lights:
        assert _RANK[lights[0]] <= _RANK[lights[1]]


cells = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12),
    st.sampled_from(["#REF!", "1.234", "1,234", "31/02/2026", "-", "%", "\x00", "2026-13", "=1+1", "１２", "½", "∞"]),
)  # fmt: skip
keys = st.sampled_from([column.key for column in tabs()["kpis"].columns if column.of == "person"])


@settings(deadline=None)
@given(st.lists(st.dictionaries(keys, cells, max_size=6), min_size=1, max_size=4))
def test_no_content_of_a_cell_raises(contents: list[dict[str, Any]]) -> None:
    found = parse(snapshot([{**kpi_row(), **content, "id": f"K-{at}"} for at, content in enumerate(contents)]), str)
    for definition in found.definitions:
        review(definition, evaluate(definition, WindowValue(None, None), START), "es_ES")
    assert all(issue.cell is None or issue.cell.column for issue in found.issues)


@settings(deadline=None)
@given(st.permutations([10.0, 20.0, 30.0, 40.0]))
def test_the_order_of_rows_changes_nothing_but_their_place(targets: list[float]) -> None:
    typed = [kpi_row(id=f"K-{int(target)}", name=f"n{int(target)}", baseline=0, target=target) for target in targets]
    found = parse(snapshot(typed), str)
    assert [definition.target for definition in found.definitions] == targets
    assert {(d.id, d.name, d.target) for d in found.definitions} == {
        (f"K-{n}", f"n{n}", float(n)) for n in (10, 20, 30, 40)
    }
    assert not found.issues


@given(plausible, real, st.integers(1, 220), st.sampled_from([1000.0, 0.25, 64.0]))
def test_thousands_or_units_of_money_are_judged_alike(
    definition: KpiDefinition, points: list[tuple[int, int]], day: int, factor: float
) -> None:
    if definition.unit == "%":
        return
    today = START + timedelta(days=day)
    words = []
    for times in (1.0, factor):
        ends = {end: (getattr(definition, end) or 0.0) * times for end in ("baseline", "target", "upper_limit")}
        scaled = a_kpi(direction=definition.direction, measure_kind=definition.measure_kind, unit="EUR", **ends)
        series = tuple(Measurement(START + timedelta(days=on), value * times) for on, value in points)
        value = aggregate(scaled, MeasurementSeries(series, Provenance("test")), today)
        words.append(evaluate(scaled, value, today).status)
    assert words[0] is words[1]
