"""All evaluations -> how an objective, and the plan as a whole, stands. Pure.

A roll-up never hides what can't be judged: grey KPIs are counted, not averaged away, and a red one is not made green by
a very good neighbour, since attainment counts between 0 and 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.model import Evaluation, KpiDefinition, Light
from sync.numbers import usable


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

    @property
    def worst(self) -> Light:
        """The worst light that shines; grey where none does."""
        return next((light for light in (Light.RED, Light.AMBER, Light.GREEN) if self.lights.get(light)), Light.GREY)


def roll_up(pairs: Iterable[tuple[KpiDefinition, Evaluation]]) -> Standing:
    """The standing of these KPIs together, each with its weight (1 where the owner's is no positive number)."""
    lights = dict.fromkeys(Light, 0)
    scored, weights, total = 0.0, 0.0, 0.0
    for definition, evaluation in pairs:
        weight = definition.weight if usable(definition.weight) and definition.weight > 0 else 1.0
        lights[evaluation.light] += 1
        total += weight
        if evaluation.light is not Light.GREY:
            scored += weight * _score(evaluation)
            weights += weight
    score = scored / weights if weights else None
    return Standing(sum(lights.values()), lights, score, weights / total if total else 0.0)


def by_objective(pairs: Iterable[tuple[KpiDefinition, Evaluation]]) -> dict[str | None, Standing]:
    """The standing of each objective (its id, None for KPIs without one), paused KPIs left out."""
    groups: dict[str | None, list[tuple[KpiDefinition, Evaluation]]] = {}
    for definition, evaluation in pairs:
        if definition.active:
            groups.setdefault(definition.objective, []).append((definition, evaluation))
    return {objective: roll_up(group) for objective, group in groups.items()}


def _score(evaluation: Evaluation) -> float:
    """Pace, else attainment, else the light, in [0, 1]."""
    plain = {Light.GREEN: 1.0, Light.AMBER: 0.5}.get(evaluation.light, 0.0)
    number = evaluation.pace if evaluation.pace is not None else evaluation.attainment
    return plain if number is None or not usable(number) else min(1.0, max(0.0, number))
