"""The rows that a group of triggers needs, whole sets at a time; once for any database, once quicker for SQLite.

Python's SQLite driver gives up the interpreter at every row that it fetches or writes, and gets it back only when the
other threads let it. So there a set goes in as one JSON text and comes out as one
(https://www.sqlite.org/json1.html); times come out of JSON to ten microseconds.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, tuple_, update

from sync.store.records import Run, RunState
from sync.store.runs import to_run
from sync.store.tables import NONCES, RUNS, WORKBOOKS


class BookRow(NamedTuple):
    """The columns of a workbook's row that a trigger looks at."""

    id: str
    epoch: int
    old_epoch_until: float | None
    wanted: int
    due: float | None
    priority: int
    parked_reason: str | None


class Use(NamedTuple):
    """What a key was first used for; `at` in Unix seconds."""

    workbook: str
    nonce: str
    fingerprint: str
    run: str
    at: float


class Sets(Protocol):
    """What a group of triggers asks of the database. The rows of workbooks are locked until the transaction ends."""

    def books(self, db: Connection, ids: Sequence[str]) -> Iterable[BookRow]:
        """The rows of those workbooks that are enrolled."""

    def queued(self, db: Connection, ids: Sequence[str]) -> Iterable[Run]:
        """The queued runs of these workbooks."""

    def used(self, db: Connection, keys: Sequence[tuple[str, str]]) -> Iterable[Use]:
        """Which of these pairs of workbook and key are known."""

    def count(self, db: Connection, ids: Sequence[str], more: int) -> None:
        """Raise the counters of these workbooks."""

    def keep(self, db: Connection, uses: Sequence[Use]) -> None:
        """Remember new keys."""


def sets_of(db: Connection) -> Sets:
    """The quickest way for this database."""
    return _SQLITE if db.dialect.name == "sqlite" else _ANY


class _Any:
    # Made once: putting a statement together takes longer than carrying it out. Rows are locked in the order of their
    # ids, so that two transactions can't wait for each other.
    _ids: BindParameter[Any] = bindparam("ids", expanding=True)
    _keys: BindParameter[Any] = bindparam("keys", expanding=True)
    _rows = select(*(WORKBOOKS.c[name] for name in BookRow._fields)).where(WORKBOOKS.c.id.in_(_ids))
    _lock = _rows.order_by(WORKBOOKS.c.id).with_for_update()
    _queued = select(RUNS).where(RUNS.c.workbook.in_(_ids), RUNS.c.state == RunState.QUEUED)
    _used = select(*(NONCES.c[name] for name in Use._fields)).where(
        tuple_(NONCES.c.workbook, NONCES.c.nonce).in_(_keys)
    )
    _count = update(WORKBOOKS).where(WORKBOOKS.c.id.in_(_ids)).values(wanted=WORKBOOKS.c.wanted + bindparam("more"))
    _keep = insert(NONCES)

    def books(self, db: Connection, ids: Sequence[str]) -> Iterable[BookRow]:
        return [BookRow(*row) for row in db.execute(self._lock, {"ids": ids})]

    def queued(self, db: Connection, ids: Sequence[str]) -> Iterable[Run]:
        return map(to_run, db.execute(self._queued, {"ids": ids}))

    def used(self, db: Connection, keys: Sequence[tuple[str, str]]) -> Iterable[Use]:
        return [Use(*row) for row in db.execute(self._used, {"keys": keys})]

    def count(self, db: Connection, ids: Sequence[str], more: int) -> None:
        db.execute(self._count, {"ids": ids, "more": more})

    def keep(self, db: Connection, uses: Sequence[Use]) -> None:
        db.execute(self._keep, [use._asdict() for use in uses])


class _SQLite:
    _books = f"""SELECT json_group_array(json_array({", ".join(BookRow._fields)}))
        FROM workbooks WHERE id IN (SELECT value FROM json_each(?))"""  # noqa: S608  # our own names of columns
    # What else a run has is not yet there while it is queued.
    _queued = """SELECT json_group_array(json_array(id, workbook, key, state, ticket, token, asked_at, priority, dry,
        asked_by)) FROM runs WHERE state = 'queued' AND workbook IN (SELECT value FROM json_each(?))"""
    _used = """SELECT json_group_array(json_array(n.workbook, n.nonce, n.fingerprint, n.run, n.at))
        FROM json_each(?) AS asked CROSS JOIN nonces AS n
        ON n.workbook = json_extract(asked.value, '$[0]') AND n.nonce = json_extract(asked.value, '$[1]')"""
    _count = "UPDATE workbooks SET wanted = wanted + ? WHERE id IN (SELECT value FROM json_each(?))"
    _keep = """INSERT INTO nonces (workbook, nonce, fingerprint, run, at)
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
        json_extract(value, '$[3]'), json_extract(value, '$[4]') FROM json_each(?)"""

    def books(self, db: Connection, ids: Sequence[str]) -> Iterable[BookRow]:
        return [BookRow(*row) for row in _asked(db, self._books, ids)]

    def queued(self, db: Connection, ids: Sequence[str]) -> Iterable[Run]:
        for *row, priority, dry, asked_by in _asked(db, self._queued, ids):
            run, workbook, key, state, ticket, token, asked_at = row
            more: dict[str, Any] = {"priority": priority, "dry": bool(dry), "asked_by": asked_by}
            yield Run(run, workbook, key, RunState(state), ticket, token, asked_at, **more)

    def used(self, db: Connection, keys: Sequence[tuple[str, str]]) -> Iterable[Use]:
        return [Use(*row) for row in _asked(db, self._used, keys)]

    def count(self, db: Connection, ids: Sequence[str], more: int) -> None:
        db.exec_driver_sql(self._count, (more, json.dumps(ids)))

    def keep(self, db: Connection, uses: Sequence[Use]) -> None:
        db.exec_driver_sql(self._keep, (json.dumps(uses),))


def _asked(db: Connection, statement: str, asked: Sequence[Any]) -> list[list[Any]]:
    rows: list[list[Any]] = json.loads(db.exec_driver_sql(statement, (json.dumps(asked),)).scalar_one())
    return rows


_ANY, _SQLITE = _Any(), _SQLite()
