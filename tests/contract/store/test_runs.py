from sync.store.claims import JITTER
from sync.store.records import SCHEDULED, Outcome, Run, RunState, failed
from sync.store.store import KEEP_RUNS_SECONDS, MAX_ATTEMPTS, Store

LEASE = 60.0
LATEST = 1 + JITTER  # a back-off is at most so many times as long as it has to be
BUSY = failed("internal")
DONE = Outcome(report={"kpis": [{"name": "Café ≥ 40"}]})


def trigger(store: Store, key: str, now: float = 0.0, workbook: str = "W1") -> Run:
    return store.request_run(workbook, key, now)


def claimed(store: Store, now: float = 0.0) -> Run:
    run = store.claim(now, LEASE)
    assert run is not None
    return run


def look(store: Store, run: Run) -> Run:
    found = store.run(run.id)
    assert found is not None
    return found


def test_a_trigger_is_queued_and_can_be_looked_up(store: Store) -> None:
    run = trigger(store, "key-0001", now=5.0)
    assert look(store, run) == run
    assert (run.state, run.workbook, run.asked_at, run.report) == (RunState.QUEUED, "W1", 5.0, None)


def test_a_run_that_never_was_is_none(store: Store) -> None:
    assert store.run("nothing") is None


def test_nothing_is_claimed_when_nothing_was_asked_for(store: Store) -> None:
    assert store.claim(0.0, LEASE) is None


def test_presses_while_a_run_is_queued_join_it(store: Store) -> None:
    assert len({trigger(store, f"key-{number:04}").id for number in range(8)}) == 1


def test_presses_during_a_run_queue_exactly_one_more(store: Store) -> None:
    first = trigger(store, "key-0001")
    claimed(store)
    later = {trigger(store, f"key-{number:04}").id for number in range(2, 9)}
    assert len(later) == 1
    assert first.id not in later


def test_eight_presses_are_two_syncs(store: Store) -> None:
    trigger(store, "key-0000")
    runs = [claimed(store)]
    for number in range(1, 8):
        trigger(store, f"key-{number:04}")
    assert store.claim(1.0, LEASE) is None  # one at a time
    store.finish(runs[0], DONE, 1.0)
    runs.append(claimed(store, 1.0))
    store.finish(runs[1], DONE, 2.0)
    assert store.claim(3.0, LEASE) is None
    assert runs[0].id != runs[1].id


def test_a_finished_run_keeps_its_report(store: Store) -> None:
    run = trigger(store, "key-0001")
    assert store.finish(claimed(store), Outcome(report=DONE.report, needs_person=True), 7.0)
    found = look(store, run)
    assert (found.state, found.report, found.needs_person, found.finished_at) == ("done", DONE.report, True, 7.0)


def test_a_failed_run_keeps_its_sentence_in_both_languages(store: Store) -> None:
    run = trigger(store, "key-0001")
    error = {"es": "El libro no está compartido.", "en": "The workbook is not shared."}
    store.finish(claimed(store), Outcome(error_code="not_shared", error=error), 1.0)
    found = look(store, run)
    assert (found.state, found.error_code, found.error) == (RunState.FAILED, "not_shared", error)


def test_progress_is_seen_by_who_asks(store: Store) -> None:
    run = trigger(store, "key-0001")
    assert store.progress(claimed(store), "fetch", 3, 14)
    found = look(store, run)
    assert (found.state, found.step, found.done, found.total) == (RunState.RUNNING, "fetch", 3, 14)


def test_the_workbook_that_waited_longest_goes_first(store: Store) -> None:
    store.enrol("W0", 0.0)
    trigger(store, "key-0001", now=1.0, workbook="W1")
    trigger(store, "key-0002", now=2.0, workbook="W0")
    assert [claimed(store, 3.0).workbook, claimed(store, 3.0).workbook] == ["W1", "W0"]


def test_pressing_again_does_not_lose_ones_place(store: Store) -> None:
    store.enrol("W0", 0.0)
    trigger(store, "key-0001", now=1.0, workbook="W1")
    trigger(store, "key-0002", now=2.0, workbook="W0")
    trigger(store, "key-0003", now=3.0, workbook="W1")
    assert claimed(store, 4.0).workbook == "W1"


def test_a_dead_workers_run_is_claimed_again_once_its_lease_is_over(store: Store) -> None:
    run = trigger(store, "key-0001")
    first = claimed(store, 0.0)
    assert store.claim(LEASE - 1, LEASE) is None
    second = claimed(store, LEASE)
    assert (second.id, second.token) == (run.id, first.token + 1)


def test_a_beat_holds_the_lease(store: Store) -> None:
    trigger(store, "key-0001")
    run = claimed(store, 0.0)
    assert store.beat(run, 50.0, LEASE)
    assert store.claim(100.0, LEASE) is None


