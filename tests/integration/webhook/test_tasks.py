"""The scheduler's addresses: only who proves to be it is let in, by the proof that the settings name."""

import sqlite3
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.keys import SCHEDULER, master_key, workbook_secret
from sync.settings import Settings
from sync.store.records import RunState
from sync.store.schedules import Scheduled
from sync.store.store import Store
from tests.integration.webhook.conftest import Syncs
from tests.integration.webhook.tokens import published, token
from webhook.access import signed_headers
from webhook.app import ServiceThread, create_app

AUDIENCE, ACCOUNT = "https://kpi.example/cron", "cron@project.iam.example"
FORGED = {"X-Appengine-Cron": "true", "X-AppEngine-QueueName": "default", "X-CloudTasks-QueueName": "default"}
OIDC = {"tasks_proof": "oidc", "tasks_audience": AUDIENCE, "tasks_account": ACCOUNT}


@pytest.fixture
def certs() -> Iterator[str]:
    with published("k1") as found:
        yield found.url


def calls(folder: Path, store: Store, syncs: Syncs, headers: dict[str, str], **choices: Any) -> list[tuple[int, str]]:
    """Status and code of a cron call and of a task."""
    with ServiceThread(create_app(Settings(home=folder, **choices), store, syncs)) as running:
        cron = requests.get(running.url + "/cron/refresh", headers=headers, timeout=10)
        task = requests.post(running.url + "/tasks/sync", json={"spreadsheetId": "W1"}, headers=headers, timeout=10)
    return [(answer.status_code, answer.json().get("code", "")) for answer in (cron, task)]


@pytest.mark.parametrize("proof", ["none", "appengine"])
def test_forged_headers_open_nothing_outside_app_engine(
    tmp_path: Path, store: Store, syncs: Syncs, proof: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GAE_ENV", raising=False)
    assert calls(tmp_path, store, syncs, FORGED, tasks_proof=proof) == [(403, "not_proved")] * 2
    assert syncs.started == []


def test_on_app_engine_its_own_headers_are_the_proof(
    tmp_path: Path, store: Store, syncs: Syncs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAE_ENV", "standard")
    assert calls(tmp_path, store, syncs, FORGED, tasks_proof="appengine") == [(200, "")] * 2
    assert calls(tmp_path, store, syncs, {}, tasks_proof="appengine") == [(403, "not_proved")] * 2
    assert calls(tmp_path, store, syncs, FORGED, **OIDC) == [(401, "bad_token")] * 2  # the settings choose


def test_on_app_engine_a_task_may_bring_a_token_instead(
    tmp_path: Path, store: Store, syncs: Syncs, certs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cloud Tasks calls an address without App Engine's headers."""
    monkeypatch.setenv("GAE_ENV", "standard")
    chosen = {"tasks_proof": "appengine", "tasks_handler": AUDIENCE, "tasks_account": ACCOUNT, "certs_url": certs}
    bearer = {"Authorization": "Bearer " + token(aud=AUDIENCE, email=ACCOUNT)}
    foreign = {"Authorization": "Bearer " + token(aud=AUDIENCE, email="other@project.iam.example")}
    assert calls(tmp_path, store, syncs, bearer, **chosen) == [(200, "")] * 2
    assert calls(tmp_path, store, syncs, foreign, **chosen) == [(403, "not_proved")] * 2
    monkeypatch.delenv("GAE_ENV")
    assert calls(tmp_path, store, syncs, bearer, **chosen) == [(403, "not_proved")] * 2


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({}, (200, "")),
        ({"email": "other@project.iam.example"}, (403, "not_proved")),
        ({"aud": "https://kpi.example/other"}, (401, "bad_token")),
        ({"email_verified": False}, (401, "bad_token")),
        ({"iss": "https://example.org"}, (401, "bad_token")),
    ],
)
def test_a_bearer_token_is_that_of_our_own_account_for_our_own_address(
    tmp_path: Path, store: Store, syncs: Syncs, certs: str, claims: dict[str, Any], expected: tuple[int, str]
) -> None:
    bearer = {"Authorization": "Bearer " + token(**{"aud": AUDIENCE, "email": ACCOUNT, **claims})}
    assert calls(tmp_path, store, syncs, bearer, certs_url=certs, **OIDC) == [expected] * 2


def test_a_local_scheduler_signs_as_a_workbook_would(tmp_path: Path, store: Store, syncs: Syncs) -> None:
    settings = Settings(home=tmp_path, tasks_proof="hmac")

    def refresh(workbook: str, secret_of: str) -> requests.Response:
        secret = workbook_secret(master_key(settings), secret_of, 1)
        signing = {"workbook": workbook, "now": time.time(), "nonce": uuid.uuid4().hex}
        headers = signed_headers(secret, "POST", "/cron/refresh", **signing)
        return requests.post(running.url + "/cron/refresh", headers=headers, timeout=10)

    overdue = [Scheduled(workbook.id, "daily 07:00", "UTC", time.time() - 60) for workbook in store.workbooks()]
    store.add_schedules(overdue)
    with ServiceThread(create_app(settings, store, syncs)) as running:
        assert refresh(SCHEDULER, SCHEDULER).json() == {"asked": 2}
        assert refresh(SCHEDULER, SCHEDULER).json() == {"asked": 0}  # nothing is due any more
        assert refresh("W1", "W1").json()["code"] == "not_proved"
        assert refresh(SCHEDULER, "W1").json()["code"] == "not_proved"


def test_a_task_runs_the_named_workbook_and_a_second_one_finds_nothing_due(
    tmp_path: Path, store: Store, syncs: Syncs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAE_ENV", "standard")
    run = store.request_run("W2", "key-0001", time.time())
    app = create_app(Settings(home=tmp_path, tasks_proof="appengine"), store, syncs)  # its worker is not started
    answers = [
        app.test_client().post("/tasks/sync", json={"spreadsheetId": workbook}, headers=FORGED).json
        for workbook in ("W1", "W2", "W2")
    ]
    assert answers == [{"ran": False}, {"ran": True}, {"ran": False}]
    done = store.run(run.id)
    assert done is not None
    assert done.state is RunState.DONE


def test_the_workbooks_own_secret_opens_neither(tmp_path: Path, store: Store, syncs: Syncs) -> None:
    secret = workbook_secret(master_key(Settings(home=tmp_path)), "W1", 1)
    headers = signed_headers(secret, "GET", "/cron/refresh", workbook="W1", now=time.time(), nonce="nonce-0001")
    assert calls(tmp_path, store, syncs, headers)[0] == (403, "not_proved")


def test_a_task_comes_again_when_the_store_is_gone_without_slowing_down_its_queue(
    tmp_path: Path, store: Store, syncs: Syncs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAE_ENV", "standard")
    app = create_app(Settings(home=tmp_path, tasks_proof="appengine"), store, syncs)
    with sqlite3.connect(tmp_path / "semaforo.db") as db:
        db.execute("ALTER TABLE workbooks RENAME TO elsewhere")
    answer = app.test_client().post("/tasks/sync", json={"spreadsheetId": "W1"}, headers=FORGED)
    assert (answer.status_code, answer.json["code"]) == (500, "internal")
