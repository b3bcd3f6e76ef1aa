"""Named queries on a real PostgreSQL: what they give, and every trick that a read-only setting would let through."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from sync.errors import SourceError
from sync.settings import Secret, Settings
from sync.sources import FetchContext, query_guards
from sync.sources.query_guards import Guard
from sync.sources.query_run import Asked, run_query
from sync.store.connection import connect
from tests.source_builders import TODAY, fetch, kpi, readings
from tests.store_servers import fresh_database


@contextmanager
def administered(url: str) -> Iterator:
    engine = connect(url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        yield db
    engine.dispose()


@pytest.fixture(scope="module")
def shop() -> Iterator[tuple[str, str]]:
    """(address as a role that only reads, address as the superuser) of a shop's database."""
    role = f"reader_{uuid4().hex[:8]}"
    with fresh_database("template0") as url:
        with administered(url) as db:
            db.execute(text(f"CREATE ROLE {role} LOGIN PASSWORD 'pw'"))
            db.execute(text("CREATE TABLE orders (at timestamptz, day date, total numeric(9, 2))"))
            db.execute(text("CREATE SEQUENCE numbers"))
            db.execute(text("INSERT INTO orders VALUES ('2026-06-28 22:30+00', '2026-06-28', 10.10)"))
            db.execute(text("INSERT INTO orders VALUES ('2026-06-29 10:00+00', '2026-06-29', 2.05)"))
            # More than it needs, so that it is our guard that refuses to write, not the lack of a right.
            db.execute(text(f"GRANT ALL ON orders, numbers TO {role}; GRANT ALL ON SCHEMA public TO {role}"))
        yield as_role(url, role), url
        with administered(url) as db:
            db.execute(text(f"DROP OWNED BY {role}; DROP ROLE {role}"))


def as_role(url: str, role: str) -> str:
    return make_url(url).set(username=role, password="pw").render_as_string(hide_password=False)  # noqa: S106  # a test's


def run(address, sql, seconds=10.0, timezone="Europe/Madrid"):
    return run_query(address, Asked("q", sql, {}, seconds, timezone))


def refused(address, sql, seconds=10.0):
    with pytest.raises(SourceError) as told:
        run(address, sql, seconds)
    return told.value.code


def total(url):
    with administered(url) as db:
        return float(db.execute(text("SELECT SUM(total) FROM orders")).scalar_one())


def test_a_query_gives_days_as_the_workbooks_time_zone_cuts_them(tmp_path, shop):
    sql = "SELECT at::date AS date, SUM(total) AS total FROM orders WHERE day <= :end GROUP BY 1 ORDER BY 1"
    (tmp_path / "sales.sql").write_text(f"-- secret: SHOP\n-- workbooks: any\n{sql}")
    settings = Settings(home=tmp_path, queries=tmp_path, secrets={"SHOP": Secret(shop[0])})
    found = fetch(kpi("query:sales", "total"), FetchContext(TODAY, settings))
    assert readings(found) == [("2026-06-29", 12.15)]  # half past midnight in Madrid


def test_times_with_a_zone_become_days_of_the_workbook(tmp_path, shop):
    (tmp_path / "sales.sql").write_text("-- secret: SHOP\n-- workbooks: any\nSELECT at, total FROM orders ORDER BY at")
    settings = Settings(home=tmp_path, queries=tmp_path, secrets={"SHOP": Secret(shop[0])})
    found = fetch(kpi("query:sales"), FetchContext(TODAY, settings, timezone="America/Bogota"))
    assert readings(found) == [("2026-06-28", 10.1), ("2026-06-29", 2.05)]


