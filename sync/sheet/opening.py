"""From a reference to the open workbook."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sync.errors import UsageError, WorkbookError
from sync.settings import Settings
from sync.sheet.google import SheetsClient, key_is_for, open_google, open_local
from sync.sheet.quota import Gates, open_gates
from sync.sheet.reference import Reference
from sync.sheet.workbook import Workbook

if TYPE_CHECKING:
    from sync.sheet.local import PageSetup

ADDRESS_PROPERTY = "semaforo.url"  # where the plugin keeps the service's address
PATIENCE = 15.0  # seconds that another command may keep the workbooks open; a sync takes one or two


@contextmanager
def open_client(
    local: bool, settings: Settings, key: Path | None = None, gates: Gates = open_gates
) -> Iterator[SheetsClient]:
    """A client for Google, or for the embedded server, which is started inside this process when none answers.

    `key` is the account's key file, by default the first of the settings'; `gates` give the permits of its calls.
    Raises UsageError when there are no credentials.
    """
    if not local:
        yield _gated(open_google(key or next(iter(settings.keys), None)), gates)
        return
    if answers(settings.sheets_url):
        yield _gated(open_local(settings.sheets_url, key), gates)
        return
    with embedded_server(settings) as url:
        yield _gated(open_local(url), gates)


def local_keys(settings: Settings) -> tuple[Path, ...]:
    """The key files that belong to the embedded server at `settings.sheets_url`; usually none."""
    return tuple(key for key in settings.keys if key_is_for(key, settings.sheets_url))


def _gated(client: SheetsClient, gates: Gates) -> SheetsClient:
    client.gate = gates(client.account)
    return client


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

    file = _file(settings)
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
def open_workbook(
    reference: Reference, settings: Settings, key: Path | None = None, gates: Gates = open_gates
) -> Iterator[Workbook]:
    """The workbook seam for one workbook. Raises UsageError; nothing is called yet."""
    with open_client(reference.local, settings, key, gates) as client:
        yield Workbook(client, reference.id, reference.text)


def answers(root: str) -> bool:
    """Whether one of our embedded servers answers at that address."""
    return bool(_greeting(root))


def keeps_ours(root: str, settings: Settings) -> bool:
    """Whether the embedded server that answers there keeps the workbooks of our own `home`, or is too old to say."""
    from sync.sheet.local import mark_of

    ours = mark_of(_file(settings))
    return _greeting(root).get("file", ours) == ours


def _file(settings: Settings) -> Path:
    return settings.home / "sheets.db"


def _greeting(root: str) -> Mapping[str, object]:
    """What an embedded server says of itself; empty where none answers."""
    parts = urlsplit(root)
    # Each sync asks this first: the standard library does it in a millisecond, where a client of its own takes thirty.
    # Where nobody listens the refusal comes at once; a server that is only busy must not be taken for one that is gone.
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=10.0)
    try:
        connection.request("GET", "/healthz")
        told = json.loads(connection.getresponse().read(1000))
        return told if told.get("server") == "semaforo-sheets" else {}
    except (OSError, HTTPException, ValueError, AttributeError):
        return {}
    finally:
        connection.close()


def local_copy(root: str) -> bytes:
    """All workbooks of the embedded server at that address, as one SQLite file. Raises WorkbookError."""
    parts = urlsplit(root)
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=600.0)
    try:
        connection.request("GET", "/_local/backup")
        answer = connection.getresponse()
        content = answer.read()
    except (OSError, HTTPException) as error:
        raise WorkbookError("workbook_unreachable", permanent=False, facts={"server": parts.netloc}) from error
    finally:
        connection.close()
    if answer.status != 200:
        raise WorkbookError("workbook_unreachable", facts={"server": parts.netloc})
    return content
