"""The part of the state store that makes a crash between judging and writing harmless.

What a sync found out and its intent to write are committed in one transaction; then the write goes out; then the intent
is marked as sent. A sync that finds an open intent of its workbook sends that first. The write is absolute, so
sending it twice does no harm.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from sync.store.base import Statement, Transactions, change_row, enrolled, moment
from sync.store.changes import keep_changes
from sync.store.claims import holder
from sync.store.records import Intent, Results
from sync.store.runs import is_answered
from sync.store.tables import OUTBOX, RUNS


class Outbox(Transactions):
    """Results, and writes that were decided, by workbook."""

    def keep(
        self,
        workbook: str,
        results: Results,
        *,
        token: int | None = None,
        now: float | None = None,
        also: Sequence[Statement] = (),
    ) -> Intent | None:
        """Commit what a sync found out together with its intent to write, which replaces an older one.

        `token` is that of the claim that works on the workbook, None outside of one. `also` are further statements of
        the same transaction. Gives None when we were replaced: then nothing was kept and nothing may be written.
        Raises NotEnrolledError.
        """
        with self._writing() as db:
            enrolled(db, workbook)
            held = None if token is None else holder(db, workbook, token)
            if token is not None and held is None:
                return None
            now = moment(db, now)
            change_row(db, workbook, kpi_count=results.kpi_count, extra_tabs=list(results.extra_tabs))
            keep_changes(db, workbook, results.definitions, results.changes, now, _asker(db, held))
            for statement in also:
                statement(db)
            return _lay_down(db, workbook, [dict(row) for row in results.intent], now)

    def open_intent(self, workbook: str) -> Intent | None:
        """The write that may not have gone out; None when there is none."""
        with self._reading() as db:
            row = db.execute(select(OUTBOX).where(_is_open(workbook))).one_or_none()
        return None if row is None else Intent(row.workbook, row.number, row.content)

    def sent(self, intent: Intent, left: Sequence[Mapping[str, Any]] = (), now: float | None = None) -> bool:
        """Mark an intent as sent; rows in `left` stay open. False: a newer one has taken its place meanwhile."""
        with self._writing() as db:
            content = [dict(row) for row in left]
            done = {"content": content, "sent_at": None if content else moment(db, now)}
            mine = and_(_is_open(intent.workbook), OUTBOX.c.number == intent.number)
            return db.execute(update(OUTBOX).where(mine).values(**done)).rowcount == 1


def _asker(db: Connection, held: Row[Any] | None) -> str | None:
    """Who asked for the run that this claim answers, where that was proved; of several the first to ask."""
    if held is None:
        return None
    first = select(RUNS.c.asked_by).where(is_answered(held)).order_by(RUNS.c.ticket).limit(1)
    return db.execute(first).scalar_one_or_none()


def _is_open(workbook: str) -> Any:
    return and_(OUTBOX.c.workbook == workbook, OUTBOX.c.sent_at.is_(None))


def _lay_down(db: Connection, workbook: str, rows: list[dict[str, Any]], now: float) -> Intent:
    last = db.execute(select(OUTBOX.c.number).where(OUTBOX.c.workbook == workbook)).scalar_one_or_none()
    number = (last or 0) + 1
    values = {"number": number, "content": rows, "made_at": now, "sent_at": None if rows else now}
    if last is None:
        db.execute(insert(OUTBOX).values(workbook=workbook, **values))
    else:
        db.execute(update(OUTBOX).where(OUTBOX.c.workbook == workbook).values(**values))
    return Intent(workbook, number, rows)
