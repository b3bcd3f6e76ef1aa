"""The part of the state store that the operator asks: what is parked, and why; and letting it go."""

from sqlalchemy import select

from sync.store.base import Transactions, change_row, enrolled, moment
from sync.store.records import Parked
from sync.store.runs import UNPARKED
from sync.store.tables import WORKBOOKS


class Parking(Transactions):
    """Workbooks that are left alone."""

    def parked(self) -> tuple[Parked, ...]:
        """All of them, the one that was parked last first."""
        query = select(WORKBOOKS).where(WORKBOOKS.c.parked_reason.is_not(None))
        with self._reading() as db:
            rows = db.execute(query.order_by(WORKBOOKS.c.parked_at.desc(), WORKBOOKS.c.id)).all()
        return tuple(
            Parked(row.id, row.parked_reason, row.parked_at, row.parked_until, row.attempts, row.parked_error)
            for row in rows
        )

    def release(self, workbook: str, now: float | None = None) -> bool:
        """Let a parked workbook go, and try it now. False when it was not parked. Raises NotEnrolledError."""
        with self._writing() as db:
            row = enrolled(db, workbook)
            if row.parked_reason is None:
                return False
            due = moment(db, now)
            change_row(db, workbook, due=due, not_before=0.0, attempts=0, deaths=0, **UNPARKED)
            return True
