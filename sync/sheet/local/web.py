"""Bodies in, answers out: the small helpers that every address uses."""

import gzip
import json
import re
from typing import Any

from flask import Request, Response, g

from . import loose_json
from .document import Json
from .errors import ApiError, violations

# The loose parser is slow; what is longer and no strict JSON is refused unread.
LOOSE_BYTES = 2_000_000
# Halves of signs beyond the basic plane, as JSON escapes them.
HALVES = re.compile(rb"\\u[dD][89a-fA-F]")


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
        value = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return _read_loosely(data)
    return _whole(value) if HALVES.search(data) else value


def _whole(value: Any) -> Any:
    """The value with a sign for each lone half of one, which no file could hold."""
    if isinstance(value, str):
        return loose_json.whole_text(value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {loose_json.whole_text(name): _whole(item) for name, item in value.items()}
    return value


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def _read_loosely(data: bytes) -> Any:
    """What is no strict JSON may still pass Google's parser. Raises ApiError 400."""
    if len(data) > LOOSE_BYTES:
        raise bad_json("Unexpected token.")
    try:
        return loose_json.parse(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise bad_json("Encountered non UTF-8 code points.") from None
    except loose_json.LooseError as trouble:
        raise bad_json(str(trouble)) from None


def _unzip(data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError):
        raise bad_json("Unexpected token.") from None


def too_large() -> ApiError:
    return ApiError(413, "Request payload size exceeds the limit: 67108864 bytes.")


def reply(message: Json, code: int = 200) -> Response:
    """JSON without blanks: the answer of 35,000 cells is made in one pass of the C encoder."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return Response(text, code, content_type="application/json; charset=UTF-8", headers={"Cache-Control": "private"})


def html(text: str, code: int) -> Response:
    return Response(text, code, content_type="text/html; charset=UTF-8")


def bad_json(text: str) -> ApiError:
    """The body is no JSON, and why."""
    return violations([("", f"Invalid JSON payload received. {text}")])
