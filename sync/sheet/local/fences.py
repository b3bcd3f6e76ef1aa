"""Protected ranges: a batch that changes a cell under a fence that keeps its caller out is refused whole."""

from .document import Cell, Json, Tab, Workbook
from .errors import invalid
from .ranges import box_of

REFUSAL = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if "
    "you need to edit."
)


def check_fences(old: Workbook, new: Workbook, user: str, owner: str) -> None:
    """Raises ApiError 400. The owner passes everywhere, and warnings stop nobody who comes by the API."""
    if user == owner:
        return
    for tab in old.tabs:
        shut = [item for item in tab.lists["protectedRanges"] if _keeps_out(item, user)]
        after = new.tab_by_id(tab.sheet_id)
        if shut and (after is None or any(_touched(tab, after, item) for item in shut)):
            raise invalid(REFUSAL)


def _keeps_out(item: Json, user: str) -> bool:
    return not item.get("warningOnly") and user not in item.get("editors", {}).get("users", [])


def _touched(old: Tab, new: Tab, item: Json) -> bool:
    """Does any cell under the fence differ, but for the places left open in it?"""
    box = box_of(old, item["range"])
    gaps = [box_of(old, grid) for grid in item.get("unprotectedRanges", [])]
    for row in range(box.top, min(box.bottom, max(len(old.rows), len(new.rows)))):
        before, after = _row(old, row), _row(new, row)
        if before is after:
            continue
        for column in (set(before) | set(after)) & set(range(box.left, box.right)):
            free = any(gap.holds(row, column) for gap in gaps)
            if not free and before.get(column) != after.get(column):
                return True
    return False


def _row(tab: Tab, row: int) -> dict[int, Cell]:
    return tab.rows[row] if row < len(tab.rows) else {}
