"""The service against its own description: schemathesis makes requests of all kinds, a real service answers them."""

import time
import uuid
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from requests.auth import AuthBase

from sync.jobs.runner import RunResult
from sync.keys import SCHEDULER, master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import Store, open_store
from tests.workbooks import keep_cards
from webhook.access import signed_headers
from webhook.app import ServiceThread, create_app
from webhook.openapi import openapi


def without_security(value: Any) -> Any:
    """The description without its signatures: bad ones stand in test_bad_requests, here all is signed well."""
    if isinstance(value, dict):
        kept = {key: each for key, each in value.items() if key not in ("security", "securitySchemes")}
        return {key: without_security(each) for key, each in kept.items()}
    return value


SCHEMA = schemathesis.openapi.from_dict(without_security(dict(openapi())))
BEGAN, TICKS = time.time(), count()


def clock() -> float:
    """Ten seconds a look, so that nobody ever asks too often."""
    return BEGAN + 10.0 * next(TICKS)


class Signing(AuthBase):
    """Signs whatever goes out: as the workbook, and for the scheduler's addresses as the scheduler."""

    def __init__(self, operator: Settings, store: Store) -> None:
        self.master = master_key(operator)
        self.store = store

    def __call__(self, out: requests.PreparedRequest) -> requests.PreparedRequest:
        name = SCHEDULER if out.path_url.startswith(("/tasks/", "/cron/")) else "W1"
        body = out.body.encode() if isinstance(out.body, str) else out.body or b""
        signing: dict[str, Any] = {"workbook": name, "now": clock(), "nonce": uuid.uuid4().hex}
        workbook = self.store.workbook(name)
        secret = workbook_secret(self.master, name, workbook.epoch if workbook else 1)  # revoking is tried too
        out.headers.update(signed_headers(secret, str(out.method), out.path_url, body, **signing))
        return out


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[requests.Session]:
    home = tmp_path_factory.mktemp("service")
    nowhere = {"credentials": home / "none.json", "sheets_url": "http://127.0.0.1:9"}  # no network for anybody
    operator = Settings(home=home, tasks_proof="hmac", **nowhere)
    store = open_store(operator.store_url)
    store.enrol("W1", 0.0)
    card = {"id": "K1", "light": "grey"}
    keep_cards(store, "W1", {"K1": card}, "2026-11-22T10:00:00+00:00")
    app = create_app(operator, store, lambda workbook, progress: RunResult({}), clock)
    with ServiceThread(app) as running, requests.Session() as opened:
        opened.auth = Signing(operator, store)
        opened.headers["X-Test-Base"] = running.url
        yield opened
    store.close()


@SCHEMA.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_description_promises(case: schemathesis.Case, session: requests.Session) -> None:
    named = case.body.get("spreadsheetId") if isinstance(case.body, dict) else None
    if isinstance(named, str) and 1 <= len(named) <= 200 and case.path.startswith("/v1"):
        case.body["spreadsheetId"] = "W1"
    case.call_and_validate(base_url=str(session.headers["X-Test-Base"]), session=session)
