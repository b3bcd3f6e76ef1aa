"""Real published KPIs with their official verdicts: how often does our light agree?"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

LIGHTS = {"achieved": "green", "on_track": "green", "at_risk": "amber", "off_track": "red", "missed": "red"}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Agreement:
    """The official light of a KPI and ours."""

    id: str
    official: str
    ours: str
    status: str


def judged(rows: Iterable[Row]) -> dict[date, list[Row]]:
    """The rows that have a target and an official colour, by the day of their value: that is their today."""
    groups: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get("target") is not None and row["official_mapped"] in LIGHTS:
            groups[last_day(row["value_date"])].append(row)
    return dict(sorted(groups.items()))


def kpi(row: Row) -> dict[str, Any]:
    """A published KPI as a row of our sheet: a movement where a baseline is known, else a standing target."""
    falling = row["direction"] == "decrease"
    moves = row.get("baseline") is not None
    direction = ("Decrease" if falling else "Increase") if moves else ("Hold below" if falling else "Hold above")
    fields = {
        "id": row["id"],
        "name": f"{row['id']} {row['name']}"[:120],
        "source": "measurements",
        "metric": row["id"],
        "unit": "%" if str(row.get("unit")).startswith(("%", "Percentage")) else row.get("unit") or "count",
        "measure_kind": "Level",
        "direction": direction,
        "target": row["target"],
        "cadence": "Yearly" if len(row["value_date"]) == 4 else "Quarterly",
        "owner": "official",
    }
    if moves:
        fields |= {"baseline": row["baseline"], "start": last_day(row["baseline_date"]), "due": due_day(row)}
    else:
        fields |= {"start": date(last_day(row["value_date"]).year, 1, 1), "due": due_day(row)}
    return fields


def measurements(row: Row) -> Iterator[dict[str, Any]]:
    """Its published readings."""
    readings = dict(row.get("series") or ()) | {row["value_date"]: row["value"]}
    for day, value in readings.items():
        yield {"date": last_day(day), "metric": row["id"], "value": value, "note": "published"}


def due_day(row: Row) -> date:
    """The published target date, or the end of the year of the value."""
    return last_day(row["target_date"]) if row.get("target_date") else date(last_day(row["value_date"]).year, 12, 31)


def last_day(text: str) -> date:
    """2030 is the last day of that year; a whole date is itself."""
    return date(int(text), 12, 31) if re.fullmatch(r"\d{4}", text) else date.fromisoformat(text)
