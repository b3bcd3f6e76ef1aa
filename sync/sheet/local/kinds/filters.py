"""The basic filter and filter views."""

from typing import Any

from .. import formats, masks
from ..checks import check_condition
from ..context import Context
from ..document import Json, Tab, Workbook
from ..errors import RequestError
from ..hiding import hide_filtered
from ..ranges import box_of, canonical, grid_range, place_of


def _bounded(workbook: Workbook, grid: Json) -> tuple[Tab, Json]:
    """A filter's range; open ends become the grid's."""
    place = place_of(workbook, grid)
    return place.tab, grid_range(place.tab, box_of(place.tab, grid))


def _kept(item: Json, kind: str) -> Json:
    """criteria and filterSpecs say the same; both are answered."""
    out = formats.tidy(item, kind)
    if not all(column.isdigit() for column in out.get("criteria", {})):
        raise RequestError("The keys of criteria must be column indexes.")
    if out.get("filterSpecs"):
        out["criteria"] = {
            str(spec.get("columnIndex", 0)): spec.get("filterCriteria", {}) for spec in out["filterSpecs"]
        }
    for criteria in out.get("criteria", {}).values():
        if "condition" in criteria:
            check_condition(criteria["condition"], "A filter criterion")
    if out.get("criteria") and not out.get("filterSpecs"):
        out["filterSpecs"] = [
            {"columnIndex": int(column), "filterCriteria": criteria}
            for column, criteria in sorted(out["criteria"].items(), key=lambda pair: int(pair[0]))
        ]
    return {name: value for name, value in out.items() if value not in ({}, [], "")}


def set_basic_filter(workbook: Workbook, request: Json, _: Context) -> None:
    wanted = request.get("filter", {})
    tab, grid = _bounded(workbook, wanted.get("range", {}))
    tab.basic_filter = {"range": grid} | {
        name: value for name, value in _kept(wanted, "BasicFilter").items() if name != "range"
    }
    hide_filtered(workbook, tab)


def clear_basic_filter(workbook: Workbook, request: Json, _: Context) -> None:
    tab = workbook.tab_by_id(request.get("sheetId", 0))
    if tab is None:
        raise RequestError(f"No sheet with id: {request.get('sheetId', 0)}")
    tab.basic_filter = None
    hide_filtered(workbook, tab)


def add_filter_view(workbook: Workbook, request: Json, context: Context) -> Json:
    wanted = request.get("filter", {})
    grid = wanted.get("range")
    if grid is None and wanted.get("namedRangeId"):
        grid = _named_range(workbook, wanted["namedRangeId"])
    tab, bounded = _bounded(workbook, grid or {})
    view_id = wanted.get("filterViewId") or context.new_id()
    if _search(workbook, view_id) is not None:
        raise RequestError(f"A filter view with id {view_id} already exists.")
    title = wanted.get("title") or f"Filter {len(tab.lists['filterViews']) + 1}"
    view = {"filterViewId": view_id, "title": title, "range": bounded}
    view |= {name: value for name, value in _kept(wanted, "FilterView").items() if name not in view}
    tab.lists["filterViews"].append(view)
    return {"filter": view}


def _named_range(workbook: Workbook, name_id: str) -> Json:
    for item in workbook.named_ranges:
        if item["namedRangeId"] == name_id:
            found: Json = item["range"]
            return found
    raise RequestError(f"No named range with id: {name_id}")


def _search(workbook: Workbook, view_id: int) -> tuple[Tab, int] | None:
    for tab in workbook.tabs:
        for place, item in enumerate(tab.lists["filterViews"]):
            if item["filterViewId"] == view_id:
                return tab, place
    return None


def _find(workbook: Workbook, view_id: int) -> tuple[Tab, int]:
    found = _search(workbook, view_id)
    if found is None:
        raise RequestError(f"No filter view with id: {view_id}")
    return found


def update_filter_view(workbook: Workbook, request: Json, _: Context) -> None:
    wanted = request.get("filter", {})
    mask = masks.for_write(request.get("fields"), "FilterView")
    tab, place = _find(workbook, wanted.get("filterViewId", 0))
    old = tab.lists["filterViews"][place]
    wide: Any = dict(mask)
    if "criteria" in mask or "filterSpecs" in mask:
        wide |= {"criteria": {}, "filterSpecs": {}}
    merged = masks.merge(old, wanted, {name: inner for name, inner in wide.items() if name != "filterViewId"})
    merged["range"] = _bounded(workbook, merged.get("range", canonical(old["range"])))[1]
    tab.lists["filterViews"][place] = _kept(merged, "FilterView")


def delete_filter_view(workbook: Workbook, request: Json, _: Context) -> None:
    tab, place = _find(workbook, request.get("filterId", 0))
    del tab.lists["filterViews"][place]


def duplicate_filter_view(workbook: Workbook, request: Json, context: Context) -> Json:
    tab, place = _find(workbook, request.get("filterId", 0))
    old = tab.lists["filterViews"][place]
    view = old | {"filterViewId": context.new_id(), "title": f"Copy of {old['title']}"}
    tab.lists["filterViews"].append(view)
    return {"filter": view}


KINDS = {
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_filter_view,
    "updateFilterView": update_filter_view,
    "deleteFilterView": delete_filter_view,
    "duplicateFilterView": duplicate_filter_view,
}
