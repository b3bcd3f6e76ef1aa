"""Row and column groups: nested spans with a depth, collapsible."""

from .. import masks
from ..context import Context
from ..document import Json, Tab, Workbook
from ..errors import RequestError
from .dimensions import check_inside, span_of

MAX_DEPTH = 8


def _key(dimension: str) -> str:
    return "rowGroups" if dimension == "ROWS" else "columnGroups"


def _depths(groups: list[Json]) -> dict[int, int]:
    """How many groups lie over each place."""
    out: dict[int, int] = {}
    for group in groups:
        span = group["range"]
        for place in range(span.get("startIndex", 0), span["endIndex"]):
            out[place] = max(out.get(place, 0), group["depth"])
    return out


def _groups_of(tab: Tab, dimension: str, depths: dict[int, int], old: list[Json]) -> list[Json]:
    """Groups from depths: at every depth, the longest runs; a run that was collapsed stays so."""
    shut = {(g["range"].get("startIndex", 0), g["range"]["endIndex"], g["depth"]) for g in old if g.get("collapsed")}
    out = []
    for depth in range(1, max(depths.values(), default=0) + 1):
        for start, end in _runs(sorted(place for place, deep in depths.items() if deep >= depth)):
            group: Json = {"range": _span(tab, dimension, start, end), "depth": depth}
            if (start, end, depth) in shut:
                group["collapsed"] = True
            out.append(group)
    return sorted(out, key=lambda group: (group["range"].get("startIndex", 0), group["depth"]))


def _span(tab: Tab, dimension: str, start: int, end: int) -> Json:
    head: Json = {"sheetId": tab.sheet_id} if tab.sheet_id else {}
    return head | {"dimension": dimension, "startIndex": start, "endIndex": end}


def _runs(places: list[int]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for place in places:
        if out and out[-1][1] == place:
            out[-1] = (out[-1][0], place + 1)
        else:
            out.append((place, place + 1))
    return out


def add_group(workbook: Workbook, request: Json, _: Context) -> Json:
    tab, dimension, start, end = span_of(workbook, request.get("range", {}))
    check_inside(tab, dimension, start, end)
    tab.set_grid(**{"rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter": True})
    return _change(tab, dimension, start, end, 1)


def delete_group(workbook: Workbook, request: Json, _: Context) -> Json:
    tab, dimension, start, end = span_of(workbook, request.get("range", {}))
    check_inside(tab, dimension, start, end)
    depths = _depths(tab.lists[_key(dimension)])
    if not any(depths.get(place) for place in range(start, end)):
        raise RequestError(f"There is no group of {dimension.lower()} in this range.")
    return _change(tab, dimension, start, end, -1)


def _change(tab: Tab, dimension: str, start: int, end: int, step: int) -> Json:
    key = _key(dimension)
    old = tab.lists[key]
    depths = _depths(old)
    for place in range(start, end):
        depths[place] = max(0, depths.get(place, 0) + step)
    if max(depths.values(), default=0) > MAX_DEPTH:
        raise RequestError(f"A group cannot be deeper than {MAX_DEPTH}.")
    tab.lists[key] = _groups_of(tab, dimension, {p: d for p, d in depths.items() if d}, old)
    return {"dimensionGroups": tab.lists[key]} if tab.lists[key] else {}


def update_group(workbook: Workbook, request: Json, _: Context) -> None:
    wanted = request.get("dimensionGroup", {})
    mask = masks.for_write(request.get("fields"), "DimensionGroup")
    tab, dimension, start, end = span_of(workbook, wanted.get("range", {}))
    groups = tab.lists[_key(dimension)]
    for place, group in enumerate(groups):
        span = group["range"]
        same = (span.get("startIndex", 0), span["endIndex"], group["depth"]) == (start, end, wanted.get("depth", 0))
        if not same:
            continue
        if "collapsed" in mask:
            kept = {name: item for name, item in group.items() if name != "collapsed"}
            groups[place] = kept | ({"collapsed": True} if wanted.get("collapsed") else {})
            _hide(tab, dimension, start, end, bool(wanted.get("collapsed")))
        return
    raise RequestError("No dimension group with that range and depth.")


def _hide(tab: Tab, dimension: str, start: int, end: int, hidden: bool) -> None:
    meta = tab.row_meta if dimension == "ROWS" else tab.column_meta
    for place in range(start, end):
        kept = {name: item for name, item in meta.get(place, {}).items() if name != "hiddenByUser"}
        if hidden:
            kept["hiddenByUser"] = True
        meta[place] = kept
        if not kept:
            del meta[place]


KINDS = {
    "addDimensionGroup": add_group,
    "deleteDimensionGroup": delete_group,
    "updateDimensionGroup": update_group,
}
