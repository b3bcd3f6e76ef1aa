"""Bodies in, answers out: the small helpers that every address uses."""

import gzip
import json
from typing import Any

from flask import Request, Response, g

from .document import Json
from .errors import ApiError, violations


def user_of(_: Request) -> str:
    """The caller's address, as the guard has found it."""
    return str(g.user)


def verb_and_query(incoming: Request) -> tuple[str, list[tuple[str, str]]]:
    """The verb and the query; a long GET may come as a POST that carries its query in the body."""
    pairs = list(incoming.args.items(multi=True))
    if incoming.method == "POST" and incoming.headers.get("X-HTTP-Method-Override", "").upper() == "GET":
        return "GET", pairs + list(incoming.form.items(multi=True))
    return incoming.method, pairs


def read_body(incoming: Request) -> Any:
    """The JSON body; an empty one is an empty message. Raises ApiError 400."""
    data = incoming.get_data()
    if incoming.headers.get("Content-Encoding") == "gzip":
        data = _unzip(data)
    if not data.strip():
        return {}
    try:
        return json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise bad_json(data.decode("utf-8", "replace")) from None


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _unzip(data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError):
        raise bad_json("") from None


def too_large() -> ApiError:
    return ApiError(413, "Request payload size exceeds the limit: 67108864 bytes.")


def reply(message: Json, code: int = 200) -> Response:
    """JSON without blanks: the answer of 35,000 cells is made in one pass of the C encoder."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return Response(text, code, content_type="application/json; charset=UTF-8", headers={"Cache-Control": "private"})


def html(text: str, code: int) -> Response:
    return Response(text, code, content_type="text/html; charset=UTF-8")


def bad_json(text: str) -> ApiError:
    """The body is no JSON."""
    line = text.strip().split("\n")[0][:60]
    return violations([("", f"Invalid JSON payload received. Unexpected token.\n{line}\n^")])
