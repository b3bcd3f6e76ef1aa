"""Copies of SQLite files that somebody may be writing to, by SQLite's own backup: https://www.sqlite.org/backup.html."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from sync.errors import UsageError


def sqlite_file(url: str) -> Path:
    """The file behind a store's address. Raises UsageError for another database, with its own way to a backup."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        host = address.host or "localhost"
        raise UsageError("backup_server", facts={"host": host, "name": address.database or ""})
    return Path(address.database)


def copy_database(source: Path, target: Path) -> None:
    """Everything in `source` as of one moment into `target`, in the place of what stands there.

    Both may be open elsewhere; who has `target` open sees the new content with the next transaction.
    Raises UsageError when one of them is held or is no database.
    """
    blamed = target
    try:
        with closing(sqlite3.connect(source, timeout=10)) as old, closing(sqlite3.connect(target, timeout=10)) as new:
            blamed = source
            old.execute("PRAGMA schema_version").fetchone()  # is it a database?
            blamed = target
            old.backup(new)
    except sqlite3.Error as error:
        held = "locked" in str(error) or "busy" in str(error)
        raise UsageError("backup_busy" if held else "backup_broken", facts={"path": str(blamed)}) from error


def check_database(file: Path) -> None:
    """Raises UsageError for a file that is damaged, or is no SQLite database."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise UsageError("backup_broken", facts={"path": str(file)}) from error
    if verdict != "ok":
        raise UsageError("backup_broken", facts={"path": str(file)})
