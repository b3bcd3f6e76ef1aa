"""The sample plan: objectives, KPIs and the numbers behind them, in one language, around one day. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sheet_templates.layout import tabs as layout_tabs
from sheet_templates.layout import vocabulary
from sheet_templates.sample import readings, tables
from sheet_templates.sample.calendar import PlanYear, year_around
from sheet_templates.sample.tables import Cell, Row, load
from sheet_templates.words import DEFAULT_LOCALES, show_number

CellRow = Mapping[str, Cell]  # column key -> typed value; a key that is absent is an empty cell


@dataclass(frozen=True)
class SamplePlan:
    """What a workbook with the sample holds. Rows go by column key, below the heading, in the tab's order.

    `files`: name -> text, for the folder that the sources csv and json read. `tabs`: title -> rows, headings first.
    """

    objectives: tuple[CellRow, ...]
    kpis: tuple[CellRow, ...]
    measurements: tuple[CellRow, ...]
    surveys: tuple[CellRow, ...]
    files: Mapping[str, str]
    tabs: Mapping[str, tuple[Row, ...]]


def sample_plan(language: str, today: date) -> SamplePlan:
    """The sample in `language` (es or en), measured up to the Sunday before `today`. Raises KeyError otherwise.

    The same day gives the same plan, to the last digit.
    """
    year = year_around(today)
    return SamplePlan(
        objectives=tuple(
            {key: text[language] for key, text in objective.items()}
            for objective in load("words.yaml")["objectives"].values()
        ),
        kpis=tuple(_kpi(entry, language, year) for entry in load("kpis.yaml")),
        measurements=readings.measurements(language, year),
        surveys=readings.surveys(language, year),
        files=tables.files(language, year),
        tabs=tables.tabs(language, year),
    )


def _kpi(entry: Mapping[str, Any], language: str, year: PlanYear) -> CellRow:
    row: dict[str, Cell] = {key: entry[key][language] for key in ("name", "unit", "owner") if key in entry}
    row |= entry.get("numbers", {})
    row |= {key: _label(key, code, language) for key, code in entry.get("choices", {}).items()}
    if "objective" in entry:
        row["objective"] = _objective(entry["objective"], language)
    if "source" in entry:
        row |= {"start": year.day(entry.get("start", "start")), "due": year.day(entry.get("due", "end"))}
        row |= _source(entry["source"], language)
    if "plan" in entry:
        row["plan"] = _milestones(entry["plan"], language, year)
    row["statement"] = _statement(entry["statement"][language], row, language)
    return {key: value for key, value in row.items() if value is not None}


def _label(key: str, code: str, language: str) -> str:
    return vocabulary(layout_tabs()["kpis"].column(key).choice or "").label(code, language)


def _objective(key: str | Mapping[str, str], language: str) -> str:
    """An objective's name; words of its own name one that does not exist, on purpose."""
    if isinstance(key, str):
        return str(load("words.yaml")["objectives"][key]["name"][language])
    return key[language]


def _source(source: Mapping[str, Any], language: str) -> dict[str, Cell]:
    """The cells source, metric and filter as a person types them."""
    words = load("words.yaml")
    kind = words["sources"][source["kind"]][language]
    if "place" not in source:
        return {"source": kind, "metric": source["metric"][language]}
    headings = words["headings"][source["place"]][language]
    conditions = [
        f"{headings[at]}={words['channels'][name][language]}" for at, name in source.get("filter", {}).items()
    ]
    return {
        "source": f"{kind}:{words['places'][source['place']][language]}",
        "metric": " / ".join(headings[at] for at in source["columns"]),
        "filter": "; ".join(conditions) or None,
    }


def _milestones(plan: str | Mapping[int, float], language: str, year: PlanYear) -> str:
    if isinstance(plan, str):
        return {"es": "temporada", "en": "season"}[language]
    return "; ".join(f"{year.month_end(month):%Y-%m}: {value}" for month, value in plan.items())


def _statement(text: str, row: Mapping[str, Cell], language: str) -> str:
    """The sentence, its numbers and dates taken from the fields and written as the language writes them."""
    return text.format_map({key: _written(value, language) for key, value in row.items()})


def _written(value: Cell, language: str) -> str:
    from babel.dates import format_date  # on first use, as everywhere: most callers never show a date

    if isinstance(value, date):
        return str(format_date(value, "long", locale=DEFAULT_LOCALES[language]))
    return show_number(value, DEFAULT_LOCALES[language]) if isinstance(value, int | float) else str(value)
