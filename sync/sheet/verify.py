"""What a write's own answer says about where it landed, and what mends it: pure.

Between our read and our write a person may have sorted, inserted or deleted. Sheets has no conditional write, so the
write's answer brings back the headings, the ids and the `computed for` of every row; a row whose two keys differ, or a
heading that is not the one we meant, shows a write that hit something else. Everything is mended from the answer and
from the before-image of the read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheet_templates.build import typed
from sheet_templates.layout import tabs
from sync.model import CellValue, RowWrite, Table
from sync.sheet.tables import find_keys

Request = dict[str, Any]
OURS = tuple(column.key for column in tabs()["kpis"].ours)


@dataclass(frozen=True)
class Places:
    """Where a table stands on its grid."""

    sheet_id: int
    first_row: int  # of the heading
    columns: Mapping[str, int]  # key -> grid column

    @classmethod
    def of(cls, table: Table) -> "Places":
        """As it was read."""
        return cls(table.sheet_id, table.first_row, {key: table.position(key) for key in table.keys})


@dataclass(frozen=True)
class State:
    """What the answer brought back of the KPI tab: the headings by grid column, and two keys for each row below."""

    places: Places
    head: Mapping[int, CellValue]
    ids: tuple[CellValue, ...]
    computed: tuple[CellValue, ...]

    def keys(self) -> Iterable[tuple[CellValue, CellValue]]:
        """(id, computed for) of each row below the heading."""
        height = max(len(self.ids), len(self.computed))
        padded = [(*column, *[None] * (height - len(column))) for column in (self.ids, self.computed)]
        return zip(*padded, strict=True)


def read_state(answer: Mapping[str, Any], sheet_id: int) -> State:
    """The answer of a batchUpdate that asked back head, id and computed_for (in this order)."""
    sheets = answer["updatedSpreadsheet"]["sheets"]
    grids = [grid for sheet in sheets if sheet["properties"].get("sheetId", 0) == sheet_id for grid in sheet["data"]]
    head, ids, computed = grids
    first = head.get("startColumn", 0)
    cells = _row(head.get("rowData", [{}])[0]) if head.get("rowData") else ()
    keys = {key: first + place for key, place in find_keys("kpis", cells).items()}
    places = Places(sheet_id, head.get("startRow", 0), keys)
    return State(places, {first + place: cell for place, cell in enumerate(cells)}, _column(ids), _column(computed))


def write_requests(places: Places, rows: Sequence[RowWrite]) -> list[Request]:
    """updateCells for rows as they stand: runs of neighbouring rows, over each stretch of neighbouring columns."""
    requests = []
    for run in _runs(sorted(rows, key=lambda row: row.row)):
        keys = sorted((key for key in run[0].values if key in places.columns), key=lambda key: places.columns[key])
        for stretch in _stretches([(places.columns[key], key) for key in keys]):
            values = [[row.values[key] for _, key in stretch] for row in run]
            requests.append(_block(places, run[0].row, stretch[0][0], values))
    return requests


def repairs(before: Table, plan: Sequence[RowWrite], used: Places, now: State) -> list[Request]:
    """What mends the sheet after a write to the places `used`; empty when every row says what it should."""
    meant = {place: key for key, place in used.columns.items() if key in OURS}
    shifted = {place for place, key in meant.items() if now.places.columns.get(key) != place}
    fills = _restored_fills(before, plan, used, now)
    if shifted:
        return fills + _restored_columns(before, plan, shifted, now) + write_requests(now.places, _relocated(plan, now))
    return fills + write_requests(now.places, wrong_rows(before, plan, now))


def wrong_rows(before: Table, plan: Sequence[RowWrite], now: State) -> list[RowWrite]:
    """Rows whose `computed for` is not what their id asks for, with what they should say."""
    wanted = _wanted(before, plan)
    ids = _mended_ids(before, plan, now)
    seen = Counter(key for key in ids if key)
    wrong = []
    for place, (found, computed) in enumerate(now.keys()):
        key = ids[place] if place < len(ids) else None
        values: dict[str, CellValue] = {}
        if key and seen[key] > 1:
            values = {"computed_for": None} if computed else {}
        elif key != found:
            values = {**wanted(key), "id": key}
        elif not _same(computed, wanted(key)["computed_for"]):
            values = dict(wanted(key))
        if values:
            wrong.append(RowWrite("kpis", place, str(key or ""), values, tuple(values)))
    return wrong


def _wanted(before: Table, plan: Sequence[RowWrite]) -> Callable[[CellValue], Mapping[str, CellValue]]:
    """id -> what our columns of its row should say: as planned, else as they were, else nothing."""
    planned = {_carried(row): row.values for row in plan}
    images = {before.value("id", row): row for row in range(before.height)}

    def values(key: CellValue) -> Mapping[str, CellValue]:
        if key in planned:
            return {name: planned[str(key)].get(name) for name in OURS}
        image = images.get(key) if key else None
        return {name: None if image is None else before.value(name, image) for name in OURS}

    return values


def _mended_ids(before: Table, plan: Sequence[RowWrite], now: State) -> list[CellValue]:
    """The ids as they should stand: an id that we gave to a row which had moved away goes back to its owner.

    A given id is in the right place when its neighbours are the ones that it had; otherwise the one id that is lost
    since the read is the one that we wrote over. The row that we meant gets its id from the next sync.
    """
    ids = list(now.ids)
    old = [before.value("id", row) for row in range(before.height)]
    lost = [key for key in old if key and key not in set(ids)]
    for row in plan:
        given = row.values.get("id")
        place = ids.index(given) if given and given in ids else None
        if place is not None and len(lost) == 1 and _around(old, row.row) != _around(ids, place):
            ids[place] = lost.pop()
    return ids


def _around(ids: Sequence[CellValue], place: int) -> tuple[CellValue, CellValue]:
    before = ids[place - 1] if 0 < place <= len(ids) else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return before or None, after or None


def _restored_columns(before: Table, written: Sequence[RowWrite], shifted: set[int], now: State) -> list[Request]:
    """The before-image of the cells that we hit because somebody moved the columns meanwhile."""
    ours_now = {place for key, place in now.places.columns.items() if key in OURS}
    rows_before = {before.value("id", row): row for row in range(before.height)}
    requests = []
    for place in sorted(shifted - ours_now):
        column = _same_heading(before, now.head.get(place))
        for row in written:
            key = now.ids[row.row] if row.row < len(now.ids) else None
            old = rows_before.get(key)
            value = column[old + 1] if column and old is not None and old + 1 < len(column) else None
            requests.append(_block(now.places, row.row, place, [[value]]))
    return requests


def _restored_fills(before: Table, plan: Sequence[RowWrite], used: Places, now: State) -> list[Request]:
    """The before-image of a person's cell that we filled for a KPI which had moved away; that KPI is asked again."""
    images = {before.value("id", row): row for row in range(before.height)}
    requests = []
    for row in plan:
        found = now.ids[row.row] if row.row < len(now.ids) else None
        for key in [key for key in row.values if key not in OURS and key != "id"]:
            place, moved = used.columns[key], now.places.columns.get(key) != used.columns[key]
            if found != _carried(row) or moved:
                column = _same_heading(before, now.head.get(place))
                old = images.get(found)
                value = column[old + 1] if column and old is not None and old + 1 < len(column) else None
                requests.append(_block(now.places, row.row, place, [[value]]))
    return requests


