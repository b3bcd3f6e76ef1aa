"""The short way of a good press, before Flask: judged by what we remember, accepted by the store, answered.

Whatever is not simply good goes the long way, untouched: only 202 is ever answered here. What we remember may be out of
date (another process may have revoked the secret), so the store compares the epochs in the transaction that counts the
trigger, and a press that fails there goes the long way too; its nonce makes sure that nothing counts twice.
"""

import io
import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from sync.errors import SemaforoError
from sync.store.records import INTERACTIVE, Run
from sync.tracing import span
from webhook.access import clock_problem, verify
from webhook.events import (
    MAX_BODY,
    SYNC_PATH,
    Refusal,
    Request,
    SyncWanted,
    plugin_of,
    read_envelope,
    understand,
)
from webhook.metrics import Metrics
from webhook.responses import JSON_HEADERS, accepted_body, href_of
from webhook.service import Service, fingerprint_of, headers_of, too_often
from webhook.watching import tell

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class QuickPress:
    """A WSGI app in front of Flask's."""

    def __init__(self, service: Service, metrics: Metrics, behind: Wsgi) -> None:
        self._service = service
        self._metrics = metrics
        self._behind = behind

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """PEP 3333."""
        begun = time.perf_counter()
        received = _press(environ)
        run = None
        if received is not None:
            with span("press"):
                run = self._accepted(received)
        if run is None:
            return self._behind(environ, start_response)
        body = accepted_body(run)
        start_response("202 ACCEPTED", [*JSON_HEADERS, ("Content-Length", str(len(body))), ("Location", href_of(run))])
        took = time.perf_counter() - begun
        self._metrics.count("POST", SYNC_PATH, 202, took)
        tell("POST", SYNC_PATH, 202, took, run.workbook)
        return [body]

    def _accepted(self, received: Request) -> Run | None:
        """The run of a press that is good in every respect, once it is on the disk."""
        service, now = self._service, self._service.clock()
        envelope = read_envelope(received)
        if isinstance(envelope, Refusal) or clock_problem(envelope, now) is not None:
            return None
        epochs = service.remembered.live_epochs(envelope.workbook, now)
        # The same work for a workbook that we don't remember: the time tells nobody which ones we know.
        if verify(received, envelope, service.masters, epochs) is not None:
            return None
        if not service.remembered.knows_plugin(envelope.workbook, plugin_of(received)):
            return None  # the long way keeps it
        event = understand(received, envelope)
        if not isinstance(event, SyncWanted) or too_often(service.limits.signed, envelope.workbook, now) is not None:
            return None
        asked: dict[str, Any] = {"dry": event.dry, "epochs": epochs}
        try:
            run = service.store.request_run(
                event.workbook, envelope.nonce, now, fingerprint_of(received), INTERACTIVE, **asked
            )
        except (SemaforoError, SQLAlchemyError):
            return None  # the long way finds the same, and the words for it
        service.wake(event.workbook)
        return run


def _press(environ: dict[str, Any]) -> Request | None:
    """The request, if it can be a press; its body stays readable for whoever comes behind."""
    target = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    length = environ.get("CONTENT_LENGTH", "")
    if target != SYNC_PATH or environ["REQUEST_METHOD"] != "POST" or not length.isdecimal() or int(length) > MAX_BODY:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(body)
    return Request("POST", target, headers_of(environ), body) if len(body) == int(length) else None


def add_quick_press(app: Any, service: Service, metrics: Metrics) -> None:
    """Put the short way in front of this Flask app, where nobody has to say who they are."""
    if not service.settings.identity_audiences:
        app.wsgi_app = QuickPress(service, metrics, app.wsgi_app)
