"""All definitions and objectives -> what the plan as a whole lacks. Pure; one function a rule, listed in RULES.

A finding is advice, not a fault: it keeps no KPI from being judged. Findings depend on what people typed, on no order
of rows, and on today only through the yes or no of `overdue`. Paused KPIs cover nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheet_templates.layout import fold
from sheet_templates.words import say
from sync.model import Fact, Finding, KpiDefinition, Nature, Objective, Stage
from sync.numbers import at_least
from sync.parse import Parsed
from sync.rollup import weight_of

MOST_PER_OBJECTIVE = 5  # six minutes for each fill the half hour that the Guide gives to a review with the team
MOST_PER_OWNER = 7  # ten minutes for each are more than an hour, every time that they are due
UNLIKE = 20.0  # a weight so many times another one: percentages (40) beside plain weights (1)
NEARLY_ALL = 0.75  # of an objective's weight in one KPI: the others no longer count
MOST_NAMES = 4  # in one sentence; the rest is counted

Vanity = Callable[[KpiDefinition], bool]
Groups = Mapping[str, Sequence[KpiDefinition]]


@dataclass(frozen=True)
class Overview:
    """What the rules look at: active KPIs only; `served` holds those of each objective of the tab, by its name."""

    kpis: Sequence[KpiDefinition]
    objectives: Sequence[Objective]
    served: Groups
    overdue: Collection[str]
    is_vanity: Vanity
    locale: str

    def names(self, kpis: Iterable[KpiDefinition]) -> str:
        """Their names in order, the first few of them."""
        ordered = sorted({kpi.name for kpi in kpis}, key=lambda name: (fold(name), name))
        shown = ", ".join(ordered[:MOST_NAMES])
        rest = len(ordered) - MOST_NAMES
        return f"{shown} {say('ui', 'more_fixes', self.locale, {'count': float(rest)})}" if rest > 0 else shown


def no_vanity(kpi: KpiDefinition) -> bool:
    """Where no catalogue says which metrics flatter: none does."""
    return False


def find_gaps(parsed: Parsed, overdue: Collection[str] = (), is_vanity: Vanity = no_vanity) -> tuple[Finding, ...]:
    """What the plan lacks, the weightiest first. `overdue` holds the ids of KPIs whose review day has gone by."""
    kpis = [kpi for kpi in parsed.definitions if kpi.active]
    known = by_name(parsed.objectives)
    served: dict[str, list[KpiDefinition]] = {objective.name: [] for objective in known.values()}
    for kpi in kpis:
        objective = known.get(fold(kpi.objective or ""))
        if objective is not None:
            served[objective.name].append(kpi)
    view = Overview(kpis, parsed.objectives, served, overdue, is_vanity, parsed.settings.locale)
    if not kpis:
        return (Finding("plan.no_kpis"),)
    return tuple(finding for rule in RULES for finding in sorted(rule(view), key=_place))


def by_name(objectives: Iterable[Objective]) -> dict[str, Objective]:
    """Folded name -> objective in the order of the tab; of two with one name the first."""
    found: dict[str, Objective] = {}
    for objective in objectives:
        if fold(objective.name):
            found.setdefault(fold(objective.name), objective)
    return found


def sentence(finding: Finding, locale: str) -> str:
    """What lacks and what to do about it, in the language of `locale`."""
    return say("coverage", finding.code, locale, finding.facts)


def topic(finding: Finding, locale: str) -> str:
    """The few words above a finding: Stages, Weights, ..."""
    return say("coverage", f"topic.{finding.code.partition('.')[0]}", locale)


# --- the rules --------------------------------------------------------------------------------------------------------


def _no_objectives(view: Overview) -> Iterator[Finding]:
    if not view.objectives:
        yield Finding("plan.no_objectives")


def _idle_objectives(view: Overview) -> Iterator[Finding]:
    for name, kpis in view.served.items():
        if not kpis:
            yield Finding("objective.without_kpi", name, {"objective": name})


def _loose_kpis(view: Overview) -> Iterator[Finding]:
    bound = {id(kpi) for kpis in view.served.values() for kpi in kpis}
    loose = [kpi for kpi in view.kpis if id(kpi) not in bound]
    if loose and view.objectives:
        yield _about("kpi.without_objective", loose, view)


def _empty_stages(view: Overview) -> Iterator[Finding]:
    covered = {kpi.stage for kpi in view.kpis}
    for stage in Stage:
        if stage not in covered:
            yield Finding(f"stage.no_{stage.value}")


def _only_vanity(view: Overview) -> Iterator[Finding]:
    flattering = {id(kpi) for kpi in view.kpis if view.is_vanity(kpi)}
    if len(flattering) == len(view.kpis):
        yield _about("plan.only_vanity", view.kpis, view)
        return
    for name, kpis in view.served.items():
        if kpis and all(id(kpi) in flattering for kpi in kpis):
            facts = {"objective": name, "names": view.names(kpis)}
            yield Finding("objective.only_vanity", name, facts)


def _nothing_qualitative(view: Overview) -> Iterator[Finding]:
    if all(kpi.nature is Nature.QUANTITATIVE for kpi in view.kpis):
        yield Finding("plan.no_qualitative")


def _crowded_objectives(view: Overview) -> Iterator[Finding]:
    for name, kpis in view.served.items():
        if len(kpis) > MOST_PER_OBJECTIVE:
            facts: dict[str, Fact] = {"objective": name, "count": float(len(kpis)), "most": float(MOST_PER_OBJECTIVE)}
            yield Finding("objective.too_many", name, facts)


def _busy_owners(view: Overview) -> Iterator[Finding]:
    owners: dict[str, list[KpiDefinition]] = defaultdict(list)
    for kpi in view.kpis:
        if kpi.owner:
            owners[fold(kpi.owner)].append(kpi)
    for kpis in owners.values():
        if len(kpis) > MOST_PER_OWNER:
            owner = min(kpi.owner or "" for kpi in kpis)
            facts: dict[str, Fact] = {"owner": owner, "count": float(len(kpis)), "most": float(MOST_PER_OWNER)}
            yield Finding("owner.too_many", owner, facts)


def _odd_weights(view: Overview) -> Iterator[Finding]:
    idle = [kpi for kpi in view.kpis if kpi.weight == 0]
    if idle:
        yield _about("weight.zero", idle, view)
    for name, kpis in view.served.items():
        if len(kpis) > 1:
            yield from _uneven(name, kpis)


def _uneven(objective: str, kpis: Sequence[KpiDefinition]) -> Iterator[Finding]:
    """One scale too many, or one KPI that outweighs the rest."""
    ranked = sorted(kpis, key=lambda kpi: (-weight_of(kpi), fold(kpi.name), kpi.name))
    largest, smallest = weight_of(ranked[0]), weight_of(ranked[-1])
    facts: dict[str, Fact] = {"objective": objective, "name": ranked[0].name, "weight": largest}
    if at_least(largest / smallest, UNLIKE):
        yield Finding("weight.mixed_scales", objective, {**facts, "other": ranked[-1].name, "smallest": smallest})
        return
    share = largest / sum(map(weight_of, kpis))
    if at_least(share, NEARLY_ALL):
        yield Finding("weight.dominates", objective, {**facts, "share": float(round(100 * share))})


def _late_reviews(view: Overview) -> Iterator[Finding]:
    late = [kpi for kpi in view.kpis if kpi.id in view.overdue]
    if late:
        yield _about("review.overdue", late, view)


def _about(code: str, kpis: Sequence[KpiDefinition], view: Overview) -> Finding:
    return Finding(code, facts={"count": float(len(kpis)), "names": view.names(kpis)})


def _place(finding: Finding) -> tuple[int, str, str]:
    """Stages in their own order, everything else by what it is about."""
    stages = [f"stage.no_{stage.value}" for stage in Stage]
    return stages.index(finding.code) if finding.code in stages else 0, finding.code, finding.subject


RULES: tuple[Callable[[Overview], Iterator[Finding]], ...] = (
    _no_objectives,
    _idle_objectives,
    _loose_kpis,
    _empty_stages,
    _only_vanity,
    _nothing_qualitative,
    _crowded_objectives,
    _busy_owners,
    _odd_weights,
    _late_reviews,
)
