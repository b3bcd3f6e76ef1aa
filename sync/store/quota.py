"""The shared limiter of the state store: one row a key, one conditional update a permit (GCRA).

A row holds `tat`, the theoretical arrival time: the moment up to which the permits given so far fill the time at the
allowed pace. A permit moves it on by one interval, if it is not further ahead of now than the burst allows. Taking is
thus exact under any number of processes, and a refusal says how long to wait.

    https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Column, Connection, Float, String, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from sync.sheet.quota import Pace
from sync.store.base import Transactions, moment
from sync.store.connection import LAZY
from sync.store.tables import METADATA

QUOTA = Table("quota", METADATA, Column("key", String(200), primary_key=True), Column("tat", Float, nullable=False))


class QuotaRows(Transactions):
    """Permits by key. Every method is one transaction; `clock` is for tests, without it the store's own counts."""

    clock: Callable[[], float | None] = staticmethod(lambda: None)

    def take_permits(self, paces: Mapping[str, Pace], reserve: Mapping[str, int] | None = None) -> float:
        """One permit of each key at once, or none: 0.0 when they were given, else the seconds until they may be.

        `reserve` are permits of a key's burst that the caller has to leave to others.
        """
        left = reserve or {}
        ahead = {key: (pace.burst - left.get(key, 0) - 1) * pace.interval for key, pace in paces.items()}
        with self._reading() as db:  # who has to wait must not take the write lock for it
            wait = _wait(_rows(db, paces), ahead, moment(db, self.clock()))
        if wait > 0:
            return wait
        self._make_rows(paces)
        with self._lazily() as db:
            now, rows = moment(db, self.clock()), _rows(db, paces, lock=True)
            wait = _wait(rows, ahead, now)
            if wait <= 0:
                for key, pace in paces.items():
                    _set(db, key, max(rows[key], now) + pace.interval)
            return wait

    def drain_permits(self, paces: Mapping[str, Pace], seconds: float) -> None:
        """Give no permit of these keys for so many seconds, and none of a burst after: the other side said stop."""
        self._make_rows(paces)
        with self._writing() as db:
            now, rows = moment(db, self.clock()), _rows(db, paces, lock=True)
            for key, pace in paces.items():
                _set(db, key, max(rows[key], now + seconds + (pace.burst - 1) * pace.interval))

    @contextmanager
    def _lazily(self) -> Iterator[Connection]:
        """A writing transaction that waits for no disk: a permit that a power cut takes back was a call of long ago."""
        with self._engine.connect() as connection, connection.execution_options(**{LAZY: True}).begin():
            yield connection

    def _make_rows(self, keys: Mapping[str, Pace]) -> None:
        with self._reading() as db:
            missing = set(keys) - set(_rows(db, keys))
        for key in sorted(missing):
            try:
                with self._writing() as db:
                    db.execute(insert(QUOTA).values(key=key, tat=0.0))
            except IntegrityError:
                pass  # another process has just made it


def _rows(db: Connection, keys: Mapping[str, Pace], lock: bool = False) -> dict[str, float]:
    wanted = select(QUOTA.c.key, QUOTA.c.tat).where(QUOTA.c.key.in_(list(keys))).order_by(QUOTA.c.key)
    return {row.key: row.tat for row in db.execute(wanted.with_for_update() if lock else wanted)}


def _wait(rows: Mapping[str, float], ahead: Mapping[str, float], now: float) -> float:
    return max((tat - ahead[key] - now for key, tat in rows.items()), default=0.0)


def _set(db: Connection, key: str, tat: float) -> None:
    db.execute(update(QUOTA).where(QUOTA.c.key == key).values(tat=tat))
