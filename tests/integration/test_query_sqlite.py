"""Named queries on a real SQLite file: what they give, and every trick that SQLite would obey."""

import logging
import sqlite3
import time
from datetime import date, timedelta

import pytest

from sync.errors import SourceError
from sync.model import MeasureKind
from sync.settings import Secret, Settings
from sync.sources import FetchContext, FetchLimits
from sync.sources.query_guards import guard_for
from sync.sources.query_run import Asked, run_query
from tests.source_builders import TODAY, failure, fetch, kpi, readings, series

HEAD = "-- secret: SHOP\n-- workbooks: mine, other\n"
DAYS = "SELECT day, SUM(total) AS total FROM orders WHERE day BETWEEN :start AND :end GROUP BY day ORDER BY day"


@pytest.fixture
def shop(tmp_path):
    """A shop's database with two days of orders."""
    path = tmp_path / "shop.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE orders (day TEXT, total REAL, channel TEXT)")
    rows = [("2026-06-28", 10.5, "web"), ("2026-06-28", 4.5, "shop"), ("2026-06-29", 7, "web")]
    db.executemany("INSERT INTO orders VALUES (?, ?, ?)", rows)
    db.commit()
    db.close()
    return path


def given(folder, shop, limits=None, workbook="mine", **files):
    """A context in which these queries stand in the operator's folder."""
    for name, text in files.items():
        (folder / f"{name}.sql").write_text(text)
    settings = Settings(home=folder, queries=folder, secrets={"SHOP": Secret(f"sqlite:///{shop}")})
    return FetchContext(TODAY, settings, limits=limits or FetchLimits(), workbook=workbook)


def ask(tmp_path, shop, sql, head=HEAD, limits=None, metric="total", **fields):
    return fetch(kpi("query:sales", metric, **fields), given(tmp_path, shop, limits, sales=head + sql))


def refused(shop, sql, seconds=5.0):
    """What the guard itself says to a statement that nobody looked at before."""
    with pytest.raises(SourceError) as told:
        run_query(f"sqlite:///{shop}", Asked("q", sql, {}, seconds))
    return told.value.code


def test_a_query_gives_rows_of_dates_and_values(tmp_path, shop):
    found = ask(tmp_path, shop, DAYS)
    assert readings(found) == [("2026-06-28", 15.0), ("2026-06-29", 7.0)]
    assert series(found).provenance.window.end == TODAY - timedelta(days=1)


def test_two_columns_are_a_date_and_a_value_whatever_they_are_called(tmp_path, shop):
    found = ask(tmp_path, shop, "SELECT day AS a, total AS b FROM orders WHERE channel = 'shop'", metric="Sales")
    assert readings(found) == [("2026-06-28", 4.5)]


def test_the_rows_own_columns_may_be_filtered(tmp_path, shop):
    found = ask(tmp_path, shop, "SELECT day AS date, total, channel FROM orders", filter="channel=shop")
    assert readings(found) == [("2026-06-28", 4.5)]


@pytest.mark.parametrize("typed", ["web", "'; DROP TABLE orders; --", "web' OR '1'='1"])
def test_the_filter_is_bound_and_never_part_of_the_statement(tmp_path, shop, typed):
    found = ask(tmp_path, shop, "SELECT day, SUM(total) FROM orders WHERE channel = :filter GROUP BY day", filter=typed)
    assert readings(found) == ([("2026-06-28", 10.5), ("2026-06-29", 7.0)] if typed == "web" else [])


def test_one_cell_is_the_value_of_the_whole_window(tmp_path, shop):
    sql = "SELECT COUNT(DISTINCT channel) FROM orders WHERE day BETWEEN :start AND :end"
    found = ask(tmp_path, shop, sql, HEAD + "-- gives: whole\n", start=date(2026, 6, 29), measure_kind=MeasureKind.FLOW)
    assert readings(found) == [("2026-06-29", 1.0)]


def test_one_cell_of_now_is_dated_today(tmp_path, shop):
    found = ask(tmp_path, shop, "SELECT COUNT(*) FROM orders", HEAD + "-- gives: now\n")
    assert readings(found) == [(TODAY.isoformat(), 3.0)]


def test_a_null_is_missing_and_never_zero(tmp_path, shop):
    found = ask(tmp_path, shop, "SELECT SUM(total) FROM orders WHERE channel = 'none'", HEAD + "-- gives: now\n")
    assert readings(found) == [(TODAY.isoformat(), None)]
    assert series(found).provenance.flags == ("missing_values",)


def test_more_than_one_cell_is_told(tmp_path, shop):
    found = ask(tmp_path, shop, "SELECT total FROM orders", HEAD + "-- gives: now\n")
    assert failure(found).code == "query_no_cell"


def test_kpis_of_one_query_cost_one_statement(tmp_path, shop, monkeypatch):
    from sync.sources import fetch_all, query_run
    from tests.source_builders import snapshot

    asked = []
    real = query_run.run_query
    monkeypatch.setattr(query_run, "run_query", lambda *args: asked.append(1) or real(*args))
    rows = [kpi("query:sales", "total", id=f"k{n}") for n in range(30)]
    found = fetch_all(rows, snapshot(), given(tmp_path, shop, sales=HEAD + DAYS))
    assert len({tuple(readings(one)) for one in found.values()}) == 1
    assert len(asked) == 1


# --- who may ask


@pytest.mark.parametrize("name", ["sales", "Sales", "salles", "../sales", "/etc/passwd", "x' OR 1"])
def test_a_query_for_others_is_told_like_none(tmp_path, shop, name):
    context = given(tmp_path, shop, workbook="stranger", sales=HEAD + DAYS)
    found = failure(fetch(kpi(f"query:{name}", "total"), context))
    assert (found.code, found.facts["known"]) == ("query_not_found", "–")


