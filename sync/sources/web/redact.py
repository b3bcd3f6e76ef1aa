"""Texts without their secrets: for logs. Pure."""

import re
from collections.abc import Iterable

_HIDDEN = "…"
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+")


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these secrets and without what follows “Bearer” or “Basic”."""
    for secret in secrets:
        if len(secret) >= 4:
            text = text.replace(secret, _HIDDEN)
    return _BEARER.sub(rf"\1 {_HIDDEN}", text)
