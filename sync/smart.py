"""The SMART rules: one function each, listed in RULES. Pure.

A rule looks at one definition and tells what a person must correct. The part of a code before the dot is the letter it
belongs to. An error keeps the KPI from being judged; a warning only puts the letter out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sheet_templates.catalogue import Metric, platforms, told_date
from sheet_templates.layout import fold, tabs, vocabulary
from sheet_templates.words import language_of, say
from sync.catalogued import counts_people, metric_of
from sync.cells import cell_of
from sync.model import (
    Cadence,
    Direction,
    Fact,
    Issue,
    KpiDefinition,
    MeasureKind,
    Severity,
    SmartCheck,
    Table,
)
from sync.numbers import same

LETTERS = {"S": "specific", "M": "measurable", "A": "achievable", "R": "relevant", "T": "time_bound"}
DAYS = {Cadence.DAY: 1, Cadence.WEEK: 7, Cadence.MONTH: 28, Cadence.QUARTER: 89, Cadence.YEAR: 365}
MOVES = (Direction.INCREASE, Direction.DECREASE)
FAULTS = {  # what a source says of a row before it asks -> what the person reads
    "unknown_metric": "measurable.unknown_metric",
    "unchosen_metric": "measurable.unchosen_metric",
    "withdrawn_metric": "measurable.withdrawn_metric",
    "unknown_parameter": "measurable.unknown_parameter",
    "missing_parameter": "measurable.missing_parameter",
    "bad_parameter": "measurable.bad_parameter",
    "bad_place": "measurable.bad_place",
    "bad_filter": "measurable.bad_filter",
}
Fault = tuple[str, str, Mapping[str, Fact]]  # a source's code, the column to correct, facts
COUNTS_FROM_ZERO = (MeasureKind.FLOW, MeasureKind.RUNNING_TOTAL)


@dataclass(frozen=True)
class SmartContext:
    """What a rule may look at beside the definition."""

    table: Table
    locale: str
    objectives: frozenset[str]  # folded names
    known_source: Callable[[str | None], bool]
    source_names: Callable[[str], str]  # the nearest to what was typed, for the sentence
    source_fault: Callable[[KpiDefinition], Fault | None] = lambda kpi: None  # see sync/sources/faults.py
    vanity_alone: Mapping[int, Metric] = field(default_factory=dict)  # by row, see sync/catalogued.py


Told = tuple[str, Severity, str, Mapping[str, Fact]]  # code, severity, column key, facts
Rule = Callable[[KpiDefinition, SmartContext], Iterator[Told]]


def check_smart(definition: KpiDefinition, context: SmartContext) -> tuple[SmartCheck, tuple[Issue, ...]]:
    """The five letters of one KPI, and an issue for each thing that puts one out.

    "Achievable" is unknown (None) until there is history to test it against, see sync/achievable.py.
    """
    issues = tuple(_issue(definition, context, told) for rule in RULES for told in rule(definition, context))
    out = {issue.code.partition(".")[0] for issue in issues}
    letters = {letter: family not in out for letter, family in LETTERS.items()}
    return SmartCheck(definition.id, {**letters, "A": None}), issues


def _specific(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    if context.table.value("name", kpi.row) is None:
        yield "specific.missing_name", Severity.WARNING, "name", {}
    if kpi.metric is None and context.table.value("name", kpi.row) is None:
        yield "specific.missing_metric", Severity.ERROR, "metric", {}
    if kpi.owner is None:
        yield "specific.missing_owner", Severity.WARNING, "owner", {}


def _measurable_target(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    if kpi.measure_kind is MeasureKind.MILESTONE:
        return
    if kpi.target is None:
        yield "measurable.missing_target", Severity.ERROR, "target", {}
    if kpi.unit is None:
        yield "measurable.missing_unit", Severity.WARNING, "unit", {}
    if kpi.direction is None:
        yield "measurable.missing_direction", Severity.ERROR, "direction", {}


def _measurable_baseline(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    needs = kpi.direction in MOVES and kpi.measure_kind not in (*COUNTS_FROM_ZERO, MeasureKind.MILESTONE)
    if needs and kpi.baseline is None:
        yield "measurable.missing_baseline", Severity.ERROR, "baseline", {}
    if kpi.direction not in MOVES or kpi.baseline is None or kpi.target is None:
        return
    if same(kpi.baseline, kpi.target):
        yield "measurable.nothing_to_move", Severity.WARNING, "target", {"target": kpi.target}
    elif (kpi.target > kpi.baseline) != (kpi.direction is Direction.INCREASE):
        word = vocabulary("direction").label(kpi.direction, language_of(context.locale))
        facts: dict[str, Fact] = {"direction": word, "baseline": kpi.baseline, "target": kpi.target}
        yield "measurable.direction_conflict", Severity.ERROR, "direction", facts


def _measurable_range(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    if kpi.direction is not Direction.KEEP_WITHIN:
        return
    if kpi.upper_limit is None:
        yield "measurable.missing_upper_limit", Severity.ERROR, "upper_limit", {}
    elif kpi.target is not None and kpi.upper_limit < kpi.target:
        facts: dict[str, Fact] = {"upper": kpi.upper_limit, "target": kpi.target}
        yield "measurable.limits_crossed", Severity.ERROR, "upper_limit", facts


def _measurable_percent(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    """A percentage typed as 85 % arrives as 0.85."""
    if kpi.unit == "%" and kpi.target is not None and 0 < kpi.target < 1 and (kpi.baseline or 0) < 1:
        facts: dict[str, Fact] = {"target": kpi.target, "likely": kpi.target * 100}
        yield "measurable.percent_scale", Severity.WARNING, "target", facts


def _measurable_sum(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    """Distinct people of two days are not the distinct people of both: such a metric must not be summed."""
    metric = metric_of(kpi) if kpi.measure_kind is MeasureKind.FLOW else None
    if metric is not None and not metric.additive and counts_people(metric):
        facts: dict[str, Fact] = {"metric": kpi.metric or kpi.name, "platform": platforms()[metric.platform].title}
        yield "measurable.not_additive", Severity.WARNING, "measure_kind", facts


def _measurable_source(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    if kpi.source is None:
        yield "measurable.missing_source", Severity.WARNING, "source", {}
    elif not context.known_source(kpi.source) and context.source_fault(kpi) is None:
        facts: dict[str, Fact] = {"text": kpi.source[:60], "known": context.source_names(kpi.source)}
        yield "measurable.unknown_source", Severity.ERROR, "source", facts


def _measurable_by_source(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    """What its source would refuse at every sync, told while it is typed."""
    fault = context.source_fault(kpi) if kpi.source is not None else None
    if fault is None:
        return
    code, column, facts = fault
    metric = metric_of(kpi)
    if code.startswith("withdrawn_") and metric is not None and metric.withdrawn_on is not None:
        return  # R tells it
    text = say("failures", code, context.locale, facts)
    yield FAULTS.get(code, "measurable.not_by_this_source"), Severity.ERROR, column, {**facts, "text": text}


def _relevant(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    if kpi.objective is None:
        yield "relevant.missing_objective", Severity.WARNING, "objective", {}
    elif fold(kpi.objective) not in context.objectives:
        yield "relevant.unknown_objective", Severity.WARNING, "objective", {"text": kpi.objective[:60]}
    if kpi.stage is None:
        yield "relevant.missing_stage", Severity.WARNING, "stage", {}


def _relevant_metric(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    """Against the catalogue, where the KPI plainly measures one of its metrics."""
    metric = metric_of(kpi)
    if metric is not None and metric.withdrawn_on is not None and not _closed_before(kpi, metric.withdrawn_day):
        facts: dict[str, Fact] = {
            "platform": platforms()[metric.platform].title,
            "metric": metric.name,
            "since": told_date(metric.withdrawn_on, context.locale),
            "other": metric.replaced_by,
        }
        code = "relevant.withdrawn_metric" if metric.replaced_by else "relevant.withdrawn_without_successor"
        yield code, Severity.WARNING, "metric", facts
    vain = context.vanity_alone.get(kpi.row)
    if vain is not None:
        told = {"metric": kpi.metric or kpi.name, "objective": (kpi.objective or "")[:60]}
        yield "relevant.vanity_alone", Severity.WARNING, "metric", told


def _closed_before(kpi: KpiDefinition, day: date | None) -> bool:
    """Whether the KPI's window was over while the platform still gave the metric."""
    return day is not None and kpi.due is not None and kpi.due < day


