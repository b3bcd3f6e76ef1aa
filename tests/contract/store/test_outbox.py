"""Results and the intent to write are committed together; the newest intent stays open until it was sent."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import insert, select

from sync.model import Change, ChangeKind
from sync.store.records import Intent, NotEnrolledError, Results
from sync.store.store import Store
from sync.store.tables import NONCES

ROWS = ({"tab": "kpis", "kpi": "k1", "values": {"actual": 3.5, "note": "Café ≥ 40"}},)
MOVED = Change("k1", ChangeKind.DEFINITION, date(2026, 5, 3), "target", "60000", "40000")
RESULTS = Results(14, ("Ventas ñ",), {"k1": {"target": "40000"}}, (MOVED,), ROWS)


def claimed_token(store: Store, now: float = 0.0) -> int:
    store.request_run("W1", f"key-{now:06}", now)
    run = store.claim(now, 60.0)
    assert run is not None
    return run.token


@pytest.mark.parametrize("asker", ["ana@example.org", None])
def test_a_change_tells_who_asked_for_the_sync_that_saw_it_and_not_who_made_it(store: Store, asker: str | None) -> None:
    store.request_run("W1", "key-000001", 0.0, asked_by=asker)
    store.request_run("W1", "key-000002", 0.0, asked_by="luis@example.org")  # joins the run that waits already
    run = store.claim(0.0, 60.0)
    assert run is not None
    store.keep("W1", RESULTS, token=run.token)
    (change,) = store.changes("W1")
    assert (change.asked_by, change.who) == (asker, None)


def test_a_fresh_workbook_has_nothing_to_send(store: Store) -> None:
    assert store.open_intent("W1") is None


def test_what_was_found_and_what_to_write_outlive_a_crash_together(store: Store, reopen: Callable[[], Store]) -> None:
    store.keep("W1", RESULTS)
    store.close()
    again = reopen()
    assert again.open_intent("W1") == Intent("W1", 1, list(ROWS))
    assert again.changes("W1") == (MOVED,)
    assert again.workbook("W1").kpi_count == 14  # type: ignore[union-attr]
    again.close()


def test_once_sent_there_is_nothing_to_send(store: Store) -> None:
    intent = store.keep("W1", RESULTS)
    assert intent is not None
    assert store.sent(intent)
    assert store.open_intent("W1") is None
    assert not store.sent(intent)


def test_only_the_newest_intent_is_ever_sent(store: Store) -> None:
    old = store.keep("W1", RESULTS)
    new = store.keep("W1", RESULTS)
    assert old is not None
    assert new is not None
    assert new.number == old.number + 1
    assert not store.sent(old)
    assert store.open_intent("W1") == new


def test_a_sync_that_has_nothing_to_write_closes_an_older_intent(store: Store) -> None:
    store.keep("W1", RESULTS)
    store.keep("W1", Results(14))
    assert store.open_intent("W1") is None


def test_rows_that_could_not_be_written_stay_open(store: Store) -> None:
    intent = store.keep("W1", RESULTS)
    assert intent is not None
    assert store.sent(intent, left=ROWS)
    assert store.open_intent("W1") == intent


def test_a_worker_that_was_replaced_keeps_nothing(store: Store) -> None:
    stale = claimed_token(store, 0.0)
    live = claimed_token(store, 60.0)
    assert store.keep("W1", RESULTS, token=stale) is None
    assert (store.open_intent("W1"), store.changes("W1")) == (None, ())
    assert store.keep("W1", RESULTS, token=live) is not None


def test_what_others_keep_is_in_the_same_transaction(store: Store) -> None:
    note = {"workbook": "W1", "nonce": "with-it", "fingerprint": "", "run": "", "at": 0.0}
    store.keep("W1", RESULTS, also=[lambda db: db.execute(insert(NONCES).values(**note)) and None])

    def broken(_db: object) -> None:
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError):
        store.keep("W1", Results(99), also=[broken])
    assert store.workbook("W1").kpi_count == 14  # type: ignore[union-attr]
    with store._reading() as db:
        assert db.execute(select(NONCES.c.nonce)).scalars().all() == ["with-it"]


def test_workbooks_have_their_own_intents(store: Store) -> None:
    store.enrol("W2", 0.0)
    store.keep("W1", RESULTS)
    assert store.open_intent("W2") is None


def test_nothing_is_kept_for_a_workbook_that_is_not_enrolled(store: Store) -> None:
    with pytest.raises(NotEnrolledError):
        store.keep("W2", RESULTS)
    assert store.open_intent("W2") is None
