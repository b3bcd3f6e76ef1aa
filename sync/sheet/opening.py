"""From a reference to the open workbook."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from sync.settings import Settings
from sync.sheet.google import SheetsClient, open_google, open_local
from sync.sheet.reference import Reference
from sync.sheet.workbook import Workbook


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
