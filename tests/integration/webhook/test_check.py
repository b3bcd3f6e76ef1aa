"""A KPI is checked while it is typed: over HTTP, signed, nothing fetched and nothing kept."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.keys import master_key, workbook_secret
from sync.settings import Settings
from sync.store.store import Store
from tests.integration.webhook.conftest import SPANISH, Plugin, Syncs
from webhook.app import ServiceThread, create_app

SENTENCE = "Increase new lead profiles from 12,000 to 40,000 by 31 December 2027"
ROW = {
    "name": "Leads",
    "objective": "Grow",
    "stage": "Awareness",
    "source": "measurements",
    "unit": "people",
    "direction": "Increase",
    "baseline": 100,
    "target": 400,
    "start": "2026-01-01",
    "due": "2027-12-31",
    "owner": "Ana",
}


def ask(plugin: Plugin, headers: dict[str, Any] | None = None, **asked: Any) -> requests.Response:
    body = json.dumps({"spreadsheetId": "W1", "today": "2026-11-22", **asked}).encode()
    return plugin.send("POST", "/v1/check", body, headers)


def test_a_sentence_becomes_fields(plugin: Plugin) -> None:
    answer = ask(plugin, statement=SENTENCE)
    told = answer.json()
    assert (answer.status_code, told["verdict"], told["issues"]) == (200, "smart", [])
    assert told["smart"] == {"S": "ok", "M": "ok", "A": "unknown", "R": "unknown", "T": "ok"}
    assert told["fields"] == {
        "name": "New lead profiles",
        "direction": "Increase",
        "baseline": 12000.0,
        "target": 40000.0,
        "due": "2027-12-31",
    }
    assert told["statement"] == SENTENCE


def test_a_whole_row_is_smart_and_gets_its_sentence(plugin: Plugin) -> None:
    told = ask(plugin, lang="en", row=ROW).json()
    assert (told["verdict"], told["fields"], told["issues"]) == ("smart", {}, [])
    assert told["statement"] == "Increase Leads from 100 to 400 people by 31 December 2027"


def test_what_is_missing_is_told_at_its_column(plugin: Plugin) -> None:
    told = ask(plugin, lang="en", row={**ROW, "owner": None, "due": "soon"}).json()
    assert told["verdict"] == "incomplete"
    assert (told["smart"]["S"], told["smart"]["T"]) == ("missing", "missing")
    assert {issue["column"]: issue["code"] for issue in told["issues"]} == {
        "owner": "specific.missing_owner",
        "due": "cell.not_a_date",
    }


def test_a_wish_is_no_kpi(plugin: Plugin) -> None:
    told = ask(plugin, statement="Ser la mejor marca", headers=SPANISH).json()
    assert (told["verdict"], told["statement"], told["fields"]) == ("not_a_kpi", None, {})
    assert "Falta" in " ".join(issue["message"] for issue in told["issues"])


def test_the_other_reading_of_a_number_is_told(plugin: Plugin) -> None:
    told = ask(plugin, lang="en", row={**ROW, "target": "1.500"}).json()
    assert told["readings"] == [
        {"column": "target", "text": "1.500", "readings": [1.5, 1500.0], "shown": ["1.5", "1,500"]}
    ]
    assert told["smart"]["M"] == "missing"


def test_sentence_and_row_that_disagree_are_told(plugin: Plugin) -> None:
    told = ask(plugin, lang="en", statement=SENTENCE, row=ROW).json()
    assert {issue["code"] for issue in told["issues"]} == {"statement.disagrees"}


def test_the_language_is_that_of_the_question_before_that_of_the_browser(plugin: Plugin) -> None:
    spanish = ask(plugin, SPANISH, row={"name": "Leads"})
    english = ask(plugin, SPANISH, lang="en-US", row={"name": "Leads"})
    assert (spanish.headers["Content-Language"], english.headers["Content-Language"]) == ("es", "en")
    assert "Escribe" in spanish.text
    assert "Type" in english.text


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"statement": 5},
        {"row": []},
        {"row": {"name": {}}},
        {"statement": "x" * 2001},
        {"statement": "x", "lang": "fr"},
        {"statement": "x", "today": "22/11/2026"},
        {"statement": "x", "today": "2026-02-30"},
        {"statement": "\ud800"},
    ],
)
def test_a_question_that_is_none(plugin: Plugin, asked: dict[str, Any]) -> None:
    answer = ask(plugin, **asked)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_question")


def test_what_the_workbook_may_not_read_is_told_while_it_is_typed(settings: Settings, store: Store) -> None:
    closed = replace(settings, places=("*=plausible:mine.example",))
    with ServiceThread(create_app(closed, store, Syncs())) as service:
        plugin = Plugin(service.url, workbook_secret(master_key(closed), "W1", 1))
        row = {**ROW, "metric": "visits"}
        (told,) = ask(plugin, lang="en", row={**row, "source": "plausible: yours.example"}).json()["issues"]
        assert (told["column"], told["severity"]) == ("source", "error")
        assert "W1=plausible:yours.example to SEMAFORO_PLACES" in told["message"]
        assert ask(plugin, lang="en", row={**row, "source": "plausible: mine.example"}).json()["issues"] == []


def test_nothing_is_kept_of_it(plugin: Plugin, tmp_path: Path) -> None:
    before = (tmp_path / "semaforo.db-wal").stat()
    ask(plugin, statement=SENTENCE)
    assert (tmp_path / "semaforo.db-wal").stat().st_mtime_ns == before.st_mtime_ns
