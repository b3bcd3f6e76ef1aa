"""Answers: JSON documents, and refusals as RFC 9457 problems with a sentence in the reader's language."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from sheet_templates.words import LANGUAGES, say
from sync.store.records import Run
from webhook.events import RUNS_PATH, Refusal

JSON_HEADERS = (
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
)
FAMILY = "web"  # sheet_templates/words/web.yaml


def language() -> str:
    """The language that the present request asks for; English when it asks for none of ours."""
    return request.accept_languages.best_match(LANGUAGES) or "en"


def document(content: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer that nothing on the way may keep."""
    body = json.dumps(content).encode() + b"\n"
    return Response(body, status, [*JSON_HEADERS, *(headers or {}).items()])


def problem(refusal: Refusal) -> Response:
    """A refusal as `application/problem+json`: type, title, status, code, detail, and the facts of the sentence."""
    told = language()
    content = {
        **refusal.facts,
        "type": f"urn:semaforo:problem:{refusal.code}",
        "title": say(FAMILY, f"title_{refusal.status}", told),
        "status": refusal.status,
        "code": refusal.code,
        "detail": say(FAMILY, refusal.code, told, refusal.facts),
    }
    headers = {"Content-Language": told, "Vary": "Accept-Language"}
    if refusal.status == 503:
        headers["Retry-After"] = "10"
    if refusal.code == "slow_down":
        headers["Retry-After"] = str(refusal.facts["seconds"])
    if refusal.code == "bad_token":
        headers["WWW-Authenticate"] = "Bearer"
    answer = document(content, refusal.status, headers)
    answer.mimetype = "application/problem+json"
    return answer


def locale() -> str:
    """The locale that the present request asks for, as far as it is one of ours."""
    best = next((tag for tag, _ in request.accept_languages if tag[:2].lower() in LANGUAGES), "en")
    return str(best)


def accepted(run: Run) -> Response:
    """202: the trigger is on the disk, and `href` says how far its run is."""
    return Response(accepted_body(run), 202, [*JSON_HEADERS, ("Location", href_of(run))])


def accepted_body(run: Run) -> bytes:
    """What stands in a 202."""
    return json.dumps({"run": run.id, "state": run.state, "href": href_of(run)}).encode() + b"\n"


def href_of(run: Run) -> str:
    """Where a run says how far it is."""
    return RUNS_PATH + run.id


def run_document(run: Run) -> Response:
    """A run as its workbook may see it; `report` once it is done, `error` if it failed."""
    told = language()
    content: dict[str, Any] = {
        "id": run.id,
        "workbook": run.workbook,
        "state": run.state,
        "step": run.step,
        "done": run.done,
        "total": run.total,
    }
    if run.report is not None:
        content |= {"report": run.report, "needs_person": run.needs_person}
    if run.error is not None:
        content |= {"error": run.error[told], "error_code": run.error_code}
    return document(content, headers={"Content-Language": told, "Vary": "Accept-Language"})
