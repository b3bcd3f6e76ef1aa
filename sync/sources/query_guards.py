"""What keeps a statement from doing more than reading, and from taking too long: a guard for each kind of database."""

import os
import socket
import sqlite3
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any, Self
from urllib.parse import quote

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from sync.errors import SourceError
from sync.sources.deadline import Deadline

_GRACE = 1.0  # seconds between asking a server to stop and cutting the line
_LONGEST_VALUE = 1_000_000  # bytes of one value or row in SQLite
_ACTIONS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_FUNCTIONS = frozenset(
    (
        *("abs", "avg", "ceil", "ceiling", "coalesce", "concat", "concat_ws", "count", "cume_dist", "current_date"),
        *("current_time", "current_timestamp", "date", "datetime", "dense_rank", "exp", "first_value", "floor"),
        *("format", "glob", "group_concat", "ifnull", "iif", "instr", "json_array_length", "json_each", "json_extract"),
        *("json_type", "json_valid", "julianday", "lag", "last_value", "lead", "length", "like", "ln", "log", "log10"),
        *("log2", "lower", "ltrim", "max", "min", "mod", "nth_value", "ntile", "nullif", "percent_rank", "pow"),
        *("power", "printf", "rank", "replace", "round", "row_number", "rtrim", "sign", "sqrt", "strftime"),
        *("string_agg", "substr", "substring", "sum", "time", "timediff", "total", "trim", "trunc", "typeof"),
        *("unixepoch", "upper", "->", "->>"),
    )
)
_ROLE = text(
    "SELECT bool_or(r.rolsuper OR pg_has_role(r.oid, p.oid, 'MEMBER')) FROM pg_roles r, pg_roles p"
    " WHERE r.rolname IN (current_user, session_user) AND p.rolname IN"
    " ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')"
)


class Guard:
    """For a database that we know nothing of: its own read-only transaction, and the clock on our side."""

    execution: Mapping[str, Any] = {}

    def __init__(self, url: URL, seconds: float) -> None:
        self.url = url
        self.options: Mapping[str, Any] = {}
        self.seconds = seconds
        self._ends = time.monotonic() + seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    @property
    def passed(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._ends

    def prepare(self, connection: Connection, place: str) -> None:
        """Make the connection fit for a statement that nobody trusts. Raises SQLAlchemyError, SourceError."""
        try:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        except SQLAlchemyError:
            raise SourceError("database_address", permanent=True, facts={"query": place}) from None


class SqliteGuard(Guard):
    """A file on this machine."""

    def __init__(self, url: URL, seconds: float) -> None:
        super().__init__(make_url("sqlite://"), seconds)
        path = Path(url.database or "")
        if not url.database or not path.is_absolute():
            raise ValueError("the file of a SQLite database is named by its whole path")
        uri = f"file:{quote(str(path))}?mode=ro"
        # Driver autocommit: no transaction is opened, so that none has to be allowed.
        self.options = {
            "creator": lambda: sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
        }

    def prepare(self, connection: Connection, place: str) -> None:
        """Limits, clock and authorizer, the authorizer last: from then on nothing but reading is allowed."""
        driver: Any = connection.connection.driver_connection
        driver.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        driver.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100)
        driver.set_progress_handler(lambda: self.passed, 1_000)
        driver.set_authorizer(_allowed)


class PostgresGuard(Guard):
    """A server, over the driver that we bring."""

    execution: Mapping[str, Any] = {"stream_results": True}  # a cursor: nothing but a query can be one

    def __init__(self, url: URL, seconds: float, timezone: str) -> None:
        super().__init__(url.set(drivername="postgresql+psycopg"), seconds)
        self._timezone = timezone
        self._timer: Timer | None = None
        self._deadline = Deadline(seconds + _GRACE)
        limit = max(1, round(seconds * 1000))
        options = f"-c default_transaction_read_only=on -c statement_timeout={limit} -c lock_timeout={limit}"
        self.options = {"connect_args": {"options": options, "connect_timeout": 5}}

    def __enter__(self) -> Self:
        self._deadline.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._deadline.__exit__(*error)

    def prepare(self, connection: Connection, place: str) -> None:
        """Read only from before the first snapshot on, which can't be taken back after it; a role of little power."""
        driver: Any = connection.connection.driver_connection
        self._timer = Timer(max(0.01, self._ends - time.monotonic()), lambda: _cancel(driver))
        self._timer.daemon = True
        self._timer.start()
        self._deadline.watch(socket.socket(fileno=os.dup(driver.fileno())))
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        connection.execute(text("SELECT set_config('TimeZone', :zone, true)"), {"zone": self._timezone})
        if connection.execute(_ROLE).scalar_one():
            raise SourceError("query_role", permanent=True, facts={"query": place})


def guard_for(url: URL, seconds: float, timezone: str) -> Guard:
    """The guard for a kind of database. Raises ValueError where the address says too little."""
    kind = url.get_backend_name()
    if kind == "sqlite":
        return SqliteGuard(url, seconds)
    return PostgresGuard(url, seconds, timezone) if kind in ("postgresql", "postgres") else Guard(url, seconds)


def _allowed(action: int, first: str | None, second: str | None, *_: object) -> int:
    """SQLite asks about everything that a statement wants (https://www.sqlite.org/c3ref/set_authorizer.html)."""
    listed = action in _ACTIONS or (action == sqlite3.SQLITE_FUNCTION and (second or "").casefold() in _FUNCTIONS)
    return sqlite3.SQLITE_OK if listed else sqlite3.SQLITE_DENY


def _cancel(driver: Any) -> None:
    with suppress(Exception):  # whatever is wrong with the server, the line is cut next
        driver.cancel_safe(timeout=_GRACE)
