"""The end of a service: what was accepted is kept, what is running comes to its end, nothing of ours is left open."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from sync.errors import UsageError
from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import Store
from tests.integration.webhook.conftest import Plugin, Syncs
from webhook.app import ServiceThread, create_app

PROGRAM = """
import sys, time
from pathlib import Path
from sync.jobs.runner import RunResult
from sync.settings import Settings
from webhook.app import serve

def slow(workbook, progress):
    progress("fetch", 0, 1)
    time.sleep(1)
    return RunResult({"slept": True})

serve(Settings(home=Path(sys.argv[1]), port=0), slow, announce=lambda url: print(url, flush=True))
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGTERM")
def test_a_sigterm_lets_the_running_sync_end(settings: Settings, store: Store) -> None:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", PROGRAM, str(settings.home)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        secret = workbook_secret(master_key(settings), "W1", 1)
        plugin = Plugin(process.stdout.readline().strip(), secret)
        accepted = plugin.press().json()
        while plugin.send("GET", accepted["href"]).json()["state"] == "queued":
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    run = store.run(accepted["run"])
    assert run is not None
    assert run.report == {"slept": True}


def test_an_address_that_is_taken_is_told(settings: Settings, store: Store, syncs: Syncs) -> None:
    app = create_app(settings, store, syncs)
    with ServiceThread(app) as running, pytest.raises(UsageError, match="Can't listen on"):
        ServiceThread(app, port=int(running.url.rpartition(":")[2]))


def test_a_stop_is_quick_while_clients_hold_connections(settings: Settings, store: Store, syncs: Syncs) -> None:
    with requests.Session() as session:
        with ServiceThread(create_app(settings, store, syncs)) as running:
            session.get(running.url + "/healthz", timeout=5)
            begun = time.monotonic()
        assert time.monotonic() - begun < 2
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("semaforo")]


def test_the_loop_that_stops_early_does_not_close_a_pipe_still_being_written(
    settings: Settings, store: Store, syncs: Syncs
) -> None:
    """The HTTP server's loop may see that it shall end before who told it so is through with telling."""
    with ServiceThread(create_app(settings, store, syncs)) as running:
        tell = running._trigger._physical_pull

        def slowly() -> None:
            tell()
            time.sleep(0.2)
            tell()

        running._trigger._physical_pull = slowly


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_an_accepted_press_outlives_a_killed_process(settings: Settings, store: Store) -> None:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", PROGRAM, str(settings.home)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        plugin = Plugin(process.stdout.readline().strip(), workbook_secret(master_key(settings), "W1", 1))
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: plugin.press(), range(8)))
        process.kill()
    assert {answer.status_code for answer in answers} == {202}
    assert all(store.run(answer.json()["run"]) is not None for answer in answers)
    with sqlite3.connect(settings.home / "semaforo.db") as db:
        assert db.execute("SELECT wanted FROM workbooks WHERE id = 'W1'").fetchone() == (8,)
