"""A sync with its surroundings: the workbook opened, what the last sync left behind, and what this one leaves."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sync.cards import cards_of
from sync.changes import History
from sync.engine import Memory, Progress, SyncOptions, run_sync
from sync.errors import WorkbookError
from sync.intent import intent_of, located
from sync.jobs.refresh import remembering, schedule_of
from sync.jobs.runner import LeaseLostError, ProgressSink, RunResult
from sync.logs import hashed
from sync.model import ApplyResult, Snapshot, SyncReport
from sync.moves import GOAL_POSTS
from sync.preview import Onlooker, would_change
from sync.report import needs_a_person, report_json
from sync.settings import Settings
from sync.sheet.accounts import first_with_access, keys_in_order
from sync.sheet.books import Books
from sync.sheet.opening import local_keys, open_workbook
from sync.sheet.quota import shared_gates
from sync.sheet.reference import Reference, read_reference
from sync.sheet.workbook import Workbook
from sync.sources.registry import add_folder
from sync.store.base import Statement
from sync.store.cards import keeping_cards
from sync.store.history import keeping_readings
from sync.store.records import Intent, Results
from sync.store.records import Workbook as Record
from sync.store.schedules import Scheduled
from sync.store.store import Store
from sync.tracing import span, steps

_LOG = logging.getLogger(__name__)

Result = TypeVar("Result")


def sync_workbook(
    reference: Reference,
    options: SyncOptions,
    store: Store,
    progress: Progress = lambda step, done, total: None,
    claim: ProgressSink | None = None,
) -> SyncReport:
    """Sync one workbook and keep what the next sync wants to know.

    A write that an earlier sync decided and may not have sent goes out before anything else. `claim` is that of the
    worker which runs this, if one does. Raises SemaforoError, and LeaseLostError when another worker took over.
    """
    add_folder(options.settings.sources_dir)
    record = store.enrol(reference.id, time.time())
    scheduled = schedule_of(store, reference.id)

    def attempt(workbook: Workbook, key: Path | None) -> SyncReport:
        more = partial(_left_behind, options=options, scheduled=scheduled, key=key)
        outbox = _Outbox(store, reference.id, workbook, claim, more)
        workbook.client.before = outbox.before_call
        if not options.dry_run:
            outbox.send_what_is_open()
        memory = _memory(store, record)
        seen = replace(options, books=Books(workbook.client), permits=store)
        report = run_sync(workbook, seen, memory, progress, outbox.commit)
        outbox.close(report.applied)
        return report

    return _with_workbook(reference, options.settings, store, progress, attempt, scheduled.account)


def _left_behind(
    report: SyncReport, options: SyncOptions, scheduled: Scheduled, key: Path | None
) -> tuple[Statement, ...]:
    """What a sync leaves beside its results, in the same transaction, before it writes.

    All of it follows from what was read and measured. What only the write can tell, rows that stayed wrong, is kept by
    the outbox, whose intent stays open for them.
    """
    judged_at = options.now.isoformat(timespec="seconds")
    return (
        keeping_readings(scheduled.workbook, report.readings, time.time()),
        keeping_cards(scheduled.workbook, cards_of(report), judged_at),
        remembering(report, scheduled, str(key) if key else None, real_day=options.today is None),
    )


@dataclass
class _Outbox:
    """The store's outbox as one sync uses it."""

    store: Store
    workbook_id: str
    workbook: Workbook
    claim: ProgressSink | None
    more: Callable[[SyncReport], Sequence[Statement]]  # what is kept beside the results
    intent: Intent | None = field(default=None, init=False)
    snapshot: Snapshot | None = field(default=None, init=False)

    def before_call(self, kind: str) -> None:
        """Google can't refuse a late write, so none may begin that could outlive the lease. Raises LeaseLostError."""
        if kind == "write" and self.claim is not None:
            self.claim.hold()

    def send_what_is_open(self) -> None:
        """Send the write of a sync that died between deciding and knowing that it went out."""
        self.intent = self.store.open_intent(self.workbook_id)
        if self.intent is None:
            return
        self.snapshot = self.workbook.read()
        try:
            self.close(self.workbook.apply(located(self.intent.rows, self.snapshot), self.snapshot))
        except WorkbookError as error:
            if not error.permanent:
                raise
            # This very write is refused for good: the sync that follows judges anew, and its intent replaces it.
            _LOG.warning("intent %s of %s was refused", self.intent.number, hashed(self.workbook_id), exc_info=error)

    def commit(self, report: SyncReport, snapshot: Snapshot) -> None:
        """Keep what was found out together with the intent to write it. Raises LeaseLostError."""
        results = Results(
            kpi_count=len(report.outcomes),
            extra_tabs=report.other_tabs,
            definitions=report.definitions,
            changes=report.changes,
            intent=intent_of(report.plan, snapshot),
        )
        token = None if self.claim is None else self.claim.token
        self.snapshot = snapshot
        self.intent = self.store.keep(self.workbook_id, results, token=token, also=self.more(report))
        if self.intent is None:
            raise LeaseLostError(f"{self.workbook_id} was taken over by another worker")

    def close(self, applied: ApplyResult) -> None:
        """Mark the write as sent, but for rows that stayed wrong. Raises LeaseLostError."""
        intent, snapshot, self.intent = self.intent, self.snapshot, None
        if intent is None or snapshot is None or not intent.rows:
            return
        left = [row for row in applied.unresolved if row.key]
        late = not self.store.sent(intent, intent_of(left, snapshot))
        if late and self.claim is not None:
            # We slept while another sync overtook us, and our older write may have landed on its newer one: the
            # sheet is looked at once more.
            self.store.request_run(self.workbook_id, f"mend-{intent.number}-{self.claim.token}")
            raise LeaseLostError(f"{self.workbook_id} was taken over by another worker")


