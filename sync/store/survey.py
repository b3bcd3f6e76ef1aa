"""A look at a database that changes nothing: is it there, and which tables has it?"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from sync.store.connection import connect
from sync.store.migrate import newest, revision, unusable


@dataclass(frozen=True)
class Seen:
    """What was seen: `exists` is False for an SQLite file that nobody has made yet."""

    exists: bool
    revision: str | None
    needed: str


def look(url: str) -> Seen:
    """Look without making or migrating anything. Raises UsageError for a database that can't be reached."""
    if not _is_there(url):
        return Seen(False, None, newest())
    engine = connect(url)
    try:
        with engine.connect() as db:
            return Seen(True, revision(db), newest())
    except SQLAlchemyError as error:
        raise unusable(engine, error) from error
    finally:
        engine.dispose()


def _is_there(url: str) -> bool:
    try:
        address = make_url(url)
    except ArgumentError:
        return True  # whoever connects says what is wrong with it
    return address.get_backend_name() != "sqlite" or not address.database or Path(address.database).exists()
