"""The part of the state store that whoever watches over it asks: how far behind is it, and with what."""

from dataclasses import dataclass

from sqlalchemy import func, inspect, select

from sync.store.base import Transactions, moment
from sync.store.migrate import revision
from sync.store.quota import permits_given
from sync.store.schedules import SCHEDULES
from sync.store.tables import RUNS, WORKBOOKS


@dataclass(frozen=True)
class Lateness:
    """Seconds that the worst workbook waits: past the moment that its schedule named, and past what the row wanted.

    `workbook` is the one whose schedule is overdue longest; None when none is.
    """

    schedule: float = 0.0
    row: float = 0.0
    workbook: str | None = None


class Standing(Transactions):
    """Figures of the whole store. Every method is one transaction that only reads."""

    def revision(self) -> str | None:
        """The revision of the tables."""
        with self._reading() as db:
            return revision(db)

    def lateness(self) -> Lateness:
        """How late the worst workbook is; parked ones and those that wait out a back-off don't count as wanted."""
        planned = select(SCHEDULES.c.workbook, SCHEDULES.c.next_at).where(SCHEDULES.c.removed.is_(False))
        planned = planned.where(SCHEDULES.c.next_at.is_not(None)).order_by(SCHEDULES.c.next_at).limit(1)
        with self._reading() as db:
            now = moment(db, None)
            free = WORKBOOKS.c.parked_reason.is_(None) & (WORKBOOKS.c.not_before <= now)
            wanted = db.execute(select(func.min(WORKBOOKS.c.due)).where(free)).scalar_one()
            first = db.execute(planned).one_or_none()
        late = now - first.next_at if first else 0.0
        row = max(0.0, now - wanted) if wanted is not None else 0.0
        return Lateness(late, row, first.workbook) if first and late > 0 else Lateness(0.0, row)

    def parked_reasons(self) -> dict[str, int]:
        """How many workbooks are parked, by reason (an error's code)."""
        query = select(WORKBOOKS.c.parked_reason, func.count()).where(WORKBOOKS.c.parked_reason.is_not(None))
        with self._reading() as db:
            return {str(row[0]): int(row[1]) for row in db.execute(query.group_by(WORKBOOKS.c.parked_reason))}

    def permits_given(self, window: float) -> dict[str, int]:
        """For each key of the limiter how many permits it gave in the last `window` seconds."""
        with self._reading() as db:
            return permits_given(db, moment(db, None) - window)

    def has_queue_tables(self) -> bool:
        """Whether the tables of the queue on this database are there: see sync/jobs/procrastinated.py."""
        with self._reading() as db:
            return inspect(db).has_table("procrastinate_jobs")

    def last_syncs(self) -> dict[str, float]:
        """When a run of each workbook last ended well (Unix seconds), of the runs that are kept."""
        query = select(RUNS.c.workbook, func.max(RUNS.c.finished_at)).where(
            RUNS.c.state == "done", RUNS.c.dry.is_(False)
        )
        with self._reading() as db:
            return {workbook: at for workbook, at in db.execute(query.group_by(RUNS.c.workbook)) if at is not None}
