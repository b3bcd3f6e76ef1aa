"""Changes as people read them: values in the workbook's words, and the lines of "What changed". Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sheet_templates.layout import tabs, vocabulary
from sheet_templates.words import language_of, say, show_date, show_number
from sync.changes import CHOICES, DAYS, NUMBERS
from sync.model import Change, ChangeKind
from sync.units import is_percent

MOST_LINES = 12  # on the screen; the rest is counted
_ORDER = tuple(ChangeKind)


def show_value(name: str, text: str | None, locale: str, unit: str | None = None) -> str:
    """The canonical text of a field as a person of that locale writes it; a dash for nothing.

    `unit` is the KPI's, for a number that is counted in it.
    """
    if text is None:
        return "–"
    if name in NUMBERS:
        return show_number(float(text), locale, "%" if is_percent(unit) else None)
    if name in DAYS:
        return show_date(date.fromisoformat(text), locale)
    if name == "status":
        return vocabulary("status").label(text, language_of(locale))
    if name in CHOICES or name == "active":
        return vocabulary("answer" if name == "active" else name).label(text, language_of(locale))
    return _plan(text, locale) if name == "plan" else text


def change_json(change: Change) -> dict[str, Any]:
    """One change as `sync --json` carries it: values as canonical text, the day as an ISO date."""
    return {
        "kpi": change.kpi_id,
        "kind": change.kind.value,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "at": change.at.isoformat(),
    }


def change_lines(report: Mapping[str, Any], locale: str) -> Iterator[str]:
    """A line a change of the JSON report, changes of status first; at most MOST_LINES of them, the rest counted."""
    names = {kpi["id"]: kpi["name"] for kpi in report["kpis"]}
    changes = sorted(report.get("changes", ()), key=lambda change: _ORDER.index(ChangeKind(change["kind"])))
    for change in changes[:MOST_LINES]:
        yield _line(change, str(names.get(change["kpi"]) or change["old"] or change["kpi"]), locale)
    if len(changes) > MOST_LINES:
        yield say("ui", "more_fixes", locale, {"count": float(len(changes) - MOST_LINES)})


def _line(change: Mapping[str, Any], name: str, locale: str) -> str:
    kind = ChangeKind(change["kind"])
    if kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        return say("changes", f"line_{kind.value}", locale, {"name": name})
    values = {key: show_value(change["field"], change[key], locale) for key in ("old", "new")}
    column = tabs()["kpis"].column(change["field"]).heading[language_of(locale)]
    return say("changes", f"line_{kind.value}", locale, {"name": name, "column": column, **values})


def _plan(text: str, locale: str) -> str:
    if text == "season":
        return say("changes", "season", locale)
    points = (point.split(": ") for point in text.split("; "))
    return "; ".join(
        f"{show_date(date.fromisoformat(day), locale)}: {show_number(float(value), locale)}" for day, value in points
    )
