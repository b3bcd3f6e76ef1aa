"""From what a person calls a workbook to the open workbook: an address, an id, or local:NAME in the embedded server."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from sync.errors import UsageError
from sync.settings import Settings
from sync.sheet.google import SheetsClient, open_google, open_local
from sync.sheet.workbook import Workbook

LOCAL = "local:"
LOCAL_ID = "local-"  # in the embedded server a name is an id, so finding a workbook costs no call
_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
_ID = re.compile(r"[A-Za-z0-9_-]{20,100}")
_ADDRESS = re.compile(r"https://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{20,100})(?:[/?#].*)?")


@dataclass(frozen=True)
class Reference:
    """A workbook as a person called it, understood."""

    text: str
    id: str
    local: bool


def read_reference(text: str) -> Reference:
    """Raises UsageError for what is neither an address, nor an id, nor local:NAME."""
    text = text.strip()
    name = text.removeprefix(LOCAL) if text.startswith(LOCAL) else ""
    if _NAME.fullmatch(name):
        return Reference(text, LOCAL_ID + name, local=True)
    if text.startswith(LOCAL_ID) and _NAME.fullmatch(text.removeprefix(LOCAL_ID)):
        return Reference(LOCAL + text.removeprefix(LOCAL_ID), text, local=True)
    address = _ADDRESS.fullmatch(text)
    if address:
        return Reference(text, address[1], local=False)
    if _ID.fullmatch(text):
        return Reference(text, text, local=False)
    raise UsageError("workbook_address", facts={"text": text[:120]})


@contextmanager
def open_client(local: bool, settings: Settings) -> Iterator[SheetsClient]:
    """A client for Google, or for the embedded server, which is started inside this process when none answers.

    Raises UsageError when there are no credentials.
    """
    if not local:
        yield open_google(settings.credentials)
        return
    if answers(settings.sheets_url):
        yield open_local(settings.sheets_url)
        return
    from sync.sheet.local import LocalServer  # only who uses it pays for it

    with LocalServer(settings.home / "sheets.db") as server:
        yield open_local(server.url)


@contextmanager
def open_workbook(reference: Reference, settings: Settings) -> Iterator[Workbook]:
    """The workbook seam for one workbook. Raises UsageError; nothing is called yet."""
    with open_client(reference.local, settings) as client:
        yield Workbook(client, reference.id, reference.text)


def answers(root: str) -> bool:
    """Whether one of our embedded servers answers at that address."""
    try:
        answer = httpx.get(root.rstrip("/") + "/healthz", timeout=1.0, trust_env=False)
        return bool(answer.json().get("server") == "semaforo-sheets")
    except (httpx.HTTPError, ValueError, AttributeError):
        return False
