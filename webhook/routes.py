"""The addresses, and what each request comes to. Deciding is `events` and `access`; each family has its own room."""

import logging

from flask import Flask, Response
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from webhook.callers import person
from webhook.cards import tell_card
from webhook.checking import check
from webhook.events import (
    CANCEL,
    CHECK_PATH,
    KPIS_PATH,
    MAX_BODY,
    REVOKE_PATH,
    RUNS_PATH,
    SYNC_PATH,
    CancelWanted,
    CardAsked,
    CheckWanted,
    Refusal,
    RevokeWanted,
    RunAsked,
    SyncWanted,
)
from webhook.pairing import add_pairing, revoke
from webhook.responses import problem
from webhook.runs import accept_sync, cancel_run, tell_run
from webhook.service import Service, Signed, admit
from webhook.tasks import add_tasks

_LOG = logging.getLogger(__name__)
_HTTP_CODES = {404: "no_such_page", 405: "wrong_method", 413: "too_large"}


def add_routes(app: Flask, service: Service) -> None:
    """Give the app its addresses and its way of answering trouble."""
    signed = {
        SYNC_PATH: "POST",
        CHECK_PATH: "POST",
        REVOKE_PATH: "POST",
        RUNS_PATH + "<run>": "GET",
        RUNS_PATH + "<run>" + CANCEL: "POST",
        KPIS_PATH + "<kpi>": "GET",
    }
    for rule, method in signed.items():
        app.add_url_rule(rule, rule, lambda **_: serve_event(service), methods=[method])
    add_pairing(app, service)
    add_tasks(app, service)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(SQLAlchemyError, on_store_error)


def serve_event(service: Service) -> Response:
    """Any signed request: is it whole, fresh and signed, what does it ask, and the answer."""
    signed = admit(service)
    return problem(signed) if isinstance(signed, Refusal) else _answer(service, signed)


def _answer(service: Service, signed: Signed) -> Response:
    match signed.event:
        case CheckWanted() as event:
            return check(service, event)
        case CardAsked() as event:
            return tell_card(service, event)
        case RunAsked() as event:
            return tell_run(service, event)
        case event:
            return _change(service, signed, event)


def _change(service: Service, signed: Signed, event: SyncWanted | CancelWanted | RevokeWanted) -> Response:
    """What starts or ends something: here the settings may want to know who asks."""
    asked_by = person(service, signed.received)
    if isinstance(asked_by, Refusal):
        return problem(asked_by)
    match event:
        case SyncWanted():
            return accept_sync(service, signed, event, asked_by)
        case CancelWanted():
            return cancel_run(service, signed, event)
        case RevokeWanted():
            return revoke(service, signed, event)


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
