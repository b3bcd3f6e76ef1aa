"""`semaforo sync`: one sync of one workbook, from the command line."""

import argparse
import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime

from sync.commands.base import FINE, NEEDS_A_PERSON, Call, a_day
from sync.console import print_plan, print_report, progress_on_stderr, say_line
from sync.engine import SyncOptions
from sync.jobs.by_hand import held_by_hand
from sync.model import SyncReport
from sync.report import needs_a_person, report_json
from sync.session import sync_workbook
from sync.sheet.reference import read_reference
from sync.store.store import Store, open_store


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """WORKBOOK [--dry-run] [--json] [--today DATE] [--allow-empty]."""
    parser.add_argument("workbook", metavar="WORKBOOK", help=words("arg.workbook"))
    parser.add_argument("--dry-run", action="store_true", help=words("arg.dry_run"))
    parser.add_argument("--json", action="store_true", help=words("arg.json"))
    parser.add_argument("--today", type=a_day, metavar="DATE", help=words("arg.today"))
    parser.add_argument("--allow-empty", action="store_true", help=words("arg.allow_empty"))


def run(call: Call) -> int:
    """Sync and tell; exit code 1 when something needs a person."""
    options = SyncOptions(
        settings=call.settings,
        now=datetime.now(UTC),
        today=call.args.today,
        dry_run=call.args.dry_run,
        allow_empty=call.args.allow_empty,
    )
    store = open_store(call.settings.store_url)
    try:
        report = _report(call, options, store)
    finally:
        store.close()
    if call.args.json:
        print(json.dumps(report_json(report), ensure_ascii=False, indent=1))  # noqa: T201  # the answer
    else:
        if report.dry_run:
            print_plan(report, call.locale)
        print_report(report_json(report), call.locale)
    return NEEDS_A_PERSON if needs_a_person(report) else FINE


def _report(call: Call, options: SyncOptions, store: Store) -> SyncReport:
    """A dry run disturbs nobody, so it waits for nobody."""
    reference = read_reference(call.args.workbook)
    with ExitStack() as around:
        claim = None
        if not options.dry_run:
            claim = around.enter_context(held_by_hand(store, reference.id, lambda: say_line(call.say("sync_waits"))))
        progress = around.enter_context(progress_on_stderr(call.locale))
        return sync_workbook(reference, options, store, progress, claim)
