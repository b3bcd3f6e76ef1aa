"""The instant checks of the plugin and of Python say the same, and never contradict the full rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheet_templates.layout import fold, tabs, vocabulary
from sheet_templates.plugin import instant_rules
from sync.model import CellValue, Severity, Snapshot, Table
from sync.parse import parse
from sync.sentence import parse_sentence
from sync.sentence.words import dates, numbers
from sync.smart import LETTERS, SmartContext, check_smart
from sync.sources import is_known, nearest_names
from tests import shared
from tests.contract.plugin.driver import Driver
from tests.contract.plugin.instant import instant_row, instant_sentence, plain_fold

TODAY = date(2026, 11, 22)
PROBE = """
function probe(rows, texts) {
  return [rows.map((row) => instantRow_(row)), texts.map((text) => instantSentence_(text))];
}
"""
COLUMNS = [column for column in tabs()["kpis"].columns if column.of == "person" and column.key != "id"]


def script(driver: Driver, rows: list[dict[str, CellValue]], texts: list[str]) -> Any:
    call = {"workbook": "w", "sheetsUrl": "http://127.0.0.1:9", "fn": "probe", "probe": PROBE}
    answer = driver.call(**call, args=[rows, texts])
    assert "error" not in answer, answer["error"]
    return answer["value"]


def cell_values(key: str, choice: str | None, kind: str) -> st.SearchStrategy[CellValue]:
    odd = st.one_of(st.none(), st.just(""), st.sampled_from([" ", "#REF!", "?", "n/a"]), st.text(max_size=6))
    if choice:
        words = vocabulary(choice).words.values()
        return st.one_of(st.none(), st.sampled_from([str(word[lang]) for word in words for lang in ("es", "en")]), odd)
    if kind == "number":
        small = st.sampled_from([0, 1, -3, 0.5, 0.85, 100, 200, 100.0000001, "100", "1.200", "40 %", True])
        return st.one_of(st.none(), small, st.floats(-1e6, 1e6), odd)
    if kind == "date":
        days = st.sampled_from([46000, 46010, 46023.5, 46388, 2026, "2026-12-31", "31/12/2026", "2026-02-30"])
        return st.one_of(st.none(), days, st.integers(45000, 47000), odd)
    named = {"source": ["mediciones", "Encuestas", "csv:a.csv", "nada"], "unit": ["%", "% ", "personas", "p%"]}
    return st.one_of(st.none(), st.sampled_from(named.get(key, ["Leads", "Crecer"])), odd)


ROWS = st.fixed_dictionaries({c.key: cell_values(c.key, c.choice, c.kind) for c in COLUMNS})
WORDS = [*dates.MONTHS, *dates.WEEKDAYS, *dates.SPANS, *numbers.UNITS["es"], *numbers.UNITS["en"], "duplicar", "2026"]
PARTS = ["Aumentar", "leads", "de 100 a 200", "para", "by", "Grow sales", "en", "this", "próximo", "½", "Q3", "?", "-"]
TEXTS = st.lists(st.sampled_from([*WORDS, *PARTS]), max_size=9).map(" ".join)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=12), texts=st.lists(st.one_of(TEXTS, st.text()), max_size=12))
def test_both_sides_say_the_same(driver: Driver, rows: list[dict[str, CellValue]], texts: list[str]) -> None:
    by_row, by_text = script(driver, rows, texts)
    for row, told in zip(rows, by_row, strict=True):
        ours = instant_row(row)
        assert told["letters"] == ours.letters
        assert [(fix["code"], fix["column"]) for fix in told["fixes"]] == list(ours.fixes)
    assert by_text == [dict(instant_sentence(text)) for text in texts]


@settings(max_examples=150, deadline=None)
@given(row=ROWS)
def test_a_row_s_letters_never_contradict_the_full_rules(row: dict[str, CellValue]) -> None:
    instant, (issues, broken) = instant_row(row), full(row)
    for letter, state in instant.letters.items():
        out = {code for code in issues if code.startswith(LETTERS[letter])}
        if state == "missing":
            assert out, (letter, instant.fixes)
        if state == "lit":
            assert not out, (letter, out)
    for code, column in instant.fixes:
        assert code in issues or column in broken, (code, issues)


def full(row: Mapping[str, CellValue]) -> tuple[set[str], set[str]]:
    """The codes of the full rules, and the columns whose cells could not be read."""
    keys = {column.key: place for place, column in enumerate(COLUMNS)}
    cells = tuple((column.heading["es"], row[column.key]) for column in COLUMNS)
    blank = tuple((head, None if value == "" else value) for head, value in cells)
    table = Table("kpis", "KPI", 1, 0, 0, blank, keys)
    parsed = parse(Snapshot("w", {"kpis": _complete(table)}), lambda: "K-1")
    if not parsed.definitions:
        return {rule["code"] for rule in instant_rules()["rows"]}, set()
    context = SmartContext(_complete(table), "es_ES", frozenset([fold("Crecer")]), is_known, nearest_names)
    _, issues = check_smart(parsed.definitions[0], context)
    broken = {issue.cell.column for issue in parsed.issues if issue.cell and issue.severity is Severity.ERROR}
    return {issue.code for issue in issues}, broken


def _complete(table: Table) -> Table:
    """With the service's columns, which a table must have."""
    missing = [column for column in tabs()["kpis"].columns if column.key not in table.keys]
    columns = table.columns + tuple((column.heading["es"], None) for column in missing)
    keys = {**table.keys, **{column.key: len(table.columns) + at for at, column in enumerate(missing)}}
    return Table(table.tab, table.title, table.sheet_id, 0, 0, columns, keys)


def contradictions(text: str) -> list[str]:
    read, instant = parse_sentence(text, TODAY).smart, instant_sentence(text)
    shows = {"S": read.specific, "M": read.measurable, "T": read.time_bound}
    wrong = {"missing": True, "lit": False}
    return [letter for letter, there in shows.items() if wrong.get(instant[letter]) is there]


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_a_sentence_s_letters_never_contradict_the_parser(text: str) -> None:
    assert contradictions(text) == []


@pytest.mark.shared
def test_labelled_sentences_are_read_alike_and_never_contradicted(driver: Driver) -> None:
    texts = [str(case["text"]) for case in shared.rows("sentences_dev.jsonl")]
    assert script(driver, [], texts)[1] == [dict(instant_sentence(text)) for text in texts]
    assert [text for text in texts if contradictions(text)] == []


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Aumentar los seguidores de 12000 a 40000 para el 31 de diciembre de 2026", "S M T"),
        ("Increase the number of followers from 120 to 400 by 3 March 2027.", "S M T"),
        ("Mejorar nuestra imagen de marca", ""),
        ("Vender más", ""),
    ],
)
def test_plain_sentences_are_told_at_once(text: str, letters: str) -> None:
    instant = instant_sentence(text)
    lit = " ".join(letter for letter in "SMT" if instant[letter] == "lit")
    assert lit == letters
    assert contradictions(text) == []
    assert letters or instant["T"] == "missing"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert plain_fold(plain_fold(text)) == plain_fold(text)
