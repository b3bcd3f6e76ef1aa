"""What an inserted, deleted or moved row or column does to everything that names a place.

A `Mover` maps a half-open span (start, end; None is open) to its new place, or to None when nothing is left.
"""

from .document import Json, Tab, Workbook
from .formulas.rewrite import rewrite_workbook
from .movers import FIELDS, Mover, landed, shift_grid
from .objects import shift_objects
from .pivots import shift_pivots

RANGE_LISTS = ("filterViews", "bandedRanges", "protectedRanges", "tables")


def shift_everything(workbook: Workbook, tab: Tab, dimension: str, mover: Mover) -> None:
    """Carry all that names a place on this tab along: ranges, rules, filters, names, metadata and formulas."""
    _shift_lists(tab, dimension, mover)
    sheet_id = tab.sheet_id
    workbook.named_ranges = [
        moved
        for item in workbook.named_ranges
        if (moved := _moved_if_here(item, sheet_id, dimension, mover)) is not None
    ]
    workbook.metadata = [
        moved for item in workbook.metadata if (moved := _shift_tag(item, sheet_id, dimension, mover)) is not None
    ]
    shift_objects(workbook, tab, dimension, mover)
    shift_pivots(workbook, sheet_id, dimension, mover)
    rewrite_workbook(workbook, tab, dimension, mover)


def _moved_if_here(item: Json, sheet_id: int, dimension: str, mover: Mover) -> Json | None:
    if item["range"].get("sheetId", 0) != sheet_id:
        return item
    grid = shift_grid(item["range"], dimension, mover)
    return None if grid is None else item | {"range": grid}


def _shift_lists(tab: Tab, dimension: str, mover: Mover) -> None:
    lists = tab.lists
    moved = (shift_grid(grid, dimension, mover) for grid in lists["merges"])
    lists["merges"] = [grid for grid in moved if grid is not None]
    for name in RANGE_LISTS:
        lists[name] = [kept for item in lists[name] if (kept := _shift_item(item, dimension, mover)) is not None]
    lists["conditionalFormats"] = [
        rule | {"ranges": ranges}
        for rule in lists["conditionalFormats"]
        if (ranges := shift_all(rule["ranges"], dimension, mover))
    ]
    lists["commentAnchors"] = [shift_anchor(item, dimension, mover) for item in lists["commentAnchors"]]
    key = "rowGroups" if dimension == "ROWS" else "columnGroups"
    lists[key] = [kept for group in lists[key] if (kept := _shift_group(group, mover)) is not None]
    if tab.basic_filter:
        tab.basic_filter = _shift_item(tab.basic_filter, dimension, mover)


def shift_anchor(item: Json, dimension: str, mover: Mover) -> Json:
    """A comment outlives its cell: its anchor shrinks to nothing where the cell was."""
    start, end = FIELDS[dimension]
    low, high = item["range"][start], item["range"][end]
    moved = mover((low, high)) if high > low else None
    place = landed(low, mover)
    low, high = moved if moved is not None else (place, place)
    return item | {"range": item["range"] | {start: low, end: high}}


def shift_all(grids: list[Json], dimension: str, mover: Mover) -> list[Json]:
    return [moved for grid in grids if (moved := shift_grid(grid, dimension, mover)) is not None]


def _shift_item(item: Json, dimension: str, mover: Mover) -> Json | None:
    if "range" not in item:
        return item
    grid = shift_grid(item["range"], dimension, mover)
    if grid is None:
        return None
    out = item | {"range": grid}
    if item.get("unprotectedRanges"):
        out["unprotectedRanges"] = shift_all(item["unprotectedRanges"], dimension, mover)
    return out


def _shift_group(group: Json, mover: Mover) -> Json | None:
    span = group["range"]
    moved = mover((span.get("startIndex", 0), span["endIndex"]))
    if moved is None:
        return None
    return group | {"range": span | {"startIndex": moved[0], "endIndex": moved[1]}}


def _shift_tag(item: Json, sheet_id: int, dimension: str, mover: Mover) -> Json | None:
    span = item["location"].get("dimensionRange")
    if not span or span.get("sheetId", 0) != sheet_id or span["dimension"] != dimension:
        return item
    moved = mover((span.get("startIndex", 0), span["endIndex"]))
    if moved is None:
        return None
    moved_span = span | {"startIndex": moved[0], "endIndex": moved[1]}
    return item | {"location": item["location"] | {"dimensionRange": moved_span}}
