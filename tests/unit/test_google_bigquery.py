"""BigQuery: the operator's statements by name, never without a limit of what they cost."""

import json
from datetime import date

import pytest

from sync.model import Cadence, FetchFailure, MeasureKind, Outcome
from sync.sources import FetchLimits, fetch_all
from tests.contract.sources import hostile
from tests.contract.sources.good.bigquery import running, table
from tests.discovery import misanswered, misasked
from tests.platforms import TOKEN, Platform, asks_for_a_token, at, ok, secrets_for, with_tokens
from tests.source_builders import failure, kpi, readings, series, snapshot

DAYS = (("day", "DATE"), ("sales", "NUMERIC"), ("orders", "INTEGER"))
ROWS = [("2026-06-28", "99.50", "3"), ("2026-06-29", None, "4")]
HEADER = "-- project: acme-data\n-- workbooks: W, X\n"
SQL = "SELECT day, sales, orders FROM t WHERE day BETWEEN @start AND @end"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "bigquery").mkdir()
    (tmp_path / "bigquery" / "shop.sql").write_text(HEADER + SQL)
    return tmp_path


def asked(folder, *rows, answer=None, **limits):
    """The outcomes and the calls of these rows."""
    answers = answer or (lambda call: ok(table(DAYS, ROWS)))
    platform = Platform(with_tokens(answers))
    given = at(platform, secrets_for("bigquery"), sources_dir=folder, limits=FetchLimits(**limits))
    found = fetch_all(list(rows), snapshot(), given)
    return found, [call for call in platform.calls if not asks_for_a_token(call)]


def row(metric="sales", name="shop", **fields):
    values = {"start": date(2026, 6, 1), "due": date(2026, 12, 31), "measure_kind": MeasureKind.FLOW, **fields}
    return kpi(f"bigquery: {name}", metric, **{"id": metric, **values})


def test_two_columns_of_one_statement_are_one_call_with_a_limit(folder):
    found, (call,) = asked(folder, row("sales"), row("orders"))
    assert readings(found["sales"]) == [("2026-06-28", 99.5), ("2026-06-29", None)]
    assert readings(found["orders"]) == [("2026-06-28", 3.0), ("2026-06-29", 4.0)]
    body = json.loads(call.body)
    assert call.url == "https://bigquery.googleapis.com/bigquery/v2/projects/acme-data/queries"
    assert (body["maximumBytesBilled"], body["useLegacySql"]) == ("1000000000", False)
    assert [(one["name"], one["parameterValue"]["value"]) for one in body["queryParameters"]] == [
        ("start", "2025-06-01"),
        ("end", "2026-06-29"),
    ]


def test_questions_and_answers_fit_the_vendors_schema(folder):
    def answer(call):
        return ok(running() if call.method == "POST" else table(DAYS, ROWS, "bigquery#getQueryResultsResponse"))

    _, calls = asked(folder, row(), answer=answer)
    assert [call.method for call in calls] == ["POST", "GET"]
    for call in calls:
        assert misasked("bigquery.v2", call) == []
        assert misanswered("bigquery.v2", call, json.loads(answer(call).body)) == []


def test_a_job_that_runs_is_asked_again_and_its_pages_follow(folder):
    pages = [running(), running(), table(DAYS, ROWS[:1], pageToken="p", totalRows="2"), table(DAYS, ROWS[1:])]
    found, calls = asked(folder, row("orders"), answer=lambda call: ok(pages.pop(0)))
    assert [dict(call.query).get("pageToken") for call in calls] == [None, None, None, "p"]
    assert dict(calls[1].query)["location"] == "EU"
    assert readings(found["orders"]) == [("2026-06-28", 3.0), ("2026-06-29", 4.0)]


def test_a_job_that_never_ends_is_given_up(folder):
    found, _ = asked(folder, row(), answer=lambda call: ok(running()), batch=0.01)
    assert failure(found["sales"]).code == "bigquery_slow"


def test_pages_that_are_not_read_make_it_partial(folder):
    found, _ = asked(folder, row(), answer=lambda call: ok(table(DAYS, ROWS, pageToken="p")), pages=2)
    assert found["sales"].outcome is Outcome.PARTIAL


def test_a_limit_of_its_own_and_the_place_of_the_data(folder):
    (folder / "bigquery" / "shop.sql").write_text(f"{HEADER}-- location: EU\n-- megabytes: 20\n{SQL}")
    _, (call,) = asked(folder, row())
    body = json.loads(call.body)
    assert (body["maximumBytesBilled"], body["location"]) == ("20000000", "EU")


