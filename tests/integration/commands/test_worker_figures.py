"""The figures of a worker process: its own, on a port that it is told, to this machine unless told otherwise."""

import argparse
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from sync.commands.base import an_address
from sync.errors import UsageError
from sync.figures import MeasuredRunner, RunFigures, serving
from sync.jobs.runner import ProgressSink, RunResult
from sync.store.store import open_store
from tests.contract.jobs.test_local_worker import wait_for
from tests.integration.commands.test_command_line import ROOT, Shell

HERE = ("127.0.0.1", 0)


def figures(url: str) -> dict[str, float]:
    text = requests.get(url, timeout=10).text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {" ".join([sample.name, *sample.labels.values()]): sample.value for sample in samples}


def syncs(workbook: str, progress: ProgressSink, /, *, dry_run: bool = False) -> RunResult:
    if workbook == "bad":
        raise ZeroDivisionError
    return RunResult({"api_calls": {"read": 2, "write": 1}})


def test_a_worker_tells_of_its_own_syncs_and_of_nothing_else() -> None:
    found, told = RunFigures(), list[str]()
    run = MeasuredRunner(syncs, found)
    run("W1", lambda *_: None)
    with pytest.raises(ZeroDivisionError):
        run("bad", lambda *_: None, dry_run=True)
    with serving(found, HERE, told.append):
        seen = figures(told[0])
    assert (seen["semaforo_run_seconds_count done sync"], seen["semaforo_run_seconds_count failed dry"]) == (1, 1)
    assert (seen["semaforo_sheets_calls_total read"], seen["semaforo_sheets_calls_total write"]) == (2, 1)
    assert {name.split(" ")[0].rpartition("_")[0] for name in seen if "seconds" not in name} == {
        *("semaforo_sheets_calls", "semaforo_guard_refusals"),
    }
    with pytest.raises(requests.ConnectionError):
        requests.get(told[0], timeout=5)


def test_a_port_that_is_taken_is_told() -> None:
    told: list[str] = []
    with serving(RunFigures(), HERE, told.append):
        port = int(told[0].split(":")[2].partition("/")[0])
        with pytest.raises(UsageError, match="listen on"), serving(RunFigures(), ("127.0.0.1", port), print):
            pass


def test_without_a_port_nothing_listens() -> None:
    told: list[str] = []
    with serving(RunFigures(), None, told.append):
        assert told == []


def test_a_port_alone_is_this_machines() -> None:
    assert [an_address(text) for text in ("9101", "0.0.0.0:9101", "[::1]:0")] == [
        *[("127.0.0.1", 9101), ("0.0.0.0", 9101), ("::1", 0)],  # noqa: S104  # what somebody typed
    ]
    for wrong in ("", "x", "host:", "9101:host", "host:70000"):
        with pytest.raises(argparse.ArgumentTypeError):
            an_address(wrong)


def test_the_command_shows_them_while_it_works(tmp_path: Path) -> None:
    shell = Shell(tmp_path, "http://127.0.0.1:9")
    store = open_store(f"sqlite:///{tmp_path / 'semaforo.db'}")
    store.enrol("1nowhere", 0.0)
    store.request_run("1nowhere", "key-0001")
    environment = {**shell.environment, "SEMAFORO_CREDENTIALS": str(tmp_path / "none.json")}  # no network for anybody
    command = [sys.executable, "-m", "sync", "worker", "--metrics", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as worker:
        try:
            assert worker.stderr is not None
            (url,) = re.findall(r"http://127\S+/metrics", worker.stderr.readline())
            wait_for(lambda: figures(url).get("semaforo_run_seconds_count failed sync") == 1, 20)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        finally:
            worker.kill()
            store.close()
