"""Understanding a request from its method, address, headers and body alone: no framework, no clock, no network.

Three steps, because nothing of a body is parsed before its signature was found good: `read_envelope` takes the four
headers apart, `webhook.access.verify` judges the signature, `understand` says what is asked.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_BODY = 16 * 1024  # bytes
RUNS_PATH = "/v1/runs/"
SYNC_PATH = "/v1/sync"

STATUS: Mapping[str, int] = {  # every way in which we refuse, and its HTTP status
    "bad_request": 400,
    "bad_body": 400,
    "unsigned": 401,
    "malformed_signature": 401,
    "clock_ahead": 401,
    "clock_behind": 401,
    "bad_signature": 401,
    "foreign_workbook": 403,
    "no_such_page": 404,
    "no_such_run": 404,
    "wrong_method": 405,
    "nonce_reused": 409,
    "too_large": 413,
    "not_json": 415,
    "internal": 500,
    "store_unavailable": 503,
}

_SHEET = re.compile(r"[\x21-\x7e]{1,200}")
_NONCE = re.compile(r"[\x21-\x7e]{8,100}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v1=([0-9a-f]{64})")


@dataclass(frozen=True)
class Request:
    """A request as it came. `target` is the raw path with its query, `headers` have lower-case names."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Envelope:
    """Who says to have sent a request, and what proves it. `timestamp` is in Unix seconds."""

    workbook: str
    timestamp: int
    nonce: str
    signature: str  # 64 hexadecimal digits in lower case


@dataclass(frozen=True)
class SyncWanted:
    """A trigger: the workbook may have changed."""

    workbook: str


@dataclass(frozen=True)
class RunAsked:
    """A question: how far is this run?"""

    workbook: str
    run: str


Event = SyncWanted | RunAsked


@dataclass(frozen=True)
class Refusal:
    """Why a request is not served: a code of STATUS, which is also that of a sentence in `web.yaml`, and its facts."""

    code: str
    facts: Mapping[str, float] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.code]


def read_envelope(request: Request) -> Envelope | Refusal:
    """The four signature headers, if all are there and well formed, and the body is no larger than we take."""
    if len(request.body) > MAX_BODY:
        return Refusal("too_large", {"limit": MAX_BODY // 1024})
    headers = request.headers
    sheet, nonce = headers.get("x-kpi-sheet", ""), headers.get("x-kpi-nonce", "")
    timestamp, signature = headers.get("x-kpi-timestamp", ""), headers.get("x-kpi-signature", "")
    if not (sheet and nonce and timestamp and signature):
        return Refusal("unsigned")
    proof = _SIGNATURE.fullmatch(signature)
    if not (_SHEET.fullmatch(sheet) and _NONCE.fullmatch(nonce) and _TIMESTAMP.fullmatch(timestamp) and proof):
        return Refusal("malformed_signature")
    return Envelope(sheet, int(timestamp), nonce, proof.group(1))


def understand(request: Request, envelope: Envelope) -> Event | Refusal:
    """What a request asks for whose signature was found good."""
    path = request.target.partition("?")[0]
    if request.method == "POST" and path == SYNC_PATH:
        return _sync(request, envelope)
    if request.method in ("GET", "HEAD") and path.startswith(RUNS_PATH):
        return RunAsked(envelope.workbook, path.removeprefix(RUNS_PATH))
    return Refusal("no_such_page")


def _sync(request: Request, envelope: Envelope) -> Event | Refusal:
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        return Refusal("not_json")
    named = _spreadsheet_id(request.body)
    if named is None:
        return Refusal("bad_body")
    if named != envelope.workbook:
        return Refusal("foreign_workbook")
    return SyncWanted(named)


def _spreadsheet_id(body: bytes) -> str | None:
    try:
        content = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested deeper than anybody means
        return None
    named = content.get("spreadsheetId") if isinstance(content, dict) else None
    return named if isinstance(named, str) else None
