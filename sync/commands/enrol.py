"""`semaforo enrol`: which workbooks the service looks after, and when each is due by itself."""

import argparse
import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sheet_templates.words import language_of
from sync.commands.base import FINE, Call
from sync.console import say_line
from sync.errors import UsageError
from sync.jobs.refresh import refresh_first
from sync.jobs.schedule import from_code, zone_of
from sync.logs import hashed
from sync.sheet.accounts import first_with_access, keys_in_order
from sync.sheet.opening import local_keys, open_workbook
from sync.sheet.reference import Reference, read_reference, reference_text
from sync.store.store import Store, open_store


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[WORKBOOK] [--list] [--remove] [--json]."""
    parser.add_argument("workbook", metavar="WORKBOOK", nargs="?", help=words("arg.workbook"))
    parser.add_argument("--list", action="store_true", help=words("arg.list"))
    parser.add_argument("--remove", action="store_true", help=words("arg.remove"))
    parser.add_argument("--json", action="store_true", help=words("arg.json"))


def run(call: Call) -> int:
    """Enrol a workbook that we can read, take one off the list, or show the list. Raises WorkbookError, UsageError."""
    if not call.args.workbook and not call.args.list:
        raise UsageError("enrol_what")
    store = open_store(call.settings.store_url)
    try:
        if call.args.workbook:
            change(store, read_reference(call.args.workbook), call)
        entries = listed(store, call.locale)
    finally:
        store.close()
    if call.args.workbook and not call.args.list:
        wanted = read_reference(call.args.workbook).id
        entries = [entry for entry in entries if entry["id"] == wanted]
    if call.args.json:
        print(json.dumps({"workbooks": entries}, ensure_ascii=False, indent=1))  # noqa: T201  # the answer
    else:
        for entry in entries:
            say_line(
                call.say("enrol_line", **{name: "–" if value is None else str(value) for name, value in entry.items()})
            )
        if not entries:
            say_line(call.say("enrol_none"))
    return FINE


def change(store: Store, reference: Reference, call: Call) -> None:
    """Enrol, or take off the list: then its secret opens nothing any more, and it is never due by itself."""
    if call.args.remove:
        store.rotate(reference.id, time.time(), grace=0.0)
        store.set_removed(reference.id, True)
        return
    keys = local_keys(call.settings) if reference.local else call.settings.keys

    def attempt(key: Any) -> None:
        with open_workbook(reference, call.settings, key) as workbook:
            workbook.read()

    first_with_access(keys_in_order(keys, reference.id, None), attempt)
    store.enrol(reference.id, time.time())
    store.set_removed(reference.id, False)
    refresh_first(store, time.time())


def listed(store: Store, locale: str) -> list[Mapping[str, Any]]:
    """Every enrolled workbook with its schedule, as values that JSON can hold; those taken off the list are absent."""
    schedules = {row.workbook: row for row in store.schedules()}
    removed = store.removed()
    entries: list[Mapping[str, Any]] = []
    for workbook in store.workbooks():
        row = schedules.get(workbook.id)
        if workbook.id not in removed:
            due = datetime.fromtimestamp(row.next_at, zone_of(row.timezone)) if row and row.next_at else None
            entries.append(
                {
                    "workbook": reference_text(workbook.id),
                    "id": workbook.id,
                    "in_log": hashed(workbook.id),
                    "kpis": workbook.kpi_count,
                    "refresh": from_code(row.code).label(language_of(locale)) if row else None,
                    "next": due.isoformat(timespec="minutes") if due else None,
                }
            )
    return entries
