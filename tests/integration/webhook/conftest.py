"""A real service on a free port of this machine, and a plugin that signs like the real one."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.jobs.runner import ProgressSink, RunResult
from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import Store, open_store
from webhook.access import signed_headers
from webhook.app import ServiceThread, create_app

UNKNOWN = "a secret that opens nothing"
SPANISH = {"Accept-Language": "es-ES,es;q=0.9,en;q=0.5"}


@dataclass
class Syncs:
    """Stands where the engine will: counts its syncs, waits at the gate, fails when told to."""

    started: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None

    def __call__(self, workbook: str, progress: ProgressSink) -> RunResult:
        self.started.append(workbook)
        progress("fetch", 3, 14)
        self.gate.wait(5)
        if self.error is not None:
            raise self.error
        progress("write", 14, 14)
        return RunResult({"workbook": workbook, "kpis": [{"name": "Café ≥ 40"}]}, needs_person=True)


@dataclass
class Plugin:
    """A workbook's plugin: signs with its secret, with what a test wants to be wrong."""

    url: str
    secret: str
    workbook: str = "W1"
    nonces: Iterator[int] = field(default_factory=lambda: count(1))

    def send(
        self, method: str, target: str, body: bytes = b"", headers: dict[str, Any] | None = None, **wrong: Any
    ) -> requests.Response:
        signing = {"workbook": self.workbook, "now": time.time(), "nonce": f"nonce-{next(self.nonces):04}", **wrong}
        signed = signed_headers(self.secret, method, target, body, **signing)
        kind = {"Content-Type": "application/json"} if body else {}
        return requests.request(
            method, self.url + target, data=body, headers={**kind, **signed, **(headers or {})}, timeout=10
        )

    def press(self, headers: dict[str, Any] | None = None, **wrong: Any) -> requests.Response:
        body = json.dumps({"spreadsheetId": wrong.pop("names", self.workbook)}).encode()
        return self.send("POST", "/v1/sync", body, headers, **wrong)

    def until_over(self, href: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
        for _ in range(500):
            run: dict[str, Any] = self.send("GET", href, headers=headers).json()
            if run["state"] in ("done", "failed"):
                return run
            time.sleep(0.01)
        raise AssertionError(f"still {run['state']}")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings.store_url)
    for workbook in ("W1", "W2"):
        opened.enrol(workbook, 0.0)
    yield opened
    opened.close()


@pytest.fixture
def syncs() -> Syncs:
    open_gate = Syncs()
    open_gate.gate.set()
    return open_gate


@pytest.fixture
def service(settings: Settings, store: Store, syncs: Syncs) -> Iterator[ServiceThread]:
    with ServiceThread(create_app(settings, store, syncs)) as running:
        yield running
        syncs.gate.set()


@pytest.fixture
def plugin(service: ServiceThread, settings: Settings) -> Plugin:
    return Plugin(service.url, workbook_secret(master_key(settings), "W1", 1))


@pytest.fixture
def other_plugin(service: ServiceThread, settings: Settings) -> Plugin:
    return Plugin(service.url, workbook_secret(master_key(settings), "W2", 1), "W2", count(5000))
