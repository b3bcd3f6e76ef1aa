"""The endpoints of who watches over the service: alive, ready, counted, described."""

import hmac
import logging
from collections.abc import Callable
from importlib import import_module

from flask import Flask, Response
from sqlalchemy.exc import SQLAlchemyError

from sync.store.migrate import newest
from webhook.events import Refusal
from webhook.metrics import CONTENT_TYPE, Metrics
from webhook.openapi import openapi
from webhook.responses import document, problem
from webhook.service import Service, received_request

_LOG = logging.getLogger(__name__)


def add_health(app: Flask, service: Service, metrics: Metrics) -> None:
    """Five addresses that need no signature."""
    pages: dict[str, Callable[[], Response]] = {
        "/healthz": lambda: document({"status": "ok"}),
        "/readyz": lambda: ready(service),
        "/_ah/warmup": lambda: warm(service),
        "/metrics": lambda: counted(service, metrics),
        "/openapi.json": lambda: document(openapi()),
    }
    for path, page in pages.items():
        app.add_url_rule(path, path, page, methods=["GET"])


def ready(service: Service) -> Response:
    """Whether a press would be taken and carried out: the store answers and is up to date, the worker works."""
    try:
        service.store.workbook("")
        revision = service.store.revision()
    except SQLAlchemyError:
        _LOG.error("the state store does not answer", exc_info=True)
        return problem(Refusal("store_unavailable"))
    if (revision or "") < newest():  # newer ones are an upgrade that is under way: this process goes on until its end
        return problem(Refusal("tables_behind"))
    if not service.worker_alive():
        return problem(Refusal("not_ready"))
    return document({"status": "ready", "migrations": revision})


def warm(service: Service) -> Response:
    """Load what a first sync needs before a person waits for it: App Engine asks for this when it starts an instance.

    Nothing is told and nothing begun, so that it needs no proof; asked again it costs one small query.
    """
    import_module("sync.session")  # brings gspread: an accepting process does without until here
    try:
        service.store.workbook("")
    except SQLAlchemyError:
        _LOG.error("the state store does not answer", exc_info=True)
        return problem(Refusal("store_unavailable"))
    return document({"status": "warm"})


def counted(service: Service, metrics: Metrics) -> Response:
    """Prometheus' text; with a bearer token where the settings ask for one."""
    token = service.settings.metrics_token
    given = received_request().headers.get("authorization", "")
    if token is not None and not hmac.compare_digest(given.encode(), f"Bearer {token!s}".encode()):
        return problem(Refusal("bad_token"))
    answer = Response(metrics.text(), content_type=CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer
