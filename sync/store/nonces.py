"""What an idempotency key was first used for. Every function works inside the caller's transaction."""

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from sync.store.records import KeyReusedError
from sync.store.tables import NONCES

NONCE_SECONDS = 660  # a signed request is fresh for at most 600 s, counted from the earliest clock to the latest

# Made once: putting a statement together takes longer than SQLite takes to carry it out.
_MINE = and_(NONCES.c.workbook == bindparam("w"), NONCES.c.nonce == bindparam("n"))
_USED = select(NONCES.c.fingerprint, NONCES.c.run, NONCES.c.at).where(_MINE)
_FORGET = delete(NONCES).where(_MINE)
_KEEP = insert(NONCES)
_SWEEP = delete(NONCES).where(NONCES.c.at < bindparam("before"))


def first_use(
    db: Connection, workbook: str, key: str, fingerprint: str, now: float, *, look_only: bool = False
) -> str | None:
    """The run that this key led to ("" for a request about no run); None when it is new.

    A first use that no fresh request can carry any more is forgotten, unless we `look_only`.
    Raises KeyReusedError for a known key with another fingerprint.
    """
    row = db.execute(_USED, {"w": workbook, "n": key}).one_or_none()
    if row is None:
        return None
    if row.at < now - NONCE_SECONDS:
        if not look_only:
            db.execute(_FORGET, {"w": workbook, "n": key})
        return None
    if row.fingerprint != fingerprint:
        raise KeyReusedError("key_reused", facts={"key": key})
    return str(row.run)


def forget_use(db: Connection, workbook: str, key: str) -> None:
    """Forget one key."""
    db.execute(_FORGET, {"w": workbook, "n": key})


def keep_use(db: Connection, workbook: str, key: str, fingerprint: str, run: str, now: float) -> None:
    """Remember what a key led to; to be asked after `first_use`."""
    db.execute(_KEEP, {"workbook": workbook, "nonce": key, "fingerprint": fingerprint, "run": run, "at": now})


def sweep_keys(db: Connection, now: float) -> None:
    """Forget all keys that no fresh request can carry any more."""
    db.execute(_SWEEP, {"before": now - NONCE_SECONDS})
