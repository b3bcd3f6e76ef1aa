"""Background refresh through every real seam: the Settings tab, the state store, the worker, the Drive listing."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from sync.jobs.local import LocalWorker
from sync.jobs.refresh import refresh
from sync.jobs.schedule import day_in
from sync.session import SyncRunner
from sync.sheet.listing import DriveListing
from sync.store.schedules import Scheduled
from sync.store.store import Store
from tests.integration.sync.test_route import READINGS, typed
from tests.workbooks import Book

Books = Callable[..., Book]


NOON = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # where it is noon now: no test of ours runs over midnight


def says(book: Book, words: str, setting: str = "refresh") -> None:
    """The owner types into the Settings tab."""
    book.type_in("settings", [{"value": words}], first=book.columns("settings")[0][1:].index(setting))


def scheduled(store: Store) -> Scheduled:
    found = store.schedule("local-test")
    assert found is not None
    return found


class Service:
    """The clock and the worker of a service, run by hand; the clock jumps from one due moment to the next."""

    def __init__(self, book: Book) -> None:
        self.book, self.now = book, time.time()
        self.worker = LocalWorker(book.store, SyncRunner(book.settings, book.store), lambda: self.now)

    def next_moment(self) -> int:
        """How many syncs the next due moment brings."""
        self.now = max(self.now, scheduled(self.book.store).next_at or 0.0)
        asked = refresh(self.book.store, self.now, listing=DriveListing(self.book.settings))
        while self.worker.run_once():
            pass
        return asked


@pytest.fixture
def service(book: Books) -> Service:
    made = book([typed()], measurements=READINGS)
    says(made, "cada 15 minutos")
    says(made, NOON, "timezone")
    made.store.enrol(made.id, time.time())
    started = Service(made)
    refresh(made.store, started.now, all=True)
    while started.worker.run_once():
        pass
    return started


def test_a_sync_takes_over_what_the_owner_typed(service: Service) -> None:
    assert scheduled(service.book.store).code == "every 15"
    says(service.book, "lunes 9:00")
    service.next_moment()
    row = scheduled(service.book.store)
    assert (row.code, row.timezone) == ("0 09:00", NOON)
    assert day_in(row.timezone, row.next_at or 0).weekday() == 0


def test_a_workbook_that_is_off_is_left_alone(service: Service) -> None:
    says(service.book, "apagado")
    service.next_moment()
    assert scheduled(service.book.store).next_at is None
    assert refresh(service.book.store, service.now + 10 * 86_400) == 0


def test_a_quiet_workbook_costs_one_look_after_our_own_write_and_then_nothing(service: Service) -> None:
    assert [service.next_moment() for _ in range(4)] == [1, 0, 0, 0]


def test_what_a_person_types_is_found_at_the_next_moment(service: Service) -> None:
    assert [service.next_moment() for _ in range(2)] == [1, 0]
    service.book.type_in("kpis", [{"name": "Another name"}])
    assert [service.next_moment() for _ in range(3)] == [1, 1, 0]  # a sync that writes, one that looks, peace


def test_a_source_outside_the_workbook_is_asked_every_time(service: Service) -> None:
    service.book.type_in("kpis", [{"source": "csv:x.csv"}])
    assert [service.next_moment() for _ in range(4)] == [1, 1, 1, 1]


def test_a_new_day_is_judged_anew_although_nobody_wrote(service: Service) -> None:
    assert [service.next_moment() for _ in range(2)] == [1, 0]
    service.now += 86_400
    assert service.next_moment() == 1


def test_a_sync_for_a_pretended_day_spares_no_later_one(service: Service) -> None:
    service.next_moment()
    service.book.sync(date.today() + timedelta(days=400))  # noqa: DTZ011  # any other day
    assert service.next_moment() == 1
