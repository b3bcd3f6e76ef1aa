"""Addresses and texts without their secrets: for logs. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

_HIDDEN = "…"
_TELLING = re.compile(r"token|key|secret|sig|pass|pwd|auth|credential|code", re.IGNORECASE)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+")


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these secrets and without what follows “Bearer” or “Basic”."""
    for secret in secrets:
        if len(secret) >= 4:
            text = text.replace(secret, _HIDDEN)
    return _BEARER.sub(rf"\1 {_HIDDEN}", text)


def redacted_url(url: str) -> str:
    """An address with every telling part of its query hidden, without user and password."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return _HIDDEN
    shown = "&".join(f"{name}={_HIDDEN if _TELLING.search(name) else value}" for name, value in pairs)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}" + (f"?{shown}" if shown else "")