def preview_workbook(
    reference: Reference, options: SyncOptions, store: Store, progress: Progress = lambda step, done, total: None
) -> dict[str, Any]:
    """The report of a dry run as JSON, with `would_change`. Keeps nothing. Raises SemaforoError."""
    record = store.enrol(reference.id, time.time())
    memory = _memory(store, record)

    def attempt(workbook: Workbook, _key: Path | None) -> dict[str, Any]:
        onlooker = Onlooker(workbook)
        seen = replace(options, dry_run=True, books=Books(workbook.client), permits=store)
        report = run_sync(onlooker, seen, memory, progress)
        change = would_change(report.plan, onlooker.seen[-1], report.settings.locale)
        return {**report_json(report), "needs_person": needs_a_person(report), "would_change": change}

    scheduled = store.schedule(reference.id)
    account = scheduled.account if scheduled else None
    return _with_workbook(reference, options.settings, store, progress, attempt, account)


def _with_workbook(
    reference: Reference,
    settings: Settings,
    store: Store,
    progress: Progress,
    work: Callable[[Workbook, Path | None], Result],
    account: str | None,
) -> Result:
    """What `work` gives with the workbook, opened by the first service account that may, and that account's key.

    `account` is the key that opened it last, which is tried first.
    """
    gates = shared_gates(settings.quota_for(reference.local), store, progress)

    def attempt(key: Path | None) -> Result:
        with open_workbook(reference, settings, key, gates) as workbook:
            return work(workbook, key)

    keys = local_keys(settings) if reference.local else settings.keys
    return first_with_access(keys_in_order(keys, reference.id, account), attempt)


@dataclass(frozen=True)
class SyncRunner:
    """What a worker calls: workbook id and a sink for progress -> the report as JSON."""

    settings: Settings
    store: Store

    def __call__(self, workbook: str, progress: ProgressSink, /, *, dry_run: bool = False) -> RunResult:
        """Raises SemaforoError."""
        options = SyncOptions(self.settings, datetime.now(UTC))
        with span("sync", workbook=hashed(workbook), dry=dry_run), steps(progress) as told:
            return self._ran(workbook, options, told, None if dry_run else progress)

    def _ran(self, workbook: str, options: SyncOptions, told: Progress, claim: ProgressSink | None) -> RunResult:
        """A dry run holds no claim."""
        if claim is None:
            seen = preview_workbook(read_reference(workbook), options, self.store, told)
            return RunResult(seen, seen["needs_person"])
        report = sync_workbook(read_reference(workbook), options, self.store, told, claim=claim)
        return RunResult(report_json(report), needs_a_person(report))


def _memory(store: Store, record: Record) -> Memory:
    """What the last sync of an enrolled workbook left behind."""
    recall = partial(store.readings, record.id)
    return Memory(record.kpi_count or 0, record.extra_tabs, _history(store, record.id), recall)


def _history(store: Store, workbook: str) -> History:
    """What each KPI was when it was last seen, and the goal posts that were moved since."""
    moves = tuple(reversed(store.changes(workbook, fields=GOAL_POSTS)))
    return History(store.definitions(workbook), moves)
