"""The endpoints: what each request does with the store. Deciding is `events` and `access`; here it is done."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from sync.store.records import KeyReusedError
from sync.store.store import Store
from webhook.access import clock_problem, verify
from webhook.events import (
    MAX_BODY,
    RUNS_PATH,
    SYNC_PATH,
    Envelope,
    Event,
    Refusal,
    Request,
    RunAsked,
    SyncWanted,
    read_envelope,
    understand,
)
from webhook.responses import accepted, document, problem, run_document

_LOG = logging.getLogger(__name__)
_HTTP_CODES = {404: "no_such_page", 405: "wrong_method", 413: "too_large"}


@dataclass(frozen=True)
class Service:
    """What the endpoints work with. `wake` tells the worker that something is due."""

    master: bytes
    store: Store
    clock: Callable[[], float]
    wake: Callable[[str], None]


def add_routes(app: Flask, service: Service) -> None:
    """Give the app its addresses and its way of answering trouble."""
    app.add_url_rule(SYNC_PATH, "sync", lambda: serve_event(service), methods=["POST"])
    app.add_url_rule(RUNS_PATH + "<run>", "run", lambda run: serve_event(service), methods=["GET"])
    app.add_url_rule("/healthz", "healthz", lambda: document({"status": "ok"}), methods=["GET"])
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(SQLAlchemyError, on_store_error)


def serve_event(service: Service) -> Response:
    """Any signed request: is it whole, fresh and signed, what does it ask, and the answer."""
    now = service.clock()
    received = received_request()
    checked = check(service, received, now)
    if isinstance(checked, Refusal):
        return problem(checked)
    envelope, event = checked
    if isinstance(event, RunAsked):
        return tell_run(service, event)
    return accept_sync(service, received, envelope, event, now)


def received_request() -> Request:
    """The present request without its framework; the address as it was signed, not as Flask decoded it."""
    query = "?" + request.query_string.decode("ascii", "replace") if request.query_string else ""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI")
    target: str = raw or quote(request.path) + query
    if not target.startswith("/"):  # a client may send the whole address in its first line
        parts = urlsplit(target)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Request(request.method, target, headers, request.get_data(cache=False))


def check(service: Service, received: Request, now: float) -> tuple[Envelope, Event] | Refusal:
    """The checks in their order: envelope, clock, workbook and signature, then what is asked."""
    envelope = read_envelope(received)
    if isinstance(envelope, Refusal):
        return envelope
    late = clock_problem(envelope, now)
    if late is not None:
        return late
    workbook = service.store.workbook(envelope.workbook)
    refusal = verify(received, envelope, service.master, workbook.live_epochs(now) if workbook else ())
    if refusal is not None:
        return refusal
    event = understand(received, envelope)
    return event if isinstance(event, Refusal) else (envelope, event)


def accept_sync(service: Service, received: Request, envelope: Envelope, event: SyncWanted, now: float) -> Response:
    """Put the trigger on the disk and wake the worker. The same request sent again gets the same run."""
    fingerprint = hashlib.sha256(f"{received.method}\n{received.target}\n".encode() + received.body).hexdigest()
    try:
        run = service.store.request_run(event.workbook, envelope.nonce, now, fingerprint)
    except KeyReusedError:
        return problem(Refusal("nonce_reused"))
    service.wake(event.workbook)
    return accepted(run)


def tell_run(service: Service, event: RunAsked) -> Response:
    """How far a run is; to any other workbook it does not exist."""
    run = service.store.run(event.run)
    if run is None or run.workbook != event.workbook:
        return problem(Refusal("no_such_run"))
    return run_document(run)


def on_http_error(error: HTTPException) -> Response:
    """Flask's own refusals, in our form."""
    status = error.code or 500
    code = _HTTP_CODES.get(status, "bad_request" if status < 500 else "internal")
    answer = problem(Refusal(code, {"limit": MAX_BODY // 1024} if code == "too_large" else {}))
    for name, value in error.get_headers():
        if name == "Allow":  # the methods that a 405 names
            answer.headers[name] = value
    return answer


def on_store_error(error: SQLAlchemyError) -> Response:
    """The state store is gone or full: nothing was accepted, and it may be sent again."""
    _LOG.error("the state store failed", exc_info=error)
    return problem(Refusal("store_unavailable"))
