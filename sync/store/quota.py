"""The shared limiter of the state store: one row a key, one conditional update a permit.

A row holds when the last permits were given, as many as a window may have: no window gets one too many, wherever it
begins. It holds `tat` as well, the theoretical arrival time of the generic cell rate algorithm (GCRA): the moment up to
which the permits given so far fill the time at an even pace. A permit moves it on by one interval, if it is not further
ahead of now than the burst allows; so permits are spread over their window. Taking is exact under any number of
processes, and a refusal says how long to wait.

    https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Column, Connection, Float, LargeBinary, String, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from sync.sheet.quota import Pace
from sync.store.base import Transactions, moment
from sync.store.connection import LAZY
from sync.store.tables import METADATA

# `given` holds moments (Unix seconds) as doubles, the oldest first.
QUOTA = Table(
    "quota",
    METADATA,
    Column("key", String(200), primary_key=True),
    Column("tat", Float, nullable=False),
    Column("given", LargeBinary),
)


@dataclass(frozen=True)
class _Row:
    """The state of one key, in Unix seconds."""

    tat: float = 0.0
    given: tuple[float, ...] = ()

    def wait(self, pace: Pace, left: int, now: float) -> float:
        """Seconds until a permit may be given that leaves so many to others; 0 or less: now."""
        spread = self.tat - (pace.burst - left - 1) * pace.interval - now
        may = pace.limit - left
        full = self.given[-may] + pace.window - now if len(self.given) >= may else 0.0
        return max(spread, full)

    def taken(self, pace: Pace, now: float) -> "_Row":
        """With one permit more."""
        kept = [at for at in self.given if at > now - pace.window]
        return _Row(max(self.tat, now) + pace.interval, (*kept, now))


class QuotaRows(Transactions):
    """Permits by key. Every method is one transaction; `clock` is for tests, without it the store's own counts."""

    clock: Callable[[], float | None] = staticmethod(lambda: None)

    def take_permits(self, paces: Mapping[str, Pace], reserve: Mapping[str, int] | None = None) -> float:
        """One permit of each key at once, or none: 0.0 when they were given, else the seconds until they may be.

        `reserve` are permits of a key that the caller has to leave to others.
        """
        left = reserve or {}

        def wait(rows: Mapping[str, _Row], now: float) -> float:
            return max((row.wait(paces[key], left.get(key, 0), now) for key, row in rows.items()), default=0.0)

        with self._reading() as db:  # who has to wait must not take the write lock for it
            seconds = wait(_rows(db, paces), moment(db, self.clock()))
        if seconds > 0:
            return seconds
        self._make_rows(paces)
        with self._lazily() as db:
            rows = _rows(db, paces, lock=True)
            now = moment(db, self.clock())  # after the lock: a permit must not seem older than it is
            seconds = wait(rows, now)
            if seconds <= 0:
                for key, pace in paces.items():
                    _set(db, key, rows[key].taken(pace, now))
            return seconds

    def drain_permits(self, paces: Mapping[str, Pace], seconds: float) -> None:
        """Give no permit of these keys for so many seconds, and none of a burst after: the other side said stop."""
        self._make_rows(paces)
        with self._writing() as db:
            now, rows = moment(db, self.clock()), _rows(db, paces, lock=True)
            for key, pace in paces.items():
                tat = max(rows[key].tat, now + seconds + (pace.burst - 1) * pace.interval)
                _set(db, key, replace(rows[key], tat=tat))

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


def permits_given(db: Connection, since: float) -> dict[str, int]:
    """For each key how many permits were given since a moment (Unix seconds)."""
    return {row.key: sum(at > since for at in _moments(row.given)) for row in db.execute(select(QUOTA))}


def _rows(db: Connection, keys: Mapping[str, Pace], lock: bool = False) -> dict[str, _Row]:
    wanted = select(QUOTA).where(QUOTA.c.key.in_(list(keys))).order_by(QUOTA.c.key)
    found = db.execute(wanted.with_for_update() if lock else wanted)
    return {row.key: _Row(row.tat, _moments(row.given)) for row in found}


def _moments(content: bytes | None) -> tuple[float, ...]:
    return tuple(array("d", content or b""))


def _set(db: Connection, key: str, row: _Row) -> None:
    content = array("d", row.given).tobytes()
    db.execute(update(QUOTA).where(QUOTA.c.key == key).values(tat=row.tat, given=content))
