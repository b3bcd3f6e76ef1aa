"""What a task looks like, what its name makes of doubled ones, and what the handler answers."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.errors import UsageError, WorkbookError
from sync.jobs.carriers import carrier_for
from sync.jobs.cloud_tasks import CloudTasks
from sync.jobs.runner import ProgressSink, RunResult
from sync.settings import Settings
from sync.store.store import Store, open_store
from tests.fake_cloud_tasks import QUEUE, FakeCloudTasks

HANDLER = "https://kpi.example.org/tasks/sync"


class Syncs:
    """Counts, and fails when told to."""

    def __init__(self) -> None:
        self.count, self.error = 0, None
        self.at_once, self.most = 0, 0

    error: Exception | None

    def __call__(self, _workbook: str, _progress: ProgressSink) -> RunResult:
        self.count += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        time.sleep(0.1)
        self.at_once -= 1
        if self.error:
            raise self.error
        return RunResult({})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'semaforo.db'}")
    opened.enrol("W1", 0.0)
    yield opened
    opened.close()


@pytest.fixture
def google() -> Iterator[FakeCloudTasks]:
    with FakeCloudTasks() as fake:
        yield fake


@pytest.fixture
def syncs() -> Syncs:
    return Syncs()


@pytest.fixture
def carrier(store: Store, google: FakeCloudTasks, syncs: Syncs) -> CloudTasks:
    return CloudTasks(requests.Session(), google.url, QUEUE, HANDLER, "kpi@p.iam", store, syncs)


def press(carrier: CloudTasks, key: str = "key-0001") -> None:
    carrier.store.request_run("W1", key)
    carrier.wake("W1")


def test_a_task_names_the_workbook_and_brings_the_service_accounts_token(
    carrier: CloudTasks, google: FakeCloudTasks
) -> None:
    press(carrier)
    (task,) = google.created
    sent = task["httpRequest"]
    assert (sent["url"], sent["httpMethod"]) == (HANDLER, "POST")
    assert json.loads(base64.b64decode(sent["body"])) == {"spreadsheetId": "W1"}
    assert sent["oidcToken"] == {"serviceAccountEmail": "kpi@p.iam", "audience": HANDLER}
    assert "scheduleTime" not in task


def test_presses_share_a_task_until_it_was_claimed(carrier: CloudTasks, google: FakeCloudTasks) -> None:
    moment = carrier.store.now()
    time.sleep(max(0.0, 59.0 - moment % 60 - 58.0) if moment % 60 > 58 else 0.0)  # not over the turn of a minute
    for number in range(4):
        press(carrier, f"key-{number:04}")
    assert len(google.created) == 1
    carrier.run_due("W1")
    press(carrier, "key-later")
    assert len(google.created) == 2


def test_a_delivered_task_is_one_sync_and_leaves_nothing_to_do(carrier: CloudTasks, syncs: Syncs) -> None:
    carrier.store.request_run("W1", "key-0001")
    assert (carrier.run_due("W1"), carrier.run_due("W1")) == (True, False)
    assert (syncs.count, carrier.store.next_due("W1")) == (1, None)


def test_a_task_that_is_delivered_twice_at_once_is_one_sync(carrier: CloudTasks, syncs: Syncs) -> None:
    carrier.store.request_run("W1", "key-0001")
    threads = [threading.Thread(target=carrier.run_due, args=("W1",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (syncs.count, syncs.most) == (1, 1)


def test_what_failed_comes_again_when_its_back_off_is_over(
    carrier: CloudTasks, google: FakeCloudTasks, syncs: Syncs
) -> None:
    carrier.store.request_run("W1", "key-0001")
    syncs.error = WorkbookError("workbook_quota", permanent=False)
    assert carrier.run_due("W1")
    (task,) = google.created
    due = carrier.store.next_due("W1")
    assert datetime.fromisoformat(task["scheduleTime"]).timestamp() == pytest.approx(due, abs=0.01)


def test_a_task_that_comes_while_another_works_comes_again_at_the_end_of_its_lease(
    carrier: CloudTasks, google: FakeCloudTasks
) -> None:
    carrier.store.request_run("W1", "key-0001")
    carrier.store.claim(None, 60.0)
    assert not carrier.run_due("W1")
    assert len([task for task in google.created if "scheduleTime" in task]) == 1
    carrier.run_due("W1")
    assert len(google.created) == 1  # the same name


def test_a_queue_that_can_not_be_reached_fails_no_trigger(
    carrier: CloudTasks, google: FakeCloudTasks, caplog: pytest.LogCaptureFixture
) -> None:
    google.refusing = 1
    press(carrier)
    assert google.created == []
    assert "waits in the store" in caplog.text
    carrier.wake()  # the next tick
    assert len(google.created) == 1


def test_the_settings_that_are_missing_are_named(store: Store, syncs: Syncs) -> None:
    with pytest.raises(UsageError, match="SEMAFORO_TASKS_QUEUE, SEMAFORO_TASKS_HANDLER"):
        carrier_for(Settings(jobs="cloud_tasks"), store, syncs)


def test_a_loopback_queue_needs_no_credentials(store: Store, syncs: Syncs, google: FakeCloudTasks) -> None:
    chosen: dict[str, Any] = {"tasks_queue": QUEUE, "tasks_handler": HANDLER, "tasks_url": google.url}
    carrier = carrier_for(Settings(jobs="cloud_tasks", **chosen), store, syncs)
    store.request_run("W1", "key-0001")
    carrier.wake("W1")
    assert len(google.created) == 1
