"""Banding, and the objects that float over a tab: charts and slicers (kept and returned, not drawn)."""

from typing import Any

from .. import formats, masks
from ..checks import check_spot
from ..context import Context
from ..document import Json, Tab, Workbook
from ..errors import RequestError
from ..objects import check_chart, plain_ranges
from ..ranges import box_of, grid_range, place_of
from .sheets import new_object_tab


def _search(workbook: Workbook, name: str, key: str, wanted: int) -> tuple[Tab, int] | None:
    for tab in workbook.tabs:
        for place, item in enumerate(tab.lists[name]):
            if item[key] == wanted:
                return tab, place
    return None


def _find(workbook: Workbook, name: str, key: str, wanted: int, word: str) -> tuple[Tab, int]:
    found = _search(workbook, name, key, wanted)
    if found is None:
        raise RequestError(f"No {word} with id: {wanted}")
    return found


def _banded(workbook: Workbook, wanted: Json, band_id: int) -> tuple[Tab, Json]:
    tab, box = place_of(workbook, wanted.get("range", {}))
    if not wanted.get("rowProperties") and not wanted.get("columnProperties"):
        raise RequestError("Must specify row properties or column properties.")
    out: Json = {"bandedRangeId": band_id, "range": grid_range(tab, box)}
    for name in ("rowProperties", "columnProperties"):
        if wanted.get(name):
            out[name] = formats.tidy(wanted[name], "BandingProperties")
    for other in tab.lists["bandedRanges"]:
        if other["bandedRangeId"] != band_id and box.meets(box_of(tab, other["range"])):
            raise RequestError(
                "You cannot add alternating background colors to a range that already has "
                "alternating background colors."
            )
    return tab, out


def add_banding(workbook: Workbook, request: Json, context: Context) -> Json:
    wanted = request.get("bandedRange", {})
    band_id = wanted.get("bandedRangeId") or context.new_id()
    if _search(workbook, "bandedRanges", "bandedRangeId", band_id):
        raise RequestError(f"A banded range with id {band_id} already exists.")
    tab, item = _banded(workbook, wanted, band_id)
    tab.lists["bandedRanges"].append(item)
    return {"bandedRange": item}


def update_banding(workbook: Workbook, request: Json, _: Context) -> None:
    wanted = request.get("bandedRange", {})
    mask = formats.with_twins(masks.for_write(request.get("fields"), "BandedRange"), "BandedRange")
    tab, place = _find(workbook, "bandedRanges", "bandedRangeId", wanted.get("bandedRangeId", 0), "banded range")
    old = tab.lists["bandedRanges"].pop(place)
    merged = masks.merge(old, formats.tidy(wanted, "BandedRange"), mask)
    target, item = _banded(workbook, merged, old["bandedRangeId"])
    target.lists["bandedRanges"].insert(place, item)


def delete_banding(workbook: Workbook, request: Json, _: Context) -> None:
    tab, place = _find(workbook, "bandedRanges", "bandedRangeId", request.get("bandedRangeId", 0), "banded range")
    del tab.lists["bandedRanges"][place]


def _position(workbook: Workbook, wanted: Json, context: Context) -> tuple[Tab, Json]:
    """The tab for an object and its position as kept; `newSheet` makes a tab for it."""
    if wanted.get("newSheet"):
        tab = new_object_tab(workbook, context)
        workbook.tabs.append(tab)
        return tab, {"sheetId": tab.sheet_id}
    if "sheetId" in wanted:
        tab = _tab(workbook, wanted["sheetId"])
        return tab, {"sheetId": tab.sheet_id}
    if "overlayPosition" not in wanted:
        raise RequestError(
            "One of EmbeddedObjectPosition.overlayPosition or EmbeddedObjectPosition.sheetId must be set"
        )
    overlay = wanted["overlayPosition"]
    anchor = overlay.get("anchorCell", {})
    tab = _tab(workbook, anchor.get("sheetId", 0)) if anchor else workbook.tabs[0]
    kept: Json = {"widthPixels": 600, "heightPixels": 371} | {
        name: item for name, item in overlay.items() if item not in (0, {})
    }
    check_spot(tab, anchor)
    if anchor:
        kept["anchorCell"] = {name: item for name, item in anchor.items() if item}
    return tab, {"overlayPosition": {"anchorCell": {}} | kept}


def _tab(workbook: Workbook, sheet_id: int) -> Tab:
    tab = workbook.tab_by_id(sheet_id)
    if tab is None:
        raise RequestError(f"No sheet with id: {sheet_id}")
    return tab


