from concurrent.futures import ThreadPoolExecutor

import pytest

from sync.store.nonces import NONCE_SECONDS
from sync.store.records import KeyReusedError, Outcome, RunState
from sync.store.store import Store


def test_the_same_request_sent_again_gets_the_same_run_even_after_its_end(store: Store) -> None:
    first = store.request_run("W1", "key-0001", 0.0, "abc")
    run = store.claim(0.0, 60.0)
    assert run is not None
    store.finish(run, Outcome(report={}), 1.0)
    again = store.request_run("W1", "key-0001", 2.0, "abc")
    assert (again.id, again.state) == (first.id, RunState.DONE)
    assert store.claim(3.0, 60.0) is None  # it counted nothing


def test_a_key_that_joined_a_queued_run_leads_to_that_run(store: Store) -> None:
    first = store.request_run("W1", "key-0001", 0.0)
    store.request_run("W1", "key-0002", 0.0)
    store.claim(0.0, 60.0)
    assert store.request_run("W1", "key-0002", 1.0).id == first.id


def test_a_key_with_another_request_is_refused_and_counts_nothing(store: Store) -> None:
    store.request_run("W1", "key-0001", 0.0, "abc")
    store.claim(0.0, 60.0)
    with pytest.raises(KeyReusedError):
        store.request_run("W1", "key-0001", 1.0, "xyz")
    assert store.claim(1000.0, 60.0) is not None  # the first one's lease is over
    assert store.claim(1000.0, 60.0) is None


def test_two_workbooks_may_use_the_same_key(store: Store) -> None:
    store.enrol("W2", 0.0)
    assert store.request_run("W1", "key-0001", 0.0, "a").id != store.request_run("W2", "key-0001", 0.0, "b").id


def test_a_key_is_remembered_longer_than_a_signature_is_fresh(store: Store) -> None:
    first = store.request_run("W1", "key-0001", 0.0)
    run = store.claim(0.0, 60.0)
    assert run is not None
    store.finish(run, Outcome(report={}), 1.0)
    assert store.request_run("W1", "key-0001", 600.0).id == first.id
    assert store.request_run("W1", "key-0001", NONCE_SECONDS + 1.0).id != first.id


def test_a_hundred_presses_at_once_are_one_run(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda n: store.request_run("W1", f"key-{n % 50:04}", 0.0).id, range(100)))
    assert len(set(runs)) == 1


def test_of_many_workers_that_ask_at_once_one_gets_the_run(store: Store) -> None:
    store.request_run("W1", "key-0001", 0.0)
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: store.claim(0.0, 60.0), range(16)))
    assert sum(claim is not None for claim in claims) == 1
