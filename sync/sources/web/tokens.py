"""Short-lived access tokens: asked for once, kept in memory until shortly before their end."""

import base64
import time
from collections.abc import Callable
from threading import Lock

from sync.errors import BlockedError, SourceError
from sync.sources.web.call import Answer, Call, post_form

_EARLY = 60.0  # seconds before its end a token is no longer used


class Tokens:
    """Access tokens by a key that names account and secret. One question at a time for each of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[str, tuple[str, float]] = {}
        self._lock = Lock()
        self._asking: dict[str, Lock] = {}

    def token(self, key: str, ask: Callable[[], tuple[str, float]]) -> str:
        """The token kept under `key`, or a new one: `ask` gives it with its life in seconds."""
        with self._lock:
            asking = self._asking.setdefault(key, Lock())
        with asking:
            known = self._known.get(key)
            if known is not None and known[1] > self._clock():
                return known[0]
            token, seconds = ask()
            self._known[key] = token, self._clock() + seconds - _EARLY
            return token

    def forget(self, key: str) -> None:
        """The platform refused it."""
        with self._lock:
            self._known.pop(key, None)


def refresh_call(url: str, client: tuple[str, str], refresh_token: str, client_in: str) -> Call:
    """RFC 6749, section 6. Not repeatable: some platforms change the refresh token with every use."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    if client_in == "header":
        pair = base64.b64encode(":".join(client).encode()).decode()
        call = post_form(url, form)
        return Call(call.method, call.url, (), call.headers, call.body, (), {"Authorization": f"Basic {pair}"}, False)
    call = post_form(url, {**form, "client_id": client[0], "client_secret": client[1]})
    return Call(call.method, call.url, (), call.headers, call.body, repeatable=False)


def read_token(answer: Answer, place: str) -> tuple[str, float, str | None]:
    """Access token, its life in seconds, and the new refresh token where there is one.

    Raises BlockedError credential_refused, SourceError source_busy or unknown_shape.
    """
    facts = {"place": place}
    if answer.status in (400, 401, 403):
        raise BlockedError("credential_refused", permanent=True, facts=facts)
    if answer.status != 200:
        raise SourceError("source_busy", permanent=False, facts={**facts, "status": float(answer.status)})
    try:
        found = answer.json()
        token, seconds = str(found["access_token"]), float(found.get("expires_in", 3600))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SourceError("unknown_shape", permanent=False, facts=facts) from None
    renewed = found.get("refresh_token")
    return token, seconds, renewed if isinstance(renewed, str) else None
