"""What every carrier promises, with real worker processes that are killed and stopped in the middle of a sync."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.jobs.carriers import Carrier
from sync.jobs.local import LocalWorker
from sync.store.records import Run, RunState
from sync.store.store import open_store
from tests.contract.jobs.worker_process import RETRIES
from tests.fake_cloud_tasks import QUEUE, FakeCloudTasks
from tests.store_servers import database

CARRIERS = {"local": "sqlite", "procrastinate": "postgres", "cloud_tasks": "sqlite"}
Noted = tuple[str, str, int, int, float]  # what, workbook, token, process, when


class Rig:
    """One carrier with its workers."""

    def __init__(self, kind: str, folder: Path, stack: ExitStack) -> None:
        self.kind, self.log, self.stack = kind, folder / "syncs.jsonl", stack
        self.url = stack.enter_context(database(CARRIERS[kind], folder))
        self.store = open_store(self.url)
        self.tasks = stack.enter_context(FakeCloudTasks())
        self.carrier = self._carrier()
        self.carrier.start()
        self.log.touch()
        stack.callback(self.store.close)
        stack.callback(self.carrier.stop)

    def _carrier(self) -> Carrier:
        if self.kind == "procrastinate":
            from sync.jobs.procrastinated import Procrastinated, lay_tables

            lay_tables(self.url)
            return Procrastinated(self.url, self.store)
        if self.kind == "cloud_tasks":
            from sync.jobs.cloud_tasks import CloudTasks

            return CloudTasks(requests.Session(), self.tasks.url, QUEUE, "http://ours/t", "a@b", self.store, nobody)
        return Asleep(self.store, nobody)

    def worker(self) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.contract.jobs.worker_process", self.kind, self.url, str(self.log)]
        process = (
            subprocess.Popen([*command, self.tasks.url], stdout=subprocess.PIPE, text=True)
            if self.kind == "cloud_tasks"
            else subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        )
        self.stack.callback(end, process)
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if address != "-":
            self.tasks.handlers.append(address)
        return process

    def press(self, workbook: str, key: str = "key-0001") -> Run:
        self.store.enrol(workbook, 0.0)
        run = self.store.request_run(workbook, key)
        self.carrier.wake(workbook)
        return run

    def noted(self, what: str, workbook: str) -> list[Noted]:
        lines = [tuple(json.loads(line)) for line in self.log.read_text().splitlines()]
        return [line for line in lines if line[:2] == (what, workbook)]

    def over(self, run: Run) -> Run:
        wait_for(lambda: self.look(run).finished_at is not None)
        return self.look(run)

    def look(self, run: Run) -> Run:
        found = self.store.run(run.id)
        assert found is not None
        return found


class Asleep(LocalWorker):
    """The local carrier of a process whose own thread does not run: the workers are others."""

    def start(self) -> None:
        """Nothing."""


def nobody(_workbook: str, _progress: Any) -> Any:
    raise AssertionError("syncs run in the workers")


def end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def wait_for(fact: Callable[[], Any], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(params=CARRIERS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with ExitStack() as stack:
        yield Rig(request.param, tmp_path, stack)


def test_the_sync_of_a_worker_that_was_killed_is_done_by_another(rig: Rig) -> None:
    first = rig.worker()
    run = rig.press("slow-1")
    wait_for(lambda: rig.noted("begin", "slow-1"))
    end(first)
    second = rig.worker()
    done = rig.over(run)
    assert (done.state, done.report) == (RunState.DONE, {"token": done.token, "pid": second.pid})
    assert [each[2] for each in rig.noted("begin", "slow-1")] == list(range(1, done.token + 1))
    assert len(rig.noted("end", "slow-1")) == 1


def test_eight_triggers_are_at_most_two_syncs_and_never_two_at_once(rig: Rig) -> None:
    for _ in range(2):
        rig.worker()
    runs = [rig.press("slow-1", "key-0000")]
    wait_for(lambda: rig.noted("begin", "slow-1"))
    runs += [rig.press("slow-1", f"key-{number:04}") for number in range(1, 8)]
    assert {rig.over(run).state for run in runs} == {RunState.DONE}
    begun, ended = (sorted(each[4] for each in rig.noted(what, "slow-1")) for what in ("begin", "end"))
    assert len(begun) == len(ended) == 2
    assert ended[0] < begun[1]


def test_a_worker_that_slept_past_its_lease_is_refused(rig: Rig) -> None:
    sleeper = rig.worker()
    run = rig.press("slow-1")
    wait_for(lambda: rig.noted("begin", "slow-1"))
    os.kill(sleeper.pid, signal.SIGSTOP)
    other = rig.worker()
    try:
        done = rig.over(run)
    finally:
        os.kill(sleeper.pid, signal.SIGCONT)
    wait_for(lambda: len(rig.noted("end", "slow-1")) == 2)  # it wakes, and believes that it did it
    time.sleep(0.3)
    assert rig.look(run) == done
    assert done.report == {"token": done.token, "pid": other.pid}
    assert rig.store.next_due("slow-1") is None


def test_trouble_that_does_not_pass_ends_as_a_dead_letter_that_the_operator_sees(rig: Rig) -> None:
    rig.worker()
    rig.press("flaky-1")
    rig.press("refused-1")
    wait_for(lambda: len(rig.store.parked()) == 2)
    parked = {each.workbook: each for each in rig.store.parked()}
    assert (parked["flaky-1"].reason, parked["flaky-1"].attempts) == ("workbook_quota", RETRIES)
    assert (parked["refused-1"].reason, parked["refused-1"].attempts) == ("credentials_refused", 1)
    assert [each[2] for each in rig.noted("begin", "flaky-1")] == [1, 2, 3]


def test_a_trigger_whose_message_was_lost_is_found_by_the_next_sweep(rig: Rig) -> None:
    rig.worker()
    rig.store.enrol("fine-1", 0.0)
    run = rig.store.request_run("fine-1", "key-0001")  # and nobody is woken
    rig.carrier.wake()  # as a cron tick does
    assert rig.over(run).state == RunState.DONE
