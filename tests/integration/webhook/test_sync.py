"""The good way: a press, its progress, its result; over HTTP against the real server and a real store."""

import time
from pathlib import Path

import requests

from sync.errors import WorkbookNotFoundError
from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import Store, open_store
from tests.integration.webhook.conftest import SPANISH, Plugin, Syncs
from webhook.app import ServiceThread, create_app


def test_a_press_is_accepted_and_its_run_ends_with_the_report(plugin: Plugin) -> None:
    answer = plugin.press()
    accepted = answer.json()
    assert (answer.status_code, sorted(accepted), accepted["state"]) == (202, ["href", "run", "state"], "queued")
    assert answer.headers["Location"] == accepted["href"] == f"/v1/runs/{accepted['run']}"
    assert plugin.until_over(accepted["href"]) == {
        "id": accepted["run"],
        "workbook": "W1",
        "state": "done",
        "step": "write",
        "done": 14,
        "total": 14,
        "needs_person": True,
        "report": {"workbook": "W1", "kpis": [{"name": "Café ≥ 40"}]},
    }


def test_a_press_wakes_the_worker_at_once(plugin: Plugin, syncs: Syncs) -> None:
    time.sleep(0.1)  # it has found nothing to do, and would look again a second later
    plugin.press()
    begun = time.monotonic()
    while not syncs.started:
        time.sleep(0.005)
    assert time.monotonic() - begun < 0.5


def test_progress_is_told_while_the_sync_works(plugin: Plugin, syncs: Syncs) -> None:
    syncs.gate.clear()
    href = plugin.press().json()["href"]
    for _ in range(500):
        run = plugin.send("GET", href).json()
        if run["step"]:
            break
        time.sleep(0.01)
    assert (run["state"], run["step"], run["done"], run["total"]) == ("running", "fetch", 3, 14)
    assert "report" not in run


def test_eight_presses_are_two_syncs(plugin: Plugin, syncs: Syncs) -> None:
    syncs.gate.clear()
    hrefs = [plugin.press().json()["href"]]
    while not syncs.started:
        time.sleep(0.01)
    hrefs += [plugin.press().json()["href"] for _ in range(7)]
    syncs.gate.set()
    assert {plugin.until_over(href)["state"] for href in hrefs} == {"done"}
    assert len(set(hrefs)) == 2
    assert syncs.started == ["W1", "W1"]


def test_trouble_that_we_know_is_told_in_the_readers_language(plugin: Plugin, syncs: Syncs) -> None:
    syncs.error = WorkbookNotFoundError("workbook_not_found", facts={"workbook": "W1"})
    href = plugin.press().json()["href"]
    run = plugin.until_over(href)
    assert (run["state"], run["error_code"]) == ("failed", "workbook_not_found")
    assert run["error"].startswith("There is no workbook “W1”")
    assert plugin.until_over(href, SPANISH)["error"].startswith("No existe el libro «W1»")


def test_a_bug_is_told_in_the_readers_language_without_its_text(plugin: Plugin, syncs: Syncs) -> None:
    syncs.error = ValueError("hunter2 at 10.0.0.7")
    href = plugin.press().json()["href"]
    assert plugin.until_over(href)["error"].startswith("Something went wrong in the service.")
    assert plugin.until_over(href, SPANISH)["error"].startswith("Algo falló en el servicio.")


def test_the_service_says_that_it_lives_to_anybody(plugin: Plugin) -> None:
    answer = requests.get(plugin.url + "/healthz", timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_no_answer_may_be_kept_on_the_way(plugin: Plugin) -> None:
    assert plugin.press().headers["Cache-Control"] == "no-store"


def test_both_secrets_open_while_one_replaces_the_other(plugin: Plugin, store: Store, settings: Settings) -> None:
    store.rotate("W1", time.time(), grace=60.0)
    renewed = Plugin(plugin.url, workbook_secret(master_key(settings), "W1", 2), nonces=iter(range(7000, 8000)))
    assert (plugin.press().status_code, renewed.press().status_code) == (202, 202)
    store.rotate("W1", time.time(), grace=0.0)
    assert (plugin.press().status_code, renewed.press().status_code) == (401, 401)


def test_a_press_outlives_the_service_that_accepted_it(settings: Settings, store: Store, syncs: Syncs) -> None:
    with ServiceThread(create_app(settings, store, syncs)) as first:
        secret = workbook_secret(master_key(settings), "W1", 1)
        syncs.gate.clear()
        href = Plugin(first.url, secret).press().json()["href"]
        later = Plugin(first.url, secret, nonces=iter([8000])).press().json()["href"]
        syncs.gate.set()
    with ServiceThread(create_app(settings, open_store(settings.store_url), syncs)) as second:
        plugin = Plugin(second.url, secret, nonces=iter(range(9000, 9999)))
        assert {plugin.until_over(each)["state"] for each in (href, later)} == {"done"}


def test_the_sync_that_is_running_ends_before_the_service_does(settings: Settings, store: Store, syncs: Syncs) -> None:
    syncs.gate.clear()
    with ServiceThread(create_app(settings, store, syncs)) as running:
        secret = workbook_secret(master_key(settings), "W1", 1)
        run_id = Plugin(running.url, secret).press().json()["run"]
        while not syncs.started:
            time.sleep(0.01)
        syncs.gate.set()
    run = store.run(run_id)
    assert run is not None
    assert run.state == "done"


def test_what_is_kept_lies_in_the_home_folder(plugin: Plugin, tmp_path: Path) -> None:
    plugin.press()
    assert {"master.key", "semaforo.db"} <= {path.name for path in tmp_path.iterdir()}
