"""The part of the state store that pairs workbooks: one-time codes, and the end of a secret.

Of a code only a digest is kept. It dies with its first good use, with its time, and with too many wrong tries.
"""

import hmac

from sqlalchemy import Column, Connection, Float, Integer, String, Table, delete, insert, select, update

from sync.store.base import Transactions, enrolled
from sync.store.nonces import first_use, keep_use
from sync.store.tables import METADATA, WORKBOOKS

CODE_SECONDS = 600
MOST_TRIES = 5  # wrong ones, after which the code is burnt

# `mark` is what the workbook calls the place where we wrote the code.
PAIR_CODES = Table(
    "pair_codes",
    METADATA,
    Column("workbook", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("expires", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("mark", Integer),
)


class Pairing(Transactions):
    """One-time codes by workbook, and epochs that end."""

    def keep_code(self, workbook: str, digest: str, now: float, mark: int | None = None) -> float:
        """Keep a code's digest in place of any other of this workbook; the moment at which it dies."""
        expires = now + CODE_SECONDS
        with self._writing() as db:
            db.execute(delete(PAIR_CODES).where(PAIR_CODES.c.expires <= now))
            _burn(db, workbook)
            db.execute(insert(PAIR_CODES).values(workbook=workbook, digest=digest, expires=expires, tries=0, mark=mark))
        return expires

    def code_mark(self, workbook: str) -> int | None:
        """Where in the workbook its pending code stands; None when there is none."""
        with self._reading() as db:
            return db.execute(select(PAIR_CODES.c.mark).where(PAIR_CODES.c.workbook == workbook)).scalar_one_or_none()

    def take_code(self, workbook: str, digest: str, now: float) -> bool:
        """Whether this is the workbook's code, which is spent by that; a wrong one is counted."""
        with self._writing() as db:
            wanted = select(PAIR_CODES).where(PAIR_CODES.c.workbook == workbook).with_for_update()
            row = db.execute(wanted).one_or_none()
            if row is None or now >= row.expires:
                return False
            good = hmac.compare_digest(row.digest, digest)
            if good or row.tries + 1 >= MOST_TRIES:
                _burn(db, workbook)
            else:
                mine = PAIR_CODES.c.workbook == workbook
                db.execute(update(PAIR_CODES).where(mine).values(tries=PAIR_CODES.c.tries + 1))
            return good

    def revoke(self, workbook: str, now: float, key: str = "", fingerprint: str = "") -> int:
        """End the workbook's secret at once; the epoch of the next. The same key again ends nothing more.

        Raises NotEnrolledError, and KeyReusedError for a known key with another fingerprint.
        """
        with self._writing() as db:
            row = enrolled(db, workbook)
            if key and first_use(db, workbook, key, fingerprint, now) is not None:
                return int(row.epoch)
            _burn(db, workbook)
            mine = WORKBOOKS.c.id == workbook
            db.execute(update(WORKBOOKS).where(mine).values(epoch=row.epoch + 1, old_epoch_until=None))
            if key:
                keep_use(db, workbook, key, fingerprint, "", now)
            return int(row.epoch) + 1

    def was_used(self, workbook: str, key: str, fingerprint: str, now: float) -> bool:
        """Whether this very request was accepted before. Raises KeyReusedError for another one with its key."""
        with self._reading() as db:
            return first_use(db, workbook, key, fingerprint, now, look_only=True) is not None


def _burn(db: Connection, workbook: str) -> None:
    db.execute(delete(PAIR_CODES).where(PAIR_CODES.c.workbook == workbook))
