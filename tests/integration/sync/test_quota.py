"""The permit before each call, with a real server that counts as Google does, and several service accounts."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.errors import WorkbookError, WorkbookNotSharedError
from sync.sheet.google import open_local
from sync.sheet.local import LocalServer
from sync.sheet.local.faults import read_faults
from sync.sheet.quota import OpenGate, Quota, SharedGate, background, pace_of, reserve_of, shared_gates
from sync.store.store import Store, open_store
from tests.builders import TODAY
from tests.capacity.campaign import Plan, run
from tests.capacity.keys import write_key
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book, local_settings, make_book

FILES = "https://www.googleapis.com/drive/v3/files"
QUOTA = Quota(20, 100, 60.0)
AT_ONCE = pace_of(QUOTA.user, QUOTA.window).burst - reserve_of(QUOTA.user)  # for background work


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.told = 1000.0, list[tuple[float, float]]()

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def gate(self, store: Store, pressed: bool = False, account: str = "a") -> SharedGate:
        return SharedGate(
            store, QUOTA, account, pressed, lambda waited, total: self.told.append((waited, total)), self.sleep
        )


@pytest.fixture
def clock(store: Store) -> Clock:
    clock = Clock()
    store.clock = lambda: clock.now
    return clock


def test_without_a_quota_nobody_is_asked(store: Store) -> None:
    assert isinstance(shared_gates(None, store, lambda *_: None)("a"), OpenGate)


def test_who_waits_is_told_so(store: Store, clock: Clock) -> None:
    gate = clock.gate(store)
    for _ in range(AT_ONCE + 1):
        gate.ask("read")
    assert clock.told
    assert clock.told[0][0] == 0.0
    assert clock.told[0][1] == pytest.approx(QUOTA.window / QUOTA.user, abs=0.1)


def test_reads_and_writes_do_not_wait_for_each_other(store: Store, clock: Clock) -> None:
    gate = clock.gate(store)
    gate.ask("read")
    gate.ask("write")
    assert clock.now == 1000.0


def test_waiting_has_an_end_and_the_sync_is_queued_again(store: Store, clock: Clock) -> None:
    clock.gate(store).refused("read", 3600.0, None)
    with pytest.raises(WorkbookError) as caught:
        clock.gate(store).ask("read")
    assert (caught.value.code, caught.value.permanent) == ("workbook_quota", False)


def test_a_person_who_presses_goes_before_background_work(store: Store, clock: Clock) -> None:
    for _ in range(AT_ONCE):
        clock.gate(store).ask("read")
    with background():
        assert not shared_gates(QUOTA, store, lambda *_: None)("a").pressed  # type: ignore[attr-defined]  # a SharedGate
    clock.gate(store, pressed=True).ask("read")
    assert clock.now == 1000.0  # at once, although background work would wait
    clock.gate(store).ask("read")
    assert clock.now > 1002.0


def test_a_429_slows_down_every_worker_on_that_account_and_no_other(store: Store, clock: Clock) -> None:
    clock.gate(store).refused("read", 0.0, "user")
    clock.gate(store, account="b").ask("read")
    assert clock.now == 1000.0
    clock.gate(store, pressed=True).ask("read")
    assert clock.now >= 1006.0


def test_a_429_that_the_server_sends_reaches_the_shared_bucket(store: Store, sheets: LocalServer) -> None:
    client = open_local(sheets.url)
    client.gate, client.sleep = SharedGate(store, Quota(60, 300, 1.0), "local", pressed=True), lambda seconds: None
    client.create("local-x", "x", "en_GB", "UTC")
    sheets.app.faults = read_faults({"rules": [{"on": "read", "calls": [1], "fault": 429}]})
    began = time.monotonic()
    client.read("local-x", ["Sheet1"])
    assert time.monotonic() - began >= 0.09  # a tenth of the window, for everybody
    assert client.calls.read == 2


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[str]:
    with LocalServer(tmp_path / "shared.db") as server:
        yield server.url


def shared_book(folder: Path, url: str, *numbers: int) -> Book:
    """A workbook that is shared with some of two accounts."""
    keys = (write_key(folder, url, 0), write_key(folder, url, 1))
    settings = local_settings(folder, url, accounts=keys)
    made = make_book(settings, open_store(settings.store_url), "test", [typed()], measurements=READINGS)
    for number in numbers:
        address = f"semaforo-{number}@example.iam.gserviceaccount.com"
        share = {"type": "user", "role": "writer", "emailAddress": address}
        made.client.http.request("post", f"{FILES}/{made.id}/permissions", json=share)
    return made


@pytest.mark.parametrize("number", [0, 1])
def test_a_workbook_is_served_by_the_account_that_it_is_shared_with(tmp_path: Path, guarded: str, number: int) -> None:
    made = shared_book(tmp_path, guarded, number)
    assert made.sync(TODAY).applied.writes == 1
    row = made.store.schedule(made.id)
    assert row is not None
    assert str(row.account).endswith(f"account-{number}.json")
    assert made.sync(TODAY).applied.reads == 1  # no second account is tried again


def test_a_workbook_that_no_account_may_open_names_whom_to_share_with(tmp_path: Path, guarded: str) -> None:
    made = shared_book(tmp_path, guarded)
    with pytest.raises(WorkbookNotSharedError, match=r"@example\.iam\.gserviceaccount\.com"):
        made.sync(TODAY)


def test_a_quota_of_the_embedded_server_is_kept_without_a_single_refusal(tmp_path: Path) -> None:
    plan = Plan(workbooks=24, workers=4, quota=Quota(60, 300, 10.0))
    for result in run(plan, tmp_path):
        assert result.refused == 0
        assert result.ratio < 3  # a busy machine is no quota; the pass in virtual time asks for 1.1
