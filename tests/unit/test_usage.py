"""Mistyped calls and help pages speak the caller's language."""

import pytest

from sync.commands.base import a_day, run
from sync.commands.usage import SpokenParser, in_words


def a_parser(locale: str) -> SpokenParser:
    parser = SpokenParser(prog="semaforo x", description="", epilog="", locale=locale)
    parser.add_argument("workbook")
    parser.add_argument("--port", type=int)
    parser.add_argument("--on", type=a_day)
    parser.add_argument("--lang", choices=("es", "en"))
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--dry-run", action="store_true")
    either.add_argument("--drop", action="store_true")
    return parser


@pytest.mark.parametrize(
    ("call", "spanish"),
    [
        ([], "falta workbook"),
        (["a", "b"], "no se conoce b"),
        (["a", "--port"], "--port necesita un valor"),
        (["a", "--port", "x"], "--port no puede ser 'x'"),
        (["a", "--on", "31/02/2026"], "--on no puede ser '31/02/2026'; se espera AAAA-MM-DD"),
        (["a", "--lang", "fr"], "--lang no puede ser 'fr'; elige"),
        (["a", "--dry-run", "--drop"], "--drop no puede ir con --dry-run"),
        (["a", "--dry-run=1"], "--dry-run no lleva ningún valor"),
        (["a", "--dr"], "--dr puede ser --dry-run, --drop"),
    ],
)
def test_what_is_wrong_with_a_call_is_told_in_spanish(
    call: list[str], spanish: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        a_parser("es_ES").parse_args(call)
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert told.startswith("uso: semaforo x")
    assert f"semaforo x: {spanish}" in told


def test_english_is_told_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        a_parser("en_US").parse_args([])
    assert "usage: semaforo x" in (told := capsys.readouterr().err)
    assert told.endswith("semaforo x: workbook is missing\n")


def test_a_sentence_that_nobody_foresaw_is_left_as_it_is() -> None:
    assert in_words("the moon is full", "es_ES") == "the moon is full"


def test_the_help_page_has_spanish_headings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    with pytest.raises(SystemExit) as ended:
        run(["parse", "--help"])
    page = capsys.readouterr().out
    assert ended.value.code == 0
    assert "opciones:" in page
    assert not [english for english in ("usage:", "options:", "show this help") if english in page]


def test_what_stands_for_a_value_is_spanish_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "es_ES.UTF-8")
    with pytest.raises(SystemExit):
        run(["sync"])
    told = capsys.readouterr().err
    assert "falta LIBRO" in told
    assert "[--today FECHA]" in told
    assert "WORKBOOK" not in told


def test_a_command_that_is_not_there_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["snc"]) == 2
    assert "Did you mean “sync”?" in capsys.readouterr().err
