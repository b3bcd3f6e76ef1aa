"""Lines of the log: JSON that a machine reads, and no secret whatever is logged."""

import ast
import io
import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sync.logs import FIELDS, JsonLines, Lines, Redacting, hashed, secrets_of, set_up_logging, wants_json
from sync.settings import Secret, Settings

SETTINGS = Settings(
    master_key=Secret("master-hunter2"),
    metrics_token=Secret("metrics-hunter2"),
    database_url="postgresql://me:pass%2Fhunter2@db/x",
    secrets={"PLAUSIBLE_KEY": Secret("source-hunter2")},
    log="json",
)


def logged(message: str, *arguments: object, formatter: logging.Formatter | None = None, **options: object) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redacting(secrets_of(SETTINGS)))
    handler.setFormatter(formatter or JsonLines())
    logger = logging.Logger("semaforo.test")
    logger.addHandler(handler)
    logger.error(message, *arguments, **options)  # type: ignore[arg-type]  # whatever logging takes
    return stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "key master-hunter2!",
        "at postgresql://me:pass%2Fhunter2@db/x",
        "another postgresql://you:hunter2@db/x",
        "GET https://api.test/v1?access_token=hunter2&page=2",
        "Authorization: Bearer hunter2.abc",
        "the source's source-hunter2",
        "pass/hunter2",
    ],
)
def test_no_secret_is_logged_in_message_arguments_figures_or_traceback(text: str) -> None:
    assert "hunter2" not in logged(text)
    assert "hunter2" not in logged("it said %s", text)
    assert "hunter2" not in logged("run", extra={FIELDS: {"said": text}})
    try:
        raise ValueError(text)
    except ValueError:
        assert "hunter2" not in logged("failed", exc_info=True)


def test_a_line_is_one_json_object_with_its_figures() -> None:
    line = json.loads(logged("run", extra={FIELDS: {"run": "r1", "seconds": 1.5, "lights": {"green": 2}}}))
    assert (line["severity"], line["message"], line["run"], line["lights"]) == ("ERROR", "run", "r1", {"green": 2})


def test_a_traceback_stays_within_its_line() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        text = logged("failed", exc_info=True)
    assert text.count("\n") == 1
    assert "ValueError: two\nlines" in json.loads(text)["error"]


def test_a_person_reads_the_figures_behind_the_message() -> None:
    line = logged("run", extra={FIELDS: {"kpis": 3}}, formatter=Lines("{levelname} {message}", style="{"))
    assert line == "ERROR run kpis=3\n"


def test_a_workbook_is_named_by_a_hash_that_stays() -> None:
    assert hashed("W1") == hashed("W1") != hashed("W2")
    assert "W1" not in hashed("W1")


ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"


@pytest.mark.parametrize(
    "text",
    [
        f"There is no workbook “{ID}”.",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
        f"Max retries exceeded with url: /v4/spreadsheets/{ID}:batchUpdate (Caused by X)",
        f"GET /drive/v3/files/{ID}?fields=id",
        f"semaforo.sync[12](workbook='{ID}')",
    ],
)
def test_a_workbook_s_id_becomes_its_hash_wherever_it_stands(text: str) -> None:
    assert ID not in logged(text) and hashed(ID) in logged(text)
    try:
        raise ValueError(text)
    except ValueError:
        assert ID not in logged("failed", exc_info=True)


def test_an_embedded_workbook_has_one_hash_by_either_of_its_names() -> None:
    assert hashed("local-plan") in logged("There is no workbook “local:plan”.")
    assert hashed("local-plan") in logged("/v4/spreadsheets/local-plan/values:batchGet")


@pytest.mark.parametrize("text", ["a" * 64, "0123456789abcdef" * 2, "postgresql://local-db/x", "http://local.test/x"])
def test_what_is_no_workbook_s_id_stays_as_it_is(text: str) -> None:
    assert text in logged(text)


def test_no_line_of_ours_is_given_a_workbook_s_id_as_it_is() -> None:
    """Whoever embeds us has handlers without our filter."""
    bare = {"workbook", "workbook_id", "spreadsheet", "book"}
    calls = [
        (path.name, node.lineno, ast.unparse(argument))
        for folder in ("sync", "webhook")
        for path in (Path(__file__).parents[2] / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and re.fullmatch(r"(_LOG|log|logger)\.\w+", ast.unparse(node.func))
        for argument in node.args[1:]
    ]
    assert len(calls) > 20
    assert [call for call in calls if call[2].rpartition(".")[2] in bare] == []
    assert any(call[2] == "hashed(workbook)" for call in calls)


def test_without_a_terminal_the_lines_are_json() -> None:
    assert [wants_json(Settings(log=log)) for log in ("auto", "json", "text")] == [not sys.stderr.isatty(), True, False]


def test_who_embeds_us_keeps_their_own_handlers() -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    assert before, "pytest has its own"
    set_up_logging(SETTINGS)
    assert root.handlers == before


PROGRAM = """
import sys
from webhook.app import create_app
from sync.session import SyncRunner
from sync.tracing import span
with span("x"):
    pass
create_app()
print([name for name in sys.modules if name.startswith("opentelemetry")])
"""


def test_nothing_of_opentelemetry_is_imported_while_traces_are_off(tmp_path: Path) -> None:
    environment = {"SEMAFORO_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", PROGRAM]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout == "[]\n"
