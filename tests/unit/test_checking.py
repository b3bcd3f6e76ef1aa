import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheet_templates.layout import tabs
from sync.checking import Question, check_kpi, locale_of

TODAY = date(2026, 11, 22)
PERSONS = [column.key for column in tabs()["kpis"].columns if column.of == "person"]
CELLS = (
    st.none() | st.booleans() | st.floats(-1e15, 1e15) | st.text(max_size=40) | st.sampled_from(["1.500", "31/12", "%"])
)


def ask(**asked: Any) -> dict[str, Any]:
    return check_kpi(Question(TODAY, **asked))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # words are read with the first question
@given(st.dictionaries(st.sampled_from(PERSONS), CELLS), st.none() | st.text(max_size=80))
def test_no_content_breaks_it_and_json_can_hold_the_answer(row: dict[str, Any], statement: str | None) -> None:
    told = ask(row=row, statement=statement)
    json.dumps(told, allow_nan=False)
    assert told["verdict"] in ("smart", "incomplete", "not_a_kpi")
    assert set(told["smart"].values()) <= {"ok", "missing", "unknown"}


def test_what_it_proposes_is_good_when_it_is_typed() -> None:
    first = ask(statement="Increase new lead profiles from 12,000 to 40,000 by 31 December 2027")
    again = ask(statement=first["statement"], row=first["fields"])
    assert again["fields"] == {}
    assert not [issue for issue in again["issues"] if issue["code"].startswith(("cell.", "statement."))]


@pytest.mark.parametrize("key", ["name", "target", "due", "owner"])
def test_a_filled_cell_is_never_proposed_for(key: str) -> None:
    row = {key: {"name": "Mine", "target": 7, "due": "2027-01-31", "owner": "Ana"}[key]}
    assert key not in ask(statement="Increase leads from 1 to 9 by June 2027", row=row)["fields"]


def test_it_says_the_same_as_the_sync_about_a_smart_row() -> None:
    """The whole row of a good KPI: every letter that the sync lights is ok here too."""
    row = {"name": "Leads", "objective": "x", "stage": "conversion", "source": "measurements", "unit": "leads"}
    row |= {"direction": "increase", "target": "40", "baseline": 10, "start": "2026-01-01", "due": "2026-12-31"}
    assert ask(row={**row, "owner": "Ana"})["smart"] == {"S": "ok", "M": "ok", "A": "unknown", "R": "ok", "T": "ok"}


def test_a_tag_finds_the_nearest_locale() -> None:
    tags = ["es", "es-MX", "en-us", "en-AU", "es_AR"]
    assert [locale_of(tag) for tag in tags] == ["es_ES", "es_MX", "en_US", "en_GB", "es_ES"]


def test_it_is_quick_enough_to_ask_while_somebody_types() -> None:
    asked = {
        "statement": "Increase new lead profiles from 12,000 to 40,000 by 31 December 2027",
        "row": {"owner": "Ana"},
    }
    ask(**asked)
    took = []
    for _ in range(10):
        begun = time.perf_counter()
        ask(**asked)
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.05


def test_it_loads_no_heavy_library() -> None:
    program = "import sys, sync.checking; print(sorted({'pandas', 'numpy', 'gspread', 'httpx'} & set(sys.modules)))"
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
