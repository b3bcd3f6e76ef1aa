"""Calls to a Sheets server, Google's or the embedded one: the only importer of gspread.

There is one code path: only the base address and the credentials differ. Every call has a time limit, is retried with
an end, and is counted. Errors leave as WorkbookError, sorted by what the caller does next; the server's own text goes
to the log.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import google.auth
import google.auth.exceptions
import gspread
import requests
from google.auth.credentials import AnonymousCredentials
from google.oauth2.service_account import Credentials
from gspread.http_client import HTTPClient
from gspread.urls import DRIVE_FILES_API_V3_URL, SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from sync.errors import UsageError, WorkbookError, WorkbookNotFoundError, WorkbookNotSharedError
from sync.logs import hashed
from sync.retry import retrying
from sync.sheet.quota import Gate, OpenGate
from sync.sheet.reference import reference_text
from sync.tracing import span

log = logging.getLogger(__name__)

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
LISTING_SCOPES = (*SCOPES, "https://www.googleapis.com/auth/drive.metadata.readonly")
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
GOOGLE_HOSTS = ("sheets.googleapis.com", "www.googleapis.com")
TIMEOUT = (5.0, 185.0)  # seconds to connect and to read: Google gives up after 180
WRITE_TIMEOUT = (5.0, 45.0)  # a write must be over before the lease is: see sync/jobs/runner.py
TEMPORARY = (408, 429, 500, 502, 503, 504)
MOST_CLIENTS = 16  # for each thread
_NOBODY = AnonymousCredentials()  # type: ignore[no-untyped-call]  # google-auth is only partly annotated
_THREAD = threading.local()


class UnknownRangeError(WorkbookError):
    """A named range or tab that we asked for is not there; `facts["range"]` names it."""


@dataclass
class Calls:
    """How often we called, as the quota counts: one batch is one call."""

    read: int = 0
    write: int = 0
    drive: int = 0


@dataclass
class SheetsClient:
    """The few calls that we make. `account` is whom a workbook must be shared with.

    `before` is told "read" or "write" before each call, repetitions too, and may raise to keep it from being made.
    """

    http: HTTPClient
    server: str
    account: str
    sleep: Callable[[float], None] = time.sleep
    calls: Calls = field(default_factory=Calls)
    before: Callable[[str], None] = lambda kind: None
    gate: Gate = field(default_factory=OpenGate)

    def read(self, workbook: str, ranges: Sequence[str]) -> list[dict[str, Any]]:
        """`values:batchGet` by columns, unformatted, dates as serial numbers. Raises WorkbookError."""
        params: Any = {
            "majorDimension": "COLUMNS",
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        }
        answer = self._counted("read", workbook, lambda: self.http.values_batch_get(workbook, list(ranges), params))
        return list(answer.get("valueRanges", ()))

    def look(self, workbook: str, fields: str) -> dict[str, Any]:
        """`spreadsheets.get` under a field mask. Raises WorkbookError."""
        url = SPREADSHEET_URL % workbook
        answer: dict[str, Any] = self._counted(
            "read", workbook, lambda: self._json("get", url, params={"fields": fields})
        )
        return answer

    def write(
        self, workbook: str, changes: list[dict[str, Any]], back: Sequence[str] = (), fields: str = "spreadsheetId"
    ) -> dict[str, Any]:
        """One atomic `spreadsheets.batchUpdate`; `back` are the ranges that its answer shall bring back."""
        body: dict[str, Any] = {"requests": changes}
        if back:
            body |= {"includeSpreadsheetInResponse": True, "responseRanges": list(back)}
        url = SPREADSHEET_BATCH_UPDATE_URL % workbook
        params = {"fields": fields}
        answer: dict[str, Any] = self._counted(
            "write", workbook, lambda: self._json("post", url, params=params, json=body)
        )
        return answer

    def create(self, workbook: str, title: str, locale: str, timezone: str) -> None:
        """An empty spreadsheet with an id of our choice: for the embedded server, where names are ids."""
        body = {"id": workbook, "name": title, "mimeType": SPREADSHEET}
        self._counted("drive", workbook, lambda: self._json("post", DRIVE_FILES_API_V3_URL, json=body))
        change = {"properties": {"locale": locale, "timeZone": timezone}, "fields": "locale,timeZone"}
        self.write(workbook, [{"updateSpreadsheetProperties": change}])

    def modified_times(self) -> dict[str, str]:
        """The modified time of every spreadsheet that the account may open, by id: a call for each thousand."""
        params = {
            "q": f"mimeType='{SPREADSHEET}' and trashed=false",
            "pageSize": "1000",
            "fields": "nextPageToken,files(id,modifiedTime)",
        }
        found: dict[str, str] = {}

        def page() -> dict[str, Any]:
            return self._json("get", DRIVE_FILES_API_V3_URL, params=params)

        while True:
            answer = self._counted("drive", "", page)
            found |= {file["id"]: file["modifiedTime"] for file in answer.get("files", ())}
            if not answer.get("nextPageToken"):
                return found
            params |= {"pageToken": answer["nextPageToken"]}

    def _json(self, method: str, url: str, **options: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.http.request(method, url, **options).json()
        return answer

    def _counted(self, kind: str, workbook: str, call: Callable[[], Any]) -> Any:
        def once() -> Any:
            self.gate.ask(kind)
            self.before(kind)
            setattr(self.calls, kind, getattr(self.calls, kind) + 1)
            with span("sheets.call", kind=kind, server=self.server):
                return call()

        def again(error: Exception) -> float | None:
            asked = _again(error)
            response = getattr(error, "response", None)
            if isinstance(response, requests.Response) and response.status_code == 429:
                self.gate.refused(kind, asked or 0.0, _scope(response.text))
            return asked

        try:
            return retrying(once, again=again, sleep=self.sleep)
        except gspread.exceptions.APIError as error:
            raise _translated(error.response, workbook, self.account) from error
        except google.auth.exceptions.GoogleAuthError as error:
            raise WorkbookError("credentials_refused") from error
        except (requests.RequestException, ValueError) as error:
            raise WorkbookError("workbook_unreachable", permanent=False, facts={"server": self.server}) from error


def open_google(credentials: Path | None, listing: bool = False) -> SheetsClient:
    """A client for Google itself, with a service account's key or this machine's own identity. Raises UsageError.

    `listing` asks for the modified times of files as well, which nothing else needs.
    """
    scopes = LISTING_SCOPES if listing else SCOPES
    identity = _key_file(credentials, scopes) if credentials else _own_identity(scopes)
    account = getattr(identity, "service_account_email", None) or "?"
    return SheetsClient(_http(None, identity), "sheets.googleapis.com", account)


def open_local(root: str, credentials: Path | None = None) -> SheetsClient:
    """A client for the embedded server at `root` (http://127.0.0.1:8790), as the person at this machine or an account.

    Raises UsageError.
    """
    identity = _key_file(credentials, SCOPES) if credentials else _NOBODY
    account = getattr(identity, "service_account_email", "local")
    return SheetsClient(_http(root, identity), urlsplit(root).netloc, account)


def key_is_for(credentials: Path, root: str) -> bool:
    """Whether a key file belongs to the server at `root`: that is where it gets its tokens. Raises UsageError."""
    try:
        where = json.loads(credentials.read_text(encoding="utf-8")).get("token_uri", "")
    except (OSError, ValueError, AttributeError) as error:
        raise UsageError("bad_credentials", facts={"path": str(credentials)}) from error
    return str(where).startswith(root.rstrip("/") + "/")


def _http(root: str | None, identity: Any) -> HTTPClient:
    """gspread's HTTP client, one for each thread, server and account, since a connection made anew for each sync would
    cost more than the sync."""
    kept: dict[Any, HTTPClient] = _THREAD.__dict__.setdefault("clients", {})
    key = (root, id(identity))
    if key not in kept:
        while len(kept) >= MOST_CLIENTS:
            kept.pop(next(iter(kept))).session.close()
        kept[key] = gspread.Client(auth=identity, http_client=_limited(root)).http_client
    return kept[key]


def _limited(root: str | None) -> type[HTTPClient]:
    """gspread's HTTP client with a time limit on every call and, for `root`, another base address.

    A class, because gspread makes the instance itself and has no option for the address.
    """

    class Limited(HTTPClient):
        patience: tuple[float, float] | None = None  # other time limits, for calls that somebody waits for

        def request(self, method: Any, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
            self.timeout = self.patience or (WRITE_TIMEOUT if endpoint.endswith(":batchUpdate") else TIMEOUT)
            return super().request(method, _rooted(endpoint, root), *args, **kwargs)

    return Limited


def _rooted(endpoint: str, root: str | None) -> str:
    if root is None:
        return endpoint
    parts = urlsplit(endpoint)
    if parts.hostname not in GOOGLE_HOSTS:
        raise ValueError(parts.hostname)  # nothing may leak to the network when a root is set
    return root.rstrip("/") + endpoint.split(parts.netloc, 1)[1]


def _again(error: Exception) -> float | None:
    if isinstance(error, gspread.exceptions.APIError):
        response = error.response  # the raw status: gspread's own code is -1 when the body is not JSON
        return _asked_wait(response) if response.status_code in TEMPORARY else None
    lost = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
    return 0.0 if isinstance(error, (*lost, requests.exceptions.JSONDecodeError)) else None


def _asked_wait(response: requests.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return min(float(text), 120.0) if text.isdigit() else 0.0


def _translated(response: requests.Response, workbook: str, account: str) -> WorkbookError:
    status = response.status_code
    named = reference_text(workbook)
    if status == 404:
        return WorkbookNotFoundError("workbook_not_found", facts={"workbook": named})
    if status == 403:
        return WorkbookNotSharedError("workbook_not_shared", facts={"workbook": named, "account": account})
    log.warning("sheets server answered %s for %s: %.500s", status, hashed(workbook), response.text)
    if status == 429:
        return WorkbookError("workbook_quota", permanent=False)
    lost = _unparsed_range(response.text)
    facts = {"status": str(status), "workbook": named, "range": lost}
    kind = UnknownRangeError if lost else WorkbookError
    return kind("workbook_refused", permanent=status < 500, facts=facts)


def _unparsed_range(body: str) -> str | None:
    _, found, rest = body.partition("Unable to parse range: ")
    return rest.split('"', 1)[0].split("\\n", 1)[0].strip() if found else None


def _scope(body: str) -> str | None:
    """Whose limit a 429 speaks of: the user's or the project's; None where it doesn't say."""
    if "per minute per user" in body:
        return "user"
    return "project" if "per minute" in body else None


def _key_file(path: Path, scopes: tuple[str, ...]) -> Any:
    try:
        return _identity(path, path.stat().st_mtime_ns, scopes)
    except (OSError, ValueError) as error:
        raise UsageError("bad_credentials", facts={"path": str(path)}) from error


@lru_cache(maxsize=64)
def _identity(path: Path, _written: int, scopes: tuple[str, ...]) -> Any:
    """One for all threads: its token is good for an hour, and asking for one costs more than a sync."""
    return Credentials.from_service_account_file(str(path), scopes=scopes)  # type: ignore[no-untyped-call]  # google-auth is only partly annotated


@lru_cache(maxsize=2)
def _own_identity(scopes: tuple[str, ...]) -> Any:
    try:
        identity, _ = google.auth.default(scopes=scopes)
    except google.auth.exceptions.DefaultCredentialsError as error:
        raise UsageError("no_credentials") from error
    return identity
