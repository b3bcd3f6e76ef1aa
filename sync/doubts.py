"""Readings that are not to be believed: zeros of an outage, one wild reading, a sudden jump. Pure.

Real exports hold all three: a platform writes 0 while it is disconnected, a person types one digit too many, two
accounts are merged over night.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from sync.model import Direction, KpiDefinition, MeasureKind, Measurement
from sync.numbers import median, same

_COUNTS = {MeasureKind.LEVEL, MeasureKind.RUNNING_TOTAL}
_RATES = {MeasureKind.RATIO, MeasureKind.AVERAGE}
_SIZED = {MeasureKind.LEVEL, MeasureKind.RATIO, MeasureKind.AVERAGE}
_SMALL_COUNT = 10.0  # from here on a count does not fall to nothing by chance
_WILD = {MeasureKind.FLOW: 8.0}  # flows vary more than levels do
_WILD_ELSE = 5.0
_MOST_JUMPS = 5  # that are taken out one after the other
_SHIFT_SHARE = 0.2  # of the whole way: a smaller jump changes no verdict much


def doubted(definition: KpiDefinition, readings: list[Measurement]) -> tuple[list[Measurement], float, set[str]]:
    """The readings to believe (ascending), the sum of sudden jumps among them, and the flags of what was doubted."""
    flags: set[str] = set()
    if definition.measure_kind is MeasureKind.MILESTONE or any(point.basis for point in readings):
        return readings, 0.0, flags  # what enough people answered is believed: an NPS of 0 is no outage
    others = [point for point in readings if not same(_value(point), 0)]
    wild = {point.on for point in others} - {point.on for point in _without_wild(definition, others)}
    if wild:
        flags.add("wild_reading")
    calm = [point for point in readings if point.on not in wild]  # one wild fall would make every zero look usual
    believed = _without_suspect_zeros(definition, calm)
    if len(believed) < len(calm):
        flags.add("suspect_zero")
    if definition.measure_kind is MeasureKind.RUNNING_TOTAL:
        believed = _through_resets(believed, flags)
    shift = _shift(definition, believed)
    if shift:
        flags.add("level_shift")
    return believed, shift, flags


def _value(point: Measurement) -> float:
    return point.value or 0.0


# --- zeros ------------------------------------------------------------------------------------------------------------


def _without_suspect_zeros(definition: KpiDefinition, readings: list[Measurement]) -> list[Measurement]:
    if not any(same(_value(point), 0) for point in readings) or _zero_is_normal(definition, readings):
        return readings
    if definition.measure_kind is MeasureKind.FLOW:
        zeros_lie = _flow_never_rests(readings)
        return [point for point in readings if not (zeros_lie and same(_value(point), 0))]
    return _without_deep_zeros(definition, readings)


def _zero_is_normal(definition: KpiDefinition, readings: list[Measurement]) -> bool:
    """A target of zero wants zeros; values that may be negative pass through zero."""
    limits = [limit for limit in (definition.target, definition.upper_limit) if limit is not None]
    return any(limit <= 0 or same(limit, 0) for limit in limits) or any(_value(point) < 0 for point in readings)


def _flow_never_rests(readings: list[Measurement]) -> bool:
    """Whether even the weak days of a flow are so strong that a zero can't be chance."""
    strong = sorted(_value(point) for point in readings if not same(_value(point), 0))
    return len(strong) >= 5 and strong[len(strong) // 10] >= _SMALL_COUNT


def _without_deep_zeros(definition: KpiDefinition, readings: list[Measurement]) -> list[Measurement]:
    """Zeros that lie three times deeper than any other fall among the readings are left out."""
    others = [_value(point) for point in readings if not same(_value(point), 0)]
    fall = max((first - second for first, second in pairwise(others)), default=0.0)
    kept, seen = [], 0  # how many of the others lie before
    for point in readings:
        zero = same(_value(point), 0)
        seen += not zero
        depth = _depth(definition, others, seen) if zero else 0.0
        if not (zero and depth >= _least_depth(definition) and depth > 3 * fall):
            kept.append(point)
    return kept


def _depth(definition: KpiDefinition, others: list[float], seen: int) -> float:
    """How far a zero lies below its neighbours; below the baseline where it is the first."""
    neighbours = others[max(0, seen - 1) : seen + 1]
    if not seen and definition.baseline is not None:
        neighbours = [*neighbours, definition.baseline]
    if not neighbours and definition.measure_kind in _RATES and definition.direction is Direction.HOLD_ABOVE:
        neighbours = [definition.target or 0.0]  # nothing but zeros where 98 % is to be held: nobody measured
    return min(neighbours, default=0.0)


def _least_depth(definition: KpiDefinition) -> float:
    return _SMALL_COUNT if definition.measure_kind in _COUNTS else 1e-9


# --- one wild reading -------------------------------------------------------------------------------------------------


def _without_wild(definition: KpiDefinition, readings: list[Measurement]) -> list[Measurement]:
    kept: list[Measurement] = []
    total = sum(_value(point) for point in readings)
    for index, point in enumerate(readings):
        following = readings[index + 1] if index + 1 < len(readings) else None
        wild = _wild(definition, kept, point) and not _confirmed(point, following)
        if not (wild and (definition.measure_kind is not MeasureKind.FLOW or _outweighs(point, total))):
            kept.append(point)
    return kept


def _outweighs(point: Measurement, total: float) -> bool:
    """Whether one reading of a flow is more than all the others together: a strong day alone is no mistake."""
    return _value(point) > total - _value(point)


def _wild(definition: KpiDefinition, before: list[Measurement], point: Measurement) -> bool:
    """Many times off the steady readings before it, and outside the way from baseline to target."""
    value, steady = _value(point), _steady(definition, before)
    if not steady or value <= 0 or _on_the_way(definition, value):
        return False
    factor = _WILD.get(definition.measure_kind, _WILD_ELSE)
    middle = median(steady)
    if middle / factor < value < factor * middle:
        return False
    return len(steady) > 1 or _overshoots(definition, value)


def _steady(definition: KpiDefinition, before: list[Measurement]) -> list[float]:
    """The readings before, or the baseline of what is no sum, where they are all of one size; else nothing."""
    values = [_value(one) for one in before[-5:]]
    if not values and definition.baseline is not None and definition.measure_kind in _SIZED:
        values = [definition.baseline]
    return values if values and min(values) > 0 and max(values) <= 2 * min(values) else []


def _overshoots(definition: KpiDefinition, value: float) -> bool:
    """Whether one reading claims ten times the whole way: more likely a digit too many than a miracle."""
    baseline, target = definition.baseline, definition.target
    return baseline is not None and target is not None and abs(value - baseline) > 10 * abs(target - baseline)


def _on_the_way(definition: KpiDefinition, value: float) -> bool:
    ends = [end for end in (definition.baseline, definition.target, definition.upper_limit) if end is not None]
    return len(ends) >= 2 and min(ends) <= value <= max(ends)


def _confirmed(point: Measurement, following: Measurement | None) -> bool:
    return following is not None and 0.5 <= _value(following) / _value(point) <= 2


# --- running totals that begin anew -----------------------------------------------------------------------------------


def _through_resets(readings: list[Measurement], flags: set[str]) -> list[Measurement]:
    """A total that falls by half began anew where the next reading goes on from there; else it is doubted."""
    kept: list[Measurement] = []
    before = last = 0.0  # what the closed parts came to; the running part's latest reading
    for index, point in enumerate(readings):
        value = _value(point)
        if last > 0 and value < last / 2:
            following = readings[index + 1] if index + 1 < len(readings) else None
            if following is None or not value <= _value(following) < last:
                flags.add("wild_reading")
                continue
            flags.add("counter_reset")
            before += last
        last = value
        kept.append(replace(point, value=before + value) if before else point)
    return kept


# --- sudden jumps -----------------------------------------------------------------------------------------------------


def without_jumps(definition: KpiDefinition, readings: Sequence[Measurement]) -> list[Measurement]:
    """The readings as if no sudden jump had been among them: those before a jump are lifted to the ones after it.

    Accounts that are merged over two or three days jump as often, so the search is repeated. A larger step over the gap
    of an outage hides no jump here.
    """
    levelled = list(readings)
    for _ in range(_MOST_JUMPS):
        jumps = _jumps_among(definition, levelled, by_time=True)
        if not jumps:
            break
        for index, step in jumps:
            lifted = [replace(point, value=_value(point) + step) for point in levelled[: index + 1]]
            levelled[: index + 1] = lifted
    return levelled


def _shift(definition: KpiDefinition, readings: list[Measurement]) -> float:
    """The sum of the jumps that no growth explains."""
    return sum(step for _, step in _jumps_among(definition, readings))


def _jumps_among(
    definition: KpiDefinition, readings: list[Measurement], *, by_time: bool = False
) -> list[tuple[int, float]]:
    """Jumps far quicker than the plan and than every other step: the index of the reading before each, and its size.

    Only for a level on its way to a target; nothing is said of the others.
    """
    movement = definition.direction in (Direction.INCREASE, Direction.DECREASE)
    if definition.measure_kind is not MeasureKind.LEVEL or not movement or len(readings) < 3:
        return []
    steps = [(_value(two) - _value(one), (two.on - one.on).days) for one, two in pairwise(readings)]
    way, days = _way(definition, readings)
    if days <= 0 or same(way, 0):
        return []
    rates = sorted(abs(step) / gap for step, gap in steps)
    large = [index for index, (step, _) in enumerate(steps) if abs(step) >= _SHIFT_SHARE * way]
    quick = [index for index in large if _far_quicker(steps[index], rates, way / days)]
    quick = sorted(quick, key=lambda index: -abs(steps[index][0]) / steps[index][1])[:_MOST_JUMPS]
    return [(index, steps[index][0]) for index in sorted(quick) if _stands_out(index, steps, by_time=by_time)]


def _way(definition: KpiDefinition, readings: list[Measurement]) -> tuple[float, int]:
    """How far the plan goes from baseline to target, and in how many days; zero where it can't be told."""
    start, due = definition.start or readings[0].on, definition.due or date.min
    baseline = definition.baseline if definition.baseline is not None else _value(readings[0])
    return abs((definition.target or 0.0) - baseline) if definition.target is not None else 0.0, (due - start).days


def _far_quicker(step: tuple[float, int], rates: list[float], planned: float) -> bool:
    """Ten times quicker than the plan and the usual other step."""
    rate = abs(step[0]) / step[1]
    return rate > 10 * max(planned, _median_of_others(rates, bisect_left(rates, rate)))


def _median_of_others(ordered: list[float], place: int) -> float:
    """The middle of an ascending list but for the one at `place`; of two or more."""
    count = len(ordered) - 1
    middles = ((count - 1) // 2, count // 2)
    return sum(ordered[middle + (middle >= place)] for middle in middles) / 2


def _stands_out(index: int, steps: list[tuple[float, int]], *, by_time: bool) -> bool:
    """Half again as large as any other step; `by_time` as any would be in this one's time, where it took longer."""
    size, days = abs(steps[index][0]), steps[index][1]
    others = (
        abs(step) * (min(1.0, days / gap) if by_time else 1.0)
        for place, (step, gap) in enumerate(steps)
        if place != index
    )
    return all(size > 1.5 * other for other in others)
