"""The numbers and dates that the sentences of a judgement are filled with. Pure."""

from collections.abc import Mapping
from datetime import date

from sync.frame import Frame, Rule
from sync.history import believed
from sync.model import Fact, KpiDefinition, Projection, WindowValue
from sync.numbers import same
from sync.surveys.told import basis_facts
from sync.trend import Rates, rates_of
from sync.verdicts import Verdict


def facts_of(
    definition: KpiDefinition,
    value: WindowValue,
    frame: Frame | None,
    verdict: Verdict,
    projection: Projection | None,
) -> Mapping[str, Fact]:
    """The numbers and dates of the sentences; none of them depends on today's date."""
    facts: dict[str, Fact] = {
        "name": definition.name,
        "metric": definition.metric or definition.name,
        "unit": definition.unit or "",
        "start": definition.start,
        "due": definition.due,
        "baseline": definition.baseline,
        "target": definition.target,
        "upper": definition.upper_limit,
    }
    facts |= basis_facts(value)
    if frame is None or value.actual is None or value.measured_on is None:
        return facts
    facts |= _sums(frame, verdict, value.actual, value.measured_on)
    if frame.rule in (Rule.MOVEMENT, Rule.CEILING):
        rates = rates_of(definition, believed(definition, value), frame, value.actual, value.measured_on)
        facts |= _rates(rates)
    if projection is not None:
        facts |= {"projected": projection.value, "low": projection.low, "high": projection.high}
        facts["chance"] = None if projection.chance is None else projection.chance * 100
    return facts


def _sums(frame: Frame, verdict: Verdict, actual: float, on: date) -> dict[str, Fact]:
    return {
        "actual": actual,
        "on": on,
        "start": frame.start,
        "due": frame.due,
        "baseline": frame.baseline,
        "target": frame.target,
        "missing": abs(frame.target - actual),
        "share": None if verdict.attainment is None else verdict.attainment * 100,
        "planned": None if verdict.planned is None else verdict.planned * 100,
        "expected": verdict.expected,
    }


def _rates(rates: Rates) -> dict[str, Fact]:
    best = None if rates.best is None or same(rates.best, 0) else rates.best
    return {"needed": rates.needed, "so_far": rates.so_far, "best": best, "periods_left": rates.periods_left}
