"""The one write: a WritePlan goes out as one batchUpdate, and its own answer is compared row by row."""

from collections.abc import Sequence

from sheet_templates.build import Request, more_rows, part_name, show_tab
from sheet_templates.layout import tabs
from sync.model import ApplyResult, RowWrite, Snapshot, Table, WritePlan
from sync.sheet.google import SheetsClient
from sync.sheet.verify import Places, read_state, repairs, write_requests, wrong_rows

TRIES = 5
SPARE = 100  # rows, so that a growing tab is not made longer by every sync
BACK = tuple(part_name(tabs()["kpis"], part) for part in ("head", "id", "computed_for"))
FIELDS = "updatedSpreadsheet(sheets(properties(sheetId),data(startRow,startColumn,rowData(values(effectiveValue)))))"


def apply_plan(client: SheetsClient, snapshot: Snapshot, plan: WritePlan) -> ApplyResult:
    """Write, compare what came back, mend at once from what came back (at most `TRIES` writes). Raises WorkbookError.

    Every write is absolute, so a repetition after a lost answer does no harm.
    """
    before = snapshot.tables["kpis"]
    places = Places.of(before)
    written = tuple(row for row in plan.rows if row.tab == "kpis")
    changes = write_requests(places, written)
    for key in {row.tab for row in plan.rows} - {"kpis"}:
        rows = [row for row in plan.rows if row.tab == key]
        table = snapshot.tables[key]
        changes += _room(table, rows) + _shown(table) + write_requests(Places.of(table), rows)
    for tries in range(1, TRIES + 1):
        state = read_state(client.write(snapshot.workbook, changes, BACK, FIELDS), before.sheet_id)
        changes = repairs(before, written, places, state)
        if not changes:
            return ApplyResult(writes=tries, cells=plan.cells)
        places = state.places
    return ApplyResult(writes=TRIES, cells=plan.cells, unresolved=tuple(wrong_rows(before, written, state)))


def _room(table: Table, rows: Sequence[RowWrite]) -> list[Request]:
    """More rows for a tab of ours that has become too short; a write beyond the grid would be refused whole."""
    needed = table.first_row + 2 + max(row.row for row in rows)
    if table.grid_rows is None or needed <= table.grid_rows:
        return []
    return more_rows(tabs()[table.tab], Places.of(table).columns, table.grid_rows, needed + SPARE)


def _shown(table: Table) -> list[Request]:
    """A tab that was hidden because it was empty; once it has lines, hiding it is the person's choice."""
    if table.height or not tabs()[table.tab].shown_once_filled:
        return []
    return [show_tab(tabs()[table.tab])]
