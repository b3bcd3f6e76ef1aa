"""The part of the state store that knows which workbooks are enrolled."""

from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError

from sync.store.base import Transactions, change_row, enrolled, locked
from sync.store.records import Workbook
from sync.store.tables import WORKBOOKS


class Enrolments(Transactions):
    """Enrolments, by workbook."""

    def workbook(self, workbook: str) -> Workbook | None:
        """The enrolment of a workbook; None when it has none."""
        with self._reading() as db:
            row = db.execute(select(WORKBOOKS).where(WORKBOOKS.c.id == workbook)).one_or_none()
        return None if row is None else to_workbook(row)

    def workbooks(self) -> tuple[Workbook, ...]:
        """All enrolments, by id."""
        with self._reading() as db:
            return tuple(to_workbook(row) for row in db.execute(select(WORKBOOKS).order_by(WORKBOOKS.c.id)))

    def enrol(self, workbook: str, now: float, tenant: str = "") -> Workbook:
        """Enrol a workbook; one that is enrolled stays as it is. Tenants take turns when syncs have to wait."""
        fresh = {"id": workbook, "epoch": 1, "enrolled_at": now, "extra_tabs": [], "tenant": tenant}
        counters = {"token": 0, "wanted": 0, "seen": 0, "attempts": 0, "deaths": 0, "priority": 0, "not_before": 0.0}
        try:
            with self._writing() as db:
                if locked(db, workbook) is None:
                    db.execute(insert(WORKBOOKS).values(**fresh, **counters))
        except IntegrityError:
            pass  # PostgreSQL only: another process enrolled it between our look and our insert
        with self._reading() as db:
            return to_workbook(db.execute(select(WORKBOOKS).where(WORKBOOKS.c.id == workbook)).one())

    def rotate(self, workbook: str, now: float, grace: float = 86_400) -> Workbook:
        """Raise the epoch of the workbook's secret; the old secret opens for `grace` more seconds.

        Raises NotEnrolledError.
        """
        with self._writing() as db:
            row = enrolled(db, workbook)
            change_row(db, workbook, epoch=row.epoch + 1, old_epoch_until=now + grace)
            return to_workbook(enrolled(db, workbook))


def to_workbook(row: Row[Any]) -> Workbook:
    """A row of the table as a record."""
    tabs = tuple(row.extra_tabs)
    return Workbook(row.id, row.epoch, row.old_epoch_until, row.enrolled_at, row.kpi_count, tabs)
