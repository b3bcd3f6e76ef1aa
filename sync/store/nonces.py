"""What an idempotency key was first used for. Every function works inside the caller's transaction."""

from sqlalchemy import Connection, and_, delete, insert, select

from sync.store.records import KeyReusedError
from sync.store.tables import NONCES

NONCE_SECONDS = 660  # a signed request is fresh for at most 600 s, counted from the earliest clock to the latest


def first_use(db: Connection, workbook: str, key: str, fingerprint: str, now: float) -> str | None:
    """The run that this key led to ("" for a request about no run); None when it is new.

    Raises KeyReusedError for a known key with another fingerprint.
    """
    used = and_(NONCES.c.workbook == workbook, NONCES.c.nonce == key, NONCES.c.at >= now - NONCE_SECONDS)
    row = db.execute(select(NONCES).where(used)).one_or_none()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise KeyReusedError("key_reused", facts={"key": key})
    return str(row.run)


def keep_use(db: Connection, workbook: str, key: str, fingerprint: str, run: str, now: float) -> None:
    """Remember what a key led to, and forget those that no fresh request can carry any more."""
    db.execute(delete(NONCES).where(NONCES.c.at < now - NONCE_SECONDS))
    db.execute(insert(NONCES).values(workbook=workbook, nonce=key, fingerprint=fingerprint, run=run, at=now))
