"""A platform that answers from memory, and contexts with its secrets: for tests of sources that go out.

web = Platform(lambda call: ok({"results": []}))
fetch(kpi("plausible: example.org", "visits"), at(web))
"""

import json
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sync.settings import Secret, Settings
from sync.sources import FetchContext, FetchLimits
from sync.sources.manifest import GoogleServiceAccount
from sync.sources.registry import load
from sync.sources.web.call import Answer, Call
from sync.sources.web.client import Web
from tests.source_builders import TODAY

TOKEN = "s3cret-t0ken-of-a-test"  # noqa: S105  # looked for in every log and sentence


def ok(content: Any, status: int = 200, **headers: str) -> Answer:
    """A JSON answer."""
    named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    return Answer(status, {"content-type": "application/json", **named}, json.dumps(content).encode())


def text(body: str, status: int = 200, kind: str = "text/html", **headers: str) -> Answer:
    """An answer that is no JSON."""
    return Answer(
        status, {"content-type": kind, **{k.replace("_", "-").lower(): v for k, v in headers.items()}}, body.encode()
    )


class Platform:
    """Answers calls by a function, or by a list of answers in turn, of which the last one stays."""

    def __init__(self, answers: Callable[[Call], Answer] | list[Answer] | Answer) -> None:
        self._answers = [answers] if isinstance(answers, Answer) else answers
        self.calls: list[Call] = []
        self.waits: list[float] = []

    def send(self, call: Call, allowed_hosts: Collection[str], limits: FetchLimits) -> Answer:
        """As the real way out, without a wire."""
        self.calls.append(call)
        if callable(self._answers):
            return self._answers(call)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    @property
    def bodies(self) -> list[Any]:
        """What was posted, as JSON."""
        return [json.loads(call.body) for call in self.calls]


def secrets_for(kind: str, value: str = TOKEN) -> Mapping[str, Secret]:
    """A value for every secret that a source's first way in wants."""
    manifest = load(kind).manifest
    if not manifest.auth:
        return {}
    if isinstance(manifest.auth[0], GoogleServiceAccount):
        return {manifest.auth[0].secret: Secret(service_account_key())}
    return {name: Secret(value) for name in manifest.auth[0].needs}


@cache
def service_account_key(token_uri: str = "https://oauth2.googleapis.com/token") -> str:  # noqa: S107  # an address
    """The text of a key file as Google gives them, made on the spot."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    known = {"type": "service_account", "client_email": "robot@example.test", "token_uri": token_uri}
    return json.dumps({**known, "private_key": pem, "private_key_id": "1"})


def asks_for_a_token(call: Call) -> bool:
    """Whether a call is for an access token, which is no question to the platform."""
    return b"grant_type=" in call.body or b"assertion=" in call.body


def with_tokens(answers: Callable[[Call], Answer]) -> Callable[[Call], Answer]:
    """The same, with access tokens for whoever asks."""
    granted = ok({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"})
    return lambda call: granted if asks_for_a_token(call) else answers(call)


def at(
    platform: Platform,
    secrets: Mapping[str, Secret] | None = None,
    home: Path = Path("/nonexistent"),
    limits: FetchLimits | None = None,
    **settings: Any,
) -> FetchContext:
    """A context whose way out leads to that platform; waits are written down, not waited."""
    web = Web(carrier=platform, sleep=platform.waits.append)
    known = Settings(home=home, secrets=secrets or {}, **settings)
    return FetchContext(TODAY, known, limits=limits or FetchLimits(), workbook="W", web=web)
