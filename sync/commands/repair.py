"""`semaforo repair`: sets right what somebody damaged in a workbook's template, then syncs the workbook."""

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sheet_templates.layout import tabs
from sheet_templates.words import language_of
from sync.bootstrap import Laid, lay_template
from sync.commands.base import FINE, NEEDS_A_PERSON, Call
from sync.commands.init import told
from sync.console import say_line
from sync.engine import SyncOptions
from sync.ids import new_id
from sync.jobs.by_hand import held_by_hand
from sync.parse import read_settings_tab
from sync.repair import LOOK, Mended, mend
from sync.report import needs_a_person
from sync.session import sync_workbook
from sync.sheet.google import SheetsClient
from sync.sheet.opening import open_client
from sync.sheet.reference import read_reference
from sync.sheet.tables import quoted, table
from sync.store.store import open_store


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """WORKBOOK [--no-sync] [--json]."""
    parser.add_argument("workbook", metavar="WORKBOOK", help=words("arg.workbook"))
    parser.add_argument("--no-sync", action="store_true", help=words("arg.no_sync"))
    parser.add_argument("--json", action="store_true", help=words("arg.json"))


def run(call: Call) -> int:
    """Mend, complete, sync: the sync also sends what an interrupted one had left open. Raises WorkbookError."""
    reference = read_reference(call.args.workbook)
    with open_client(reference.local, call.settings) as client:
        mended, laid = repair(client, reference.id)
    person = False
    if not call.args.no_sync:
        store = open_store(call.settings.store_url)
        try:
            with held_by_hand(store, reference.id, lambda: say_line(call.say("sync_waits"))) as claim:
                report = sync_workbook(reference, SyncOptions(call.settings, datetime.now(UTC)), store, claim=claim)
        finally:
            store.close()
        person = needs_a_person(report)
    _tell(call, mended, laid)
    return NEEDS_A_PERSON if person else FINE


def repair(client: SheetsClient, workbook: str) -> tuple[Mended, Laid]:
    """What is wrong is set right first, since `init` takes a column without its heading for one that is missing."""
    mended = _mend(client, workbook)
    laid = lay_template(client, workbook, new_id=new_id, language=_language(client, workbook))
    if laid.columns or laid.tabs:  # ranges and rules rest on where the columns stand now
        second = _mend(client, workbook)
        for kind, names in second.what.items():
            mended.what.setdefault(kind, []).extend(names)
    return mended, laid


def _mend(client: SheetsClient, workbook: str) -> Mended:
    state = client.look(workbook, LOOK)
    titles = {sheet["properties"].get("sheetId", 0): sheet["properties"]["title"] for sheet in state.get("sheets", ())}
    there = [tab for tab in tabs().values() if tab.id in titles]
    answers = client.read(workbook, [quoted(titles[tab.id]) for tab in there]) if there else []
    columns: dict[str, Any] = {tab.key: answer.get("values", []) for tab, answer in zip(there, answers, strict=True)}
    heads = {key: [column[0] if column else None for column in found] for key, found in columns.items()}
    mended = mend(state, heads, columns.get("settings", ()), _language(client, workbook))
    if mended.requests:
        client.write(workbook, mended.requests)
    return mended


def _language(client: SheetsClient, workbook: str) -> str:
    """The one that the owner chose, as far as it can be read; else that of the spreadsheet."""
    state = client.look(workbook, "properties(locale),sheets(properties(sheetId,title))")
    tab = tabs()["settings"]
    for sheet in state.get("sheets", ()):
        if sheet["properties"].get("sheetId", 0) == tab.id:
            answer = client.read(workbook, [quoted(sheet["properties"]["title"])])[0]
            return read_settings_tab(table(tab, answer)).language
    return language_of(state["properties"].get("locale", "en_US"))


def _tell(call: Call, mended: Mended, laid: Laid) -> None:
    if call.args.json:
        document = {**mended.what, "tabs": laid.tabs, "columns": laid.columns, "completed": laid.repaired}
        print(json.dumps(document, ensure_ascii=False, indent=1))  # noqa: T201  # the answer
        return
    if mended.what:
        parts = [call.say(f"repaired.{kind}", names=", ".join(names)) for kind, names in mended.what.items()]
        say_line(call.say("repair_done", what="; ".join(parts)))
    for line in told(laid, call)[: -1 if laid else 0]:
        say_line(line)
    if not mended.what and not laid:
        say_line(call.say("repair_nothing"))
