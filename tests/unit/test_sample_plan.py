"""The sample plan: the same in both languages, complete, and understood by those who read it."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from sheet_templates.layout import tabs, vocabulary
from sheet_templates.sample import SamplePlan, sample_plan
from sheet_templates.words import DEFAULT_LOCALES, show_number
from sync.dates_text import read_date_text, serial_of
from sync.model import Cadence, Direction, MeasureKind, Nature, Snapshot, Stage, Table
from sync.numbers_text import read_number
from sync.parse import Parsed, parse

TODAY = date(2026, 11, 22)
LANGUAGES = ("es", "en")
ROWS = ("objectives", "kpis", "measurements", "surveys")
CHOICES = {column.key: column.choice for column in tabs()["kpis"].columns if column.choice}
TEXTS = {"name", "objective", "statement", "source", "metric", "filter", "unit", "owner", "plan", "why", "success"}
UNTYPED = {"Estrellas en Google", "Google stars"}  # on purpose nobody has measured it


def codes(row: Mapping[str, Any]) -> dict[str, str | None]:
    """The choices of a KPI row as codes."""
    return {key: vocabulary(CHOICES[key] or "").code(str(row[key])) for key in CHOICES if key in row}


def days_of(rows: Iterable[Mapping[str, Any]], key: str) -> list[date]:
    return [day for row in rows if isinstance(day := row.get(key), date)]


def all_codes(key: str) -> set[str | None]:
    return {codes(row).get(key) for row in sample_plan("es", TODAY).kpis} - {None}


def table_of(plan: SamplePlan, place: str) -> list[dict[str, str]]:
    """A file or tab of the sample as rows by heading, cells as text."""
    if place in plan.tabs:
        head, *body = plan.tabs[place]
        return [dict(zip(map(str, head), map(str, row), strict=True)) for row in body]
    text = plan.files[place]
    if place.endswith(".json"):
        return [{key: str(cell) for key, cell in row.items()} for row in json.loads(text)]
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def table(key: str, rows: Any, language: str) -> Table:
    columns = tuple(
        (column.heading[language], *(serial_of(c) if isinstance(c := row.get(column.key), date) else c for row in rows))
        for column in tabs()[key].columns
    )
    return Table(key, key, 1, 0, 0, columns, {column.key: at for at, column in enumerate(tabs()[key].columns)})


def understood(language: str) -> Parsed:
    plan = sample_plan(language, TODAY)
    columns = (("k", "locale"), ("v", DEFAULT_LOCALES[language]))
    settings = Table("settings", "s", 1, 0, 0, columns, {"key": 0, "value": 1})
    read = {key: table(key, getattr(plan, key), language) for key in ("objectives", "kpis")}
    numbers = iter(range(100))
    return parse(Snapshot("w", {**read, "settings": settings}), lambda: f"k{next(numbers)}")


# --- both languages ---------------------------------------------------------------------------------------------------


def test_both_languages_fill_the_same_cells_of_the_same_rows() -> None:
    spanish, english = (sample_plan(language, TODAY) for language in LANGUAGES)
    for part in ROWS:
        one, other = getattr(spanish, part), getattr(english, part)
        assert [list(row) for row in one] == [list(row) for row in other]
    assert [codes(row) for row in spanish.kpis] == [codes(row) for row in english.kpis]


def test_numbers_and_days_are_the_same_in_both_languages() -> None:
    def facts(language: str, part: str) -> list[list[Any]]:
        words = {*TEXTS, *CHOICES, "note", "kind", "comment"}
        return [[row[key] for key in row if key not in words] for row in getattr(sample_plan(language, TODAY), part)]

    assert [facts("es", part) for part in ROWS] == [facts("en", part) for part in ROWS]


def test_files_and_tabs_have_the_same_shape_in_both_languages() -> None:
    spanish, english = (sample_plan(language, TODAY) for language in LANGUAGES)
    for one, other in zip((*spanish.files, *spanish.tabs), (*english.files, *english.tabs), strict=True):
        rows, others = table_of(spanish, one), table_of(english, other)
        assert len(rows) == len(others) > 20
        assert len(rows[0]) == len(others[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_made_up_says_that_it_is(language: str) -> None:
    plan = sample_plan(language, TODAY)
    prefix, word, mark = {"es": ("muestra_", "muestra", "dato de muestra"), "en": ("sample_", "sample", "sample data")}[
        language
    ]
    assert all(name.startswith(prefix) for name in plan.files)
    assert all(f"({word})" in title for title in plan.tabs)
    assert all(row["note"] == mark for row in plan.measurements)
    assert all(mark in str(row["comment"]) for row in plan.surveys)


# --- what it covers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "words"),
    [("measure_kind", MeasureKind), ("direction", Direction), ("stage", Stage), ("nature", Nature)],
)
def test_every_word_of_the_model_occurs(key: str, words: Any) -> None:
    assert all_codes(key) == set(words)


def test_a_paused_one_weights_filters_seasons_milestones_and_own_bounds_occur() -> None:
    definitions = understood("es").definitions
    assert sum(not kpi.active for kpi in definitions) == 1
    assert any(kpi.weight not in (0, 1) for kpi in definitions)
    assert any(kpi.filter for kpi in definitions)
    assert any(kpi.seasonal for kpi in definitions)
    assert any(len(kpi.plan) > 2 for kpi in definitions)
    assert any(kpi.green_from and kpi.amber_from for kpi in definitions)
    assert {(kpi.source or "").partition(":")[0] for kpi in definitions} == {
        "",
        "mediciones",
        "encuestas",
        "csv",
        "json",
        "pestaña",
    }


def test_it_is_a_plan_of_few_objectives_and_twenty_kpis() -> None:
    plan = sample_plan("es", TODAY)
    assert len(plan.objectives) == 4
    assert len(plan.kpis) == 20
    served = {row.get("objective") for row in plan.kpis}
    assert {row["name"] for row in plan.objectives} < served


@pytest.mark.parametrize("language", LANGUAGES)
def test_some_are_not_smart_on_purpose_each_in_its_own_way(language: str) -> None:
    plan = sample_plan(language, TODAY)
    names = {row["name"] for row in plan.objectives}
    assert sum(set(row) == {"statement"} for row in plan.kpis) == 1
    assert sum("source" in row and "due" not in row for row in plan.kpis) == 1
    assert sum(kpi.due < kpi.start for kpi in understood(language).definitions if kpi.due and kpi.start) == 1
    assert sum("objective" in row and row["objective"] not in names for row in plan.kpis) == 1


# --- it is understood -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_the_sample_is_a_riddle_to_the_parser(language: str) -> None:
    parsed = understood(language)
    assert [issue for issue in parsed.issues if issue.code.startswith("cell.")] == []
    for row, kpi in zip(sample_plan(language, TODAY).kpis, parsed.definitions, strict=True):
        assert (kpi.target, kpi.baseline, kpi.due) == (row.get("target"), row.get("baseline"), row.get("due"))
        assert all(code for code in codes(row).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_names_a_file_or_tab_with_those_columns_and_rows(language: str) -> None:
    plan = sample_plan(language, TODAY)
    sourced = [row for row in plan.kpis if ":" in str(row.get("source", ""))]
    assert len(sourced) >= 8
    for row in sourced:
        rows = table_of(plan, str(row["source"]).partition(":")[2])
        for column in str(row["metric"]).split(" / "):
            assert all(cells[column] for cells in rows)
        if "filter" in row:
            column, _, value = str(row["filter"]).partition("=")
            assert {cells[column] for cells in rows} > {value}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_typed_metric_has_measurements_but_the_one_that_shows_no_data(language: str) -> None:
    plan = sample_plan(language, TODAY)
    asked = {row["metric"] for row in plan.kpis if row.get("source") in ("mediciones", "measurements")}
    assert asked - {row["metric"] for row in plan.measurements} == asked & UNTYPED != set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_fit_their_tabs_and_name_known_columns(language: str) -> None:
    plan = sample_plan(language, TODAY)
    for part in ROWS:
        tab = tabs()[part]
        assert len(getattr(plan, part)) < tab.rows
        persons = {column.key for column in tab.columns if column.of == "person"}
        assert all(set(row) <= persons for row in getattr(plan, part))


# --- sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_says_the_numbers_of_its_fields_and_no_others(language: str) -> None:
    for row in sample_plan(language, TODAY).kpis:
        text = re.sub(r"\d{1,2} (?:de )?[a-z]+ (?:de )?\d{4}", "", str(row["statement"]), flags=re.IGNORECASE)
        said = {read_number(found, DEFAULT_LOCALES[language]).value for found in re.findall(r"\d[\d.,]*\d|\d", text)}
        fields = {row.get(key) for key in ("baseline", "target", "upper_limit")} - {None, 0}
        assert said == fields


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_says_its_due_date_and_writes_numbers_as_its_language_does(language: str) -> None:
    for row in sample_plan(language, TODAY).kpis:
        text = str(row["statement"])
        days = re.findall(r"\d{1,2} (?:de )?[a-z]+ (?:de )?\d{4}", text, flags=re.IGNORECASE)
        read = [read_date_text(day, DEFAULT_LOCALES[language]).value for day in days]
        assert read[-1:] == ([row["due"]] if "due" in row else [])
        if "target" in row:
            assert show_number(float(str(row["target"])), DEFAULT_LOCALES[language]) in text


# --- its days ---------------------------------------------------------------------------------------------------------


def test_the_same_day_gives_the_same_plan() -> None:
    assert sample_plan("es", TODAY) == sample_plan("es", TODAY)
    assert sample_plan("es", TODAY).files != sample_plan("es", TODAY + timedelta(days=7)).files


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 31), date(2028, 2, 29), date(2027, 7, 31), TODAY])
def test_any_day_lies_seven_months_into_the_plan_and_has_fresh_readings(today: date) -> None:
    plan = sample_plan("en", today)
    start, due = min(days_of(plan.kpis, "start")), max(days_of(plan.kpis, "due"))
    assert 210 <= (today - start).days <= 245
    assert 115 <= (due - today).days <= 155
    days = [date.fromisoformat(row["date"]) for name in plan.files for row in table_of(plan, name)]
    days += days_of((*plan.measurements, *plan.surveys), "date")
    assert timedelta(0) <= today - max(days) <= timedelta(days=6)


def test_one_kpi_reads_the_survey_and_every_month_has_answers_enough() -> None:
    plan = sample_plan("es", TODAY)
    asked = {row["metric"] for row in plan.kpis if row.get("source") == "encuestas"}
    assert {row["metric"] for row in plan.surveys} == asked
    answers: dict[str, list[int]] = {}
    for row in plan.surveys:
        answers.setdefault(f"{row['date']:%Y-%m}", []).append(int(str(row["answer"])))
    assert [len(given) for given in answers.values()] == [50] * 7
    nets = [sum((answer >= 9) - (answer <= 6) for answer in given) for given in answers.values()]
    assert [2 * net for net in nets] == [36, 36, 40, 44, 44, 48, 52]


def test_readings_of_a_running_total_never_fall() -> None:
    spent = [float(row["spend to date"]) for row in table_of(sample_plan("en", TODAY), "sample_ads.csv")]
    assert spent == sorted(spent)


def test_cadences_are_the_readings_own() -> None:
    assert all_codes("cadence") == {Cadence.WEEK, Cadence.MONTH}
