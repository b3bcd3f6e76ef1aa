"""The short way of a good press: what it may take, and what it must leave to the long way."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import Store, open_store
from tests.integration.webhook.conftest import UNKNOWN, Plugin, Syncs
from webhook.app import ServiceThread, create_app
from webhook.routes import serve_event


@pytest.fixture
def long_way(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which requests Flask was asked to answer, one entry each."""
    taken: list[str] = []

    def counting(service: Any) -> Any:
        answer = serve_event(service)
        taken.append(answer.status)
        return answer

    monkeypatch.setattr("webhook.routes.serve_event", counting)
    return taken


def wanted(home: Path) -> int:
    with sqlite3.connect(home / "semaforo.db") as db:
        return int(db.execute("SELECT wanted FROM workbooks WHERE id = 'W1'").fetchone()[0])


def test_the_first_press_goes_the_long_way_and_the_next_ones_the_short_way(
    long_way: list[str], plugin: Plugin, tmp_path: Path
) -> None:
    answers = [plugin.press() for _ in range(4)]
    assert [answer.status_code for answer in answers] == [202] * 4
    assert len(long_way) == 1
    assert wanted(tmp_path) == 4


def test_both_ways_answer_alike(plugin: Plugin) -> None:
    moment = time.time()
    long, short = (plugin.press(now=moment, nonce="nonce-again") for _ in range(2))
    assert long.json()["run"] == short.json()["run"]
    assert sorted(long.json()) == sorted(short.json())
    told = ("Content-Type", "Cache-Control", "X-Content-Type-Options", "Location")
    assert [long.headers[name] for name in told] == [short.headers[name] for name in told]


def end(store: Store) -> None:
    store.revoke("W1", time.time())


def renew(store: Store) -> None:
    store.rotate("W1", time.time(), grace=0.0)


@pytest.mark.parametrize("change", [end, renew])
def test_a_secret_that_another_process_ended_is_dead_at_once(
    change: Callable[[Store], None], plugin: Plugin, settings: Settings, tmp_path: Path
) -> None:
    assert [plugin.press().status_code for _ in range(2)] == [202, 202]
    elsewhere = open_store(settings.store_url)
    change(elsewhere)
    assert [plugin.press().status_code for _ in range(3)] == [401] * 3
    assert wanted(tmp_path) == 2
    plugin.secret = workbook_secret(master_key(settings), "W1", 2)
    assert [plugin.press().status_code for _ in range(3)] == [202] * 3
    elsewhere.close()


def test_refusals_are_the_long_ways(long_way: list[str], plugin: Plugin) -> None:
    plugin.press()
    moment = time.time()
    assert plugin.press(now=moment, nonce="nonce-again").status_code == 202
    body = b'{"spreadsheetId": "W1", "dryRun": true}'
    assert plugin.send("POST", "/v1/sync", body, now=moment, nonce="nonce-again").status_code == 409
    assert plugin.press(names="W2").status_code == 403
    assert plugin.press(now=moment - 600).status_code == 401
    assert plugin.send("POST", "/v1/sync", b"[]").status_code == 400
    assert plugin.send("POST", "/v1/sync", b"x" * 17000).status_code == 413
    assert len(long_way) >= 5


def test_a_dry_press_may_go_the_short_way(plugin: Plugin, store: Store) -> None:
    plugin.press()
    answer = plugin.send("POST", "/v1/sync", b'{"spreadsheetId": "W1", "dryRun": true}')
    run = store.run(answer.json()["run"])
    assert run is not None
    assert run.dry


def test_the_plugin_s_version_is_kept_once_and_costs_later_presses_nothing(
    long_way: list[str], plugin: Plugin, store: Store
) -> None:
    version = {"X-Kpi-Plugin": "2"}
    assert [plugin.press(version).status_code for _ in range(3)] == [202] * 3
    assert (len(long_way), store.plugins()) == (1, {"W1": "2"})
    for _ in range(2):
        plugin.press({"X-Kpi-Plugin": "3"})
        plugin.press()  # another client of the same workbook
    assert (len(long_way), store.plugins()) == (2, {"W1": "3"})


def test_what_is_no_version_is_not_kept(plugin: Plugin, store: Store) -> None:
    for told in ("0", "2.1", "x" * 300, "9999999", ""):
        assert plugin.press({"X-Kpi-Plugin": told}).status_code == 202
    assert store.plugins() == {}


def test_nobody_tells_a_version_without_a_signature(plugin: Plugin, store: Store) -> None:
    plugin.secret = UNKNOWN
    assert [plugin.press({"X-Kpi-Plugin": "2"}).status_code for _ in range(2)] == [401, 401]
    assert store.plugins() == {}


def test_the_rate_of_a_workbook_holds_on_both_ways(settings: Settings, store: Store, syncs: Syncs) -> None:
    slow = Settings(home=settings.home, requests_per_minute=3)
    with ServiceThread(create_app(slow, store, syncs)) as running:
        plugin = Plugin(running.url, workbook_secret(master_key(settings), "W1", 1))
        assert [plugin.press().status_code for _ in range(5)] == [202, 202, 202, 429, 429]


def test_every_press_is_counted_by_the_metrics(plugin: Plugin) -> None:
    for _ in range(3):
        plugin.press()
    told = requests.get(plugin.url + "/metrics", timeout=10).text
    assert 'semaforo_requests_total{method="POST",route="/v1/sync",status="202"} 3.0' in told


def test_where_people_have_to_say_who_they_are_nobody_takes_the_short_way(
    long_way: list[str], settings: Settings, store: Store, syncs: Syncs
) -> None:
    asking = Settings(home=settings.home, identity_audiences=("a",), identity_required=True)
    with ServiceThread(create_app(asking, store, syncs)) as running:
        plugin = Plugin(running.url, workbook_secret(master_key(settings), "W1", 1))
        assert [plugin.press().status_code for _ in range(2)] == [401, 401]
    assert len(long_way) == 2
