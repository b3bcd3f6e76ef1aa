"""Reaching the database: SQLite with the habits that keep it safe, any other by its address."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from sync.errors import UsageError

READING = "semaforo_reading"  # the execution option of a transaction that only reads
LAZY = "semaforo_lazy"  # that of one which a power cut may take back: it waits for no disk
_BUSY_TIMEOUT_MS = 10_000


def connect(url: str) -> Engine:
    """An engine for the address. Raises UsageError for one that can't be used; it never repeats a password."""
    try:
        address = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
        if address.get_backend_name() == "sqlite":
            return _sqlite(address)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")  # the driver that we bring (extra: postgres)
        # A server that restarted is noticed before a connection is used; reports don't belong in a log.
        return create_engine(address, pool_pre_ping=True, hide_parameters=True, pool_size=10, max_overflow=20)
    except (ArgumentError, NoSuchModuleError):
        raise UsageError("database_address") from None
    except ModuleNotFoundError as missing:
        raise UsageError("database_package", facts={"package": str(missing.name)}) from missing


def _sqlite(address: URL) -> Engine:
    if not address.database or address.database == ":memory:":
        raise UsageError("database_memory")
    folder = Path(address.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError("database_folder", facts={"path": str(folder)}) from error
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # Driver autocommit: otherwise the driver opens transactions by itself, and as reading ones.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a 202 means that the trigger is on the disk


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when somebody wrote in between, whatever the
    # time-out (https://www.sqlite.org/isolation.html); one that takes the write lock first waits its turn.
    options = connection.get_execution_options()
    reading = options.get(READING)
    if not reading:
        connection.exec_driver_sql(f"PRAGMA synchronous = {'NORMAL' if options.get(LAZY) else 'FULL'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
