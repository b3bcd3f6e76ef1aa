"""A sync that dies between deciding and writing, and what the next one does about it before anything else."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from sync.engine import SyncOptions
from sync.jobs.runner import LeaseLostError
from sync.model import ApplyResult, Snapshot, WritePlan
from sync.session import sync_workbook
from sync.sheet.local import LocalServer
from sync.sheet.reference import read_reference
from sync.sheet.workbook import Workbook
from sync.store.records import Outcome, Results
from tests.builders import TODAY
from tests.integration.sync.test_people_edit import METRICS, ROWS, delete_row, insert_row, sort_by_name
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book

Books = Callable[..., Book]


class Died(BaseException):
    """Stands for the end of a process."""


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> Callable[[Book], None]:
    """A sync of the book that dies right before its write."""

    def die(_self: Workbook, plan: WritePlan, _snapshot: Snapshot) -> ApplyResult:
        if plan:
            raise Died
        return ApplyResult()

    def act(plan: Book) -> None:
        with monkeypatch.context() as patched, pytest.raises(Died):
            patched.setattr(Workbook, "apply", die)
            plan.sync(TODAY)

    return act


def lights(plan: Book) -> dict[Any, Any]:
    """Name -> status, where the row is ours to judge."""
    rows = range(6)
    found = {plan.cell("kpis", row, "name"): plan.cell("kpis", row, "status") for row in rows}
    return {name: status for name, status in found.items() if name}


def calls(server: LocalServer, plan: Book) -> tuple[int, int]:
    counted = server.calls(plan.id)
    return counted["read"], counted["write"]


def test_the_write_that_a_dead_sync_had_decided_goes_out_first(
    book: Books, sheets: LocalServer, crash: Callable[[Book], None]
) -> None:
    plan = book([typed()], measurements=READINGS)
    crash(plan)
    assert plan.store.open_intent(plan.id) is not None
    reads, writes = calls(sheets, plan)
    report = plan.sync(TODAY)
    assert (report.applied.reads, report.applied.writes) == (1, 0)  # nothing was left for the sync itself
    assert calls(sheets, plan) == (reads + 2, writes + 1)
    assert plan.cell("kpis", 0, "status") == "▲ En rumbo"
    assert plan.store.open_intent(plan.id) is None


def test_cards_and_schedule_are_kept_with_the_intent_and_do_not_yet_say_that_there_is_no_news(
    book: Books, crash: Callable[[Book], None]
) -> None:
    plan = book([typed()], measurements=READINGS)
    crash(plan)
    card, schedule = plan.store.card(plan.id, str(plan.cell("kpis", 0, "id"))), plan.store.schedule(plan.id)
    assert card is not None
    assert schedule is not None
    assert card["status"] == "on_track"
    assert (schedule.in_workbook, schedule.judged) == (True, None)


def test_a_write_that_had_gone_out_is_not_repeated(book: Books, sheets: LocalServer) -> None:
    plan = book([typed()], measurements=READINGS)
    plan.sync(TODAY)
    rows = [{"tab": "kpis", "kpi": plan.cell("kpis", 0, "id"), "values": {"status": plan.cell("kpis", 0, "status")}}]
    plan.store.keep(plan.id, Results(1, intent=rows))
    writes = calls(sheets, plan)[1]
    plan.sync(TODAY)
    assert calls(sheets, plan)[1] == writes
    assert plan.store.open_intent(plan.id) is None


@pytest.mark.parametrize(
    "edits", [[insert_row(1)], [sort_by_name()], [delete_row(2)]], ids=["inserted", "sorted", "deleted"]
)
def test_rows_that_moved_after_the_crash_get_their_own_values(
    book: Books, crash: Callable[[Book], None], edits: list[dict[str, Any]]
) -> None:
    plan = book(ROWS, measurements=METRICS)
    crash(plan)
    plan.edit(*edits)
    intended = plan.store.open_intent(plan.id)
    plan.sync(TODAY)
    fresh = book(ROWS, name="fresh", measurements=METRICS)
    fresh.sync(TODAY)
    wanted = lights(fresh)
    assert intended is not None
    assert lights(plan) == {name: wanted[name] for name in lights(plan)}
    assert len(lights(plan)) == 3 - (edits == [delete_row(2)])


def test_what_a_person_typed_after_the_crash_stays(book: Books, crash: Callable[[Book], None]) -> None:
    plan = book([typed()], measurements=READINGS)
    crash(plan)
    plan.type_in("kpis", [{"target": 11000.0, "owner": "Bea"}])
    plan.sync(TODAY)
    assert (plan.cell("kpis", 0, "target"), plan.cell("kpis", 0, "owner")) == (11000, "Bea")


def test_the_change_that_a_dead_sync_had_seen_is_in_the_log_once(book: Books, crash: Callable[[Book], None]) -> None:
    plan = book([typed()], measurements=READINGS)
    plan.sync(TODAY)
    plan.type_in("kpis", [{"target": 40000.0}])
    crash(plan)
    plan.sync(TODAY)
    fields = [(change.field, change.new) for change in plan.store.changes(plan.id)]
    assert sorted(fields) == [("status", "off_track"), ("target", "40000")]


def test_an_intent_that_the_sheet_refuses_for_good_does_not_stand_in_the_way(book: Books, sheets: LocalServer) -> None:
    plan = book([typed()], measurements=READINGS)
    poison = {"tab": "kpis", "kpi": plan.cell("kpis", 0, "id"), "values": {"note": "x" * 60_000}}
    plan.store.enrol(plan.id, 0.0)
    plan.store.keep(plan.id, Results(1, intent=[poison]))
    plan.sync(TODAY)
    assert plan.cell("kpis", 0, "status") == "▲ En rumbo"
    assert plan.store.open_intent(plan.id) is None


def test_a_dry_run_sends_nothing_that_is_open(book: Books, crash: Callable[[Book], None]) -> None:
    plan = book([typed()], measurements=READINGS)
    crash(plan)
    plan.sync(TODAY, dry_run=True)
    assert plan.cell("kpis", 0, "status") is None
    assert plan.store.open_intent(plan.id) is not None


class Claim:
    """A claim of ours, which somebody may take over."""

    def __init__(self, token: int, held: bool = True) -> None:
        self.token, self.held = token, held

    def __call__(self, step: str, done: int, total: int) -> None: ...

    def hold(self) -> None:
        if not self.held:
            raise LeaseLostError


def sync_as(plan: Book, claim: Claim) -> None:
    options = SyncOptions(plan.settings, now=datetime.now(UTC), today=TODAY)
    sync_workbook(read_reference("local:test"), options, plan.store, claim=claim)


def test_a_worker_whose_lease_is_gone_writes_nothing(book: Books, sheets: LocalServer) -> None:
    plan = book([typed()], measurements=READINGS)
    plan.store.enrol(plan.id, 0.0)
    plan.store.request_run(plan.id, "key-0001")
    claimed = plan.store.claim(None, 60.0)
    assert claimed is not None
    with pytest.raises(LeaseLostError):
        sync_as(plan, Claim(claimed.token - 1))  # noticed when its results are kept
    assert plan.cell("kpis", 0, "status") is None
    assert plan.store.card(plan.id, str(plan.cell("kpis", 0, "id"))) is None
    with pytest.raises(LeaseLostError):
        sync_as(plan, Claim(claimed.token, held=False))  # noticed right before the write
    assert plan.cell("kpis", 0, "status") is None


def test_a_write_that_comes_after_a_newer_sync_makes_the_sheet_be_looked_at_once_more(
    book: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = book([typed()], measurements=READINGS)
    plan.store.enrol(plan.id, 0.0)
    plan.store.request_run(plan.id, "key-0001")
    claimed = plan.store.claim(None, 60.0)
    assert claimed is not None
    whole = Workbook.apply

    def late(self: Workbook, wanted: WritePlan, snapshot: Snapshot) -> ApplyResult:
        plan.store.keep(plan.id, Results(1))  # as a newer sync would
        return whole(self, wanted, snapshot)

    monkeypatch.setattr(Workbook, "apply", late)
    with pytest.raises(LeaseLostError):
        sync_as(plan, Claim(claimed.token))
    plan.store.finish(claimed, Outcome(report={}))
    assert plan.store.claim(None, 60.0) is not None
