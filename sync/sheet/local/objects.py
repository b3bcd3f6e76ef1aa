"""What floats over a tab, charts and slicers: where it may sit, and how it goes along with rows and columns."""

from typing import Any

from .document import Json, Tab, Workbook
from .errors import RequestError
from .movers import Mover, landed, shift_grid
from .ranges import canonical

CHARTS = {
    f"{kind}Chart"
    for kind in ("basic", "pie", "bubble", "candlestick", "histogram", "org", "treemap", "waterfall", "scorecard")
}
INDEX = {"ROWS": "rowIndex", "COLUMNS": "columnIndex"}


def check_chart(spec: Json) -> None:
    """Raises RequestError for a spec that shows nothing."""
    if not CHARTS & spec.keys():
        raise RequestError(
            "One of basicChart, pieChart, bubbleChart, candelstickChart, histogramChart, or orgChart must be set on "
            "chartSpec."
        )
    basic = spec.get("basicChart")
    if basic is not None and not basic.get("domains") and not basic.get("series"):
        raise RequestError("basicChart must have at least one domain or one series.")


def plain_ranges(value: Any) -> Any:
    """A copy of a spec whose ranges are in the form of answers."""
    if isinstance(value, list):
        return [plain_ranges(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _plain(name, item) for name, item in value.items()}


def _plain(name: str, item: Any) -> Any:
    if name == "sources":
        return [canonical(grid) for grid in item]
    return canonical(item) if name == "dataRange" else plain_ranges(item)


def shift_objects(workbook: Workbook, tab: Tab, dimension: str, mover: Mover) -> None:
    """Anchors on this tab and sources that lie on it; a series whose source is gone leaves its chart."""
    for name in ("charts", "slicers"):
        tab.lists[name] = [_anchored(item, dimension, mover) for item in tab.lists[name]]
    for other in workbook.tabs:
        for name in ("charts", "slicers"):
            other.lists[name] = [
                item | {"spec": _followed(item["spec"], tab.sheet_id, dimension, mover) or {}}
                for item in other.lists[name]
            ]


def _anchored(item: Json, dimension: str, mover: Mover) -> Json:
    overlay = item["position"].get("overlayPosition")
    if overlay is None:
        return item
    key, cell = INDEX[dimension], overlay.get("anchorCell", {})
    at = cell.get(key, 0)
    anchor = {name: value for name, value in (cell | {key: landed(at, mover)}).items() if value}
    return item | {"position": {"overlayPosition": overlay | {"anchorCell": anchor}}}


def _followed(value: Any, sheet_id: int, dimension: str, mover: Mover) -> Any:
    """The spec after the change; None for a part that has lost its only range."""
    if isinstance(value, list):
        kept = [_part(item, sheet_id, dimension, mover) for item in value]
        return [item for item in kept if item is not None]
    if not isinstance(value, dict):
        return value
    out: Json = {}
    for name, item in value.items():
        moved = _range(name, item, sheet_id, dimension, mover)
        if moved is not None:
            out[name] = moved
    return out if out or not value else None


def _part(item: Any, sheet_id: int, dimension: str, mover: Mover) -> Any:
    """One of a list: a domain or series that has lost its range is no longer one."""
    moved = _followed(item, sheet_id, dimension, mover)
    lost = (
        isinstance(item, dict)
        and moved is not None
        and ("series" in item or "domain" in item)
        and (moved.keys() & {"series", "domain"} != item.keys() & {"series", "domain"})
    )
    return None if lost else moved


def _range(name: str, item: Any, sheet_id: int, dimension: str, mover: Mover) -> Any:
    if name == "dataRange":
        return shift_grid(item, dimension, mover) if item.get("sheetId", 0) == sheet_id else item
    if name != "sources":
        return _followed(item, sheet_id, dimension, mover)
    moved = [shift_grid(grid, dimension, mover) if grid.get("sheetId", 0) == sheet_id else grid for grid in item]
    return [grid for grid in moved if grid is not None] or None