def _time_bound(kpi: KpiDefinition, context: SmartContext) -> Iterator[Told]:
    if kpi.due is None:
        yield "time_bound.missing_due", Severity.ERROR, "due", {}
    if kpi.start is None:
        yield "time_bound.missing_start", Severity.WARNING, "start", {}
    if kpi.due is None or kpi.start is None:
        return
    facts: dict[str, Fact] = {"due": kpi.due, "start": kpi.start}
    if kpi.due <= kpi.start:
        yield "time_bound.due_before_start", Severity.ERROR, "due", facts
    elif kpi.due - kpi.start < timedelta(days=DAYS[kpi.cadence]) and kpi.measure_kind is not MeasureKind.MILESTONE:
        word = vocabulary("cadence").label(kpi.cadence, language_of(context.locale))
        yield "time_bound.shorter_than_cadence", Severity.WARNING, "cadence", {**facts, "cadence": word}


RULES: tuple[Rule, ...] = (
    _specific,
    _measurable_target,
    _measurable_baseline,
    _measurable_range,
    _measurable_percent,
    _measurable_sum,
    _measurable_source,
    _measurable_by_source,
    _relevant,
    _relevant_metric,
    _time_bound,
)


def _issue(kpi: KpiDefinition, context: SmartContext, told: Told) -> Issue:
    code, severity, key, facts = told
    heading = tabs()["kpis"].column(key).heading[language_of(context.locale)]
    cell = cell_of(context.table, kpi.row, key)
    return Issue(code, severity, cell, kpi.id, {"column": heading, **facts})
