"""The endpoints that connect a workbook: a one-time code written into it, traded for its secret; and the end of one.

Who can read the code may edit the workbook, and that is all that the secret says of whoever has it.
"""

import hashlib
import hmac
import logging
import secrets

from flask import Flask, Response

from sync.errors import SemaforoError, UsageError, WorkbookNotFoundError, WorkbookNotSharedError
from sync.keys import workbook_secret
from sync.sheet.reference import read_reference
from sync.store.records import KeyReusedError
from webhook.bodies import json_object, text_in
from webhook.events import MAX_BODY, Refusal, RevokeWanted, is_json
from webhook.responses import document, problem
from webhook.service import Service, Signed, admit_caller, received_request

_LOG = logging.getLogger(__name__)
START_PATH, FINISH_PATH = "/v1/pair/start", "/v1/pair/finish"
_LONGEST_CODE = 200


def add_pairing(app: Flask, service: Service) -> None:
    """The two addresses that need no signature."""
    app.add_url_rule(START_PATH, "pair_start", lambda: start(service), methods=["POST"])
    app.add_url_rule(FINISH_PATH, "pair_finish", lambda: finish(service), methods=["POST"])


def start(service: Service) -> Response:
    """Write a new code into the workbook; only its digest is kept here."""
    asked = _asked(service)
    if isinstance(asked, Refusal):
        return problem(asked)
    from sync.sheet.codes import put_code  # reaching a workbook takes libraries that a trigger does not need

    workbook, code = asked["workbook"], secrets.token_urlsafe(24)
    try:
        mark = put_code(workbook, code, service.store.code_mark(workbook), service.settings)
    except SemaforoError as error:
        return problem(_unreached(error))
    expires = service.store.keep_code(workbook, _digest(service, workbook, code), service.clock(), mark)
    return document({"expires": int(expires)}, 202)


def finish(service: Service) -> Response:
    """Trade a good code for the workbook's secret, which is thereby enrolled; take the code out of the workbook."""
    asked = _asked(service, "code")
    if isinstance(asked, Refusal):
        return problem(asked)
    workbook, code, now = asked["workbook"], asked["code"], service.clock()
    mark = service.store.code_mark(workbook)
    if not service.store.take_code(workbook, _digest(service, workbook, code), now):
        return problem(Refusal("bad_code"))
    epoch = service.store.enrol(workbook, now).epoch
    from sync.sheet.codes import drop_code

    try:
        drop_code(workbook, mark, service.settings)
    except UsageError as error:
        _LOG.warning("the pairing code stays in the workbook: %s", error)
    secret = workbook_secret(service.masters[0], workbook, epoch)
    return document({"workbook": workbook, "secret": secret, "epoch": epoch})


def revoke(service: Service, signed: Signed, event: RevokeWanted) -> Response:
    """End the secret at once. The same request again gets the same answer, and ends nothing more."""
    try:
        service.store.revoke(event.workbook, signed.now, signed.envelope.nonce, signed.fingerprint)
    except KeyReusedError:
        return problem(Refusal("nonce_reused"))
    return document({"revoked": True})


def _asked(service: Service, *others: str) -> dict[str, str] | Refusal:
    """The workbook and the other texts that the body names, from a caller who may connect it, and not too often."""
    often = admit_caller(service)
    if often is not None:
        return often
    received = received_request()
    if len(received.body) > MAX_BODY:
        return Refusal("too_large", {"limit": MAX_BODY // 1024})
    if not is_json(received):
        return Refusal("not_json")
    content = json_object(received.body) or {}
    found = {name: text_in(content, name) for name in ("spreadsheetId", *others)}
    workbook = found.pop("spreadsheetId")
    if workbook is None or any(text is None or len(text) > _LONGEST_CODE for text in found.values()):
        return Refusal("bad_pairing")
    if not _is_id(workbook):
        return Refusal("no_such_workbook")
    refusal = admit_caller(service, workbook) or _stranger(service, workbook)
    return refusal or {"workbook": workbook, **{name: text or "" for name, text in found.items()}}


def _stranger(service: Service, workbook: str) -> Refusal | None:
    """Where only known workbooks are connected, a workbook that nobody enrolled."""
    if service.settings.pairing == "open" or service.store.workbook(workbook) is not None:
        return None
    return Refusal("not_enrolled", {"workbook": workbook})


def _is_id(text: str) -> bool:
    try:
        return read_reference(text).id == text
    except UsageError:
        return False


def _digest(service: Service, workbook: str, code: str) -> str:
    return hmac.new(service.masters[0], f"pair|{workbook}|{code}".encode(), hashlib.sha256).hexdigest()


def _unreached(error: SemaforoError) -> Refusal:
    _LOG.warning("a workbook can't be paired: %s", error)
    if isinstance(error, WorkbookNotSharedError):
        return Refusal("not_shared", {"account": str(error.facts["account"])})
    if isinstance(error, WorkbookNotFoundError):
        return Refusal("no_such_workbook")
    return Refusal("sheets_unavailable")
