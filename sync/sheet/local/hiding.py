"""Rows that a basic filter hides."""

from .conditions import holds
from .document import Json, Tab, Workbook
from .formats import color_bytes
from .ranges import box_of
from .view import CellView


def hide_filtered(workbook: Workbook, tab: Tab) -> None:
    """Set or lift `hiddenByFilter` on every row, from the tab's basic filter."""
    hidden = _hidden_rows(workbook, tab)
    for row in set(tab.row_meta) | hidden:
        kept = {name: item for name, item in tab.row_meta.get(row, {}).items() if name != "hiddenByFilter"}
        if row in hidden:
            kept["hiddenByFilter"] = True
        tab.row_meta[row] = kept
        if not kept:
            del tab.row_meta[row]


def _hidden_rows(workbook: Workbook, tab: Tab) -> set[int]:
    criteria = (tab.basic_filter or {}).get("criteria")
    if not criteria or tab.basic_filter is None:
        return set()
    view = CellView(workbook, tab)
    box = box_of(tab, tab.basic_filter["range"])
    return {
        row
        for row in range(box.top + 1, min(box.bottom, max(len(tab.rows), 1)))
        if not all(_passes(view, row, int(column), item) for column, item in criteria.items())
    }


def _passes(view: CellView, row: int, column: int, criteria: Json) -> bool:
    cell = view.tab.cell(row, column)
    if (view.text(row, column, cell) or "") in criteria.get("hiddenValues", ()):
        return False
    shown = view.effective_format(row, column, cell) or {}
    wanted = criteria.get("visibleBackgroundColor")
    if wanted is not None and color_bytes(shown.get("backgroundColor", {})) != color_bytes(wanted):
        return False
    condition = criteria.get("condition")
    return condition is None or holds(condition, view, row, column)
