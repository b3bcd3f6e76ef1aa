"""What a platform tells of today only is kept day by day, and judged as a series."""

import csv
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sync.settings import Secret
from tests.builders import TODAY, kpi_row
from tests.declared_builders import counter, declared
from tests.stand_in import as_json, standing_in
from tests.workbooks import make_book

FOLLOWERS = {
    key: value
    for key, value in kpi_row(
        source="crowd: us", name="Followers", metric="followers", measure_kind="Nivel", unit=""
    ).items()
    if key != "id"
}


@pytest.fixture
def crowd(settings, store, tmp_path):
    """(workbook, what the platform says now): a platform that tells today's followers and nothing else."""
    now = {"followers": 1000}
    folder = tmp_path / "declared"
    folder.mkdir()
    asks = {"now": {"window": "now", "path": "/{site}"}}
    metrics = {"followers": {"ask": "now", "es": "Seguidores.", "en": "Followers."}}
    content = counter("crowd", asks=asks, metrics=metrics)
    with declared(folder, content), standing_in(lambda asked: as_json(now)) as server:
        operator = replace(settings, source_urls={"crowd": server.url}, secrets={"COUNTER_KEY": Secret("k")})
        yield make_book(operator, store, "test", [FOLLOWERS]), now


def kept(book):
    return [(reading.on, reading.value) for reading, _ in book.store.history(book.id)]


def used(report):
    value = report.outcomes[0].value
    return [(point.on, point.value) for point in (*value.earlier, *value.readings)]


def test_the_series_is_what_was_kept_and_todays_value(crowd):
    book, now = crowd
    expected = []
    for day in range(4):
        now["followers"] = 1000 + 10 * day
        expected.append((TODAY + timedelta(days=day), 1000.0 + 10 * day))
        report = book.sync(TODAY + timedelta(days=day))
        assert used(report) == expected
    assert kept(book) == expected
    assert report.outcomes[0].failure is None


def test_a_day_has_one_value_the_last_and_a_second_sync_without_news_writes_nothing(crowd):
    book, now = crowd
    book.sync(TODAY)
    again = book.sync(TODAY)
    assert (again.applied.reads, again.applied.writes) == (1, 0)
    now["followers"] = 1005
    book.sync(TODAY)
    assert kept(book) == [(TODAY, 1005.0)]


def test_a_dry_run_keeps_nothing(crowd):
    book, _ = crowd
    book.sync(TODAY, dry_run=True)
    assert kept(book) == []


def test_a_day_on_which_the_platform_failed_stays_empty(crowd):
    book, now = crowd
    book.sync(TODAY)
    now.pop("followers")
    book.sync(TODAY + timedelta(days=1))
    now["followers"] = 1020
    report = book.sync(TODAY + timedelta(days=2))
    assert kept(book) == used(report) == [(TODAY, 1000.0), (TODAY + timedelta(days=2), 1020.0)]


def test_a_row_that_is_deleted_and_typed_again_has_its_history(crowd):
    book, _ = crowd
    book.sync(TODAY)
    book.type_in("kpis", [{"id": "another", "source": "CROWD :us"}])
    report = book.sync(TODAY + timedelta(days=1))
    assert len(used(report)) == 2


def test_a_row_that_measures_something_else_begins_anew(crowd):
    book, _ = crowd
    book.sync(TODAY)
    book.type_in("kpis", [{"source": "crowd: them"}])
    assert len(used(book.sync(TODAY + timedelta(days=1)))) == 1


def command(book, *args):
    run = [sys.executable, "-m", "sync", "history", "local:test", *args]
    environment = {"PATH": "/usr/bin", "SEMAFORO_HOME": str(book.settings.home), "LANG": "en_US.UTF-8"}
    return subprocess.run(run, capture_output=True, text=True, env=environment, check=True).stdout


def test_the_command_tells_and_exports_what_was_kept(crowd):
    book, _ = crowd
    assert "no reading has been kept yet" in command(book)
    for day in range(2):
        book.sync(TODAY + timedelta(days=day))
    assert "crowd:us | followers |" in command(book)
    rows = list(csv.DictReader(command(book, "--csv").splitlines()))
    assert [(date.fromisoformat(row["day"]), float(row["value"])) for row in rows] == kept(book)
    assert all(row["read_at"].endswith("+00:00") for row in rows)
