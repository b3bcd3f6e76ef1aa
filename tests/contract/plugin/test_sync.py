"""From the button to the lights, through the real service; and what the sidebar is told on the way."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.contract.plugin.conftest import Plugin
from tests.contract.plugin.test_edits import WHOLE

Make = Callable[..., Plugin]
NOW = datetime.now(UTC).date()
MOVING = {**WHOLE, "metric": "Leads", "start": NOW - timedelta(days=100), "due": NOW + timedelta(days=100)}
READINGS = [{"date": NOW - timedelta(days=days), "metric": "Leads", "value": 150 - days / 2} for days in (60, 30, 1)]


def follow(sheet: Plugin, run: str) -> Any:
    for _ in range(100):
        state = sheet.ask("runState", run)
        if state["over"]:
            return state
        time.sleep(0.05)
    raise AssertionError("the run does not end")


def test_a_press_measures_judges_and_lights_the_row(connected: Make) -> None:
    sheet = connected([MOVING], measurements=READINGS)
    run = sheet.ask("startSync", False)
    done = follow(sheet, run["id"])
    assert done["state"] == "done"
    assert sum(done["report"]["lights"].values()) == 1
    assert sheet.book.cell("kpis", 0, "status") is not None
    assert sheet.book.cell("kpis", 0, "computed_for") == sheet.book.cell("kpis", 0, "id")


def test_a_dry_run_tells_and_writes_nothing(connected: Make) -> None:
    sheet = connected([MOVING], measurements=READINGS)
    done = follow(sheet, sheet.ask("startSync", True)["id"])
    assert done["report"]["dryRun"] is True
    assert done["report"]["cells"] > 0
    would = {row["name"]: row["columns"] for row in done["report"]["would"]["rows"]}
    assert "Estado" in would[MOVING["name"]]
    assert "Tablero" in would  # cells that are no KPI's go by their tab
    assert sheet.book.cell("kpis", 0, "status") is None


def test_a_closed_sidebar_finds_its_run_again(connected: Make) -> None:
    sheet = connected([MOVING])
    run = sheet.ask("startSync", False)
    assert sheet.ask("sidebarState")["run"] == {"id": run["id"], "dryRun": False}
    follow(sheet, run["id"])
    assert sheet.ask("sidebarState")["run"] is None


def test_two_people_who_press_at_once_share_a_run_or_are_told(connected: Make) -> None:
    sheet = connected([MOVING])
    held = {"document": sheet.kept(), "lock-document": {"until": 4e12}}
    assert sheet.trouble("startSync", False, properties=held)["code"] == "somebody"


def test_a_run_can_be_cancelled(connected: Make) -> None:
    sheet = connected([MOVING])
    run = sheet.ask("startSync", False)
    assert sheet.ask("cancelRun", run["id"]) is True
    assert follow(sheet, run["id"])["state"] in ("cancelled", "done")


def test_a_failing_source_is_counted_and_told(connected: Make) -> None:
    sheet = connected([{**MOVING, "source": "csv:absent.csv"}])
    done = follow(sheet, sheet.ask("startSync", False)["id"])
    [(source, failure)] = done["report"]["failures"].items()
    assert failure["count"] == 1
    assert failure["message"]
    assert source


def test_the_card_of_the_selected_row_says_what_the_sync_kept(connected: Make) -> None:
    sheet = connected([MOVING], measurements=READINGS)
    sheet.select(0)
    assert sheet.trouble("selectedCard")["code"] == "unsynced"
    follow(sheet, sheet.ask("startSync", False)["id"])
    card = sheet.ask("selectedCard")
    assert (card["name"], card["row"], card["target"]) == ("Leads", 2, 200)
    assert card["series"]
    assert card["shown"]["target"]


def test_no_card_where_no_kpi_is_selected(connected: Make) -> None:
    sheet = connected([MOVING])
    sheet.select(7)
    assert sheet.ask("selectedCard") is None
    sheet.select(-1)
    assert sheet.ask("selectedCard") is None
    sheet.select(0, tab="measurements")
    assert sheet.ask("selectedCard") is None


def test_looking_at_the_selection_asks_nobody(connected: Make) -> None:
    sheet = connected([MOVING])
    sheet.select(0)
    assert sheet.ask("selectedKpi", offline=True) == sheet.book.cell("kpis", 0, "id")
    sheet.select(-1)
    assert sheet.ask("selectedKpi", offline=True) == ""
    sheet.select(0, tab="measurements")
    assert sheet.ask("selectedKpi", offline=True) == ""


def test_notes_of_cells_that_the_sync_filled_in_go_away(connected: Make) -> None:
    sentence = "Aumentar leads de 100 a 200 personas para el 31 de diciembre de 2030"
    without = {**WHOLE, "statement": sentence, "target": None, "due": None, "baseline": None}
    sheet = connected([without])
    places = [sheet.book.cell("settings", row, "key") for row in range(10)]
    sheet.book.type_in("settings", [{"key": "fill_proposals", "value": "Sí"}], first=places.index("fill_proposals"))
    sheet.edit(0)
    assert "target" in sheet.notes(0)
    follow(sheet, sheet.ask("startSync", False)["id"])
    assert sheet.book.cell("kpis", 0, "target") == 200
    assert "target" not in sheet.notes(0)


def test_a_sentence_is_read_by_the_service(connected: Make) -> None:
    sheet = connected()
    answer = sheet.ask("checkSentence", "Aumentar los seguidores de 12000 a 40000 para el 31 de diciembre de 2030")
    assert answer["smart"]["M"] == "ok"
    assert (answer["fields"]["target"], answer["fields"]["due"]) == (40000, "2030-12-31")