def add_chart(workbook: Workbook, request: Json, context: Context) -> Json:
    wanted = request.get("chart", {})
    check_chart(wanted.get("spec", {}))
    chart_id = wanted.get("chartId") or context.new_id()
    if _object(workbook, chart_id):
        raise RequestError(f"An object with id {chart_id} already exists.")
    tab, position = _position(workbook, wanted.get("position", {}), context)
    spec = plain_ranges(formats.tidy(wanted["spec"], "ChartSpec"))
    item: Json = {"chartId": chart_id, "spec": spec, "position": position}
    if wanted.get("border"):
        item["border"] = formats.tidy(wanted["border"], "EmbeddedObjectBorder")
    tab.lists["charts"].append(item)
    return {"chart": item}


def update_chart_spec(workbook: Workbook, request: Json, _: Context) -> None:
    tab, place = _find(workbook, "charts", "chartId", request.get("chartId", 0), "chart")
    check_chart(request.get("spec", {}))
    spec = plain_ranges(formats.tidy(request.get("spec", {}), "ChartSpec"))
    tab.lists["charts"][place] = tab.lists["charts"][place] | {"spec": spec}


def add_slicer(workbook: Workbook, request: Json, context: Context) -> Json:
    wanted = request.get("slicer", {})
    slicer_id = wanted.get("slicerId") or context.new_id()
    if _object(workbook, slicer_id):
        raise RequestError(f"An object with id {slicer_id} already exists.")
    tab, position = _position(workbook, wanted.get("position", {}), context)
    spec = plain_ranges(formats.tidy(wanted.get("spec", {}), "SlicerSpec"))
    item = {"slicerId": slicer_id, "spec": spec, "position": position}
    tab.lists["slicers"].append(item)
    return {"slicer": item}


def update_slicer_spec(workbook: Workbook, request: Json, _: Context) -> None:
    tab, place = _find(workbook, "slicers", "slicerId", request.get("slicerId", 0), "slicer")
    mask = formats.with_twins(masks.for_write(request.get("fields"), "SlicerSpec"), "SlicerSpec")
    old = tab.lists["slicers"][place]
    spec = plain_ranges(masks.merge(old["spec"], formats.tidy(request.get("spec", {}), "SlicerSpec"), mask))
    tab.lists["slicers"][place] = old | {"spec": spec}


def _object(workbook: Workbook, object_id: int) -> tuple[Tab, str, int] | None:
    for name, key in (("charts", "chartId"), ("slicers", "slicerId")):
        found = _search(workbook, name, key, object_id)
        if found:
            return found[0], name, found[1]
    return None


def _find_object(workbook: Workbook, object_id: int) -> tuple[Tab, str, int]:
    found = _object(workbook, object_id)
    if found is None:
        raise RequestError(f"No embedded object with id: {object_id}")
    return found


def delete_object(workbook: Workbook, request: Json, _: Context) -> None:
    tab, name, place = _find_object(workbook, request.get("objectId", 0))
    del tab.lists[name][place]


def update_position(workbook: Workbook, request: Json, context: Context) -> Json:
    tab, name, place = _find_object(workbook, request.get("objectId", 0))
    wanted = request.get("newPosition", {})
    item: Json = tab.lists[name][place]
    if "overlayPosition" in wanted and not wanted.get("newSheet"):
        mask: Any = masks.for_write(request.get("fields"), "OverlayPosition")
        merged = masks.merge(item["position"].get("overlayPosition"), wanted["overlayPosition"], mask)
        wanted = {"overlayPosition": merged}
    target, position = _position(workbook, wanted, context)
    del tab.lists[name][place]
    target.lists[name].insert(place if target is tab else len(target.lists[name]), item | {"position": position})
    return {"position": position}


def update_object_border(workbook: Workbook, request: Json, _: Context) -> None:
    tab, name, place = _find_object(workbook, request.get("objectId", 0))
    mask = formats.with_twins(masks.for_write(request.get("fields"), "EmbeddedObjectBorder"), "EmbeddedObjectBorder")
    wanted = formats.tidy(request.get("border", {}), "EmbeddedObjectBorder")
    item = tab.lists[name][place]
    tab.lists[name][place] = item | {"border": masks.merge(item.get("border"), wanted, mask)}


KINDS = {
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "addSlicer": add_slicer,
    "updateSlicerSpec": update_slicer_spec,
    "deleteEmbeddedObject": delete_object,
    "updateEmbeddedObjectPosition": update_position,
    "updateEmbeddedObjectBorder": update_object_border,
}
