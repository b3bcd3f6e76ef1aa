"""Alive, ready, counted: what whoever watches over the service sees."""

import sqlite3
from pathlib import Path

import requests
from prometheus_client.parser import text_string_to_metric_families

from sync.settings import Secret, Settings
from sync.store.migrate import newest
from sync.store.store import Store
from tests.integration.webhook.conftest import Plugin, Syncs
from tests.workbooks import keep_cards
from webhook.app import ServiceThread, create_app


def figures(url: str) -> dict[str, float]:
    text = requests.get(url + "/metrics", timeout=10).text
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_service_with_its_worker_is_ready(service: ServiceThread) -> None:
    assert requests.get(service.url + "/readyz", timeout=10).json() == {"status": "ready", "migrations": newest()}


def test_without_its_worker_it_is_not(settings: Settings, store: Store, syncs: Syncs) -> None:
    answer = create_app(settings, store, syncs).test_client().get("/readyz")
    assert (answer.status_code, answer.json["code"]) == (503, "not_ready")


def test_with_the_tables_of_another_version_it_is_not(service: ServiceThread, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "semaforo.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '0001'")
    answer = requests.get(service.url + "/readyz", timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (503, "tables_behind")


def test_a_warm_up_loads_and_tells_nothing(service: ServiceThread) -> None:
    answer = requests.get(service.url + "/_ah/warmup", timeout=30)
    assert (answer.status_code, answer.json()) == (200, {"status": "warm"})


def test_without_its_store_it_is_not_but_lives(service: ServiceThread, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "semaforo.db") as db:
        db.execute("ALTER TABLE workbooks RENAME TO elsewhere")
    answer = requests.get(service.url + "/readyz", timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
    assert requests.get(service.url + "/healthz", timeout=10).status_code == 200
    assert figures(service.url)["semaforo_store_up"] == 0


def test_requests_runs_and_lights_are_counted(plugin: Plugin, store: Store) -> None:
    plugin.until_over(plugin.press().json()["href"])
    requests.get(plugin.url + "/nowhere/42", timeout=10)
    keep_cards(store, "W1", {"K1": {"light": "green"}, "K2": {"light": "red"}})
    found = figures(plugin.url)
    assert found["semaforo_requests_total POST /v1/sync 202"] == 1
    assert found["semaforo_requests_total GET none 404"] == 1
    assert found["semaforo_run_seconds_count done sync"] == 1
    assert (found["semaforo_lights green"], found["semaforo_lights amber"]) == (1, 0)
    assert found["semaforo_queued_runs"] == 0


def test_nothing_that_a_caller_writes_becomes_a_label(plugin: Plugin) -> None:
    plugin.send("GET", "/v1/runs/hunter2")
    requests.request("HUNTER2", plugin.url + "/v1/sync", timeout=10)
    assert "unter2" not in requests.get(plugin.url + "/metrics", timeout=10).text.lower()


def test_the_figures_may_ask_for_a_token(tmp_path: Path, store: Store, syncs: Syncs) -> None:
    app = create_app(Settings(home=tmp_path, metrics_token=Secret("s3cret")), store, syncs)
    client = app.test_client()
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer ñ"}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer s3cret"}).status_code == 200


def test_each_app_counts_for_itself(settings: Settings, store: Store, syncs: Syncs) -> None:
    one, other = (create_app(settings, store, syncs).test_client() for _ in range(2))
    one.get("/healthz")
    assert b'route="/healthz"' in one.get("/metrics").data
    assert b'route="/healthz"' not in other.get("/metrics").data
