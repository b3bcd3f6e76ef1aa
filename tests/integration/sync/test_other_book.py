"""A KPI measured in another workbook: one read for all its tabs, and never one that the operator did not allow."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sync.dates_text import serial_of
from sync.errors import UsageError
from sync.settings import read_settings
from sync.sheet.google import SheetsClient
from tests.builders import TODAY, kpi_row
from tests.workbooks import make_book

ALLOWED = frozenset({("local-test", "local-shop")})


def row(source, name="Leads", **fields):
    found = kpi_row(source=source, name=name, metric="Leads", measure_kind="Nivel", unit="", **fields)
    return {key: value for key, value in found.items() if key != "id"}


def shop(settings, store, *titles, title="shop"):
    """Another workbook, with tabs of two weeks of leads."""
    book = make_book(settings, store, title)
    days = [TODAY - timedelta(days=14 - n) for n in range(14)]
    for number, tab in enumerate(titles):
        rows = [("fecha", "Leads"), *((serial_of(day), 40.0 + number) for day in days)]
        cells = [{"values": [_typed(cell) for cell in one]} for one in rows]
        start = {"sheetId": 700 + number, "rowIndex": 0, "columnIndex": 0}
        book.edit(
            {"addSheet": {"properties": {"title": tab, "sheetId": 700 + number}}},
            {"updateCells": {"rows": cells, "fields": "userEnteredValue", "start": start}},
        )
    return book


def _typed(cell):
    return {"userEnteredValue": {"stringValue" if isinstance(cell, str) else "numberValue": cell}}


def synced(settings, store, *kpis, allowed=ALLOWED):
    book = make_book(replace(settings, books=allowed), store, "test", kpis)
    return book, book.sync(TODAY)


def failures(report):
    return [outcome.failure and outcome.failure.code for outcome in report.outcomes]


def values(report):
    return [outcome.value and outcome.value.actual for outcome in report.outcomes]


@pytest.fixture
def reads(monkeypatch):
    """The workbooks that were read, in order."""
    seen, real = [], SheetsClient.read
    monkeypatch.setattr(SheetsClient, "read", lambda self, book, ranges: seen.append(book) or real(self, book, ranges))
    return seen


def test_tabs_of_another_workbook_are_read_in_one_call(settings, store, reads):
    shop(settings, store, "CRM", "Ana's")
    reads.clear()
    kpis = [row("libro: local:shop#CRM"), row("book: local:shop#Ana's", "B"), row("book:local:shop#CRM", "C")]
    _, report = synced(settings, store, *kpis)
    assert values(report) == [40.0, 41.0, 40.0]
    assert reads.count("local-shop") == 1


def test_a_workbook_that_the_operator_did_not_pair_is_not_even_asked_for(settings, store, reads):
    shop(settings, store, "CRM")
    reads.clear()
    _, report = synced(settings, store, row("book: local:shop#CRM"), allowed=frozenset({("local-shop", "local-test")}))
    assert failures(report) == ["book_not_allowed"]
    assert report.outcomes[0].failure.facts["reader"] == "local-test"
    assert "local-shop" not in reads


def test_one_that_does_not_exist_is_told_as_one_that_is_not_allowed(settings, store):
    kpis = [row("book: local:none#CRM"), row("book: local:other#CRM", "B")]
    _, report = synced(settings, store, *kpis, allowed=frozenset({("local-test", "local-none")}))
    assert failures(report) == ["book_not_allowed", "book_not_allowed"]


def test_a_missing_tab_spoils_no_other(settings, store):
    shop(settings, store, "CRM")
    kpis = [row("book: local:shop#Nada"), row("book: local:shop#CRM", "B"), row("book: local:shop", "C")]
    _, report = synced(settings, store, *kpis)
    assert failures(report) == ["missing_book_tab", None, "book_tab"]
    assert values(report)[1] == 40.0


def test_a_second_sync_without_news_writes_nothing_and_reads_each_workbook_once(settings, store):
    shop(settings, store, "CRM")
    book, _ = synced(settings, store, row("book: local:shop#CRM"))
    again = book.sync(TODAY)
    assert (again.applied.reads, again.applied.writes) == (1, 0)


def test_the_setting_takes_addresses_and_names():
    google = "1" + "a" * 30
    address = f"https://docs.google.com/spreadsheets/d/{google}/edit"
    found = read_settings({"SEMAFORO_BOOKS": f"local:a=local:b, {google}={address}"})
    assert found.books == {("local-a", "local-b"), (google, google)}


@pytest.mark.parametrize("text", ["local:a", "local:a=", "a=b", "=local:a"])
def test_a_pair_that_is_none_is_told(text):
    with pytest.raises(UsageError):
        read_settings({"SEMAFORO_BOOKS": text})
