"""refresh, enrol, backup, restore and repair as a person calls them: processes of their own, real servers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sheet_templates.layout import tabs
from sync.sheet.google import SheetsClient, open_local
from sync.sheet.local import LocalServer
from tests.integration.commands.test_command_line import Shell

DAY = "2026-11-20"


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    with LocalServer(tmp_path / "sheets.db") as server:
        called = Shell(tmp_path, server.url)
        assert called("init", "local:plan", "--lang", "es", "--sample", "--today", DAY).returncode == 0
        yield called


@pytest.fixture
def client(shell: Shell) -> SheetsClient:
    return open_local(shell.environment["SEMAFORO_SHEETS_URL"])


def test_refresh_syncs_what_is_due_and_nothing_twice(shell: Shell) -> None:
    first = shell("refresh", "--all", "--json")
    assert json.loads(first.stdout) == {"asked": 1, "synced": 1, "needs_person": 1, "failed": 0}
    assert first.returncode == 1  # the sample plan has things to correct
    assert shell.json("refresh")["asked"] == 0


def test_enrol_shows_when_a_workbook_is_due_and_takes_it_off_the_list(shell: Shell) -> None:
    shell("sync", "local:plan", "--today", DAY)
    (entry,) = shell.json("enrol", "local:plan")["workbooks"]
    assert (entry["workbook"], entry["refresh"]) == ("local:plan", "diario 07:00")
    assert "T07:" in entry["next"]
    assert entry["in_log"] in shell("enrol", "--list").stderr
    assert shell.json("enrol", "local:plan", "--remove")["workbooks"] == []
    assert shell.json("refresh", "--all")["asked"] == 0
    assert len(shell.json("enrol", "local:plan")["workbooks"]) == 1


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["enrol"], "Falta el libro"),
        (["enrol", "local:nada"], "No existe el libro"),
        (["restore", "nada.zip"], "en marcha"),
    ],
)
def test_what_cannot_be_done_says_so_and_ends_with_two(shell: Shell, args: list[str], sentence: str) -> None:
    done = shell(*args)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert sentence in done.stderr


def test_a_postgresql_store_is_told_how_to_be_saved(shell: Shell) -> None:
    done = shell("backup", SEMAFORO_DATABASE_URL="postgresql+psycopg://me:secret@db.example/kpis")
    assert done.returncode == 2
    assert "pg_dump --format=custom --host db.example --file semaforo.dump kpis" in done.stderr
    assert "secret" not in done.stderr


def test_what_was_saved_comes_back_and_what_was_there_is_kept(tmp_path: Path) -> None:
    archive = tmp_path / "saved.zip"
    with LocalServer(tmp_path / "sheets.db") as server:
        shell = Shell(tmp_path, server.url)
        shell("init", "local:plan", "--lang", "en")
        done = shell("backup", str(archive), "--json")  # while the server has the workbooks open
        assert json.loads(done.stdout)["held"] == "semaforo.db, sheets.db"
        shell("init", "local:later", "--lang", "en")
        assert shell("backup", str(archive)).returncode == 2  # no backup is ever written over
    kept = Path(json.loads(shell("restore", str(archive), "--json").stdout)["kept"])
    assert kept.exists()
    assert [entry["id"] for entry in shell.json("enrol", "--list")["workbooks"]] == ["local-plan"]
    assert shell("check", "local:plan").returncode in (0, 1)
    assert shell("check", "local:later").returncode == 2
    assert archive.stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    shell = Shell(tmp_path, "http://127.0.0.1:9")
    shell("init", "local:plan", "--lang", "en")
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"no zip at all")
    done = shell("restore", str(bad))
    assert done.returncode == 2
    assert "No se cambió nada" in done.stderr
    assert len(shell.json("enrol", "--list")["workbooks"]) == 1


def state(client: SheetsClient) -> dict[str, Any]:
    return client.look("local-plan", "namedRanges,sheets(properties,conditionalFormats,protectedRanges)")


def damaged(client: SheetsClient) -> None:
    """What a careless afternoon does: a heading, a name, the light rules, the protection, a setting."""
    kpis = tabs()["kpis"]
    wrong = {"values": [{"userEnteredValue": {"stringValue": "???"}}]}
    heading = {"start": {"sheetId": kpis.id, "rowIndex": 0, "columnIndex": kpis.position("status")}}
    sheet = next(each for each in state(client)["sheets"] if each["properties"]["sheetId"] == kpis.id)
    own = {
        "ranges": [{"sheetId": kpis.id, "startColumnIndex": 1, "endColumnIndex": 2}],
        "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"italic": True}}},
    }
    settings = {"sheetId": tabs()["settings"].id, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    client.write(
        "local-plan",
        [
            {"updateCells": {**heading, "rows": [wrong], "fields": "userEnteredValue"}},
            {"deleteNamedRange": {"namedRangeId": "semaforo_measurements"}},
            *({"deleteConditionalFormatRule": {"sheetId": kpis.id, "index": 0}} for _ in range(3)),
            {"addConditionalFormatRule": {"rule": own, "index": 0}},
            {"deleteProtectedRange": {"protectedRangeId": sheet["protectedRanges"][0]["protectedRangeId"]}},
            {"deleteDimension": {"range": settings}},
        ],
    )


def test_repair_sets_right_what_was_damaged_and_keeps_what_people_made(shell: Shell, client: SheetsClient) -> None:
    before = state(client)
    damaged(client)
    found = shell.json("repair", "local:plan", "--no-sync")
    assert found["headings"] == ["KPI: Estado"]
    assert found["names"] == ["semaforo_measurements"]
    assert (found["lights"], found["guards"], found["settings"]) == (["KPI"], ["KPI"], ["Idioma"])
    after = state(client)
    assert {name["name"] for name in after["namedRanges"]} == {name["name"] for name in before["namedRanges"]}
    rules = next(each for each in after["sheets"] if each["properties"]["title"] == "KPI")["conditionalFormats"]
    assert rules[-1]["booleanRule"]["condition"]["type"] == "NOT_BLANK"
    assert shell.json("repair", "local:plan", "--no-sync") == {"tabs": [], "columns": [], "completed": []}
    assert shell("sync", "local:plan", "--today", DAY).returncode == 1


def test_a_sound_workbook_has_nothing_to_mend_even_with_a_column_of_the_owners(
    shell: Shell, client: SheetsClient
) -> None:
    assert "No había nada que reparar" in shell("repair", "local:plan").stderr
    place = {"sheetId": tabs()["kpis"].id, "dimension": "COLUMNS", "startIndex": 5, "endIndex": 6}
    client.write("local-plan", [{"insertDimension": {"range": place, "inheritFromBefore": True}}])
    assert "No había nada que reparar" in shell("repair", "local:plan").stderr
