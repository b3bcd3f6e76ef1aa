"""The one write: a WritePlan goes out as one batchUpdate, and its own answer is compared row by row."""

from sheet_templates.build import part_name
from sheet_templates.layout import tabs
from sync.model import ApplyResult, Snapshot, WritePlan
from sync.sheet.google import SheetsClient
from sync.sheet.verify import Places, read_state, repairs, write_requests, wrong_rows

TRIES = 5
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
        changes += write_requests(Places.of(snapshot.tables[key]), [row for row in plan.rows if row.tab == key])
    for tries in range(1, TRIES + 1):
        state = read_state(client.write(snapshot.workbook, changes, BACK, FIELDS), before.sheet_id)
        changes = repairs(before, written, places, state)
        if not changes:
            return ApplyResult(writes=tries, cells=plan.cells)
        places = state.places
    return ApplyResult(writes=TRIES, cells=plan.cells, unresolved=tuple(wrong_rows(before, written, state)))
