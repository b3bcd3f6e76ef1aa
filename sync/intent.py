"""A write plan without addresses, and back: what is kept of a write before it goes out. Pure.

Between a crash and the next sync rows may have moved, so an intent names KPIs by id and values by column key; addresses
are found when it is sent. A row that has no id yet is known again by what the person wrote in it.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sheet_templates.layout import tabs
from sync.model import CellValue, RowWrite, Snapshot, Table, WritePlan
from sync.parse import PERSONS
from sync.plan import same_cell

OURS = frozenset(column.key for column in tabs()["kpis"].ours) | {"id"}

Row = Mapping[str, Any]


def intent_of(plan: WritePlan | Sequence[RowWrite], snapshot: Snapshot) -> tuple[Row, ...]:
    """The plan's rows as JSON can hold them: `tab`, `kpi` or `mark` or `line`, and `values` by column key."""
    rows = plan.rows if isinstance(plan, WritePlan) else plan
    return tuple({"tab": row.tab, **_name(row, snapshot), "values": dict(row.values)} for row in rows)


def located(intent: Sequence[Row], snapshot: Snapshot) -> WritePlan:
    """The plan that says in this snapshot what the intent says; rows that say it already are left out.

    A row that is gone, and an id that two rows carry now, are left out too: the sync that follows judges them anew.
    """
    places = _places(snapshot.tables["kpis"])
    found = (_located(row, snapshot, places) for row in intent)
    return WritePlan(tuple(row for row in found if row is not None and row.changed))


def _name(row: RowWrite, snapshot: Snapshot) -> Row:
    if row.tab != "kpis":
        return {"line": row.row}  # a tab of ours alone: its lines are written from the first one on
    return {"kpi": row.key} if row.key else {"mark": _mark(snapshot.tables["kpis"], row.row)}


def _mark(table: Table, row: int) -> str:
    """A short print of what the person wrote in a row."""
    written = json.dumps([table.value(key, row) for key in PERSONS], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:32]


def _places(table: Table) -> Mapping[tuple[str, CellValue], list[int]]:
    """("kpi", id) or, for rows without one, ("mark", print) -> the rows."""
    found: defaultdict[tuple[str, CellValue], list[int]] = defaultdict(list)
    for row in range(table.height):
        key = table.value("id", row)
        found[("kpi", str(key)) if key is not None else ("mark", _mark(table, row))].append(row)
    return found


def _located(row: Row, snapshot: Snapshot, places: Mapping[tuple[str, CellValue], list[int]]) -> RowWrite | None:
    table = snapshot.tables.get(row["tab"])
    if table is None:
        return None
    if "line" in row:
        return _write(table, row["line"], "", row["values"])
    given = row["values"].get("id")
    names = [("kpi", row["kpi"])] if "kpi" in row else [("kpi", given), ("mark", row["mark"])]
    candidates = next((places[name] for name in names if places.get(name)), [])
    if len(candidates) != 1:
        return None
    key = table.value("id", candidates[0])
    return _write(table, candidates[0], "" if key is None else str(key), row["values"])


def _write(table: Table, row: int, key: str, values: Mapping[str, CellValue]) -> RowWrite:
    kept = dict(_allowed(table, row, values))
    changed = tuple(name for name, value in kept.items() if not same_cell(value, table.value(name, row)))
    return RowWrite(table.tab, row, key, kept, changed)


def _allowed(table: Table, row: int, values: Mapping[str, CellValue]) -> Iterator[tuple[str, CellValue]]:
    """A person's cell that we were allowed to fill is filled only if it is still empty."""
    for name, value in values.items():
        if table.tab != "kpis" or name in OURS or table.value(name, row) is None:
            yield name, value