@pytest.mark.parametrize(
    "trick",
    [
        "INSERT INTO orders VALUES (now(), now(), 1)",
        "DELETE FROM orders",
        "WITH gone AS (DELETE FROM orders RETURNING 1) SELECT COUNT(*) FROM gone",
        "CREATE TABLE new (a int)",
        "SELECT 1; DELETE FROM orders",
        "SELECT 1; COMMIT; DELETE FROM orders",
        "COMMIT",
        "SET TRANSACTION READ WRITE",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT nextval('numbers')",
        "SELECT * FROM orders FOR UPDATE",
        "COPY orders TO PROGRAM 'true'",
        "COPY orders TO STDOUT",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_export(1, '/tmp/x')",
        "DO $$ BEGIN DELETE FROM orders; END $$",
        "EXPLAIN ANALYZE DELETE FROM orders",
        "LISTEN x",
        "LOCK TABLE orders",
        "SELECT lo_create(0)",
    ],
)
def test_a_trick_is_refused_by_the_database_itself(shop, trick):
    assert refused(shop[0], trick) == "query_failed"
    assert total(shop[1]) == 12.15


def test_turning_off_the_default_of_later_transactions_changes_nothing(shop):
    """This the server allows, for the session, which ends with the statement."""
    sql = "SELECT set_config('default_transaction_read_only', 'off', false), (SELECT COUNT(*) FROM orders)"
    assert run(shop[0], sql)[1] == [("off", 2)]
    assert refused(shop[0], "INSERT INTO orders VALUES (now(), now(), 1)") == "query_failed"


def test_a_superuser_is_refused_since_nothing_would_hold_it(shop):
    assert refused(shop[1], "SELECT 1") == "query_role"


@pytest.mark.parametrize("power", ["pg_read_server_files", "pg_write_server_files", "pg_execute_server_program"])
def test_a_role_that_may_read_files_or_run_programs_is_refused(shop, power):
    role = make_url(shop[0]).username
    with administered(shop[1]) as db:
        db.execute(text(f"GRANT {power} TO {role}"))
    try:
        assert refused(shop[0], "SELECT 1") == "query_role"
    finally:
        with administered(shop[1]) as db:
            db.execute(text(f"REVOKE {power} FROM {role}"))
    assert run(shop[0], "SELECT 1 AS one") == (("one",), [(1,)])


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT pg_sleep(30)",
        "SELECT set_config('statement_timeout', '0', false), pg_sleep(0.05) FROM generate_series(1, 1000)",
        "SELECT COUNT(*) FROM generate_series(1, 100000000) a, generate_series(1, 1000) b",
    ],
)
def test_a_statement_that_takes_too_long_is_ended_even_if_it_lifts_its_own_limit(shop, sql):
    began = time.monotonic()
    assert refused(shop[0], sql, seconds=0.6) == "query_too_slow"
    assert time.monotonic() - began < 3


def test_a_server_that_does_not_hear_the_cancel_loses_the_line(shop, monkeypatch):
    monkeypatch.setattr(query_guards, "_cancel", lambda driver: None)
    sql = "SELECT pg_sleep(30)"
    began = time.monotonic()
    url = make_url(shop[0])
    guard = query_guards.PostgresGuard

    class Deaf(guard):
        def prepare(self, connection, place):
            super().prepare(connection, place)
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")

    monkeypatch.setattr(query_guards, "PostgresGuard", Deaf)
    assert refused(url.render_as_string(hide_password=False), sql, seconds=0.5) == "query_too_slow"
    assert time.monotonic() - began < 4


def test_a_million_rows_are_refused_before_they_are_all_fetched(shop):
    assert refused(shop[0], "SELECT * FROM generate_series(1, 5000000)") == "query_too_big"


def test_a_server_that_is_not_there_is_told_without_its_password(caplog):
    address = "postgresql://me:hush@127.0.0.1:1/x"
    with pytest.raises(SourceError) as told:
        run(address, "SELECT 1")
    assert (told.value.code, told.value.permanent) == ("database_unreachable", False)
    assert "hush" not in caplog.text + str(told.value)


def test_a_database_that_we_have_no_guard_for_reads_in_its_own_read_only_transaction(shop, monkeypatch):
    monkeypatch.setattr("sync.sources.query_run.guard_for", lambda url, seconds, zone: Guard(psycopg(url), seconds))
    assert run(shop[0], "SELECT COUNT(*) FROM orders")[1] == [(2,)]
    assert refused(shop[0], "DELETE FROM orders") == "query_failed"
    assert total(shop[1]) == 12.15


def psycopg(url):
    return url.set(drivername="postgresql+psycopg")
