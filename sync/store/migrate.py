"""Bringing a database's tables up to date: alembic's revisions, in the folder migrations/versions.

An SQLite file belongs to one operator and is brought up to date when it is opened. A PostgreSQL database may be shared
by processes of several versions, so that is a step of its own there: `semaforo migrate`.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sync.errors import UsageError
from sync.store import cards, history, pairing, plugins, quota, schedules
from sync.store.tables import METADATA

MIGRATIONS = Path(__file__).parent / "migrations"
BASELINE = "0001"
# Each has a table of its own: METADATA knows those only that were imported, and `semaforo migrate` opens no store.
ROOMS = (cards, history, pairing, plugins, quota, schedules)
_VERSION = "alembic_version"
_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_LOCK = text("SELECT pg_advisory_xact_lock(735_801_264)")  # any number that is ours alone: two who migrate take turns


def newest() -> str:
    """The revision that this code expects: the files are numbered."""
    return max(path.name[1:5] for path in (MIGRATIONS / "versions").glob("r[0-9][0-9][0-9][0-9]_*.py"))


def revision(db: Connection) -> str | None:
    """The revision of the database; None for one that alembic does not know."""
    if not inspect(db).has_table(_VERSION):
        return None
    found = db.execute(text(f"SELECT version_num FROM {_VERSION}")).scalar_one_or_none()  # noqa: S608  # our own constant
    return None if found is None else str(found)


def make_ready(engine: Engine) -> None:
    """See that the tables are those of this code: by migrating on SQLite, by refusing on anything else.

    Raises UsageError.
    """
    try:
        with engine.connect() as db:
            found = revision(db)
    except DBAPIError as error:
        raise unusable(engine, error) from error
    if found == newest():
        return
    if found is not None and found > newest():
        raise UsageError("database_ahead", facts={"found": found, "known": newest()})
    if engine.dialect.name != "sqlite":
        raise UsageError("database_behind", facts={"found": found or "-", "needed": newest()})
    migrate(engine)


def migrate(engine: Engine) -> tuple[str | None, str]:
    """Bring the tables up to date, in one transaction; the revision before and after. Raises UsageError."""
    try:
        with engine.begin() as db:
            if engine.dialect.name == "postgresql":
                db.execute(_LOCK)
            before = revision(db)
            if before is None and not inspect(db).has_table("workbooks"):
                _make_anew(db)
            elif before != newest():
                _upgrade(db, before)
            return before, newest()
    except DBAPIError as error:
        raise unusable(engine, error) from error


def _make_anew(db: Connection) -> None:
    """An empty database gets the tables as they are now; a test holds that the revisions lead to the same."""
    METADATA.create_all(db)
    db.execute(text(f"CREATE TABLE {_VERSION} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    db.execute(text(f"INSERT INTO {_VERSION} VALUES (:newest)"), {"newest": newest()})  # noqa: S608  # the same


def _upgrade(db: Connection, before: str | None) -> None:
    from alembic import command  # a tenth of a second, and needed once

    config = alembic_config(db)
    if before is None:  # tables from before there were revisions
        command.stamp(config, BASELINE)
    command.upgrade(config, "head")


def alembic_config(db: Connection) -> Any:
    """What alembic's commands want to know, to work within the transaction `db`."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = db
    config.attributes["metadata"] = METADATA
    return config


def unusable(engine: Engine, error: SQLAlchemyError) -> UsageError:
    """What a database's own error comes to; SQLite tells a file that is no database, or is none any more."""
    place = engine.url.render_as_string(hide_password=True)
    why = getattr(error, "orig", None)
    damaged = isinstance(why, sqlite3.DatabaseError) and getattr(why, "sqlite_errorcode", None) in _DAMAGED
    return UsageError("database_damaged" if damaged else "database_closed", facts={"place": str(place)})
