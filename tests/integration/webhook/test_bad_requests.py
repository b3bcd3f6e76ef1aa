"""Every bad request by hand: the right status, a clear sentence in both languages, and no sync for it."""

import socket
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import event

from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import Store
from tests.integration.webhook.conftest import SPANISH, UNKNOWN, Plugin, Syncs


def refused(answer: requests.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document, after checking what every refusal must have."""
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["type"] == f"urn:semaforo:problem:{code}"
    assert problem["title"]
    assert problem["detail"].endswith(".")
    return problem


def triggers(home: Path) -> list[int]:
    with sqlite3.connect(home / "semaforo.db") as db:
        return [wanted for (wanted,) in db.execute("SELECT wanted FROM workbooks ORDER BY id")]


def test_a_bad_signature(plugin: Plugin, tmp_path: Path) -> None:
    plugin.secret = UNKNOWN
    refused(plugin.press(), 401, "bad_signature")
    assert triggers(tmp_path) == [0, 0]


def test_a_workbook_that_is_not_enrolled_is_answered_like_a_bad_signature(plugin: Plugin, settings: Settings) -> None:
    stranger = Plugin(plugin.url, workbook_secret(master_key(settings), "W3", 1), "W3")
    unknown = refused(stranger.press(), 401, "bad_signature")
    plugin.secret = UNKNOWN
    assert refused(plugin.press(), 401, "bad_signature") == unknown


def test_no_signature_at_all(plugin: Plugin) -> None:
    body = b'{"spreadsheetId": "W1"}'
    answer = requests.post(plugin.url + "/v1/sync", body, headers={"Content-Type": "application/json"}, timeout=10)
    assert "X-Kpi-Signature" in refused(answer, 401, "unsigned")["detail"]


def test_a_signature_that_is_not_ascii(plugin: Plugin) -> None:
    refused(plugin.press({"X-Kpi-Signature": "v1=ñ".encode()}), 401, "malformed_signature")


def test_a_clock_ten_minutes_ahead_is_told_how_much(plugin: Plugin, tmp_path: Path) -> None:
    problem = refused(plugin.press(now=time.time() + 600), 401, "clock_ahead")
    assert abs(problem["seconds"] - 600) <= 2
    assert str(problem["seconds"]) in problem["detail"]
    assert triggers(tmp_path) == [0, 0]


def test_a_clock_ten_minutes_behind_is_told_in_spanish(plugin: Plugin) -> None:
    problem = refused(plugin.press(SPANISH, now=time.time() - 600), 401, "clock_behind")
    assert "segundos atrasado" in problem["detail"]


def test_a_retry_of_one_request_gets_the_same_run_and_counts_once(plugin: Plugin, tmp_path: Path) -> None:
    now = time.time()
    answers = [plugin.press(now=now, nonce="nonce-again") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["run"] for answer in answers}) == 1
    assert triggers(tmp_path) == [1, 0]


def test_a_replay_after_the_run_ended_starts_no_other(plugin: Plugin, syncs: Syncs) -> None:
    now = time.time()
    first = plugin.press(now=now, nonce="nonce-again").json()
    plugin.until_over(first["href"])
    again = plugin.press(now=now, nonce="nonce-again").json()
    assert (again["run"], again["state"]) == (first["run"], "done")
    assert syncs.started == ["W1"]


def test_a_nonce_with_another_content_is_refused(plugin: Plugin, tmp_path: Path) -> None:
    plugin.press(nonce="nonce-again")
    body = b'{"spreadsheetId":"W1"}'
    refused(plugin.send("POST", "/v1/sync", body, nonce="nonce-again"), 409, "nonce_reused")
    assert triggers(tmp_path) == [1, 0]


def test_a_refused_signature_does_not_spend_the_nonce(plugin: Plugin) -> None:
    good, plugin.secret = plugin.secret, "not the secret"
    plugin.press(nonce="nonce-again")
    plugin.secret = good
    assert plugin.press(nonce="nonce-again").status_code == 202


def test_a_foreign_workbook_in_the_body(plugin: Plugin, tmp_path: Path) -> None:
    refused(plugin.press(names="W2"), 403, "foreign_workbook")
    assert triggers(tmp_path) == [0, 0]


def test_the_secret_of_one_workbook_opens_no_other(plugin: Plugin) -> None:
    plugin.workbook = "W2"
    refused(plugin.press(), 401, "bad_signature")


@pytest.mark.parametrize("size", [16 * 1024 + 1, 10_000_000])
def test_a_body_that_is_too_large(plugin: Plugin, size: int) -> None:
    refused(plugin.send("POST", "/v1/sync", b" " * size), 413, "too_large")


def test_a_body_that_is_too_large_and_hides_its_length(plugin: Plugin) -> None:
    answer = requests.post(plugin.url + "/v1/sync", iter([b" " * 10_000] * 4), timeout=10)
    assert "16 KiB" in refused(answer, 413, "too_large")["detail"]


def test_a_wrong_content_type(plugin: Plugin) -> None:
    refused(plugin.press({"Content-Type": "application/x-www-form-urlencoded"}), 415, "not_json")


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"kpi": 5}', b"\xff", b"[" * 9000])
def test_a_body_that_says_nothing(plugin: Plugin, body: bytes) -> None:
    refused(plugin.send("POST", "/v1/sync", body), 400, "bad_body")


@pytest.mark.parametrize("run", ["unknown", "0" * 32, "a%20b", "ñ", "'--"])
def test_an_unknown_run(plugin: Plugin, run: str) -> None:
    target = requests.Request("GET", plugin.url + "/v1/runs/" + run).prepare().path_url  # as it goes over the wire
    refused(plugin.send("GET", target), 404, "no_such_run")


def test_the_run_of_another_workbook_is_as_unknown_as_one_that_never_was(plugin: Plugin, other_plugin: Plugin) -> None:
    href = other_plugin.press().json()["href"]
    never_was = refused(plugin.send("GET", "/v1/runs/never"), 404, "no_such_run")
    assert refused(plugin.send("GET", href), 404, "no_such_run") == never_was
    assert other_plugin.send("GET", href).status_code == 200


def test_a_run_is_not_shown_without_a_signature(plugin: Plugin) -> None:
    href = plugin.press().json()["href"]
    refused(requests.get(plugin.url + href, timeout=10), 401, "unsigned")


def test_the_query_is_signed_too(plugin: Plugin) -> None:
    href = plugin.press().json()["href"]
    assert plugin.send("GET", href + "?since=3&x=%C3%B1").status_code == 200
    signed_without = plugin.send("GET", href).request.headers
    answer = requests.get(plugin.url + href + "?since=3", headers=dict(signed_without), timeout=10)
    refused(answer, 401, "bad_signature")


def test_a_page_that_is_not_there_and_a_method_that_is_not_taken(plugin: Plugin) -> None:
    refused(requests.get(plugin.url + "/admin", timeout=10), 404, "no_such_page")
    answer = requests.get(plugin.url + "/v1/sync", timeout=10)
    refused(answer, 405, "wrong_method")
    assert "POST" in answer.headers["Allow"]


def test_a_store_that_is_gone_is_told_and_the_same_request_is_good_later(plugin: Plugin, tmp_path: Path) -> None:
    now = time.time()
    with sqlite3.connect(tmp_path / "semaforo.db") as db:
        db.execute("ALTER TABLE nonces RENAME TO elsewhere")
    answer = plugin.press(now=now, nonce="nonce-again")
    refused(answer, 503, "store_unavailable")
    assert answer.headers["Retry-After"]
    with sqlite3.connect(tmp_path / "semaforo.db") as db:
        db.execute("ALTER TABLE elsewhere RENAME TO nonces")
    assert plugin.press(now=now, nonce="nonce-again").status_code == 202
    assert triggers(tmp_path) == [1, 0]  # the first press was undone whole


def test_a_full_disk_is_told_and_the_same_request_is_good_later(plugin: Plugin, store: Store, tmp_path: Path) -> None:
    now, pages = time.time(), {"most": 1}

    def limit(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages['most']}")  # SQLite never goes below what there is

    event.listen(store._engine, "checkout", limit)
    big = [plugin.press(now=now, nonce=f"nonce-{number:04}-" + "x" * 80) for number in range(60)]
    full = next(answer for answer in big if answer.status_code != 202)
    refused(full, 503, "store_unavailable")
    pages["most"] = 1_000_000
    again = plugin.press(now=now, nonce=full.request.headers["X-Kpi-Nonce"])
    assert again.status_code == 202


def test_a_body_that_is_announced_too_large_is_refused_before_it_is_sent(plugin: Plugin) -> None:
    host, port = plugin.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n{")
        answer = line.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in answer
