"""What the sample's people typed: the Measurements and Surveys tabs. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sheet_templates.layout import vocabulary
from sheet_templates.sample.calendar import PlanYear
from sheet_templates.sample.series import level
from sheet_templates.sample.tables import Cell, load

Entry = Mapping[str, Any]  # one KPI of kpis.yaml
Reading = tuple[date, float, float | None]  # day, value, whole


def measurements(language: str, year: PlanYear) -> tuple[Mapping[str, Cell], ...]:
    """The rows of the Measurements tab, by column key, in the order of their days."""
    rows = [row for entry in load("kpis.yaml") if "readings" in entry for row in _typed(entry, language, year)]
    return tuple(sorted(rows, key=lambda row: str(row["date"])))


def surveys(language: str, year: PlanYear) -> tuple[Mapping[str, Cell], ...]:
    """The rows of the Surveys tab, by column key: the answers behind the one KPI that asks people."""
    survey = load("words.yaml")["survey"]
    asked = next(entry for entry in load("kpis.yaml") if entry.get("source", {}).get("kind") == "surveys")
    scale = vocabulary("survey").label(survey["kind"], language)
    rows: list[Mapping[str, Cell]] = []
    for end, months in zip(year.month_ends(), survey["months"], strict=True):
        for index, answer in enumerate(_answers(survey["answers"], *months)):
            rows.append(
                {
                    "date": end.replace(day=3 + index // 2),
                    "metric": asked["source"]["metric"][language],
                    "kind": scale,
                    "answer": answer,
                    "comment": _comment(survey, answer, end.month + index, language),
                }
            )
    return tuple(rows)


def _typed(entry: Entry, language: str, year: PlanYear) -> Iterator[Mapping[str, Cell]]:
    note = load("words.yaml")["sample"][language]
    for on, value, whole in _readings(entry, year):
        row: dict[str, Cell] = {"date": on, "metric": entry["source"]["metric"][language], "value": value, "note": note}
        yield row if whole is None else {**row, "denominator": whole}


def _readings(entry: Entry, year: PlanYear) -> Iterator[Reading]:
    readings = entry["readings"]
    if "monthly" in readings:
        wholes = readings.get("out_of", [None] * len(readings["monthly"]))
        yield from zip(year.month_ends(), readings["monthly"], wholes, strict=False)  # some stop early: they are stale
    elif "weekly" in readings:
        yield from ((on, value, None) for on, value in zip(_weeks(entry, year), readings["weekly"], strict=False))
    elif "dated" in readings:
        yield from ((year.month_end(int(day.removeprefix("month_"))), value, None) for day, value in readings["dated"])
    else:
        yield from ((on, _on_the_way(entry, year, on), None) for on in year.sundays())


def _weeks(entry: Entry, year: PlanYear) -> tuple[date, ...]:
    return year.sundays(year.day(entry["start"]))


def _on_the_way(entry: Entry, year: PlanYear, on: date) -> float:
    numbers, readings = entry["numbers"], entry["readings"]
    span = (numbers["baseline"], numbers["target"])
    return round(level(entry["key"], year, on, span, readings["pace"], readings["wobble"]), 1)


# --- the survey -------------------------------------------------------------------------------------------------------


def _answers(count: int, promoters: int, detractors: int) -> list[int]:
    """So many answers from 0 to 10, promoters and others mixed as they would come in."""
    passives = count - promoters - detractors
    answers = [10 - index % 2 for index in range(promoters)]
    answers += [8 - index % 2 for index in range(passives)] + [6 - index % 3 for index in range(detractors)]
    return [answers[index * 7 % count] for index in range(count)]  # 7 and 50 share no divisor: each comes once


def _comment(survey: Mapping[str, Any], answer: int, turn: int, language: str) -> str:
    """What one in five said, fitting their answer; each is marked as a sample."""
    mark = str(load("words.yaml")["sample"][language])
    if turn % 5:
        return mark
    said = survey["comments"]["promoter" if answer >= 9 else "passive" if answer >= 7 else "detractor"]
    return f"{said[turn // 5 % len(said)][language]} ({mark})"
