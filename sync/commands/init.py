"""`semaforo init`: the template into a workbook."""

import argparse
import time
from collections.abc import Callable
from datetime import date

from sheet_templates.plugin import FOLDER
from sheet_templates.words import DEFAULT_LOCALES
from sync.bootstrap import Laid, lay_template
from sync.commands.base import FINE, Call, a_day, local_today
from sync.console import say_line
from sync.errors import WorkbookNotFoundError
from sync.ids import new_id
from sync.settings import Settings
from sync.sheet.google import SheetsClient
from sync.sheet.opening import open_client
from sync.sheet.reference import Reference, read_reference
from sync.store.store import open_store

TIMEZONE = "Europe/Madrid"
TITLES = {"es": "Semáforo: plan de KPI", "en": "Semáforo: KPI plan"}


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """WORKBOOK [--lang es|en] [--sample] [--today DATE]."""
    parser.add_argument("workbook", metavar="WORKBOOK", help=words("arg.workbook"))
    parser.add_argument("--lang", choices=("es", "en"), help=words("arg.lang"))
    parser.add_argument("--sample", action="store_true", help=words("arg.sample"))
    parser.add_argument("--today", type=a_day, metavar="DATE", help=words("arg.today"))


def run(call: Call) -> int:
    """Lay the template, enrol the workbook, say what was done."""
    reference = read_reference(call.args.workbook)
    with open_client(reference.local, call.settings) as client:
        laid = lay(client, reference, call)
    for line in told(laid, call):
        say_line(line)
    if not reference.local:  # the embedded page runs the plugin by itself
        say_line(call.say("init_plugin", folder=str(FOLDER)))
    return FINE


def lay(client: SheetsClient, reference: Reference, call: Call) -> Laid:
    """What `init` does to an open workbook; a local one is made when it is not there."""
    sample_on = (call.args.today or local_today()) if call.args.sample else None
    language, service_url = call.args.lang or call.locale[:2], call.settings.public_url or ""
    laid = lay_or_make(client, reference, language, sample_on, service_url)
    if laid.sample:
        write_files(laid, call.settings)
    store = open_store(call.settings.store_url)
    store.enrol(reference.id, time.time())
    store.close()
    return laid


def lay_or_make(
    client: SheetsClient, reference: Reference, language: str, sample_on: date | None, service_url: str = ""
) -> Laid:
    """Lay the template; make a local workbook that is not there yet. Raises WorkbookError."""

    def attempt() -> Laid:
        return lay_template(
            client, reference.id, new_id=new_id, language=language, sample_on=sample_on, service_url=service_url
        )

    try:
        return attempt()
    except WorkbookNotFoundError:
        if not reference.local:
            raise
        client.create(reference.id, TITLES[language], DEFAULT_LOCALES[language], TIMEZONE)
        laid = attempt()
        client.write(reference.id, [{"deleteSheet": {"sheetId": 0}}])  # the empty tab that every new workbook has
        return laid


def write_files(laid: Laid, settings: Settings) -> None:
    """The sample's own files, where file sources may read them."""
    if laid.sample:
        settings.files_folder.mkdir(parents=True, exist_ok=True)
        for name, text in laid.sample.files.items():
            (settings.files_folder / name).write_text(text, encoding="utf-8")


def told(laid: Laid, call: Call) -> list[str]:
    """What was done, as lines for the person."""
    if not laid:
        return [call.say("init_nothing")]
    lines = [call.say("init_tabs", tabs=", ".join(laid.tabs))] if laid.tabs else []
    lines += [call.say("init_columns", columns=", ".join(laid.columns))] if laid.columns else []
    lines += [call.say("init_repaired", tabs=", ".join(laid.repaired))] if laid.repaired else []
    lines += [call.say("init_sample")] if laid.sample else []
    return [*lines, call.say("init_next", workbook=call.args.workbook)]
