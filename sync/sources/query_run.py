"""One reading of a database: behind a guard for its kind, for a limited time, with a limited answer.

The guards don't trust the statement. A read-only setting alone is no defence, so each kind has more:

- SQLite: the file is opened `mode=ro`, an authorizer allows reading and listed functions only, nothing can be attached,
  and a progress handler ends what takes too long.
- PostgreSQL: a transaction READ ONLY, the statement as a cursor (which only a query can be), a role that may read no
  files and run no programs, `statement_timeout`, and a cancel and then a cut line from our side, since a statement can
  lift its own time-out (https://www.postgresql.org/docs/current/runtime-config-client.html).
- Any other: its own SET TRANSACTION READ ONLY, without which nothing is asked; the time limit is ours alone.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from sync.errors import SourceError
from sync.model import Fact
from sync.sources.query_guards import Guard, guard_for

_LOG = logging.getLogger(__name__)
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Asked:
    """A statement with its values, `seconds` for all of it. `place` is what sentences call it."""

    place: str
    sql: str
    values: Mapping[str, str | date | None]
    seconds: float
    timezone: str = "UTC"


Rows = Sequence[Sequence[Any]]


def run_query(address: str, asked: Asked) -> tuple[tuple[str, ...], Rows]:
    """Headings and rows. Raises SourceError (fact query): database_address, database_unreachable, query_failed,
    query_too_slow, query_too_big, query_role."""
    facts = {"query": asked.place}
    try:
        url = make_url(address)
        guard = guard_for(url, asked.seconds, asked.timezone)
        engine = create_engine(guard.url, poolclass=NullPool, hide_parameters=True, **guard.options)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        _LOG.warning("query %s: its database address can't be used (%s)", asked.place, type(error).__name__)
        raise SourceError("database_address", permanent=True, facts=facts) from None
    try:
        return _guarded(engine, guard, asked)
    finally:
        engine.dispose()


def _guarded(engine: Engine, guard: Guard, asked: Asked) -> tuple[tuple[str, ...], Rows]:
    facts = {"query": asked.place}
    try:
        connection = engine.connect()
    except (SQLAlchemyError, OSError) as error:
        _LOG.warning("query %s: its database can't be reached (%s)", asked.place, type(error).__name__)
        raise SourceError("database_unreachable", permanent=False, facts=facts) from None
    with guard:
        try:
            with connection:
                guard.prepare(connection, asked.place)
                return _read(connection, guard, asked)
        except SQLAlchemyError as error:
            if guard.passed:
                raise _too_slow(asked) from None
            _LOG.warning("query %s: %s", asked.place, _reason(error))
            raise SourceError("query_failed", permanent=True, facts=facts) from None


def _read(connection: Connection, guard: Guard, asked: Asked) -> tuple[tuple[str, ...], Rows]:
    statement = text(asked.sql)
    unknown = sorted(set(statement.compile().params) - set(asked.values))
    if unknown:
        raise SourceError("query_broken", permanent=True, facts={"query": asked.place, "problem": f":{unknown[0]}"})
    found = connection.execution_options(**guard.execution).execute(
        statement, {name: asked.values[name] for name in statement.compile().params}
    )
    headings = tuple(found.keys())
    rows: list[Sequence[Any]] = []
    while part := found.fetchmany(1_000):
        rows += [tuple(row) for row in part]
        if len(rows) > MOST_ROWS:
            facts: dict[str, Fact] = {"query": asked.place, "rows": float(MOST_ROWS)}
            raise SourceError("query_too_big", permanent=True, facts=facts)
        if guard.passed:  # many quick steps: no single one of them was ended
            raise _too_slow(asked)
    return headings, rows


def _too_slow(asked: Asked) -> SourceError:
    facts: dict[str, Fact] = {"query": asked.place, "seconds": asked.seconds}
    return SourceError("query_too_slow", permanent=False, facts=facts)


def _reason(error: SQLAlchemyError) -> str:
    """What the operator's log may hold: the database's own first line, never the statement's values."""
    lines = str(error.orig).splitlines() if isinstance(error, DBAPIError) else []
    return (lines or [type(error).__name__])[0][:200]
