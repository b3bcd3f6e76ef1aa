"""All evaluations -> how an objective, and the plan as a whole, stands. Pure.

A roll-up never hides what can't be judged: grey KPIs are counted, not averaged away, and a red one is not made green by
a very good neighbour, since attainment counts between 0 and 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sync.model import Evaluation, KpiDefinition, Light
from sync.numbers import at_least, at_most, usable

MOSTLY_RED = 0.5  # of the judged weight
LITTLE_AMBER = 0.25  # of the judged weight
ENOUGH_JUDGED = 0.5  # of all the weight


@dataclass(frozen=True)
class Standing:
    """How one objective, or the plan, stands.

    `score` is the weighted mean of pace (attainment where there is no pace), each in [0, 1]; None where no KPI has a
    light. `judged` is the share of the weight that has one.
    """

    kpis: int
    lights: Mapping[Light, int]
    score: float | None
    judged: float
    attainment: float | None = None  # weighted mean of the coloured ones' attainments, each in [0, 1]
    shares: Mapping[Light, float] = field(default_factory=dict)  # of the judged weight, by light

    @property
    def worst(self) -> Light:
        """The worst light that shines; grey where none does."""
        return next((light for light in (Light.RED, Light.AMBER, Light.GREEN) if self.lights.get(light)), Light.GREY)

    @property
    def light(self) -> Light:
        """The light of the whole, by the weight that each colour holds.

        Red when half of the judged weight or more is red; green when nothing is red and at most a quarter is amber;
        amber between the two; grey where less than half of the weight can be judged. So one KPI gives its own light,
        a red one is never outweighed by green neighbours, and one light red KPI does not paint a good objective red.
        """
        if not self.shares or not at_least(self.judged, ENOUGH_JUDGED):
            return Light.GREY
        if at_least(self.shares[Light.RED], MOSTLY_RED):
            return Light.RED
        nearly_all_green = not self.lights[Light.RED] and at_most(self.shares[Light.AMBER], LITTLE_AMBER)
        return Light.GREEN if nearly_all_green else Light.AMBER


def roll_up(pairs: Iterable[tuple[KpiDefinition, Evaluation]]) -> Standing:
    """The standing of these KPIs together, each with its weight (1 where the owner's is no positive number)."""
    found = [(weight_of(definition), evaluation) for definition, evaluation in pairs]
    lights = {light: sum(evaluation.light is light for _, evaluation in found) for light in Light}
    coloured = [(weight, evaluation) for weight, evaluation in found if evaluation.light is not Light.GREY]
    judged = sum(weight for weight, _ in coloured)
    held = {light: sum(weight for weight, evaluation in coloured if evaluation.light is light) for light in Light}
    return Standing(
        kpis=len(found),
        lights=lights,
        score=_mean((weight, _score(evaluation)) for weight, evaluation in coloured),
        judged=judged / sum(weight for weight, _ in found) if found else 0.0,
        attainment=_mean((weight, _within(number)) for weight, each in coloured if usable(number := each.attainment)),
        shares={light: weight / judged for light, weight in held.items()} if coloured else {},
    )


def evened(definitions: Iterable[KpiDefinition]) -> list[KpiDefinition]:
    """The same KPIs with weights for the whole plan: every objective counts the same, a weight only within its own."""
    found = list(definitions)
    totals: dict[str | None, float] = {}
    for kpi in found:
        totals[kpi.objective] = totals.get(kpi.objective, 0.0) + weight_of(kpi)
    return [replace(kpi, weight=weight_of(kpi) / totals[kpi.objective]) for kpi in found]


def weight_of(definition: KpiDefinition) -> float:
    """The owner's weight; 1 where it is no positive number."""
    return definition.weight if usable(definition.weight) and definition.weight > 0 else 1.0


def _mean(weighted: Iterable[tuple[float, float]]) -> float | None:
    pairs = list(weighted)
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else None


def _within(number: float | None) -> float:
    return min(1.0, max(0.0, number or 0.0))


def _score(evaluation: Evaluation) -> float:
    """Pace, else attainment, else the light, in [0, 1]."""
    plain = {Light.GREEN: 1.0, Light.AMBER: 0.5}.get(evaluation.light, 0.0)
    number = evaluation.pace if evaluation.pace is not None else evaluation.attainment
    return _within(number) if usable(number) else plain
