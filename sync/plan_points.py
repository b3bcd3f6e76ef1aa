"""The days at which a plan line bends, for drawing it. Pure."""

from datetime import date, timedelta

from sync.model import KpiDefinition

_BENDS = 48  # points of a line by the seasons: about one a week over a year


def plan_days(definition: KpiDefinition, start: date, due: date) -> list[date]:
    """Start, due and the owner's milestones between them; for a seasonal plan evenly spaced days instead."""
    if definition.plan:
        return sorted({start, due, *(point.on for point in definition.plan if start < point.on < due)})
    if not definition.seasonal:
        return [start, due]
    step = max(1, (due - start).days // _BENDS)
    days = [start + timedelta(days=number) for number in range(0, (due - start).days, step)]
    return sorted({*days, due})
