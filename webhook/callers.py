"""Who may call: the person behind a press, where a token proves it; and the scheduler, by the way the settings name."""

import logging

from sync.keys import SCHEDULER
from sync.settings import on_app_engine
from webhook.access import clock_problem, verify
from webhook.events import Envelope, Refusal, Request, read_envelope
from webhook.identity import BadTokenError, CertificatesGoneError
from webhook.service import Service

_LOG = logging.getLogger(__name__)
CRON_HEADER, QUEUE_HEADER = "x-appengine-cron", "x-appengine-queuename"


def person(service: Service, received: Request) -> str | Refusal | None:
    """The address of whoever asks, None where that is unknown; a refusal where the settings want to know.

    A token that is not good is worth as much as none: the signature already says that an editor asks.
    """
    token, settings = received.headers.get("x-kpi-identity", ""), service.settings
    if not settings.identity_audiences:
        return None
    try:
        return service.tokens.address_in(token, settings.identity_audiences) if token else _unnamed(service)
    except BadTokenError as error:
        _LOG.warning("a token in X-Kpi-Identity is not accepted: %s", error)
        return _unnamed(service)
    except CertificatesGoneError as error:
        _LOG.warning("a token in X-Kpi-Identity can't be checked: %s", error)
        return Refusal("identity_unavailable") if settings.identity_required else None


def _unnamed(service: Service) -> Refusal | None:
    return Refusal("identity_refused") if service.settings.identity_required else None


def scheduler(service: Service, received: Request, header: str, now: float) -> Refusal | None:
    """None when the request comes from our scheduler. The settings choose the proof, never a header that is there."""
    settings = service.settings
    proof = settings.tasks_proof
    if proof == "hmac":
        return _signed(service, received, now)
    if proof == "oidc":
        return _bearer(service, received)
    if proof == "appengine" and on_app_engine():
        if received.headers.get(header):
            return None  # App Engine takes these headers out of requests from outside; nobody else does
        # A task with an address, as ours are, comes without them; it brings a token of the account that made it.
        if settings.tasks_account and settings.token_audience and "authorization" in received.headers:
            return _bearer(service, received)
    return Refusal("not_proved")


def _signed(service: Service, received: Request, now: float) -> Refusal | None:
    envelope = read_envelope(received)
    if not isinstance(envelope, Envelope):
        return envelope
    epochs = (1,) if envelope.workbook == SCHEDULER else ()
    wrong = verify(received, envelope, service.masters, epochs)  # it would tell a scheduler to connect its workbook
    return clock_problem(envelope, now) or (None if wrong is None else Refusal("not_proved"))


def _bearer(service: Service, received: Request) -> Refusal | None:
    kind, _, token = received.headers.get("authorization", "").partition(" ")
    audience, account = service.settings.token_audience, service.settings.tasks_account
    if kind.lower() != "bearer" or not token or not audience or not account:
        return Refusal("bad_token")
    try:
        address = service.tokens.address_in(token.strip(), [audience])
    except BadTokenError as error:
        _LOG.warning("a scheduler's token is not accepted: %s", error)
        return Refusal("bad_token")
    except CertificatesGoneError as error:
        _LOG.warning("a scheduler's token can't be checked: %s", error)
        return Refusal("identity_unavailable")
    return None if address == account else Refusal("not_proved")
