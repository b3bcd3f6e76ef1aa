"""A platform that answers from memory, and contexts with its secrets: for tests of sources that go out.

    web = Platform(lambda call: ok({"results": []}))
    fetch(kpi("plausible: example.org", "visits"), at(web))
"""

import json
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from sync.settings import Secret, Settings
from sync.sources import FetchContext, FetchLimits
from sync.sources.registry import load
from sync.sources.web.call import Answer, Call
from sync.sources.web.client import Web
from tests.source_builders import TODAY

TOKEN = "s3cret-t0ken-of-a-test"  # noqa: S105  # looked for in every log and sentence


def ok(content: Any, status: int = 200, **headers: str) -> Answer:
    """A JSON answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"content-type": "application/json", **named}, json.dumps(content).encode())


def text(body: str, status: int = 200, kind: str = "text/html", **headers: str) -> Answer:
    """An answer that is no JSON."""
    return Answer(status, {"content-type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}}, body.encode())


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
    return {name: Secret(value) for name in (manifest.auth[0].needs if manifest.auth else ())}


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
