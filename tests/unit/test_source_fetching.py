"""All KPIs to their outcomes: one's trouble is not another's."""

import json
import logging
import subprocess
import sys
from dataclasses import replace

import pytest

from sync.model import MeasurementSeries
from sync.sources import fetch_all
from sync.sources.registry import ENTRIES
from tests.source_builders import context, failure, kpi, measurements, readings, snapshot

BOOK = snapshot(measurements((46112.0, "Leads", 5.0)))


@pytest.fixture
def faulty(monkeypatch):
    monkeypatch.setitem(ENTRIES, "tab", replace(ENTRIES["tab"], module="tests.faulty_source"))


@pytest.mark.parametrize("mode", ["plan", "fetch", "forget"])
def test_a_bug_in_a_source_costs_its_own_kpis_alone(faulty, mode, caplog):
    found = fetch_all([kpi(f"tab:{mode}", id="a"), kpi("measurements", id="b")], BOOK, context())
    assert (failure(found["a"]).code, failure(found["a"]).facts) == ("bug", {"source": "tab"})
    assert readings(found["b"]) == [("2026-03-31", 5.0)]
    assert mode == "forget" or "Traceback" in caplog.text


def test_a_source_error_becomes_the_failure_of_its_batch_alone(faulty, caplog):
    rows = [kpi("tab:error", id="a"), kpi("tab:fine", id="b")]
    with caplog.at_level(logging.INFO):
        found = fetch_all(rows, BOOK, context())
    assert (failure(found["a"]).code, failure(found["a"]).permanent) == ("source_busy", False)
    assert isinstance(found["b"], MeasurementSeries)
    assert "Traceback" not in caplog.text


def test_an_unknown_source_is_that_kpis_failure_and_every_kpi_gets_an_outcome():
    found = fetch_all([kpi("myspace", id="a"), kpi("csv:", id="b"), kpi(None, id="c")], BOOK, context())
    assert failure(found["a"]).code == "unknown_source"
    assert failure(found["b"]).code == "missing_place"
    assert list(found) == ["a", "b", "c"]


def test_progress_counts_kpis_up_to_all_of_them():
    told = []
    rows = [kpi("nonsense", id="a"), kpi(None, id="b"), kpi(None, id="c"), kpi("tab:X", id="d")]
    fetch_all(rows, BOOK, context(), lambda done, total: told.append((done, total)))
    assert told[0] == (1, 4)
    assert told[-1] == (4, 4)
    assert told == sorted(told)


def test_no_kpis_is_no_work():
    assert fetch_all([], BOOK, context()) == {}


NAMES = ("pandas", "httpx", "numpy", "sqlalchemy", "gspread", "google.auth")
HEAVY = f"import json; print(json.dumps([n for n in {NAMES} if n in sys.modules]))"


def loaded_after(code: str) -> set[str]:
    """Which heavy libraries a new process holds after running `code`."""
    command = [sys.executable, "-c", f"import sys; {code}; {HEAVY}"]
    return set(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def test_importing_sources_loads_no_heavy_library():
    assert loaded_after("from sync.sources.describe import describe_sources; describe_sources()") == set()


def test_typed_numbers_and_tabs_need_no_heavy_library():
    code = (
        "from tests.source_builders import *; b = snapshot(measurements((46112.0, 'Leads', '4,4')));"
        "fetch(kpi('measurements'), context(), b); fetch(kpi('tab:Mediciones', 'Valor'), context(), b)"
    )
    assert loaded_after(code) == set()


def test_a_platform_needs_no_table_library_and_no_other_platforms_client():
    code = (
        "from tests.platforms import *; from tests.source_builders import *; p = Platform(ok({'results': []}));"
        "series(fetch(kpi('plausible: a.org', 'visits'), at(p, secrets_for('plausible'))))"
    )
    assert loaded_after(code) == set()


def test_a_file_needs_no_http_client(tmp_path):
    (tmp_path / "x.csv").write_text("date,Leads\n2026-03-31,4\n")
    code = f"from tests.source_builders import *; series(fetch(kpi('x.csv'), context(Path({str(tmp_path)!r}))))"
    assert "httpx" not in loaded_after(code)
