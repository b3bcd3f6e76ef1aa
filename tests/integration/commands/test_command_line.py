"""The `semaforo` command as a person calls it: a process of its own, its output and its exit code."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from sync.sheet.google import open_local
from sync.sheet.local import LocalServer

ROOT = Path(__file__).parents[3]


class Shell:
    """Calls the command with a home of its own."""

    def __init__(self, home: Path, url: str) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SEMAFORO_")},
            "SEMAFORO_HOME": str(home),
            "SEMAFORO_SHEETS_URL": url,
            "LC_ALL": "es_ES.UTF-8",
        }

    def __call__(self, *args: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sync", *args],
            cwd=ROOT,
            env={**self.environment, **environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def json(self, *args: str) -> Any:
        return json.loads(self(*args, "--json").stdout)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    home = tmp_path_factory.mktemp("home")
    with LocalServer(home / "sheets.db") as server:
        called = Shell(home, server.url)
        assert called("init", "local:plan", "--lang", "es", "--sample", "--today", "2026-11-20").returncode == 0
        yield called


def test_the_second_sync_makes_one_call_and_writes_nothing(shell: Shell) -> None:
    shell("sync", "local:plan", "--today", "2026-11-20")
    report = shell.json("sync", "local:plan", "--today", "2026-11-20")
    assert report["api_calls"] == {"read": 1, "write": 0}
    assert report["cells_written"] == 0
    assert {"workbook", "kpis", "issues", "failures", "took"} <= set(report)
    assert {"id", "name", "status", "light", "actual", "note"} <= set(report["kpis"][0])
    assert {"code", "severity", "cell", "message"} <= set(report["issues"][0])


def test_a_sync_says_by_its_exit_code_that_somebody_has_to_look(shell: Shell) -> None:
    done = shell("sync", "local:plan", "--today", "2026-11-20")
    assert done.returncode == 1
    assert "En rumbo" in done.stdout
    assert "▲" in done.stdout


def test_a_dry_run_shows_the_plan_and_writes_nothing(shell: Shell) -> None:
    shell("init", "local:dry", "--lang", "en", "--sample")
    done = shell("sync", "local:dry", "--dry-run", LC_ALL="en_GB.UTF-8")
    assert "What would be written" in done.stdout
    assert "KPIs 2" in done.stdout
    assert shell.json("sync", "local:dry", "--dry-run")["cells_planned"] > 100


def test_lights_that_turned_are_told_under_a_heading_of_their_own(shell: Shell) -> None:
    shell("init", "local:turn", "--lang", "es", "--sample", "--today", "2026-11-20")
    first = shell("sync", "local:turn", "--today", "2026-11-20")
    later = shell("sync", "local:turn", "--today", "2028-01-20")
    assert "Qué cambió" not in first.stdout
    assert "▲ En rumbo → " in later.stdout.partition("Qué cambió")[2]


def test_json_is_all_that_stands_on_stdout(shell: Shell) -> None:
    done = shell("check", "local:plan", "--json")
    assert json.loads(done.stdout)["issues"]
    assert done.returncode == 1


def test_check_names_the_cell_and_what_to_type(shell: Shell) -> None:
    done = shell("check", "local:plan")
    assert "KPI!" in done.stderr
    assert "Falta la fecha límite" in done.stderr


def test_check_and_sync_tell_what_the_plan_lacks(shell: Shell) -> None:
    documents = [shell.json("check", "local:plan"), shell.json("sync", "local:plan", "--dry-run")]
    for document in documents:
        assert "kpi.without_objective" in [finding["code"] for finding in document["coverage"]]
        assert all(finding["message"] for finding in document["coverage"])
    assert "Lo que le falta al plan:\n• " in shell("check", "local:plan").stderr
    assert "Lo que le falta al plan:\n• " in shell("sync", "local:plan", "--dry-run").stdout


def test_init_may_be_repeated(shell: Shell) -> None:
    again = shell("init", "local:plan", "--sample")
    assert (again.returncode, again.stderr.strip()) == (
        0,
        "La plantilla ya estaba completa; no se cambió nada.",
    )


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["sync", "local:nada"], "No existe el libro «local:nada»"),
        (["sync", "http://example.org/x"], "no es la dirección de un libro"),
        (["sync", "local:"], "no es la dirección de un libro"),
        (["snyc"], "No existe la orden «snyc»"),
    ],
)
def test_what_cannot_run_says_so_in_one_line_and_ends_with_two(shell: Shell, args: list[str], sentence: str) -> None:
    done = shell(*args)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_google_workbook_without_credentials_says_what_to_set(shell: Shell, tmp_path: Path) -> None:
    done = shell("sync", "A" * 44, SEMAFORO_CREDENTIALS=str(tmp_path / "none.json"))
    assert done.returncode == 2
    assert "none.json" in done.stderr


def test_a_setting_with_a_typing_error_stops_everything(shell: Shell) -> None:
    done = shell("sync", "local:plan", SEMAFORO_PROT="1")
    assert done.returncode == 2
    assert "SEMAFORO_PROT" in done.stderr


def test_single_steps_answer_a_json_line_for_each_line(shell: Shell) -> None:
    lines = '{"id": "f", "freq": "month", "train": [1, 2, 3, 4, 5, 6], "horizon": 2}\nnot json\n'
    done = shell("forecast", stdin=lines)
    good, bad = (json.loads(line) for line in done.stdout.splitlines())
    assert len(good["mean"]) == len(good["low"]) == len(good["high"]) == 2
    assert "error" in bad
    assert done.returncode == 1


def test_addresses_are_judged_without_dialling(shell: Shell) -> None:
    done = shell("addresses", "--resolve-to", "93.184.216.34", stdin="https://example.org/\nhttp://169.254.169.254/\n")
    assert [json.loads(line)["allowed"] for line in done.stdout.splitlines()] == [True, False]


@pytest.mark.parametrize(
    "command", ["init", "check", "sync", "sheets", "serve", "demo", "parse", "evaluate", "forecast"]
)
@pytest.mark.parametrize(("locale", "word"), [("es_MX.UTF-8", "Códigos de salida"), ("C", "Exit codes")])
def test_every_command_has_its_help_in_both_languages(shell: Shell, command: str, locale: str, word: str) -> None:
    done = shell(command, "--help", LC_ALL=locale)
    assert done.returncode == 0
    assert word in done.stdout


def test_without_a_server_the_command_starts_its_own(tmp_path: Path) -> None:
    alone = Shell(tmp_path, "http://127.0.0.1:9")
    assert alone("init", "local:solo").returncode == 0
    assert alone.json("sync", "local:solo")["kpis"] == []


def test_the_demo_prints_the_table_of_lights_and_ends_well(tmp_path: Path) -> None:
    alone = Shell(tmp_path, "http://127.0.0.1:9")
    done = alone("demo", "--once", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in ("On track", "At risk", "Off track", "Achieved", "Too early"))
    report = alone.json("sync", "local:demo")
    assert report["api_calls"] == {"read": 1, "write": 0}


def test_a_demo_in_another_language_says_that_the_workbook_keeps_its_own(tmp_path: Path) -> None:
    alone = Shell(tmp_path, "http://127.0.0.1:9")
    assert "idioma" not in alone("demo", "--once", "--lang", "es").stderr
    again = alone("demo", "--once", "--lang", "en")
    assert "another language" in again.stderr
    assert "En rumbo" in again.stdout
    assert "Attainment" not in again.stdout


def test_the_demo_leaves_a_server_alone_that_keeps_another_folder_s_workbooks(tmp_path: Path) -> None:
    home = tmp_path / "mine"
    with LocalServer(tmp_path / "theirs" / "sheets.db") as theirs:
        done = Shell(home, theirs.url)("demo", "--once")
        assert (done.returncode, "otra carpeta" in done.stderr) == (0, True), done.stderr
        assert requests.get(theirs.url + "/_local/stats", timeout=10).json() == {}
    with LocalServer(home / "sheets.db") as mine:
        done = Shell(home, mine.url)("demo", "--once")
        assert (done.returncode, "otra carpeta" in done.stderr) == (0, False), done.stderr
        assert "local-demo" in requests.get(mine.url + "/_local/stats", timeout=10).json()


@pytest.mark.parametrize(
    "args", [["init", "local:x"], ["sync", "local:x"], ["sheets", "--port", "0"], ["demo", "--once"]]
)
def test_a_home_that_cannot_be_written_is_told_in_one_line(shell: Shell, tmp_path: Path, args: list[str]) -> None:
    home = tmp_path / "a file, not a folder"
    home.write_text("")
    done = shell(*args, SEMAFORO_HOME=str(home), SEMAFORO_SHEETS_URL="http://127.0.0.1:1")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stderr
    assert str(home) in done.stderr
    assert "puerto" not in done.stderr


def test_workbooks_of_another_program_are_not_opened(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "sheets.db").write_text("this is no database, but somebody's notes" * 100)
    done = shell("init", "local:x", SEMAFORO_HOME=str(tmp_path), SEMAFORO_SHEETS_URL="http://127.0.0.1:1")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stderr
    assert "sheets.db" in done.stderr


@pytest.mark.parametrize("args", [["sheets"], ["demo", "--once"], ["serve"]])
def test_a_taken_port_is_told_in_one_line(shell: Shell, tmp_path: Path, args: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = shell(*args, "--port", port, SEMAFORO_HOME=str(tmp_path))
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stderr
    assert f"127.0.0.1:{port}" in done.stderr


@pytest.mark.parametrize("command", ["serve", "sheets", "demo"])
def test_a_port_that_does_not_exist_is_refused(shell: Shell, tmp_path: Path, command: str) -> None:
    done = shell(command, "--port", "99999", SEMAFORO_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "0-65535" in done.stderr
    assert "SEMAFORO_PORT='99999'" in shell("serve", SEMAFORO_PORT="99999").stderr


def test_a_faults_file_that_is_not_there_is_named(shell: Shell, tmp_path: Path) -> None:
    done = shell("sheets", "--faults", str(tmp_path / "none.yaml"), SEMAFORO_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "El archivo de fallos" in done.stderr
    assert "none.yaml" in done.stderr


def test_init_writes_the_service_s_public_address_into_settings(shell: Shell) -> None:
    address = "https://semaforo.example.com"
    assert shell("init", "local:addressed", "--lang", "es", SEMAFORO_PUBLIC_URL=address).returncode == 0
    [answer] = open_local(shell.environment["SEMAFORO_SHEETS_URL"]).read("local-addressed", ["semaforo_settings"])
    rows = dict(zip(answer["values"][0], answer["values"][2], strict=False))
    assert rows["service_url"] == address
