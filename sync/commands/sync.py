"""`semaforo sync`: one sync of one workbook, from the command line."""

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime

from sync.commands.base import FINE, NEEDS_A_PERSON, Call, a_day
from sync.console import print_plan, print_report, progress_on_stderr
from sync.engine import SyncOptions
from sync.report import needs_a_person, report_json
from sync.session import sync_workbook
from sync.sheet.reference import read_reference
from sync.store.store import open_store


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
        with progress_on_stderr(call.locale) as progress:
            report = sync_workbook(read_reference(call.args.workbook), options, store, progress)
    finally:
        store.close()
    if call.args.json:
        print(json.dumps(report_json(report), ensure_ascii=False, indent=1))  # noqa: T201  # the answer
    else:
        if report.dry_run:
            print_plan(report, call.locale)
        print_report(report_json(report), call.locale)
    return NEEDS_A_PERSON if needs_a_person(report) else FINE
