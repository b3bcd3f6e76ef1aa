"""The History tab: readings of now, such as followers, a line a day and thing measured, the oldest first. Pure.

The store is what counts; the tab shows its newest part. It is written with what a sync writes anyway, so it costs no
call, and from the same lines it becomes the same tab. When it is full whole days go, the oldest first and many
together, so that most syncs add one line.
"""

from dataclasses import replace
from datetime import date

from sync.dates_text import date_of, serial_of
from sync.model import CellValue, Snapshot, Table, WritePlan
from sync.numbers import rounded
from sync.plan import whole_tab
from sync.readings import Past

MOST, DROPPED = 2_000, 200  # lines

_Line = tuple[date, str]  # the day, and what was measured
_Lines = dict[_Line, dict[str, CellValue]]


def with_history(plan: WritePlan, snapshot: Snapshot, past: Past) -> WritePlan:
    """The plan, and the lines of the History tab that say something else than they should."""
    table = snapshot.tables.get("history")
    if table is None or not past or not {"date", "what", "value"} <= table.keys.keys():
        return plan
    lines = [values for _, values in _newest(_lines_of(table), past)]
    return replace(plan, rows=(*plan.rows, *(row for row in whole_tab(table, lines) if row.changed)))


def _lines_of(table: Table) -> _Lines:
    """What the tab says; a line without a day or a subject is none of ours."""
    found: _Lines = {}
    for row in range(table.height):
        values = {key: table.value(key, row) for key in table.keys}
        day, what = date_of(values["date"], "en").value, values["what"]
        if day is not None and isinstance(what, str):
            found[day, what] = values
    return found


def _newest(lines: _Lines, past: Past) -> list[tuple[_Line, dict[str, CellValue]]]:
    """The tab's lines and those of the store together, by day; without the oldest days when they are too many."""
    begun = min((day for day, _ in lines), default=date.max)
    for reading in past.readings():
        lines[reading.on, reading.subject] = {
            "date": serial_of(reading.on),
            "kpi": past.names.get(reading.subject),
            "value": rounded(reading.value),
            "what": reading.subject,
            "definition": reading.definition,
        }
    ordered = sorted(lines.items())
    as_begun = [line for line in ordered if line[0][0] >= begun]
    if MOST - DROPPED <= len(as_begun) <= MOST:
        return as_begun  # days that went are not brought back
    if len(ordered) <= MOST:
        return ordered
    begin = ordered[DROPPED - MOST][0][0]
    return [line for line in ordered if line[0][0] >= begin][-MOST:]
