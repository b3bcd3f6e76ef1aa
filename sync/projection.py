"""A KPI's believed readings -> what to expect on its due date. Pure; loads numpy only when there is a case."""

from datetime import date

from sync.aggregate import span_of
from sync.forecast import Goal, forecast_at_due
from sync.history import believed, whole_periods
from sync.model import Direction, KpiDefinition, MeasureKind, Projection, Span, WindowValue
from sync.units import is_percent


def project(definition: KpiDefinition, value: WindowValue) -> Projection | None:
    """The projected value with its 80 % interval and chance; None where nothing honest can be said.

    The chance is that of standing at or beyond the target on the due date; for a target to hold, that of holding it
    there; for a range, that of lying inside. A flow that is judged period by period is forecast for the period in which
    the due date lies.
    """
    direction, due, target = definition.direction, definition.due, definition.target
    if direction is None or definition.measure_kind is MeasureKind.MILESTONE or due is None or target is None:
        return None
    if direction is Direction.KEEP_WITHIN and definition.upper_limit is None:
        return None
    points, kind = _asked(definition, value)
    bounds = (0.0, 100.0) if is_percent(definition.unit) else (None, None)
    goal = _goal(direction, target, definition.upper_limit, [value for _, value in points if value is not None])
    found = forecast_at_due(points, due, goal, kind=kind.value, start=definition.start, bounds=bounds)
    if found.value is None or found.low is None or found.high is None:
        return None
    return Projection(found.value, found.low, found.high, found.chance)


def _goal(direction: Direction, target: float, upper: float | None, seen: list[float]) -> Goal:
    """Among whole numbers "at least 3" begins at 2.5: the forecast is a curve, and 3 posts are 3 posts."""
    whole = all(number.is_integer() for number in [*seen, target, *([] if upper is None else [upper])])
    half = 0.5 if whole else 0.0
    falling = direction in (Direction.DECREASE, Direction.HOLD_BELOW)
    edge = target + half if falling else target - half
    return Goal(direction.value, edge, None if upper is None else upper + half)


def _asked(definition: KpiDefinition, value: WindowValue) -> tuple[list[tuple[date, float | None]], MeasureKind]:
    """The dated values that are to be continued, and how they add up."""
    kind = definition.measure_kind
    if kind is MeasureKind.FLOW and span_of(definition) is Span.PERIOD:
        sums = whole_periods(definition, believed(definition, value))
        return [(point.on, point.value) for point in sums], MeasureKind.AVERAGE
    return [(point.on, point.value) for point in (*value.earlier, *value.readings)], kind