def test_one_cell_a_window_is_dated_on_its_last_day(folder):
    (folder / "bigquery" / "shop.sql").write_text(f"{HEADER}-- gives: whole\nSELECT COUNT(*) FROM t WHERE d < @end")
    monthly = row(measure_kind=MeasureKind.RATIO, cadence=Cadence.MONTH)
    found, (call,) = asked(folder, monthly, answer=lambda call: ok(table((("f0_", "INTEGER"),), [(12,)])))
    assert readings(found["sales"]) == [("2026-05-31", 12.0)]
    assert [one["name"] for one in json.loads(call.body)["queryParameters"]] == ["end"]


def test_no_cell_and_two_cells_are_told(folder):
    (folder / "bigquery" / "shop.sql").write_text(f"{HEADER}-- gives: whole\nSELECT 1")
    for rows in ([], [(1,), (2,)]):
        found, _ = asked(folder, row(), answer=lambda call, rows=rows: ok(table((("n", "INTEGER"),), rows)))
        assert failure(found["sales"]).code == "bigquery_cell"


def test_times_belong_to_the_workbooks_days(folder):
    fields = (("timestamp", "TIMESTAMP"), ("n", "INTEGER"))
    found, _ = asked(folder, row("n"), answer=lambda call: ok(table(fields, [("1.7826870E9", "5")])))  # 22:50 UTC
    assert readings(found["n"]) == [("2026-06-29", 5.0)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"-- project: acme-data\n-- workbooks: other\n{SQL}", "query_not_found"),
        (f"-- project: acme-data\n{SQL}", "query_not_found"),
        (f"-- workbooks: any\n{SQL}", "query_broken"),
        (f"{HEADER}-- megabytes: lots\n{SQL}", "query_broken"),
        (f"{HEADER}DROP TABLE t", "query_broken"),
    ],
)
def test_a_file_that_is_wrong_or_for_others_costs_no_call(folder, text, code):
    (folder / "bigquery" / "shop.sql").write_text(text)
    found, calls = asked(folder, row())
    assert (failure(found["sales"]).code, calls) == (code, [])


def test_a_sheet_names_no_path_and_no_sql(folder):
    for name in ("../bigquery/shop", "SELECT 1", "shop.sql"):
        found, calls = asked(folder, row(name=name))
        assert (failure(found["sales"]).code, calls) == ("query_not_found", [])


def test_what_costs_too_much_and_what_is_too_long_is_told_with_its_limit(folder):
    dear = {"error": {"code": 400, "errors": [{"reason": "bytesBilledLimitExceeded"}]}}
    found, _ = asked(folder, row(), answer=lambda call: ok(dear, 400))
    assert (failure(found["sales"]).code, found["sales"].facts["megabytes"]) == ("bigquery_dear", 1000.0)
    found, _ = asked(folder, row(), answer=lambda call: ok(table(DAYS, ROWS, totalRows="999999")))
    assert failure(found["sales"]).code == "bigquery_big"


def test_a_failing_statement_is_paid_for_once(folder):
    wrong = {"error": {"code": 400, "errors": [{"reason": "invalidQuery"}]}}
    found, calls = asked(folder, row("sales"), row("orders"), answer=lambda call: ok(wrong, 400))
    assert {outcome.code for outcome in found.values()} == {"query_broken"}
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("status", "reason", "message", "code"),
    [
        (499, "stopped", "Job execution was cancelled: Job timed out after 9 sec", "bigquery_slow"),
        (404, "notFound", "Not found: Table acme-data:shop.gone was not found in location EU", "query_broken"),
        (403, "accessDenied", "Access Denied: Table acme-data:shop.t", "permission_missing"),
    ],
)
def test_a_job_that_did_not_finish_says_why(folder, status, reason, message, code):
    told = {"error": {"code": status, "message": message, "errors": [{"message": message, "reason": reason}]}}
    found, _ = asked(folder, row(), answer=lambda call: ok(told, status))
    assert failure(found["sales"]).code == code


@pytest.mark.parametrize("damage", hostile.BROKEN)
def test_what_goes_wrong_is_told_without_a_number_or_a_secret(folder, damage):
    found, _ = asked(folder, row(), answer=lambda call: hostile.BROKEN[damage](ok(table(DAYS, ROWS))))
    assert isinstance(found["sales"], FetchFailure)
    assert found["sales"].code != "bug"
    assert TOKEN not in repr(found)


@pytest.mark.parametrize("damage", hostile.EMPTY)
def test_what_is_absent_is_never_zero(folder, damage):
    def answer(call):
        return hostile.EMPTY[damage](hostile.damaged(hostile.unquoted)(ok(table(DAYS, ROWS))))

    assert asked(folder, row(), answer=answer)[0]["sales"].outcome not in (Outcome.OK, Outcome.PROVISIONAL)


def test_the_series_says_how_it_came_about(folder):
    provenance = series(asked(folder, row())[0]["sales"]).provenance
    assert (provenance.source, provenance.asked, provenance.pages_read) == ("bigquery", "v2", 1)
    assert provenance.request
