"""A sync with its surroundings: the workbook opened, what the last sync left behind, and what this one leaves."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sync.cards import cards_of
from sync.changes import History
from sync.engine import Memory, Progress, SyncOptions, run_sync
from sync.jobs.runner import ProgressSink, RunResult
from sync.model import SyncReport
from sync.moves import GOAL_POSTS
from sync.preview import Onlooker, would_change
from sync.report import needs_a_person, report_json
from sync.settings import Settings
from sync.sheet.opening import open_workbook
from sync.sheet.reference import Reference, read_reference
from sync.store.store import Store


def sync_workbook(
    reference: Reference, options: SyncOptions, store: Store, progress: Progress = lambda step, done, total: None
) -> SyncReport:
    """Sync one workbook and keep what the next sync wants to know. Raises SemaforoError."""
    record = store.enrol(reference.id, time.time())
    memory = Memory(record.kpi_count or 0, record.extra_tabs, _history(store, reference.id))
    with open_workbook(reference, options.settings) as workbook:
        report = run_sync(workbook, options, memory, progress)
    if not options.dry_run:
        store.keep_cards(reference.id, cards_of(report), options.now.isoformat(timespec="seconds"))
        store.remember(reference.id, kpi_count=len(report.outcomes), extra_tabs=report.other_tabs)
        store.remember_definitions(reference.id, report.definitions, report.changes, time.time())
    return report


def preview_workbook(
    reference: Reference, options: SyncOptions, store: Store, progress: Progress = lambda step, done, total: None
) -> dict[str, Any]:
    """The report of a dry run as JSON, with `would_change`. Keeps nothing. Raises SemaforoError."""
    record = store.enrol(reference.id, time.time())
    memory = Memory(record.kpi_count or 0, record.extra_tabs, _history(store, reference.id))
    with open_workbook(reference, options.settings) as workbook:
        onlooker = Onlooker(workbook)
        report = run_sync(onlooker, replace(options, dry_run=True), memory, progress)
    change = would_change(report.plan, onlooker.seen[-1], report.settings.locale)
    return {**report_json(report), "needs_person": needs_a_person(report), "would_change": change}


@dataclass(frozen=True)
class SyncRunner:
    """What a worker calls: workbook id and a sink for progress -> the report as JSON."""

    settings: Settings
    store: Store

    def __call__(self, workbook: str, progress: ProgressSink, /, *, dry_run: bool = False) -> RunResult:
        """Raises SemaforoError."""
        options = SyncOptions(self.settings, datetime.now(UTC))
        if dry_run:
            seen = preview_workbook(read_reference(workbook), options, self.store, progress)
            return RunResult(seen, seen["needs_person"])
        report = sync_workbook(read_reference(workbook), options, self.store, progress)
        return RunResult(report_json(report), needs_a_person(report))


def _history(store: Store, workbook: str) -> History:
    """What each KPI was when it was last seen, and the goal posts that were moved since."""
    moves = tuple(reversed(store.changes(workbook, fields=GOAL_POSTS)))
    return History(store.definitions(workbook), moves)
