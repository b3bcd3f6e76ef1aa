"""`semaforo refresh`: asks for a sync of every enrolled workbook that is due, and runs what is asked for."""

import argparse
import json
import time
from collections.abc import Callable

from sync.commands.base import FINE, NEEDS_A_PERSON, Call
from sync.console import say_line
from sync.jobs.local import LocalWorker
from sync.jobs.refresh import refresh
from sync.jobs.runner import ProgressSink, Runner, RunResult
from sync.session import SyncRunner
from sync.sheet.listing import DriveListing
from sync.store.store import open_store


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--all] [--queue-only] [--json]."""
    parser.add_argument("--all", action="store_true", help=words("arg.all"))
    parser.add_argument("--queue-only", action="store_true", help=words("arg.queue_only"))
    parser.add_argument("--json", action="store_true", help=words("arg.json"))


def run(call: Call) -> int:
    """Ask, then work until nothing is due; exit code 1 when a sync failed or needs a person."""
    store = open_store(call.settings.store_url)
    tally = Tally(SyncRunner(call.settings, store))
    try:
        asked = refresh(store, time.time(), all=call.args.all, listing=DriveListing(call.settings))
        worker = LocalWorker(store, tally)
        while not call.args.queue_only and worker.run_once():
            if not call.args.json:
                say_line(tally.lines[-1])
    finally:
        store.close()
    document = {"asked": asked, "synced": tally.synced, "needs_person": tally.needs_person, "failed": tally.failed}
    if call.args.json:
        print(json.dumps(document, ensure_ascii=False, indent=1))  # noqa: T201  # the answer
    else:
        say_line(call.say("refresh_end", **{name: float(value) for name, value in document.items()}))
    return NEEDS_A_PERSON if tally.failed or tally.needs_person else FINE


class Tally:
    """A runner that counts how the syncs of another one end."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.synced = self.needs_person = self.failed = 0
        self.lines: list[str] = []

    def __call__(self, workbook: str, progress: ProgressSink, /, *, dry_run: bool = False) -> RunResult:
        """Raises what the runner raises."""
        self.failed += 1
        self.lines.append(f"✖ {workbook}")
        result = self._runner(workbook, progress, dry_run=dry_run)
        self.failed -= 1
        self.synced += 1
        self.needs_person += result.needs_person
        self.lines[-1] = f"{'◆' if result.needs_person else '✔'} {workbook}"
        return result
