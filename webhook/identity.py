"""Who sends a request: tokens signed by Google, for audiences that the operator named.

A good signature says little: every app's tokens are signed by the same keys, and any service account may have one made
for any audience. So audience, issuer, a verified address and, for a caller of ours, the very account are looked at.
https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken
"""

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ISSUERS = ("accounts.google.com", "https://accounts.google.com")
SKEW_SECONDS = 10
LONGEST_TOKEN = 8192  # characters
_TIMEOUT = 5.0  # seconds
_LEAST, _MOST = 60.0, 86_400.0  # seconds that certificates are kept, whatever their answer says
_AGE = re.compile(r"max-age=(\d{1,9})")


class BadTokenError(Exception):
    """The token is not good here. Its text is for the log, and never holds the token."""


class CertificatesGoneError(Exception):
    """The certificates can't be had at the moment."""


@dataclass(frozen=True)
class Answer:
    """What google-auth wants of a transport's answer."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class CachedGet:
    """google-auth's transport, as far as it fetches certificates: it would fetch them for every token."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[float, float, Answer]] = {}  # address -> fetched, good until, answer
        self._lock = threading.Lock()

    def __call__(self, url: str, method: str = "GET", **_: Any) -> Answer:
        """The answer to a GET, kept for as long as it says. Raises CertificatesGoneError."""
        with self._lock:  # one fetch at a time: the others then find it kept
            kept = self._kept.get(url)
            if kept is not None and self._clock() < kept[1]:
                return kept[2]
            answer = _fetched(url)
            found = _AGE.search(answer.headers.get("cache-control", ""))
            age = min(max(float(found[1]) if found else 3600.0, _LEAST), _MOST)
            self._kept = {url: (self._clock(), self._clock() + age, answer)}
            return answer

    def forget_old(self, url: str) -> bool:
        """Fetch anew at the next call, if what is kept is a minute old: keys are changed before they are used."""
        with self._lock:
            kept = self._kept.get(url)
            if kept is None or self._clock() - kept[0] < _LEAST:
                return False
            del self._kept[url]
            return True


def _fetched(url: str) -> Answer:
    import httpx

    try:
        answer = httpx.get(url, timeout=_TIMEOUT, follow_redirects=False)
    except httpx.HTTPError as error:
        raise CertificatesGoneError(url) from error
    if answer.status_code != 200:
        raise CertificatesGoneError(f"{url} answered {answer.status_code}")
    return Answer(200, {name.lower(): value for name, value in answer.headers.items()}, answer.content)


class Tokens:
    """Judges ID tokens by the certificates at one address: {key id: PEM}."""

    def __init__(self, certs_url: str, get: CachedGet | None = None) -> None:
        self._certs_url = certs_url
        self._get = get or CachedGet()

    def address_in(self, token: str, audiences: Sequence[str]) -> str:
        """The verified e-mail address that a token names, if it is meant for one of `audiences`.

        Raises BadTokenError, and CertificatesGoneError when nobody can tell at the moment.
        """
        if not audiences or not all(audiences):
            raise BadTokenError("no audience is allowed")  # google-auth would let any app's token pass
        claims = self._claims(token, audiences)
        if claims.get("iss") not in ISSUERS:
            raise BadTokenError("another issuer")
        address = claims.get("email")
        if not isinstance(address, str) or not address or claims.get("email_verified") is not True:
            raise BadTokenError("no verified address")
        return address[:320]

    def _claims(self, token: str, audiences: Sequence[str]) -> Mapping[str, Any]:
        from google.auth.exceptions import GoogleAuthError

        if len(token) > LONGEST_TOKEN or not token.isascii():
            raise BadTokenError("no token")
        try:
            return self._decoded(token, audiences)
        except (ValueError, GoogleAuthError) as first:
            if "Certificate for key id" not in str(first) or not self._get.forget_old(self._certs_url):
                raise BadTokenError(type(first).__name__) from first
        try:
            return self._decoded(token, audiences)
        except (ValueError, GoogleAuthError) as error:
            raise BadTokenError(type(error).__name__) from error

    def _decoded(self, token: str, audiences: Sequence[str]) -> Mapping[str, Any]:
        from google.oauth2 import id_token  # google-auth: not for a request without a token

        claims: Mapping[str, Any] = id_token.verify_token(
            token,
            self._get,  # type: ignore[arg-type]  # a callable is all that it asks for, and the class would load it all
            audience=list(audiences),
            certs_url=self._certs_url,
            clock_skew_in_seconds=SKEW_SECONDS,
        )
        return claims
