"""From a reference to the open workbook."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from sync.errors import UsageError
from sync.settings import Settings
from sync.sheet.google import SheetsClient, open_google, open_local
from sync.sheet.reference import Reference
from sync.sheet.workbook import Workbook

if TYPE_CHECKING:
    from sync.sheet.local import PageSetup

ADDRESS_PROPERTY = "semaforo.url"  # where the plugin keeps the service's address
PATIENCE = 15.0  # seconds that another command may keep the workbooks open; a sync takes one or two


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
    with embedded_server(settings) as url:
        yield open_local(url)


def page_setup(services: Iterable[str]) -> "PageSetup":
    """What the embedded server's page is given: the plugin's own files, and the services that they may call."""
    from sync.sheet.local import PageSetup

    addresses = list(services)
    preset = {ADDRESS_PROPERTY: addresses[0]} if addresses else {}
    return PageSetup(Path(str(files("sheet_templates") / "apps_script")), set(addresses), preset)


@contextmanager
def embedded_server(settings: Settings, port: int = 0, page: "PageSetup | None" = None) -> Iterator[str]:
    """The embedded server inside this process, for as long as the block lasts; its address.

    Another command that has the workbooks open is waited for. Raises UsageError when it keeps them or has the port,
    and when their file can't be opened.
    """
    from sync.sheet.local import LocalServer, StoreBusyError, StoreUnusableError  # only who uses it pays for it

    file = settings.home / "sheets.db"
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            server = LocalServer(file, port=port, page=page).start()
            break
        except StoreBusyError as error:
            if time.monotonic() > deadline:
                raise UsageError("sheets_busy", facts={"path": str(file)}) from error
            time.sleep(0.2)
        except StoreUnusableError as error:
            raise UsageError("sheets_unusable", facts={"path": str(file)}) from error
        except OSError as error:
            raise UsageError("port_taken", facts={"address": f"127.0.0.1:{port}"}) from error
    try:
        yield server.url
    finally:
        server.stop()


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
