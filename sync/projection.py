"""A KPI's believed readings -> what to expect on its due date. Pure; loads numpy only when there is a case."""

from sync.forecast import Goal, forecast_at_due
from sync.model import Direction, KpiDefinition, MeasureKind, Projection, WindowValue
from sync.units import is_percent

MOVES = (Direction.INCREASE, Direction.DECREASE)


def project(definition: KpiDefinition, value: WindowValue) -> Projection | None:
    """The projected value with its 80 % interval and chance; None where nothing honest can be said."""
    kind, due, target = definition.measure_kind, definition.due, definition.target
    if definition.direction not in MOVES or kind is MeasureKind.MILESTONE or due is None or target is None:
        return None
    bounds = (0.0, 100.0) if is_percent(definition.unit) else (None, None)
    points = [(point.on, point.value) for point in (*value.earlier, *value.readings)]
    goal = Goal(definition.direction.value, target)
    found = forecast_at_due(points, due, goal, kind=kind.value, start=definition.start, bounds=bounds)
    if found.value is None or found.low is None or found.high is None:
        return None
    return Projection(found.value, found.low, found.high, found.chance)