def test_a_misspelt_name_is_answered_with_the_nearest(tmp_path, shop):
    context = given(tmp_path, shop, sales=HEAD + DAYS, costs=HEAD + DAYS, hidden="-- secret: SHOP\n" + DAYS)
    found = failure(fetch(kpi("query:salles", "total"), context))
    assert found.facts["known"] == "sales, costs"


def test_a_query_that_names_no_workbook_is_for_nobody(tmp_path, shop):
    assert failure(ask(tmp_path, shop, DAYS, "-- secret: SHOP\n")).code == "query_not_found"


@pytest.mark.parametrize(
    ("head", "sql", "problem"),
    [
        ("-- workbooks: any\n", DAYS, "-- secret:"),
        (HEAD + "-- gives: weeks\n", DAYS, "-- gives: weeks"),
        (HEAD, "SELECT 1; DROP TABLE orders", "SELECT … ;"),
        (HEAD, "DELETE FROM orders", "SELECT"),
        (HEAD, "", "SELECT"),
        (HEAD, "SELECT day, total FROM orders WHERE day > :since", ":since"),
    ],
)
def test_a_broken_file_is_told_with_its_place(tmp_path, shop, head, sql, problem):
    found = failure(ask(tmp_path, shop, sql, head))
    assert (found.code, found.facts["problem"]) == ("query_broken", problem)


def test_a_semicolon_in_a_text_or_at_the_end_is_none(tmp_path, shop):
    sql = "/* a; b */ SELECT day, total FROM orders WHERE channel <> 'a;b' AND total > 5; -- done; "
    assert len(readings(ask(tmp_path, shop, sql))) == 2


def test_a_missing_secret_names_itself(tmp_path, shop):
    found = failure(ask(tmp_path, shop, DAYS, HEAD.replace("SHOP", "STORE")))
    assert (found.code, found.facts["secret"], found.blocked) == ("missing_secret", "STORE", True)


# --- the tricks


@pytest.mark.parametrize(
    "trick",
    [
        "INSERT INTO orders VALUES ('2026-01-01', 1, 'x')",
        "DELETE FROM orders",
        "CREATE TABLE new (a)",
        "CREATE TEMP TABLE new (a)",
        "ATTACH 'made.db' AS made",
        "VACUUM INTO 'made.db'",
        "PRAGMA writable_schema = 1",
        "PRAGMA query_only = 0",
        "SELECT * FROM pragma_database_list",
        "SELECT load_extension('x')",
        "SELECT randomblob(100)",
        "SELECT writefile('made.db', 'x')",
        "BEGIN",
        "REINDEX",
        "SELECT 1; DELETE FROM orders",
    ],
)
def test_a_trick_is_refused_by_the_database_itself(shop, trick, monkeypatch):
    monkeypatch.chdir(shop.parent)
    before = shop.read_bytes()
    assert refused(shop, trick) == "query_failed"
    assert shop.read_bytes() == before
    assert [path.name for path in shop.parent.iterdir()] == ["shop.db"]


def test_without_the_authorizer_a_file_opened_read_only_would_still_make_others(shop, monkeypatch):
    """Why there is an authorizer: the same trick works on the same kind of connection without it."""
    monkeypatch.chdir(shop.parent)
    db = sqlite3.connect(f"file:{shop}?mode=ro", uri=True, isolation_level=None)
    db.execute("ATTACH 'made.db' AS made")
    db.execute("CREATE TABLE made.t (a)")
    db.close()
    assert (shop.parent / "made.db").exists()


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    assert refused(tmp_path / "none.db", "SELECT 1") == "database_unreachable"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "sql",
    [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n",
        "SELECT COUNT(*) FROM orders a, orders b, orders c, orders d, orders e, orders f, orders g, orders h,"
        " orders i, orders j, orders k, orders l, orders m, orders n, orders o, orders p, orders q",
    ],
)
def test_a_statement_without_end_is_ended(shop, sql):
    began = time.monotonic()
    assert refused(shop, sql, seconds=0.3) == "query_too_slow"
    assert time.monotonic() - began < 2


def test_a_huge_value_and_too_many_rows_are_refused(shop):
    assert refused(shop, "SELECT replace(printf('%.*c', 900000, 'x'), 'x', 'xxxx')") == "query_failed"
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT i FROM n"
    assert refused(shop, many) == "query_too_big"


@pytest.mark.parametrize(
    "address", ["sqlite://", "sqlite:///rel.db", "nonsense", "nodriver://x/y", "sqlite:///:memory:"]
)
def test_an_address_that_says_too_little_is_told(address):
    with pytest.raises(SourceError) as told:
        run_query(address, Asked("q", "SELECT 1", {}, 1))
    assert told.value.code == "database_address"


def test_neither_the_sentence_nor_the_log_holds_the_address_or_the_values(tmp_path, shop, caplog):
    caplog.set_level(logging.DEBUG)
    found = failure(ask(tmp_path, shop, "SELECT missing FROM orders WHERE channel = :filter", filter="hush-hush"))
    assert found.code == "query_failed"
    assert "no such column: missing" in caplog.text
    assert str(shop) not in caplog.text + repr(found)
    assert "hush-hush" not in caplog.text


def test_any_other_database_needs_a_read_only_transaction_of_its_own(shop):
    from sqlalchemy.engine import make_url

    assert type(guard_for(make_url("mysql://x/y"), 1, "UTC")).__name__ == "Guard"
