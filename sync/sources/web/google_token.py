"""Google's access tokens for a service account: google-auth signs, our own way out carries."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sync.errors import BlockedError, SourceError
from sync.sources.web.call import Answer, Call


def service_account_token(
    key: str, scopes: Sequence[str], send: Callable[[Call], Answer], name: str, place: str
) -> tuple[str, float]:
    """Access token and its life in seconds for the key file's text `key`.

    Raises BlockedError bad_secret (facts secret, place) or credential_refused; SourceError source_busy, and as `send`.
    """
    from google.auth.exceptions import GoogleAuthError
    from google.oauth2 import service_account

    try:
        made: Any = service_account.Credentials  # google-auth annotates only a part of itself
        found = made.from_service_account_info(json.loads(key), scopes=list(scopes))
    except (ValueError, GoogleAuthError):
        raise BlockedError("bad_secret", permanent=True, facts={"place": place, "secret": name}) from None
    carried = _Transport(send)
    try:
        found.refresh(carried)
    except GoogleAuthError as refused:
        if refused.retryable:  # Google failed: nothing is said of the key
            status = float(carried.status)
            raise SourceError("source_busy", permanent=False, facts={"place": place, "status": status}) from None
        raise BlockedError("credential_refused", permanent=True, facts={"place": place}) from None
    if not found.token:
        raise SourceError("unknown_shape", permanent=False, facts={"place": place})
    return str(found.token), 3600.0


def own_token(scopes: Sequence[str], place: str) -> str:
    """Access token of this machine's own identity: a service account on Google's machines, or what gcloud left.

    google-auth asks the metadata server itself, since our own way out refuses such addresses. Raises BlockedError
    credential_refused.
    """
    import google.auth
    from google.auth.exceptions import GoogleAuthError
    from google.auth.transport.requests import Request

    try:
        found, _ = google.auth.default(scopes=list(scopes))
        found.refresh(Request())  # type: ignore[no-untyped-call]  # google-auth annotates only a part of itself
    except GoogleAuthError:
        raise BlockedError("credential_refused", permanent=True, facts={"place": place}) from None
    return str(found.token)


class _Transport:
    """google.auth.transport.Request over our way out."""

    def __init__(self, send: Callable[[Call], Answer]) -> None:
        self._send = send
        self.status = 0  # of the last answer

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **_: Any,
    ) -> "_Response":
        content = body.encode() if isinstance(body, str) else body or b""
        answer = self._send(Call(method, url, headers=dict(headers or {}), body=content))
        self.status = answer.status
        return _Response(answer)


class _Response:
    """google.auth.transport.Response."""

    def __init__(self, answer: Answer) -> None:
        self.status = answer.status
        self.headers = answer.headers
        self.data = answer.body
