"""A sync with its surroundings: the workbook opened, what the last sync left behind, and what this one leaves."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.changes import History
from sync.engine import Memory, Progress, SyncOptions, run_sync
from sync.jobs.refresh import remember_schedule
from sync.jobs.runner import ProgressSink, RunResult
from sync.model import SyncReport
from sync.moves import GOAL_POSTS
from sync.report import needs_a_person, report_json
from sync.settings import Settings
from sync.sheet.accounts import first_with_access, keys_in_order
from sync.sheet.opening import local_keys, open_workbook
from sync.sheet.quota import shared_gates
from sync.sheet.reference import Reference, read_reference
from sync.store.store import Store


def sync_workbook(
    reference: Reference, options: SyncOptions, store: Store, progress: Progress = lambda step, done, total: None
) -> SyncReport:
    """Sync one workbook and keep what the next sync wants to know. Raises SemaforoError."""
    record = store.enrol(reference.id, time.time())
    scheduled = store.schedule(reference.id)
    moves = tuple(reversed(store.changes(reference.id, fields=GOAL_POSTS)))
    history = History(store.definitions(reference.id), moves)
    memory = Memory(record.kpi_count or 0, record.extra_tabs, history)
    local, settings = reference.local, options.settings
    gates = shared_gates(settings.quota_for(local), store, progress)

    def attempt(key: Path | None) -> SyncReport:
        with open_workbook(reference, settings, key, gates) as workbook:
            return run_sync(workbook, options, memory, progress)

    keys = local_keys(settings) if local else settings.keys
    order = keys_in_order(keys, reference.id, scheduled.account if scheduled else None)
    report, key = first_with_access(order, attempt)
    if not options.dry_run:
        store.remember(reference.id, kpi_count=len(report.outcomes), extra_tabs=report.other_tabs)
        store.remember_definitions(reference.id, report.definitions, report.changes, time.time())
        remember_schedule(store, report, scheduled, str(key) if key else None, real_day=options.today is None)
    return report


@dataclass(frozen=True)
class SyncRunner:
    """What a worker calls: workbook id and a sink for progress -> the report as JSON."""

    settings: Settings
    store: Store

    def __call__(self, workbook: str, progress: ProgressSink) -> RunResult:
        """Raises SemaforoError."""
        options = SyncOptions(self.settings, datetime.now(UTC))
        report = sync_workbook(read_reference(workbook), options, self.store, progress)
        return RunResult(report_json(report), needs_a_person(report))
