"""`semaforo demo`: everything on one machine, through every real seam.

The embedded spreadsheet server, the template with its sample plan, the web service, and a sync that goes through the
signed webhook as the button's does.
"""

import argparse
import threading
import time
import uuid
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import httpx
from flask import Flask

from sheet_templates.words import DEFAULT_LOCALES
from sync.commands.base import COULD_NOT_RUN, FINE, Call, a_port, local_today
from sync.commands.init import lay_or_make, write_files
from sync.console import print_report, progress_on_stderr, say_line
from sync.engine import Progress
from sync.errors import UsageError, WorkbookError
from sync.keys import master_key, workbook_secret
from sync.session import SyncRunner
from sync.settings import Settings
from sync.sheet.google import open_local
from sync.sheet.local import PageSetup
from sync.sheet.opening import ADDRESS_PROPERTY, answers, embedded_server, keeps_ours, page_setup
from sync.sheet.reference import Reference, read_reference
from sync.store.store import Store, open_store
from webhook.access import signed_headers
from webhook.app import ServiceThread, create_app

WORKBOOK = "local:demo"
PATIENCE = 120.0  # seconds until the demo gives up on its sync
POLL = 0.2


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """[--lang es|en] [--once] [--port N] [--no-browser]."""
    parser.add_argument("--lang", choices=("es", "en"), help=words("arg.lang"))
    parser.add_argument("--once", action="store_true", help=words("arg.once"))
    parser.add_argument("--port", type=a_port, help=words("arg.port"))
    parser.add_argument("--no-browser", action="store_true", help=words("arg.no_browser"))


def run(call: Call) -> int:
    """Print the table of lights; unless `--once`, go on serving the sheet until interrupted."""
    reference = read_reference(WORKBOOK)
    call = replace(call, locale=DEFAULT_LOCALES.get(call.args.lang, call.locale))
    page = page_setup([])
    with sheets_server(call, page) as url, closing(open_store(call.settings.store_url)) as store:
        settings = replace(call.settings, sheets_url=url)
        call = in_its_language(call, prepare(reference, settings, store, call.locale[:2]))
        app = create_app(settings, store, SyncRunner(settings, store))
        with service_thread(app, settings, call.args.once) as service:
            allow(page, service.url)
            with progress_on_stderr(call.locale) as progress:
                answer = sync_by_webhook(service.url, reference, settings, store, progress)
            if answer["state"] != "done":
                say_line(call.say("demo_failed", error=str(answer.get("error", answer["state"]))))
                return COULD_NOT_RUN
            print_report(answer["report"], call.locale)
            if not call.args.once:
                show_until_interrupted(call, f"{url}/workbooks/{reference.id}")
    return FINE


def service_thread(app: Flask, settings: Settings, once: bool) -> ServiceThread:
    """On the usual port, so that a workbook connected in one demo is so in the next; on any when that one is taken."""
    try:
        return ServiceThread(app, port=0 if once else settings.port)
    except UsageError:
        return ServiceThread(app)


def allow(page: PageSetup, service: str) -> None:
    """The page's plugin may call this service, and proposes it where a workbook is connected."""
    page.services.add(service)
    page.preset[ADDRESS_PROPERTY] = service


@contextmanager
def sheets_server(call: Call, page: PageSetup) -> Iterator[str]:
    """The embedded server's address: of the one that runs already, or of one that is started for the demo.

    One that keeps another folder's workbooks is left alone: what we remember of ours would be put into its.
    """
    usual = call.settings.sheets_url
    taken = call.args.port is None and answers(usual)
    if taken and keeps_ours(usual, call.settings):
        yield usual
        return
    if taken:
        say_line(call.say("demo_other_home", url=usual, home=str(call.settings.home)))
    port = call.args.port or (0 if call.args.once or taken else httpx.URL(usual).port or 0)
    with embedded_server(call.settings, port, page) as url:
        yield url


def in_its_language(call: Call, language: str) -> Call:
    """The demo speaks as its workbook does: one of an earlier demo keeps its language, whatever is asked for now."""
    if language == call.locale[:2]:
        return call
    if call.args.lang:
        say_line(call.say("demo_other_language", home=f"{call.settings.home}-{call.args.lang}"))
    return replace(call, locale=DEFAULT_LOCALES[language])


def prepare(reference: Reference, settings: Settings, store: Store, language: str) -> str:
    """The workbook with the template and the sample plan, enrolled; gives its language."""
    laid = lay_or_make(open_local(settings.sheets_url), reference, language, local_today())
    write_files(laid, settings)
    store.enrol(reference.id, time.time())
    return laid.language


def sync_by_webhook(
    url: str, reference: Reference, settings: Settings, store: Store, progress: Progress
) -> dict[str, Any]:
    """Press the button: a signed POST, then signed questions after the run's progress until it is over."""
    record = store.enrol(reference.id, time.time())
    secret = workbook_secret(master_key(settings), reference.id, record.epoch)

    def ask(method: str, path: str, body: bytes = b"") -> dict[str, Any]:
        nonce = str(uuid.uuid4())
        headers = signed_headers(secret, method, path, body, workbook=reference.id, now=time.time(), nonce=nonce)
        kind = {"Content-Type": "application/json"} if body else {}
        answer = httpx.request(method, url + path, content=body, headers={**headers, **kind}, trust_env=False)
        answer.raise_for_status()
        content: dict[str, Any] = answer.json()
        return content

    accepted = ask("POST", "/v1/sync", b'{"spreadsheetId": "%s"}' % reference.id.encode())
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        run = ask("GET", accepted["href"])
        if run["state"] in ("done", "failed"):
            return run
        if run["step"]:
            progress(run["step"], run["done"] or 0, run["total"] or 1)
        time.sleep(POLL)
    raise WorkbookError("workbook_unreachable", permanent=False, facts={"server": url})


def show_until_interrupted(call: Call, page: str) -> None:
    """Open the sheet in a browser and stay."""
    say_line(call.say("demo_open", url=page))
    if not call.args.no_browser:
        webbrowser.open(page)
    threading.Event().wait()
