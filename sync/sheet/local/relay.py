"""The page's way to the service: a script's UrlFetch, sent on from here because a browser would not let it through.

Only addresses that the operator named when the server was started are reached. No redirect is followed, no proxy is
asked, no cookie goes along.
"""

import http.client
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from .document import Json
from .errors import ApiError, invalid

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MAX_ANSWER = 10 * 1024 * 1024
PATIENCE = 30.0
PORTS = {"http": 80, "https": 443}
OURS_TO_SET = frozenset(
    ["host", "connection", "content-length", "transfer-encoding", "cookie", "origin", "referer", "te", "upgrade"]
)


def origin_of(url: str) -> tuple[str, str, int]:
    """(scheme, host, port) of an address. Raises ApiError 400 for one that is none, or that names a person."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise invalid("This is no address.") from None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc or "\\" in url:
        raise invalid("This is no address.")
    return parts.scheme, parts.hostname.lower(), port


def forward(message: Any, services: Collection[str]) -> Json:
    """{"method", "url", "headers", "body"} -> {"status", "headers", "text"}. Raises ApiError 400, 403, 502."""
    method, url, headers, body = _read(message)
    origin = origin_of(url)
    if origin not in {origin_of(service) for service in services}:
        raise ApiError(403, "The page reaches the service's own address only.")
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line = http.client.HTTPSConnection if origin[0] == "https" else http.client.HTTPConnection
    connection = line(origin[1], origin[2], timeout=PATIENCE)
    try:
        connection.request(method, target, body.encode() if body is not None else None, headers)
        answer = connection.getresponse()
        data = answer.read(MAX_ANSWER + 1)
        found = {name.lower(): value for name, value in answer.getheaders()}
    except (OSError, http.client.HTTPException, ValueError):
        raise ApiError(502, "The service does not answer.") from None
    finally:
        connection.close()
    if len(data) > MAX_ANSWER:
        raise ApiError(502, "The service's answer is too long.")
    found.pop("set-cookie", None)
    return {"status": answer.status, "headers": found, "text": data.decode("utf-8", "replace")}


def _read(message: Any) -> tuple[str, str, dict[str, str], str | None]:
    if not isinstance(message, dict) or not isinstance(message.get("url"), str):
        raise invalid("This is no request.")
    method, given, body = str(message.get("method", "GET")).upper(), message.get("headers") or {}, message.get("body")
    if method not in METHODS or not isinstance(given, dict) or not (body is None or isinstance(body, str)):
        raise invalid("This is no request.")
    headers = {str(name): str(value) for name, value in given.items() if str(name).lower() not in OURS_TO_SET}
    return method, message["url"], headers, body
