"""The endpoints that a scheduler and a task queue call. They carry no authority beyond "look now what is due"."""

import logging

from flask import Flask, Response
from sqlalchemy.exc import SQLAlchemyError

from sync.logs import hashed
from webhook.bodies import json_object, workbook_in
from webhook.callers import CRON_HEADER, QUEUE_HEADER, scheduler
from webhook.events import MAX_BODY, Refusal, is_json
from webhook.responses import document, problem
from webhook.service import Service, received_request

_LOG = logging.getLogger(__name__)
TASK_PATH, REFRESH_PATH = "/tasks/sync", "/cron/refresh"


def add_tasks(app: Flask, service: Service) -> None:
    """Two addresses, each for one caller."""
    app.add_url_rule(TASK_PATH, "task", lambda: run_task(service), methods=["POST"])
    app.add_url_rule(REFRESH_PATH, "refresh", lambda: refresh(service), methods=["GET", "POST"])


def run_task(service: Service) -> Response:
    """Sync the workbook that the body names, within this request, if it is due and nobody works on it."""
    received = received_request()
    refusal = scheduler(service, received, QUEUE_HEADER, service.clock())
    if refusal is not None:
        return problem(refusal)
    if len(received.body) > MAX_BODY:
        return problem(Refusal("too_large", {"limit": MAX_BODY // 1024}))
    if not is_json(received):
        return problem(Refusal("not_json"))
    content = json_object(received.body) or {}
    workbook = workbook_in(content)
    if workbook is None:
        return problem(Refusal("bad_body"))
    try:
        return document({"ran": service.run_due(workbook)})  # a task that comes twice finds nothing due
    except SQLAlchemyError:
        # Not 503, which slows down a whole queue of Cloud Tasks.
        _LOG.exception("the task of %s has to come again", hashed(workbook))
        return problem(Refusal("internal"))


def refresh(service: Service) -> Response:
    """Ask for a run of each workbook that is due, and let the workers know. Nothing is synced here."""
    refusal = scheduler(service, received_request(), CRON_HEADER, service.clock())
    if refusal is not None:
        return problem(refusal)
    asked = service.refresh()
    service.wake("")
    return document({"asked": asked})
