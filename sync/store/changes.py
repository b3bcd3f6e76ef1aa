"""The part of the state store that knows what KPIs were: their last definitions, and the log of what changed.

The log is only ever added to. Two syncs of one workbook at the same time may see the same change; what is kept is
compared with what stands there, inside the transaction, so that the log has it once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from sync.model import Change, ChangeKind, Fields, LastDefinition
from sync.store.base import Transactions
from sync.store.tables import CHANGES, DEFINITIONS


class ChangeLog(Transactions):
    """Last definitions and changes, by workbook."""

    def definitions(self, workbook: str) -> dict[str, LastDefinition]:
        """What each KPI's row said when it was last seen, by KPI id; those that are gone included."""
        with self._reading() as db:
            return _definitions(db, workbook)

    def changes(
        self,
        workbook: str,
        *,
        since: date | None = None,
        limit: int | None = None,
        fields: Collection[str] | None = None,
    ) -> tuple[Change, ...]:
        """The log, the newest first: from the day `since` on, at most `limit` entries, only those of `fields`."""
        wanted = [CHANGES.c.workbook == workbook]
        if since is not None:
            wanted.append(CHANGES.c.at >= since)
        if fields is not None:
            wanted.append(CHANGES.c.field.in_(fields))
        query = select(CHANGES).where(and_(*wanted)).order_by(CHANGES.c.id.desc()).limit(limit)
        with self._reading() as db:
            return tuple(_change(row) for row in db.execute(query))


def keep_changes(
    db: Connection,
    workbook: str,
    definitions: Mapping[str, Fields],
    changes: Iterable[Change],
    now: float,
    asked_by: str | None = None,
) -> None:
    """Add what is new to the log and keep the definitions that it led to; those that are not among these stay.

    Within the transaction `db`, which has locked the workbook's row. `asked_by` is who asked for this sync. Whoever
    pressed need not have changed anything: that is another field.
    """
    known = _definitions(db, workbook)
    seen = (replace(change, asked_by=asked_by) for change in changes)
    fresh = tuple(change for change in seen if not _is_known(db, workbook, change, known))
    if fresh:
        db.execute(insert(CHANGES), [_values(workbook, change, now) for change in fresh])
    gone = {change.kpi_id for change in fresh if change.kind is ChangeKind.REMOVED}
    _keep(db, workbook, known, definitions, gone)


def _keep(
    db: Connection,
    workbook: str,
    known: Mapping[str, LastDefinition],
    definitions: Mapping[str, Fields],
    gone: Collection[str],
) -> None:
    wanted = {key: LastDefinition(dict(fields)) for key, fields in definitions.items()}
    wanted |= {key: LastDefinition(known[key].fields, present=False) for key in gone if key in known}
    for key, definition in wanted.items():
        values: dict[str, Any] = {"fields": definition.fields, "present": definition.present}
        if key not in known:
            db.execute(insert(DEFINITIONS).values(workbook=workbook, kpi=key, **values))
        elif known[key] != definition:
            mine = and_(DEFINITIONS.c.workbook == workbook, DEFINITIONS.c.kpi == key)
            db.execute(update(DEFINITIONS).where(mine).values(**values))


def _is_known(db: Connection, workbook: str, change: Change, known: Mapping[str, LastDefinition]) -> bool:
    """Whether another sync has kept this very change already."""
    last = known.get(change.kpi_id)
    if change.kind is ChangeKind.ADDED:
        return last is not None and last.present
    if change.kind is ChangeKind.REMOVED:
        return last is not None and not last.present
    if change.kind is ChangeKind.DEFINITION and change.field is not None:
        return last is not None and change.field in last.fields and last.fields[change.field] == change.new
    told = _last_status(db, workbook, change.kpi_id)
    return told is not None and replace(told, asked_by=change.asked_by) == change  # whoever asked for that sync


def _last_status(db: Connection, workbook: str, kpi_id: str) -> Change | None:
    mine = and_(CHANGES.c.workbook == workbook, CHANGES.c.kpi == kpi_id, CHANGES.c.kind == ChangeKind.STATUS)
    row = db.execute(select(CHANGES).where(mine).order_by(CHANGES.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else _change(row)


def _definitions(db: Connection, workbook: str) -> dict[str, LastDefinition]:
    rows = db.execute(select(DEFINITIONS).where(DEFINITIONS.c.workbook == workbook).order_by(DEFINITIONS.c.kpi))
    return {row.kpi: LastDefinition(row.fields, row.present) for row in rows}


def _values(workbook: str, change: Change, now: float) -> dict[str, Any]:
    return {
        "workbook": workbook,
        "kpi": change.kpi_id,
        "kind": change.kind.value,
        "at": change.at,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "who": change.who,
        "asked_by": change.asked_by,
        "kept_at": now,
    }


def _change(row: Row[Any]) -> Change:
    return Change(row.kpi, ChangeKind(row.kind), row.at, row.field, row.old, row.new, row.who, row.asked_by)
