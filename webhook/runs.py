"""The endpoints of runs: asking for one, watching it, stopping it."""

from flask import Response

from sync.store.records import KeyReusedError
from webhook.events import CancelWanted, Refusal, RunAsked, SyncWanted
from webhook.responses import accepted, problem, run_document
from webhook.service import Service, Signed


def accept_sync(service: Service, signed: Signed, event: SyncWanted, asked_by: str | None) -> Response:
    """Put the trigger on the disk and wake the worker. The same request sent again gets the same run."""
    key, fingerprint = signed.envelope.nonce, signed.fingerprint
    try:
        run = service.store.request_run(event.workbook, key, signed.now, fingerprint, dry=event.dry, asked_by=asked_by)
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


def cancel_run(service: Service, signed: Signed, event: CancelWanted) -> Response:
    """Note that a run shall stop; the answer is where it stands now. One that is over stays as it ended."""
    key, fingerprint = signed.envelope.nonce, signed.fingerprint
    try:
        known = service.store.cancel(event.workbook, event.run, key, signed.now, fingerprint)
    except KeyReusedError:
        return problem(Refusal("nonce_reused"))
    run = service.store.run(event.run) if known else None
    return problem(Refusal("no_such_run")) if run is None else accepted(run)
