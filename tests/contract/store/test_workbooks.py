from collections.abc import Callable

import pytest

from sync.store.records import NotEnrolledError, Results
from sync.store.store import Store


def test_a_workbook_that_nobody_enrolled_is_unknown(store: Store) -> None:
    assert store.workbook("W2") is None


def test_enrolling_twice_keeps_the_first_enrolment(store: Store) -> None:
    again = store.enrol("W1", 99.0)
    assert (again.enrolled_at, again.epoch) == (0.0, 1)
    assert [workbook.id for workbook in store.workbooks()] == ["W1"]


def test_a_fresh_workbook_has_no_memory_of_a_sync(store: Store) -> None:
    fresh = store.workbook("W1")
    assert fresh is not None
    assert (fresh.kpi_count, fresh.extra_tabs) == (None, ())


def test_what_the_last_sync_saw_is_remembered_over_a_restart(store: Store, reopen: Callable[[], Store]) -> None:
    store.keep("W1", Results(14, ("Ventas 2026", "Encuestas ñ")))
    store.close()
    found = reopen().workbook("W1")
    assert found is not None
    assert (found.kpi_count, found.extra_tabs) == (14, ("Ventas 2026", "Encuestas ñ"))


def test_while_a_secret_is_changed_two_epochs_are_live(store: Store) -> None:
    changed = store.rotate("W1", 1000.0, grace=60.0)
    assert changed.live_epochs(1059.0) == (2, 1)
    assert changed.live_epochs(1060.0) == (2,)


@pytest.mark.parametrize("act", ["keep", "rotate", "request_run"])
def test_nothing_is_kept_for_a_workbook_that_is_not_enrolled(store: Store, act: str) -> None:
    calls: dict[str, Callable[[], object]] = {
        "keep": lambda: store.keep("W2", Results(1)),
        "rotate": lambda: store.rotate("W2", 0.0),
        "request_run": lambda: store.request_run("W2", "key-0001", 0.0),
    }
    with pytest.raises(NotEnrolledError, match="W2 is not enrolled"):
        calls[act]()
    assert store.workbook("W2") is None
