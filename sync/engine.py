"""One sync of one workbook, from the read to the report. Calls the steps in their order and decides nothing."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sheet_templates.layout import fold
from sync.achievable import achievable, complete
from sync.aggregate import aggregate
from sync.catalogued import is_vanity, vanity_alone
from sync.changes import History, News, find_news, last_statuses
from sync.coverage import find_gaps
from sync.dates_text import date_of
from sync.definitions import tell_definitions
from sync.errors import SuspiciousEmptinessError
from sync.evaluate import evaluate, evaluate_failure
from sync.history_tab import with_history
from sync.ids import new_id
from sync.log_tab import with_log
from sync.model import (
    Achievability,
    ApplyResult,
    Evaluation,
    Fact,
    FetchFailure,
    FetchOutcome,
    Finding,
    Issue,
    KpiDefinition,
    KpiOutcome,
    MeasurementSeries,
    Severity,
    SmartCheck,
    Snapshot,
    Status,
    SyncReport,
    Table,
    WindowValue,
    WritePlan,
)
from sync.moves import tell_moves
from sync.parse import Parsed, parse
from sync.plan import plan_writes
from sync.projection import project
from sync.proposals import fill_empty_cells, tell
from sync.readings import Recall, nothing, with_past
from sync.review import review
from sync.reviews import overdue_reviews, reviews_due, reviews_held
from sync.settings import Settings
from sync.sheet.quota import Permits
from sync.smart import SmartContext, check_smart
from sync.sources import FetchContext, fetch_all, is_known, measured_by, nearest_names, tabs_needed
from sync.sources.faults import fault_of
from sync.sources.gate import Gate
from sync.sources.protocol import Books
from sync.surveys.check import check_ratings, check_surveys

Progress = Callable[[str, int, int], None]  # step, done, total
Commit = Callable[[SyncReport, Snapshot], None]  # keeps what was found out and will be written, before it is written


class Workbook(Protocol):
    """The workbook seam, as the engine sees it."""

    def read(self, other_tabs: Sequence[str] = ()) -> Snapshot:
        """What the workbook says. Raises WorkbookError."""
        ...

    def apply(self, plan: WritePlan, snapshot: Snapshot) -> ApplyResult:
        """The one write. Raises WorkbookError."""
        ...


@dataclass(frozen=True)
class Memory:
    """What the last sync of this workbook left behind."""

    kpi_count: int = 0
    other_tabs: tuple[str, ...] = ()
    history: History = field(default_factory=History)
    recall: Recall = nothing


@dataclass(frozen=True)
class SyncOptions:
    """How to run: `dry_run` plans and writes nothing, `allow_empty` believes a tab that was emptied.

    Without a `today` it is the day that `now` falls on in the workbook's time zone.
    """

    settings: Settings
    now: datetime
    today: date | None = None
    dry_run: bool = False
    allow_empty: bool = False
    books: Books | None = None  # how to read other workbooks, for the KPIs that name one
    permits: Permits | None = None  # what all processes on this store share of a platform's patience

    def day_in(self, timezone: str) -> date:
        """Today in a time zone; in UTC for one that nobody knows."""
        try:
            return self.today or self.now.astimezone(ZoneInfo(timezone)).date()
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: “Europe” alone is a folder of zones
            return self.now.astimezone(UTC).date()


def run_sync(
    workbook: Workbook,
    options: SyncOptions,
    memory: Memory,
    progress: Progress = lambda step, done, total: None,
    commit: Commit = lambda report, snapshot: None,
) -> SyncReport:
    """Read, check, measure, judge, write back. Raises WorkbookError; whatever concerns one KPI is in the report."""
    began = time.monotonic()
    progress("read", 0, 1)
    before, parsed = _read(workbook, memory)
    stop_if_emptied(before, parsed, memory, options)
    today = options.day_in(parsed.settings.timezone)
    snapshot, fills = fill_empty_cells(before, parsed, today)
    parsed = parse(snapshot, new_id) if fills else parsed

    progress("check", 0, len(parsed.definitions))
    checks, issues = check_all(snapshot, parsed, today, Gate(options.settings, snapshot.workbook))
    unfit = {issue.kpi_id: issue for issue in reversed(issues) if issue.severity is Severity.ERROR}

    wanted = [kpi for kpi in parsed.definitions if kpi.active and is_known(kpi.source)]
    context = FetchContext(
        today=today,
        settings=options.settings,
        locale=parsed.settings.locale,
        other_tabs=snapshot.others,
        workbook=snapshot.workbook,
        timezone=parsed.settings.timezone,
        books=options.books,
        permits=options.permits,
    )
    fetched = fetch_all(wanted, snapshot, context, lambda done, total: progress("fetch", done, total))
    fetched, past = with_past(wanted, fetched, memory.recall)

    progress("judge", 0, len(parsed.definitions))
    outcomes = tuple(
        judge(kpi, found, unfit.get(kpi.id), today, parsed.settings.locale)
        for kpi, found in with_outcomes(parsed.definitions, fetched, snapshot)
    )
    statuses = last_statuses(snapshot.tables["kpis"], parsed.definitions)
    news = find_news(memory.history, parsed, outcomes, statuses, today)
    outcomes = tell_moves(outcomes, (*memory.history.moves, *news.changes), parsed.settings.locale)
    outcomes = tell_definitions(outcomes, parsed.settings.locale)

    checks, issues = complete(checks, issues, outcomes, snapshot.tables["kpis"], parsed.settings.locale)
    findings = gaps(snapshot, parsed, outcomes, today)
    plan = plan_writes(snapshot, parsed, outcomes, checks, issues, findings, fills)
    plan = with_history(plan, snapshot, past)
    logged = with_log(plan, snapshot, outcomes, news.changes, options.now, parsed.settings)
    report = SyncReport(
        workbook=snapshot.workbook,
        settings=parsed.settings,
        outcomes=outcomes,
        issues=issues,
        plan=plan,
        applied=ApplyResult(reads=snapshot.reads),
        other_tabs=tabs_needed(parsed.definitions),
        today=today,
        dry_run=options.dry_run,
        changes=news.changes,
        definitions=news.definitions,
        coverage=findings,
        readings=past.today,
    )
    progress("write", 0, 1)
    if not options.dry_run:
        commit(report, before)
        report = _written(report, workbook.apply(logged, before), news)
    return replace(report, took=time.monotonic() - began)


def _written(report: SyncReport, applied: ApplyResult, news: News) -> SyncReport:
    """The report with what the write did; it tells no news of rows that stayed wrong."""
    told = news.without(applied.unresolved)
    applied = replace(applied, reads=applied.reads + report.applied.reads)
    return replace(report, applied=applied, changes=told.changes, definitions=told.definitions)


def _read(workbook: Workbook, memory: Memory) -> tuple[Snapshot, Parsed]:
    """The snapshot with every tab that a source names: one read, one more when a KPI names a tab for the first time."""
    snapshot = workbook.read(memory.other_tabs)
    parsed = parse(snapshot, new_id)
    needed = tabs_needed(parsed.definitions)
    if not set(needed) <= set(memory.other_tabs):
        first = snapshot.reads
        snapshot = workbook.read(needed)
        snapshot = replace(snapshot, reads=snapshot.reads + first)
        parsed = parse(snapshot, new_id)
    return snapshot, parsed


def stop_if_emptied(snapshot: Snapshot, parsed: Parsed, memory: Memory, options: SyncOptions) -> None:
    """Raises SuspiciousEmptinessError when KPIs were here at the last sync and none is now."""
    if memory.kpi_count and not parsed.definitions and not options.allow_empty:
        facts: dict[str, Fact] = {"tab": snapshot.tables["kpis"].title, "count": float(memory.kpi_count)}
        raise SuspiciousEmptinessError("suddenly_empty", facts=facts)


def check_all(
    snapshot: Snapshot, parsed: Parsed, today: date, gate: Gate | None = None
) -> tuple[Mapping[str, SmartCheck], tuple[Issue, ...]]:
    """The SMART letters of every KPI by its id, and all issues; a cell that could not be read is told once."""
    context = SmartContext(
        table=snapshot.tables["kpis"],
        locale=parsed.settings.locale,
        objectives=frozenset(fold(objective.name) for objective in parsed.objectives),
        known_source=is_known,
        source_names=nearest_names,
        source_fault=lambda kpi: fault_of(kpi, today, gate),
        vanity_alone=vanity_alone(parsed.definitions),
    )
    told = {issue.cell for issue in parsed.issues}
    checks: dict[str, SmartCheck] = {}
    found: list[Issue] = []
    for kpi in parsed.definitions:
        checks[kpi.id], issues = check_smart(kpi, context)
        found += [issue for issue in issues if issue.cell not in told]
    found += check_surveys(snapshot, measured_by("surveys", parsed.definitions), parsed.settings.locale)
    found += check_ratings(snapshot, measured_by("measurements", parsed.definitions), parsed.settings.locale)
    return checks, (*parsed.issues, *found, *tell(snapshot, parsed, today))


def gaps(snapshot: Snapshot, parsed: Parsed, outcomes: Sequence[KpiOutcome], today: date) -> tuple[Finding, ...]:
    """What the plan as a whole lacks, reviews that are overdue included."""
    held = reviews_held(snapshot.tables.get("reviews"), parsed.settings.locale, today)
    overdue = overdue_reviews(parsed.definitions, reviews_due(outcomes), held, today)
    return find_gaps(parsed, overdue, is_vanity)


@dataclass(frozen=True)
class Found:
    """What the fetch of one KPI gave, and the value that its row still shows from before."""

    outcome: FetchOutcome | None
    last: WindowValue | None


def with_outcomes(
    definitions: Sequence[KpiDefinition], fetched: Mapping[str, FetchOutcome], snapshot: Snapshot
) -> Iterator[tuple[KpiDefinition, Found]]:
    """Each KPI beside what was fetched for it; ids that two rows share get the same."""
    kpis = snapshot.tables["kpis"]
    return ((kpi, Found(fetched.get(kpi.id), last_value(kpis, kpi))) for kpi in definitions)


def last_value(kpis: Table, kpi: KpiDefinition) -> WindowValue | None:
    """The actual and its day that we wrote into this KPI's row before; None where the row speaks of another KPI."""
    actual, day = kpis.value("actual", kpi.row), date_of(kpis.value("measured_on", kpi.row), "en").value
    if kpis.value("computed_for", kpi.row) != kpi.id or not isinstance(actual, int | float) or day is None:
        return None
    return WindowValue(float(actual), day)


def judge(kpi: KpiDefinition, found: Found, unfit: Issue | None, today: date, locale: str) -> KpiOutcome:
    """One KPI: its value, its status and the note that explains it."""
    failure = found.outcome if isinstance(found.outcome, FetchFailure) else None
    value = aggregate(kpi, found.outcome, today) if isinstance(found.outcome, MeasurementSeries) else None
    evaluation, reach = _evaluation(kpi, found, value, today)
    if unfit is not None and evaluation.status not in (Status.PAUSED, Status.INVALID):
        evaluation, reach = Evaluation(kpi.id, Status.INVALID, "to_fix"), Achievability()
    return KpiOutcome(kpi, evaluation, review(kpi, evaluation, locale, failure), failure, reach, value)


def _evaluation(
    kpi: KpiDefinition, found: Found, value: WindowValue | None, today: date
) -> tuple[Evaluation, Achievability]:
    if isinstance(found.outcome, FetchFailure):
        return evaluate_failure(kpi, found.outcome, found.last), Achievability()
    if value is None:
        return evaluate(kpi, WindowValue(None, None), today), Achievability()
    projection = project(kpi, value)
    return evaluate(kpi, value, today, projection), achievable(kpi, value, projection, today)
