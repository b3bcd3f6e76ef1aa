"""Triggers that are counted in one transaction: what comes out is what would come out one after another."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, select

from sync.store.counting import Trigger, count_triggers
from sync.store.records import INTERACTIVE, SCHEDULED, KeyReusedError, NotEnrolledError, Run, SecretChangedError
from sync.store.store import Store
from sync.store.tables import NONCES, WORKBOOKS
from sync.store.together import Together


def trigger(key: str, workbook: str = "W1", **fields: Any) -> Trigger:
    given = {"now": 5.0, "fingerprint": "f", "priority": INTERACTIVE, "dry": False, "asked_by": None, "epochs": None}
    return Trigger(workbook, key, **{**given, **fields})


def counted(store: Store, *triggers: Trigger) -> list[Run | Exception]:
    with store._writing() as db:
        return count_triggers(db, triggers)


def run_of(answer: Run | Exception) -> Run:
    assert isinstance(answer, Run)
    return answer


def row(store: Store, workbook: str = "W1") -> Any:
    with store._reading() as db:
        return db.execute(select(WORKBOOKS).where(WORKBOOKS.c.id == workbook)).one()


def test_a_group_counts_every_trigger_and_joins_them_by_workbook(store: Store) -> None:
    store.enrol("W2", 0.0)
    answers = counted(store, trigger("key-1"), trigger("key-2"), trigger("key-1", "W2"), trigger("key-3"))
    first, second, other, third = (run_of(answer) for answer in answers)
    assert first.id == second.id == third.id != other.id
    assert (row(store).wanted, row(store, "W2").wanted, row(store).due) == (3, 1, 5.0)
    assert run_of(counted(store, trigger("key-4"))[0]).id == first.id


def test_one_that_is_refused_leaves_the_others_alone(store: Store) -> None:
    store.request_run("W1", "key-old", 5.0, "f")
    asked = [
        trigger("key-1"),
        trigger("key-1", "W9"),
        trigger("key-old", fingerprint="x"),
        trigger("key-2", epochs=(2,)),
    ]
    good, unknown, reused, changed = counted(store, *asked)
    assert isinstance(good, Run)
    assert isinstance(unknown, NotEnrolledError)
    assert isinstance(reused, KeyReusedError)
    assert isinstance(changed, SecretChangedError)
    assert row(store).wanted == 2
    with store._reading() as db:
        assert {use.nonce for use in db.execute(select(NONCES))} == {"key-old", "key-1"}


def test_a_key_twice_in_one_group_counts_once(store: Store) -> None:
    once, again, other = counted(store, trigger("key-1"), trigger("key-1"), trigger("key-1", fingerprint="x"))
    assert run_of(once).id == run_of(again).id
    assert isinstance(other, KeyReusedError)
    assert row(store).wanted == 1


def test_a_known_key_gets_its_first_run_though_another_is_queued(store: Store) -> None:
    first = store.request_run("W1", "key-1", 5.0, "f")
    store.claim(5.0, 60.0)
    again, fresh = counted(store, trigger("key-1"), trigger("key-2"))
    assert run_of(again).id == first.id != run_of(fresh).id


def test_dry_runs_and_real_ones_of_one_group_stay_apart(store: Store) -> None:
    real, dry, more = (run_of(each) for each in counted(store, trigger("1"), trigger("2", dry=True), trigger("3")))
    assert (real.id, real.dry, dry.dry) == (more.id, False, True)
    assert dry.id != real.id


def test_a_press_makes_the_run_that_it_joins_urgent(store: Store) -> None:
    waiting, pressed = counted(store, trigger("1", priority=SCHEDULED), trigger("2"))
    found = store.run(run_of(waiting).id)
    assert found is not None
    assert (run_of(pressed).id, found.priority, row(store).priority) == (found.id, INTERACTIVE, INTERACTIVE)
    counted(store, trigger("3", "W1", priority=SCHEDULED))
    assert row(store).priority == INTERACTIVE


def test_a_joined_run_is_told_whole(store: Store) -> None:
    store.request_run("W1", "key-1", 1763796000.25, priority=SCHEDULED, dry=True, asked_by="ana@example.org")
    joined = run_of(counted(store, trigger("key-2", now=1763796001.0, dry=True, priority=SCHEDULED))[0])
    assert joined == store.run(joined.id)


def test_epochs_that_are_live_let_a_trigger_in(store: Store) -> None:
    store.rotate("W1", 0.0, grace=10.0)
    before, other, after = (trigger(key, epochs=(2, 1), now=now) for key, now in (("1", 5.0), ("2", 5.0), ("3", 11.0)))
    answers = counted(store, before, other, after)
    assert [type(answer) for answer in answers] == [Run, Run, SecretChangedError]


def test_nobody_is_answered_before_the_commit(store: Store) -> None:
    """Eight threads at once; while the first transaction is held open nobody has an answer, and then everybody has."""
    held, go_on = threading.Event(), threading.Event()

    def slowly(db: Connection, asks: Any) -> list[Run | Exception]:
        answers = count_triggers(db, asks)
        held.set()
        assert go_on.wait(5)
        return answers

    together: Together[Trigger, Run] = Together(store._writing, slowly)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(together.do, trigger(f"key-{number}")) for number in range(8)]
        assert held.wait(5)
        time.sleep(0.05)
        assert not any(each.done() for each in waiting)
        go_on.set()
        assert len({each.result(5).id for each in waiting}) == 1
    assert row(store).wanted == 8


def test_a_transaction_that_fails_is_told_to_everybody_and_the_next_one_works(store: Store) -> None:
    fails = [True]

    def failing(db: Connection, asks: Any) -> list[Run | Exception]:
        answers = count_triggers(db, asks)
        if fails:
            raise OSError("the disk is full")
        return answers

    together: Together[Trigger, Run] = Together(store._writing, failing)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(together.do, trigger(f"key-{number}")) for number in range(8)]
        assert {type(each.exception(5)) for each in waiting} == {OSError}
    assert row(store).wanted == 0
    fails.clear()
    assert together.do(trigger("key-after")).workbook == "W1"


def test_the_error_of_one_is_raised_by_that_one_alone(store: Store) -> None:
    together: Together[Trigger, Run] = Together(store._writing, count_triggers)
    with ThreadPoolExecutor(4) as pool:
        good = [pool.submit(together.do, trigger(f"key-{number}")) for number in range(4)]
        bad = pool.submit(together.do, trigger("key-1", "W9"))
        with pytest.raises(NotEnrolledError):
            bad.result(5)
        assert len({each.result(5).id for each in good}) == 1
