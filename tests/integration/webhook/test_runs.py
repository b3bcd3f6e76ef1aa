"""Runs that are stopped, and runs that only say what they would do."""

import json
import time
from typing import Any

import requests

from sync.store.records import Outcome
from sync.store.store import Store
from tests.integration.webhook.conftest import Plugin, Syncs


def cancel(plugin: Plugin, href: str, **how: Any) -> requests.Response:
    return plugin.send("POST", href + "/cancel", **how)


def until_started(syncs: Syncs) -> None:
    while not syncs.started:
        time.sleep(0.01)


def state(plugin: Plugin, href: str) -> str:
    for _ in range(300):
        found = str(plugin.send("GET", href).json()["state"])
        if found not in ("queued", "running"):
            return found
        time.sleep(0.01)
    return found


def test_a_run_that_works_stops_before_its_next_step(plugin: Plugin, syncs: Syncs) -> None:
    syncs.gate.clear()
    href = plugin.press().json()["href"]
    until_started(syncs)
    answer = cancel(plugin, href)
    assert (answer.status_code, answer.json()["state"]) == (202, "running")
    syncs.gate.set()
    assert state(plugin, href) == "cancelled"
    assert "report" not in plugin.send("GET", href).json()


def test_a_run_that_waits_never_starts(plugin: Plugin, syncs: Syncs) -> None:
    syncs.gate.clear()
    first = plugin.press().json()["href"]
    until_started(syncs)
    second = plugin.press().json()["href"]
    assert cancel(plugin, second).json()["state"] == "cancelled"
    syncs.gate.set()
    assert state(plugin, first) == "done"
    time.sleep(0.1)
    assert syncs.started == ["W1"]


def test_a_press_after_a_cancelled_one_is_served(plugin: Plugin, syncs: Syncs) -> None:
    syncs.gate.clear()
    href = plugin.press().json()["href"]
    until_started(syncs)
    cancel(plugin, href)
    later = plugin.press().json()["href"]
    syncs.gate.set()
    assert (state(plugin, href), state(plugin, later)) == ("cancelled", "done")


def test_a_run_that_is_over_stays_as_it_ended(plugin: Plugin) -> None:
    href = plugin.press().json()["href"]
    plugin.until_over(href)
    assert cancel(plugin, href).json()["state"] == "done"


def test_the_same_cancelling_twice_is_one(plugin: Plugin) -> None:
    href = plugin.press().json()["href"]
    answers = [cancel(plugin, href, nonce="nonce-stop").status_code for _ in range(2)]
    assert answers == [202, 202]
    assert plugin.press(nonce="nonce-stop").json()["code"] == "nonce_reused"


def test_the_run_of_another_workbook_can_not_be_stopped(plugin: Plugin, other_plugin: Plugin) -> None:
    href = other_plugin.press().json()["href"]
    assert cancel(plugin, href).json()["code"] == "no_such_run"


def dry(plugin: Plugin) -> Any:
    body = json.dumps({"spreadsheetId": plugin.workbook, "dryRun": True}).encode()
    return plugin.send("POST", "/v1/sync", body).json()


def test_a_dry_run_answers_no_real_press_and_the_other_way_round(store: Store) -> None:
    ids = [store.request_run("W1", f"key-{number}", 0.0, dry=number % 2 == 1).id for number in range(4)]
    assert (ids[0], ids[1]) == (ids[2], ids[3])
    kinds = []
    while (run := store.claim(1.0, 60.0)) is not None:
        kinds.append(run.dry)
        assert store.finish(run, Outcome(report={}), 1.0)
    assert kinds == [False, True]


def test_dry_run_must_be_true_or_false(plugin: Plugin) -> None:
    answer = plugin.send("POST", "/v1/sync", b'{"spreadsheetId": "W1", "dryRun": "yes"}')
    assert answer.json()["code"] == "bad_body"
