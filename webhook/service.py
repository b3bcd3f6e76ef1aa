"""What the endpoints share: the service's own parts, the present request, and the way in for a signed one."""

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from flask import request

from sync.settings import Settings
from sync.store.records import KeyReusedError
from sync.store.store import Store
from webhook.access import clock_problem, verify
from webhook.events import (
    REVOKE_PATH,
    Envelope,
    Event,
    Refusal,
    Request,
    plugin_of,
    read_envelope,
    understand,
)
from webhook.identity import Tokens
from webhook.limits import Limiter, caller_of
from webhook.remembered import Remembered

_UNSIGNED_A_CALLER = 30  # requests a minute
_UNSIGNED_A_WORKBOOK = 10


@dataclass(frozen=True)
class Service:
    """What the endpoints work with.

    `wake` tells the workers which workbook is due ("": any); `run_due` syncs a workbook at once if it is due and
    free, and says whether it was; `refresh` asks for a run of every workbook that is due by itself, and says of how
    many.
    """

    settings: Settings
    masters: tuple[bytes, ...]
    store: Store
    clock: Callable[[], float]
    wake: Callable[[str], None]
    run_due: Callable[[str], bool]
    refresh: Callable[[], int]
    worker_alive: Callable[[], bool]
    limits: "Limits"
    tokens: Tokens
    remembered: Remembered


class Limits:
    """How often whom: callers and workbooks without a signature, and workbooks with one."""

    def __init__(self, signed_per_minute: int) -> None:
        self.callers = Limiter(_UNSIGNED_A_CALLER)
        self.named = Limiter(_UNSIGNED_A_WORKBOOK)
        self.signed = Limiter(signed_per_minute)


@dataclass(frozen=True)
class Signed:
    """A request whose signature is good: what came, who sent it, what it asks, and when it came."""

    received: Request
    envelope: Envelope
    event: Event
    now: float

    @property
    def fingerprint(self) -> str:
        """A digest of what was asked, without when: what the nonce must not be used for again."""
        return fingerprint_of(self.received)


def received_request() -> Request:
    """The present request without its framework; the address as it was signed, not as Flask decoded it."""
    query = "?" + request.query_string.decode("ascii", "replace") if request.query_string else ""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI")
    target: str = raw or quote(request.path) + query
    if not target.startswith("/"):  # a client may send the whole address in its first line
        parts = urlsplit(target)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
    return Request(request.method, target, headers_of(request.environ), request.get_data(cache=False))


def headers_of(environ: Mapping[str, Any]) -> dict[str, str]:
    """The request's headers by their lower-case names, taken from where WSGI puts them (PEP 3333)."""
    found = {name[5:].replace("_", "-").lower(): environ[name] for name in environ if name.startswith("HTTP_")}
    found["content-type"] = environ.get("CONTENT_TYPE", "")
    return found


def fingerprint_of(received: Request) -> str:
    """SHA-256 of method, address and body."""
    return hashlib.sha256(f"{received.method}\n{received.target}\n".encode() + received.body).hexdigest()


def admit(service: Service) -> Signed | Refusal:
    """The checks of a signed request in their order: envelope, clock, workbook and signature, rate, what is asked."""
    received, now = received_request(), service.clock()
    envelope = read_envelope(received)
    if isinstance(envelope, Refusal):
        return envelope
    refusal = clock_problem(envelope, now) or _unproved(service, received, envelope, now)
    if refusal is not None:
        return refusal
    refusal = too_often(service.limits.signed, envelope.workbook, now)
    if refusal is not None:
        return refusal
    _keep_plugin(service, envelope.workbook, plugin_of(received), now)
    event = understand(received, envelope)
    return event if isinstance(event, Refusal) else Signed(received, envelope, event, now)


def _keep_plugin(service: Service, workbook: str, version: str | None, now: float) -> None:
    """For `semaforo doctor`; once a process and version, so that a press costs nothing."""
    if version is not None and not service.remembered.knows_plugin(workbook, version):
        service.store.keep_plugin(workbook, version, now)
        service.remembered.keep_plugin(workbook, version)


def _unproved(service: Service, received: Request, envelope: Envelope, now: float) -> Refusal | None:
    workbook = service.store.workbook(envelope.workbook)
    epochs = workbook.live_epochs(now) if workbook else ()
    refusal = verify(received, envelope, service.masters, epochs)
    if refusal is None and workbook is not None:
        service.remembered.keep(workbook)
    if refusal is None or workbook is None or received.target != REVOKE_PATH:
        return refusal
    # The one thing that a dead secret still opens: the answer to the very request that ended it, should it get lost.
    return (
        refusal
        if not _ended_it(service, received, envelope, now)
        else verify(received, envelope, service.masters, (workbook.epoch - 1,))
    )


def _ended_it(service: Service, received: Request, envelope: Envelope, now: float) -> bool:
    try:
        return service.store.was_used(envelope.workbook, envelope.nonce, fingerprint_of(received), now)
    except KeyReusedError:
        return False


def admit_caller(service: Service, workbook: str = "") -> Refusal | None:
    """Whether a request without a signature comes too often: from its address, and for the workbook that it names."""
    now, forwarded = service.clock(), request.headers.get("X-Forwarded-For", "")
    if workbook:
        return too_often(service.limits.named, workbook, now)
    caller = caller_of(request.remote_addr or "", forwarded, service.settings.trusted_proxies)
    return too_often(service.limits.callers, caller, now)


def too_often(limiter: Limiter, key: str, now: float) -> Refusal | None:
    """A refusal that says how many seconds to wait, if this key must."""
    wait = limiter.wait(key, now)
    return Refusal("slow_down", {"seconds": math.ceil(wait)}) if wait else None
