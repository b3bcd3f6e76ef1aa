"""The worker thread over a real store. The lease is short, so that a lost one shows within a second."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.errors import WorkbookError, WorkbookNotFoundError
from sync.jobs.local import FAIR_SHARE, LocalWorker
from sync.jobs.runner import ProgressSink, Runner, RunResult
from sync.sheet.google import WRITE_TIMEOUT
from sync.store.records import SCHEDULED, Outcome, Run, RunState
from sync.store.store import Store, open_store
from tests.store_servers import database


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with database(request.param, tmp_path) as address:
        yield address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    opened.enrol("W1", 0.0)
    yield opened
    opened.close()


def press(store: Store, key: str = "key-0001") -> Run:
    return store.request_run("W1", key, time.time())


def look(store: Store, run: Run) -> Run:
    found = store.run(run.id)
    assert found is not None
    return found


def wait_for(fact: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def ran_once(store: Store, runner: Runner) -> Run:
    run = press(store)
    assert LocalWorker(store, runner).run_once()
    return look(store, run)


def fine(workbook: str, progress: ProgressSink) -> RunResult:
    progress("read", 1, 1)
    return RunResult({"workbook": workbook}, needs_person=True)


def failing(error: Exception) -> Runner:
    def runner(_workbook: str, _progress: ProgressSink) -> RunResult:
        raise error

    return runner


def test_a_run_ends_with_its_report(store: Store) -> None:
    run = ran_once(store, fine)
    assert (run.state, run.report, run.needs_person, run.step) == (RunState.DONE, {"workbook": "W1"}, True, "read")


def test_trouble_that_we_know_is_told_in_its_own_words_in_both_languages(store: Store) -> None:
    error = WorkbookNotFoundError("workbook_not_found", facts={"workbook": "W1"})
    run = ran_once(store, failing(error))
    assert (run.state, run.error_code) == (RunState.FAILED, "workbook_not_found")
    assert run.error == {"es": error.sentence("es"), "en": error.sentence("en")}


def test_trouble_without_a_sentence_is_a_bug_and_the_worker_lives_on(store: Store) -> None:
    run = ran_once(store, failing(WorkbookError("no_such_sentence")))
    assert (run.state, run.error_code) == (RunState.FAILED, "internal")


def test_a_bug_is_logged_whole_and_told_without_its_text(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        run = ran_once(store, failing(KeyError("password=hunter2")))
    assert (run.state, run.error_code) == (RunState.FAILED, "internal")
    assert "hunter2" not in str(run)
    assert "Traceback" in caplog.text


@pytest.mark.parametrize("report", [{"a": object()}, {"a": float("nan")}])
def test_a_report_that_json_cannot_hold_is_a_bug_of_that_run(store: Store, report: dict[str, object]) -> None:
    run = ran_once(store, lambda _workbook, _progress: RunResult(report))
    assert (run.state, run.error_code) == (RunState.FAILED, "internal")


def test_after_trouble_that_may_pass_a_back_off_begins(store: Store) -> None:
    ran_once(store, failing(WorkbookError("workbook_quota", permanent=False)))
    press(store, "key-0002")
    assert store.claim(time.time(), 60.0) is None
    assert store.claim(time.time() + 3.0, 60.0) is not None


def test_trouble_that_will_not_pass_parks_the_workbook(store: Store) -> None:
    ran_once(store, failing(WorkbookNotFoundError("workbook_not_found", facts={"workbook": "W1"})))
    assert [found.reason for found in store.parked()] == ["workbook_not_found"]


def test_a_press_can_not_starve_scheduled_work(store: Store) -> None:
    store.enrol("W2", 0.0)
    store.request_run("W2", "key-clock", 1.0, priority=SCHEDULED)
    worker, done = LocalWorker(store, fine), []
    for number in range(FAIR_SHARE):
        press(store, f"key-{number:04}")
        worker.run_once()
        done.append(store.next_due("W2") is None)
    assert done == [False] * (FAIR_SHARE - 1) + [True]


def test_before_a_write_the_lease_is_long_enough_for_it(store: Store) -> None:
    left: list[float] = []

    def writing(workbook: str, progress: ProgressSink) -> RunResult:
        progress.hold()
        left.append((store.next_due(workbook) or 0.0) - store.now())
        return RunResult({})

    press(store)
    LocalWorker(store, writing, lease=5.0).run_once()
    assert left[0] > sum(WRITE_TIMEOUT)


def test_a_worker_that_was_replaced_may_not_write(store: Store) -> None:
    wrote: list[bool] = []

    def overtaken(_workbook: str, progress: ProgressSink) -> RunResult:
        assert store.claim(time.time() + 1000.0, 60.0) is not None
        progress.hold()
        wrote.append(True)
        return RunResult({})

    press(store)
    assert LocalWorker(store, overtaken).run_once()
    assert wrote == []


def test_a_started_worker_runs_what_it_is_woken_for(store: Store) -> None:
    worker = LocalWorker(store, fine)
    worker.start()
    run = press(store)
    worker.wake()
    wait_for(lambda: look(store, run).state == RunState.DONE)
    assert worker.stop()


def test_a_worker_finds_what_another_process_asked_for(store: Store, url: str) -> None:
    worker = LocalWorker(store, fine)
    worker.start()
    run = press(open_store(url))
    wait_for(lambda: look(store, run).finished_at is not None)
    assert worker.stop()


def test_stopping_lets_the_running_sync_end_and_claims_no_other(store: Store) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_workbook: str, _progress: ProgressSink) -> RunResult:
        begun.set()
        go_on.wait(5)
        return RunResult({})

    worker = LocalWorker(store, slow)
    first = press(store)
    worker.start()
    assert begun.wait(5)
    second = press(store, "key-0002")
    threading.Timer(0.1, go_on.set).start()
    assert worker.stop()
    assert (look(store, first).state, look(store, second).state) == (RunState.DONE, RunState.QUEUED)


def test_the_lease_beats_while_a_sync_takes_longer_than_it(store: Store) -> None:
    claims: list[Run | None] = []

    def slow(_workbook: str, _progress: ProgressSink) -> RunResult:
        time.sleep(0.8)
        claims.append(store.claim(time.time(), 60.0))
        return RunResult({})

    run = press(store)
    LocalWorker(store, slow, lease=0.3).run_once()
    assert claims == [None]
    assert look(store, run).state == RunState.DONE


def test_a_worker_that_was_replaced_is_stopped_at_its_next_step_and_its_result_dropped(store: Store) -> None:
    steps: list[str] = []

    def overtaken(_workbook: str, progress: ProgressSink) -> RunResult:
        other = store.claim(time.time() + 1000.0, 60.0)  # as if our lease had ended long ago
        assert other is not None
        store.finish(other, Outcome(report={"by": "the other"}), time.time())
        progress("write", 0, 1)
        steps.append("wrote")
        return RunResult({"by": "us"})

    run = press(store)
    assert LocalWorker(store, overtaken).run_once()
    assert steps == []
    assert look(store, run).report == {"by": "the other"}


def test_a_store_that_fails_for_a_while_does_not_end_the_worker(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'semaforo.db'}")
    store.enrol("W1", 0.0)
    hidden = tmp_path / "hidden.db"
    worker = LocalWorker(store, fine)
    run = press(store)
    store.close()
    (tmp_path / "semaforo.db").rename(hidden)
    (tmp_path / "semaforo.db").mkdir()
    worker.start()
    wait_for(lambda: "the state store failed" in caplog.text)
    (tmp_path / "semaforo.db").rmdir()
    hidden.rename(tmp_path / "semaforo.db")
    wait_for(lambda: look(store, run).state == RunState.DONE)
    assert worker.stop()
