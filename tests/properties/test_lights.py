"""The table of lights, stated a second time and plainly: the examples are steered to stand around every bound."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sync.aggregate import aggregate
from sync.evaluate import evaluate
from sync.model import (
    Cadence,
    Direction,
    Evaluation,
    KpiDefinition,
    Light,
    MeasureKind,
    Measurement,
    MeasurementSeries,
    Projection,
    Provenance,
    Status,
)
from sync.review import review
from tests.judgement_builders import a_kpi

DAYS, START = 200, date(2026, 1, 1)
DUE = START + timedelta(days=DAYS)
FRESH = {Cadence.DAY: 3, Cadence.WEEK: 10, Cadence.MONTH: 45, Cadence.QUARTER: 120, Cadence.YEAR: 400}
WORDS = {Status.ON_TRACK: "on_plan", Status.AT_RISK: "behind_plan", Status.OFF_TRACK: "far_behind_plan"}


def day(number: int) -> date:
    return START + timedelta(days=number)


def looked_at(
    kpi: KpiDefinition, rows: list[tuple[date, Fraction]], today: date, *marks: str, **more: Any
) -> Evaluation:
    points = tuple(Measurement(on, float(value)) for on, value in rows)
    series = MeasurementSeries(points, Provenance("test", flags=marks))
    return evaluate(kpi, aggregate(kpi, series, today), today, **more)


def around(*bounds: Fraction) -> st.SearchStrategy[Fraction]:
    """Exactly on a bound, a thousandth beside it, or anywhere from far below to above."""
    beside = st.sampled_from([Fraction(0), Fraction(1, 1000), Fraction(-1, 1000), Fraction(-1, 20), Fraction(1, 20)])
    anywhere = st.integers(-60, 130).map(lambda number: Fraction(number, 100))
    return st.one_of(st.tuples(st.sampled_from(bounds), beside).map(sum), anywhere)


# --- on the way to a target


@dataclass(frozen=True)
class Moving:
    """A level on its way, read on day `on` at `pace` times what the plan expected."""

    kpi: KpiDefinition
    on: int
    pace: Fraction
    green: Fraction = Fraction(95, 100)
    amber: Fraction = Fraction(75, 100)

    @property
    def share(self) -> Fraction:
        return self.pace * Fraction(self.on, DAYS)

    @property
    def actual(self) -> Fraction:
        baseline, target = Fraction(self.kpi.baseline or 0), Fraction(self.kpi.target or 0)
        return baseline + self.share * (target - baseline)

    def by_pace(self) -> Status:
        if self.pace >= self.green:
            return Status.ON_TRACK
        return Status.AT_RISK if self.pace >= self.amber else Status.OFF_TRACK

    def word(self) -> tuple[Status, str]:
        """What the table of lights says of it."""
        status = self.by_pace()
        if self.share >= 1:
            return Status.ACHIEVED, "target_reached"
        if self.on == 0:
            return Status.EARLY, "too_early"
        if self.share < 0:
            return Status.OFF_TRACK, "worse_than_baseline"
        if self.on < DAYS // 5 and status is not Status.ON_TRACK:
            return Status.EARLY, "too_early"
        return status, WORDS[status]

    def judged(self, *marks: str, **more: Any) -> Evaluation:
        return looked_at(self.kpi, [(day(self.on), self.actual)], day(self.on), *marks, **more)


BOUNDS = st.sampled_from(
    [(None, None), (Fraction(9, 10), Fraction(1, 2)), (Fraction(3, 5), None), (None, Fraction(4, 5))]
)


@st.composite
def moving(draw: Callable[..., Any]) -> Moving:
    green, amber = draw(BOUNDS)
    baseline, way = draw(st.integers(-50, 1000)), draw(st.integers(100, 900)) * draw(st.sampled_from([1, -1]))
    direction = Direction.INCREASE if way > 0 else Direction.DECREASE
    ends: dict[str, Any] = {"baseline": float(baseline), "target": float(baseline + way), "direction": direction}
    own = {"green_from": green and float(green), "amber_from": amber and float(amber)}
    kpi = a_kpi(start=START, due=DUE, unit="EUR", cadence=Cadence.YEAR, owner="Ana", **ends, **own)
    upper = green or Fraction(95, 100)
    lower = min(amber or Fraction(75, 100), upper)
    on = draw(st.one_of(st.sampled_from([0, 1, 39, 40, 41, 100]), st.integers(0, DAYS - 1)))
    pace = draw(around(upper, lower, Fraction(0)))
    case = Moving(kpi, on, pace, upper, lower)
    sizes = [abs(Fraction(number)) for number in (baseline, baseline + way) if number]
    assume(not case.actual or min(sizes) / 90 < abs(case.actual) < 90 * max(sizes))  # else: in another unit
    return case


@given(moving())
def test_progress_has_the_light_of_its_pace(case: Moving) -> None:
    found = case.judged()
    assert (found.status, found.reason) == case.word()


CALM = settings(derandomize=True, database=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow])


def test_the_examples_stand_at_every_light_and_on_both_sides_of_every_bound() -> None:
    seen: Counter[tuple[str, bool]] = Counter()

    @CALM
    @given(moving())
    def look(case: Moving) -> None:
        seen[case.word()[1], case.on < DAYS // 5] += 1
        seen["on a bound", case.kpi.green_from is not None] += case.pace in (case.green, case.amber)

    look()
    late = [("behind_plan", False), ("far_behind_plan", False), ("on_plan", False), ("worse_than_baseline", False)]
    early = [("too_early", True), ("on_plan", True), ("worse_than_baseline", True)]
    bounds = [("on a bound", True), ("on a bound", False)]
    assert min(seen[kind] for kind in [*late, *early, *bounds]) >= 5, seen


CHANCES = st.sampled_from([0.01, 0.299, 0.3, 0.301, 0.499, 0.5, 0.501, 0.99])


@given(moving(), CHANCES, st.integers(1, 8))
def test_the_forecast_moves_a_light_by_one_step_and_only_from_six_readings(
    case: Moving, chance: float, count: int
) -> None:
    assume(case.on >= count)
    baseline = Fraction(case.kpi.baseline or 0)
    steps = [Fraction(place + 1, count) for place in range(count)]
    rows = [(day(int(case.on * step)), baseline + (case.actual - baseline) * step) for step in steps]
    found = looked_at(case.kpi, rows, day(case.on), projection=Projection(0.0, 0.0, 0.0, chance))
    alone = looked_at(case.kpi, rows, day(case.on)).status
    moved = {Status.ON_TRACK: chance < 0.3, Status.OFF_TRACK: chance >= 0.5}.get(alone, False) and count >= 6
    assert found.status is (Status.AT_RISK if moved else alone)
    if moved:
        assert found.reason == ("forecast_lowers" if alone is Status.ON_TRACK else "forecast_lifts")


@given(moving(), st.sampled_from(Cadence), st.integers(-1, 1))
def test_a_light_goes_out_when_its_reading_is_too_old(case: Moving, cadence: Cadence, late: int) -> None:
    kpi = replace(case.kpi, cadence=cadence)
    today = day(case.on + FRESH[cadence] + late)
    assume(today < DUE)
    found = looked_at(kpi, [(day(case.on), case.actual)], today)
    assert (found.status is Status.STALE) == (late > 0)
    assert found.good_until in (None, day(case.on + FRESH[cadence]))


@given(moving(), st.sampled_from(["provisional", "partial"]))
def test_what_the_source_still_restates_is_never_red_and_half_an_answer_has_no_colour(case: Moving, mark: str) -> None:
    alone, found = case.judged(), case.judged(mark)
    dark = (Light.RED,) if mark == "provisional" else (Light.RED, Light.AMBER, Light.GREEN)
    assert found.status is (Status.PROVISIONAL if alone.light in dark else alone.status)


@given(moving(), st.lists(st.integers(1, DAYS - 1), min_size=5, max_size=9, unique=True), st.sampled_from([40, 90]))
def test_one_wild_reading_is_doubted_and_changes_nothing(case: Moving, days: list[int], times: int) -> None:
    target = Fraction(case.kpi.target or 0)
    assume(abs(Fraction(case.kpi.baseline or 0)) > 100 and target > 100)
    on = sorted(days)
    rows = [(day(number), Fraction(case.kpi.baseline or 0) + case.pace * number / DAYS) for number in on]
    wild = (day(on[-1] + 1), rows[-1][1] * times)
    today = day(on[-1] + 1)
    calm, doubted = looked_at(case.kpi, rows, today), looked_at(case.kpi, [*rows, wild], today)
    assert "wild_reading" in doubted.flags
    assert (doubted.status, doubted.actual) == (calm.status, calm.actual)


@given(moving(), st.integers(2, 6))
def test_advice_and_the_owners_name_stand_beside_amber_and_red_and_never_beside_green(case: Moving, count: int) -> None:
    baseline = Fraction(case.kpi.baseline or 0)
    places = sorted({case.on * step // count for step in range(1, count + 1)})
    rows = [(day(on), baseline + (case.actual - baseline) * on / max(case.on, 1)) for on in places]
    found = looked_at(case.kpi, rows, day(case.on))
    text = review(case.kpi, found, "en_GB").text
    assert ("Ana should look at it" in text) == (found.light in (Light.AMBER, Light.RED))
    assert "Step up the effort" not in text or found.light in (Light.AMBER, Light.RED)


# --- targets that hold at every moment


@given(st.sampled_from([1, -1]), st.integers(2, 98), st.sampled_from(["%", "EUR"]), around(Fraction(1)))
def test_a_standing_target_is_amber_within_a_tenth_or_five_points(
    way: int, target: int, unit: str, part: Fraction
) -> None:
    """`part` of the room is left out: at 1 the value stands exactly on the bound of amber."""
    room = Fraction(target, 10)
    room = min(room, Fraction(5)) if unit == "%" else room
    actual = target - way * part * room
    kpi = a_kpi(
        measure_kind=MeasureKind.RATIO if unit == "%" else MeasureKind.AVERAGE,
        direction=Direction.HOLD_ABOVE if way > 0 else Direction.HOLD_BELOW,
        baseline=None,
        target=float(target),
        unit=unit,
    )
    found = looked_at(kpi, [(day(60), actual)], day(60))
    expected = Status.ON_TRACK if part <= 0 else Status.AT_RISK if part <= 1 else Status.OFF_TRACK
    assert found.status is expected


@given(st.integers(-500, 500), st.integers(1, 400), st.booleans(), around(Fraction(0), Fraction(1, 10)))
def test_a_range_is_amber_within_a_tenth_of_its_width(low: int, width: int, above: bool, beyond: Fraction) -> None:
    assume(beyond > -1)
    actual = low + width * (1 + beyond) if above else low - width * beyond
    kpi = a_kpi(
        direction=Direction.KEEP_WITHIN, baseline=None, target=float(low), upper_limit=float(low + width), unit="EUR"
    )
    found = looked_at(kpi, [(day(60), actual)], day(60))
    near = (Status.AT_RISK, "near_range") if beyond <= Fraction(1, 10) else (Status.OFF_TRACK, "outside_range")
    assert (found.status, found.reason) == ((Status.ON_TRACK, "inside_range") if beyond <= 0 else near)


# --- milestones

GRACE = {Cadence.DAY: date(2026, 5, 6), Cadence.WEEK: date(2026, 5, 12), Cadence.MONTH: date(2026, 6, 5)}
GRACE |= {Cadence.QUARTER: date(2026, 8, 5), Cadence.YEAR: date(2027, 5, 5)}


@given(st.sampled_from(Cadence), st.sampled_from([None, -1, 0, 1, "grace", "late"]), st.integers(-2, 2), st.booleans())
def test_a_milestone_has_one_cadence_of_grace(cadence: Cadence, done: int | str | None, late: int, soon: bool) -> None:
    due, grace = date(2026, 5, 5), GRACE[cadence]
    days = {"grace": grace, "late": grace + timedelta(days=1)}
    done_on = None if done is None else days[done] if isinstance(done, str) else due + timedelta(days=done)
    today = (due if soon else grace) + timedelta(days=late)
    assume(done_on is None or done_on <= today)
    kpi = a_kpi(
        measure_kind=MeasureKind.MILESTONE, baseline=None, target=None, direction=None, due=due, cadence=cadence
    )
    rows = [(due - timedelta(days=2), Fraction(0)), *([] if done_on is None else [(done_on, Fraction(1))])]
    found = looked_at(kpi, rows, today).status
    in_time, in_grace = (done_on is not None and done_on <= last for last in (due, grace))
    open_yet = Status.ON_TRACK if today <= due else Status.AT_RISK if today <= grace else Status.MISSED
    assert found is (Status.ACHIEVED if in_time else Status.AT_RISK if in_grace else open_yet)


# --- the same, however it is told


@given(moving(), st.lists(st.integers(0, DAYS - 1), min_size=2, max_size=8, unique=True), st.data())
def test_the_order_of_rows_and_a_second_look_change_nothing(case: Moving, days: list[int], data: st.DataObject) -> None:
    baseline = Fraction(case.kpi.baseline or 0)
    rows = [(day(on), baseline + (case.actual - baseline) * on / DAYS) for on in days]
    shuffled = data.draw(st.permutations(rows))
    today = day(max(days))
    first, again, other = (looked_at(case.kpi, order, today) for order in (rows, rows, shuffled))
    assert repr(first) == repr(again) == repr(other)
