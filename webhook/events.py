"""Understanding a request from its method, address, headers and body alone: no framework, no clock, no network.

Three steps, because nothing of a body is parsed before its signature was found good: `read_envelope` takes the four
headers apart, `webhook.access.verify` judges the signature, `understand` says what is asked.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote

from webhook.bodies import Cells, json_object, question_of, workbook_in

MAX_BODY = 16 * 1024  # bytes
RUNS_PATH = "/v1/runs/"
KPIS_PATH = "/v1/kpis/"
SYNC_PATH = "/v1/sync"
CHECK_PATH = "/v1/check"
REVOKE_PATH = "/v1/pair/revoke"
CANCEL = "/cancel"  # behind a run's own address

STATUS: Mapping[str, int] = {  # every way in which we refuse, and its HTTP status
    "bad_request": 400,
    "bad_body": 400,
    "bad_question": 400,
    "bad_pairing": 400,
    "unsigned": 401,
    "malformed_signature": 401,
    "clock_ahead": 401,
    "clock_behind": 401,
    "bad_signature": 401,
    "identity_refused": 401,
    "bad_token": 401,
    "foreign_workbook": 403,
    "bad_code": 403,
    "not_shared": 403,
    "not_proved": 403,
    "no_such_page": 404,
    "no_such_run": 404,
    "no_such_kpi": 404,
    "no_such_workbook": 404,
    "wrong_method": 405,
    "nonce_reused": 409,
    "too_large": 413,
    "not_json": 415,
    "slow_down": 429,
    "internal": 500,
    "not_ready": 503,
    "tables_behind": 503,
    "sheets_unavailable": 503,
    "identity_unavailable": 503,
    "store_unavailable": 503,
}

_SHEET = re.compile(r"[\x21-\x7e]{1,200}")
_NONCE = re.compile(r"[\x21-\x7e]{8,100}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v1=([0-9a-f]{64})")
_PLUGIN = re.compile(r"[1-9][0-9]{0,5}")


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
    """A trigger: the workbook may have changed. A `dry` one asks what a sync would change."""

    workbook: str
    dry: bool = False


@dataclass(frozen=True)
class RunAsked:
    """A question: how far is this run?"""

    workbook: str
    run: str


@dataclass(frozen=True)
class CancelWanted:
    """A wish: this run shall stop before it writes."""

    workbook: str
    run: str


@dataclass(frozen=True)
class CheckWanted:
    """A question: is this a SMART KPI? `lang` is a language tag, None when `Accept-Language` decides."""

    workbook: str
    statement: str | None = None
    row: Cells | None = None
    lang: str | None = None
    today: date | None = None


@dataclass(frozen=True)
class CardAsked:
    """A question: how does this KPI stand?"""

    workbook: str
    kpi: str


@dataclass(frozen=True)
class RevokeWanted:
    """A wish: this workbook's secret shall open nothing any more."""

    workbook: str


Event = SyncWanted | RunAsked | CancelWanted | CheckWanted | CardAsked | RevokeWanted


@dataclass(frozen=True)
class Refusal:
    """Why a request is not served: a code of STATUS, which is also that of a sentence in `web.yaml`, and its facts."""

    code: str
    facts: Mapping[str, float | str] = field(default_factory=dict)

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


def plugin_of(request: Request) -> str | None:
    """The version of the plugin that sent a request, if it says so. No signature covers it: it is shown, no more."""
    told = request.headers.get("x-kpi-plugin", "")
    return told if _PLUGIN.fullmatch(told) else None


def understand(request: Request, envelope: Envelope) -> Event | Refusal:
    """What a request asks for whose signature was found good."""
    path = request.target.partition("?")[0]
    if request.method in ("GET", "HEAD"):
        return _question(path, envelope.workbook)
    if request.method == "POST" and path.startswith(RUNS_PATH) and path.endswith(CANCEL):
        return CancelWanted(envelope.workbook, path.removeprefix(RUNS_PATH).removesuffix(CANCEL))
    understood = _POSTS.get(path) if request.method == "POST" else None
    return Refusal("no_such_page") if understood is None else _wish(request, envelope, understood)


def _wish(request: Request, envelope: Envelope, understood: "_Reader") -> Event | Refusal:
    if not is_json(request):
        return Refusal("not_json")
    content = json_object(request.body)
    named = workbook_in(content) if content is not None else None
    if content is None or named is None:
        return Refusal("bad_body")
    if named != envelope.workbook:
        return Refusal("foreign_workbook")
    return understood(named, content)


def is_json(request: Request) -> bool:
    """Whether the body says that it is JSON."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def _question(path: str, workbook: str) -> Event | Refusal:
    if path.startswith(RUNS_PATH):
        return RunAsked(workbook, path.removeprefix(RUNS_PATH))
    if path.startswith(KPIS_PATH):
        return CardAsked(workbook, unquote(path.removeprefix(KPIS_PATH)))
    return Refusal("no_such_page")


def _sync(workbook: str, content: Mapping[str, object]) -> Event | Refusal:
    dry = content.get("dryRun", False)
    return SyncWanted(workbook, dry) if isinstance(dry, bool) else Refusal("bad_body")


def _check(workbook: str, content: Mapping[str, object]) -> Event | Refusal:
    asked = question_of(content)
    if asked is None:
        return Refusal("bad_question")
    return CheckWanted(workbook, asked.statement, asked.row, asked.lang, asked.today)


_Reader = Callable[[str, Mapping[str, object]], Event | Refusal]
_POSTS: Mapping[str, _Reader] = {
    SYNC_PATH: _sync,
    CHECK_PATH: _check,
    REVOKE_PATH: lambda workbook, content: RevokeWanted(workbook),
}
