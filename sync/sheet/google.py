"""Calls to a Sheets server, Google's or the embedded one: the only importer of gspread.

There is one code path: only the base address and the credentials differ. Every call has a time limit, is retried with
an end, and is counted. Errors leave as WorkbookError, sorted by what the caller does next; the server's own text goes
to the log.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
from sync.retry import retrying
from sync.sheet.reference import reference_text

log = logging.getLogger(__name__)

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
LOCAL_SCOPES = (*SCOPES, "https://www.googleapis.com/auth/drive")
GOOGLE_HOSTS = ("sheets.googleapis.com", "www.googleapis.com")
TIMEOUT = (5.0, 185.0)  # seconds to connect and to read: Google gives up after 180
TEMPORARY = (408, 429, 500, 502, 503, 504)


class UnknownRangeError(WorkbookError):
    """A named range or tab that we asked for is not there; `facts["range"]` names it."""


@dataclass
class Calls:
    """How often we called, as the quota counts: one batch is one call."""

    read: int = 0
    write: int = 0


@dataclass
class SheetsClient:
    """The few calls that we make. `account` is whom a workbook must be shared with."""

    http: HTTPClient
    server: str
    account: str
    sleep: Callable[[float], None] = time.sleep
    calls: Calls = field(default_factory=Calls)

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
        body = {"id": workbook, "name": title, "mimeType": "application/vnd.google-apps.spreadsheet"}
        self._guarded(workbook, lambda: self._json("post", DRIVE_FILES_API_V3_URL, json=body))
        change = {"properties": {"locale": locale, "timeZone": timezone}, "fields": "locale,timeZone"}
        self.write(workbook, [{"updateSpreadsheetProperties": change}])

    def _json(self, method: str, url: str, **options: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.http.request(method, url, **options).json()
        return answer

    def _counted(self, kind: str, workbook: str, call: Callable[[], Any]) -> Any:
        def once() -> Any:
            setattr(self.calls, kind, getattr(self.calls, kind) + 1)
            return call()

        return self._guarded(workbook, once)

    def _guarded(self, workbook: str, call: Callable[[], Any]) -> Any:
        try:
            return retrying(call, again=_again, sleep=self.sleep)
        except gspread.exceptions.APIError as error:
            raise _translated(error.response, workbook, self.account) from error
        except google.auth.exceptions.GoogleAuthError as error:
            raise WorkbookError("credentials_refused") from error
        except (requests.RequestException, ValueError) as error:
            raise WorkbookError("workbook_unreachable", permanent=False, facts={"server": self.server}) from error


def open_google(credentials: Path | None) -> SheetsClient:
    """A client for Google itself, with a service account's key or this machine's own identity. Raises UsageError."""
    identity = _key_file(credentials) if credentials else _own_identity()
    client = gspread.Client(auth=identity, http_client=_limited(None))
    account = getattr(identity, "service_account_email", None) or "?"
    return SheetsClient(client.http_client, "sheets.googleapis.com", account)


def open_local(root: str) -> SheetsClient:
    """A client for the embedded server at `root` (http://127.0.0.1:8790)."""
    anonymous = AnonymousCredentials()  # type: ignore[no-untyped-call]  # google-auth is only partly annotated
    client = gspread.Client(auth=anonymous, http_client=_limited(root))
    return SheetsClient(client.http_client, urlsplit(root).netloc, "local")


def _limited(root: str | None) -> type[HTTPClient]:
    """gspread's HTTP client with a time limit on every call and, for `root`, another base address.

    A class, because gspread makes the instance itself and has no option for the address.
    """

    class Limited(HTTPClient):
        patience: tuple[float, float] | None = None  # other time limits, for calls that somebody waits for

        def request(self, method: Any, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:
            self.timeout = self.patience or TIMEOUT
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
    log.warning("sheets server answered %s for %s: %.500s", status, workbook, response.text)
    if status == 429:
        return WorkbookError("workbook_quota", permanent=False)
    lost = _unparsed_range(response.text)
    facts = {"status": str(status), "workbook": named, "range": lost}
    kind = UnknownRangeError if lost else WorkbookError
    return kind("workbook_refused", permanent=status < 500, facts=facts)


def _unparsed_range(body: str) -> str | None:
    _, found, rest = body.partition("Unable to parse range: ")
    return rest.split('"', 1)[0].split("\\n", 1)[0].strip() if found else None


def _key_file(path: Path) -> Any:
    try:
        return Credentials.from_service_account_file(str(path), scopes=SCOPES)  # type: ignore[no-untyped-call]  # the same
    except (OSError, ValueError) as error:
        raise UsageError("bad_credentials", facts={"path": str(path)}) from error


def _own_identity() -> Any:
    try:
        identity, _ = google.auth.default(scopes=SCOPES)
    except google.auth.exceptions.DefaultCredentialsError as error:
        raise UsageError("no_credentials") from error
    return identity