def _same_heading(before: Table, heading: CellValue) -> tuple[CellValue, ...] | None:
    if heading in (None, ""):
        return None
    return next((column for column in before.columns if column and column[0] == heading), None)


def _relocated(plan: Sequence[RowWrite], now: State) -> list[RowWrite]:
    places = {key: row for row, key in enumerate(now.ids)}
    return [
        RowWrite(row.tab, places[_carried(row)], row.key, row.values, row.changed)
        for row in plan
        if _carried(row) in places
    ]


def _carried(row: RowWrite) -> str:
    """The id that the row carries once it is written: its own, or the one that we give it."""
    return str(row.values.get("id") or row.key)


def _same(one: CellValue, other: CellValue) -> bool:
    return (one or None) == (other or None)


def _runs(rows: Sequence[RowWrite]) -> list[list[RowWrite]]:
    runs: list[list[RowWrite]] = []
    for row in rows:
        if runs and runs[-1][-1].row + 1 == row.row and runs[-1][-1].values.keys() == row.values.keys():
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _stretches(columns: Sequence[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    stretches: list[list[tuple[int, str]]] = []
    for column in columns:
        if stretches and stretches[-1][-1][0] + 1 == column[0]:
            stretches[-1].append(column)
        else:
            stretches.append([column])
    return stretches


def _block(places: Places, row: int, column: int, values: Sequence[Sequence[CellValue]]) -> Request:
    start = {"sheetId": places.sheet_id, "rowIndex": places.first_row + 1 + row, "columnIndex": column}
    rows = [{"values": [typed(value) for value in line]} for line in values]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def _column(grid: Mapping[str, Any]) -> tuple[CellValue, ...]:
    rows = [_row(row) for row in grid.get("rowData", ())]
    return tuple(row[0] if row else None for row in rows[1:])


def _row(row: Mapping[str, Any]) -> tuple[CellValue, ...]:
    return tuple(next(iter(cell.get("effectiveValue", {}).values()), None) for cell in row.get("values", ()))
