"""`spreadsheets.batchUpdate`: requests in order on a copy, all or nothing."""

from typing import Any

from .context import Context
from .document import Json, Workbook
from .errors import RequestError, invalid
from .kinds import KINDS, comments
from .schema import SHAPES


def apply(workbook: Workbook, requests: list[Json], context: Context) -> list[Json]:
    """Run the requests on `workbook` (a copy of the caller's) and give the replies. Raises ApiError 400."""
    if not requests:
        raise invalid("Must specify at least one request.")
    replies = []
    for place, request in enumerate(requests):
        kind, content = _kind_of(request, place)
        handler = KINDS.get(kind)
        if handler is None:
            raise invalid(f"Invalid requests[{place}].{kind}: This kind of request is not supported by this server.")
        try:
            reply = handler(workbook, content, context)
        except RequestError as trouble:
            raise invalid(f"Invalid requests[{place}].{kind}: {trouble}") from None
        workbook.computed = None  # what a handler looked up was computed before it changed anything
        replies.append({} if reply is None else {kind: reply})
    return replies


COMMENT_KINDS = frozenset(comments.KINDS)


def comment_state(requests: list[Json]) -> Json:
    """What the answer says of comments; nothing when none were asked for."""
    asked = any(COMMENT_KINDS & set(request) for request in requests)
    return {"commentUpdateState": "ALL_SAVED"} if asked else {}


def _kind_of(request: Json, place: int) -> tuple[str, Any]:
    if not request:
        raise invalid(f"Invalid requests[{place}]: No request set.")
    kind, content = next(iter(request.items()))
    return kind, content


def all_kinds() -> list[str]:
    """Every request kind of the discovery document."""
    return list(SHAPES["Request"])