def test_a_stale_worker_is_fenced(store: Store) -> None:
    run = trigger(store, "key-0001")
    stale, live = claimed(store, 0.0), claimed(store, LEASE)
    assert not store.beat(stale, 61.0, LEASE)
    assert not store.progress(stale, "write", 1, 1)
    assert not store.finish(stale, BUSY, 61.0)
    assert store.finish(live, DONE, 62.0)
    assert look(store, run).state == RunState.DONE


def test_a_run_is_finished_only_once(store: Store) -> None:
    trigger(store, "key-0001")
    run = claimed(store)
    assert store.finish(run, DONE, 1.0)
    assert not store.finish(run, BUSY, 2.0)


def test_a_press_after_a_worker_died_is_answered_by_the_same_sync(store: Store) -> None:
    first = trigger(store, "key-0001")
    claimed(store, 0.0)
    second = trigger(store, "key-0002", now=LEASE + 1)
    store.finish(claimed(store, LEASE + 1), DONE, LEASE + 2)
    assert first.id != second.id
    assert [look(store, run).state for run in (first, second)] == [RunState.DONE, RunState.DONE]
    assert store.claim(LEASE + 3, LEASE) is None


def test_a_press_while_a_slow_worker_has_outlived_its_lease_is_not_lost(store: Store) -> None:
    trigger(store, "key-0001")
    slow = claimed(store, 0.0)
    later = trigger(store, "key-0002", now=LEASE + 1)
    assert store.finish(slow, DONE, LEASE + 2)  # nobody else had claimed it
    assert claimed(store, LEASE + 3).id == later.id


def test_a_workbook_that_kills_its_workers_is_given_up(store: Store) -> None:
    run = trigger(store, "key-0001")
    for attempt in range(MAX_ATTEMPTS):
        claimed(store, attempt * LEASE)
    assert store.claim(MAX_ATTEMPTS * LEASE, LEASE) is None
    found = look(store, run)
    assert (found.state, found.error_code) == (RunState.FAILED, "gave_up")
    assert found.error is not None
    assert "interrumpió" in found.error["es"]


def test_a_workbook_given_up_may_be_asked_for_again(store: Store) -> None:
    trigger(store, "key-0001")
    for attempt in range(MAX_ATTEMPTS + 1):
        store.claim(attempt * LEASE, LEASE)
    assert trigger(store, "key-0002", now=1000.0).id == claimed(store, 1000.0).id


def test_a_back_off_grows_and_presses_do_not_cancel_it(store: Store) -> None:
    trigger(store, "key-0001")
    assert store.finish(claimed(store, 0.0), BUSY, 0.0, retry_later=True)
    trigger(store, "key-0002", now=1.0)
    assert store.claim(1.0, LEASE) is None
    store.finish(claimed(store, 2.0 * LATEST), BUSY, 3.0, retry_later=True)
    trigger(store, "key-0003", now=4.0)
    assert store.claim(6.9, LEASE) is None
    assert claimed(store, 3.0 + 4.0 * LATEST)


def test_trouble_that_may_pass_is_tried_again_by_itself(store: Store) -> None:
    first = trigger(store, "key-0001")
    store.finish(claimed(store, 0.0), BUSY, 0.0, retry_later=True)
    assert look(store, first).state == RunState.FAILED  # the person is told at once
    again = claimed(store, 2.0 * LATEST)
    assert (again.workbook, again.priority) == ("W1", SCHEDULED)
    store.finish(again, DONE, 10.0)
    assert store.claim(1e6, LEASE) is None


def test_back_offs_differ_by_chance_so_that_workbooks_do_not_come_back_at_once(store: Store) -> None:
    waits = set()
    for number in range(8):
        book = f"B{number}"
        store.enrol(book, 0.0)
        trigger(store, "key-0001", workbook=book)
        store.finish(claimed(store), BUSY, 0.0, retry_later=True)
        waits.add(store.next_due(book))
    assert len(waits) == 8
    assert all(wait is not None and 2.0 <= wait <= 2.0 * LATEST for wait in waits)


def test_a_success_ends_the_back_off(store: Store) -> None:
    trigger(store, "key-0001")
    store.finish(claimed(store, 0.0), BUSY, 0.0, retry_later=True)
    trigger(store, "key-0002", now=2.0)
    store.finish(claimed(store, 3.0), DONE, 3.0)
    trigger(store, "key-0003", now=3.0)
    store.finish(claimed(store, 3.0), BUSY, 3.0, retry_later=True)
    assert claimed(store, 3.0 + 2.0 * LATEST)


def test_old_runs_are_forgotten_when_a_newer_one_ends(store: Store) -> None:
    old = trigger(store, "key-0001")
    store.finish(claimed(store, 0.0), DONE, 0.0)
    now = KEEP_RUNS_SECONDS + 1.0
    trigger(store, "key-0002", now)
    store.finish(claimed(store, now), DONE, now)
    assert store.run(old.id) is None
