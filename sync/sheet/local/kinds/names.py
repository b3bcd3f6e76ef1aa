"""Named ranges, protected ranges and developer metadata."""

import re

from .. import masks
from ..context import Context
from ..document import Json, Tab, Workbook
from ..errors import RequestError
from ..formulas.rewrite import rename_name
from ..ranges import canonical, parse_span, place_of
from ..tags import check_filters, check_location, check_named, matches, shown

NAME = re.compile(r"[A-Za-z_À-ɏ][A-Za-z0-9_.À-ɏ]{0,249}")


def _check_name(workbook: Workbook, name: str, own_id: str) -> None:
    bad = not NAME.fullmatch(name) or name.upper() in ("TRUE", "FALSE")
    if bad or parse_span(name) is not None:
        raise RequestError("The name given to this range is invalid.")
    for item in workbook.named_ranges:
        if item["name"].casefold() == name.casefold() and item["namedRangeId"] != own_id:
            raise RequestError(f"A named range with the name {name} already exists.")


def _kept_range(workbook: Workbook, grid: Json) -> Json:
    place_of(workbook, grid)
    return canonical(grid)


def add_named_range(workbook: Workbook, request: Json, context: Context) -> Json:
    wanted = request.get("namedRange", {})
    name_id = wanted.get("namedRangeId") or str(context.new_id())
    if any(item["namedRangeId"] == name_id for item in workbook.named_ranges):
        raise RequestError(f"A named range with the id {name_id} already exists.")
    _check_name(workbook, wanted.get("name", ""), name_id)
    item = {
        "namedRangeId": name_id,
        "name": wanted["name"],
        "range": _kept_range(workbook, wanted.get("range", {})),
    }
    workbook.named_ranges.append(item)
    return {"namedRange": item}


def _find_named(workbook: Workbook, name_id: str) -> int:
    for place, item in enumerate(workbook.named_ranges):
        if item["namedRangeId"] == name_id:
            return place
    raise RequestError(f"No named range with id: {name_id}")


def update_named_range(workbook: Workbook, request: Json, _: Context) -> None:
    wanted = request.get("namedRange", {})
    mask = masks.for_write(request.get("fields"), "NamedRange")
    place = _find_named(workbook, wanted.get("namedRangeId", ""))
    old = workbook.named_ranges[place]
    merged = masks.merge(old, wanted, {name: inner for name, inner in mask.items() if name != "namedRangeId"})
    _check_name(workbook, merged.get("name", ""), old["namedRangeId"])
    new = old | {"name": merged["name"], "range": _kept_range(workbook, merged.get("range", {}))}
    workbook.named_ranges[place] = new
    if new["name"] != old["name"]:
        rename_name(workbook, old["name"], new["name"])


def delete_named_range(workbook: Workbook, request: Json, _: Context) -> None:
    del workbook.named_ranges[_find_named(workbook, request.get("namedRangeId", ""))]


def _protected(workbook: Workbook, wanted: Json, range_id: int, owner: str) -> Json:
    """A ProtectedRange as it is kept: no false or empty fields, the owner among the editors."""
    out: Json = {"protectedRangeId": range_id, "range": canonical(wanted.get("range", {}))}
    if wanted.get("namedRangeId"):
        out["namedRangeId"] = wanted["namedRangeId"]
        named = workbook.named_ranges[_find_named(workbook, wanted["namedRangeId"])]
        out["range"] = named["range"]
    if wanted.get("description"):
        out["description"] = wanted["description"]
    if wanted.get("warningOnly"):
        out["warningOnly"] = True
    out["requestingUserCanEdit"] = True
    if wanted.get("unprotectedRanges"):
        out["unprotectedRanges"] = [canonical(grid) for grid in wanted["unprotectedRanges"]]
    if not wanted.get("warningOnly"):
        out["editors"] = _editors(wanted.get("editors", {}), owner)
    return out


def _echo(item: Json, wanted: Json) -> Json:
    """What the reply says: the editors as asked for, the owner not yet among them."""
    out = {name: value for name, value in item.items() if name != "editors"}
    if "editors" in wanted and not wanted.get("warningOnly"):
        out["editors"] = {name: value for name, value in wanted["editors"].items() if value}
    return out


def _editors(editors: Json, owner: str) -> Json:
    users = list(dict.fromkeys([*editors.get("users", []), owner]))
    out: Json = {"users": users}
    if editors.get("groups"):
        out["groups"] = editors["groups"]
    if editors.get("domainUsersCanEdit"):
        out["domainUsersCanEdit"] = True
    return out


def add_protected_range(workbook: Workbook, request: Json, context: Context) -> Json:
    wanted = request.get("protectedRange", {})
    tab = _tab_of_protected(workbook, wanted)
    range_id = wanted.get("protectedRangeId") or context.new_id()
    if any(item["protectedRangeId"] == range_id for other in workbook.tabs for item in other.lists["protectedRanges"]):
        raise RequestError(f"A protected range with id {range_id} already exists.")
    item = _protected(workbook, wanted, range_id, context.owner)
    _check_one_sheet_protection(workbook.tabs[tab], item)
    workbook.tabs[tab].lists["protectedRanges"].append(item)
    return {"protectedRange": _echo(item, wanted)}


def _check_one_sheet_protection(tab: Tab, item: Json) -> None:
    """Ranges may overlap, but a tab is protected as a whole only once."""
    if _covers_sheet(item) and any(_covers_sheet(other) for other in tab.lists["protectedRanges"]):
        raise RequestError(f'Sheet "{tab.title}" already has sheet protection.')


def _covers_sheet(item: Json) -> bool:
    return "namedRangeId" not in item and not set(item.get("range", {})) - {"sheetId"}


def _tab_of_protected(workbook: Workbook, wanted: Json) -> int:
    """Index of the tab; the range may be open or cover the whole tab."""
    grid = wanted.get("range")
    if grid is None and wanted.get("namedRangeId"):
        grid = workbook.named_ranges[_find_named(workbook, wanted["namedRangeId"])]["range"]
    if grid is None:
        raise RequestError("Must specify a range or a named range to protect.")
    return workbook.tabs.index(place_of(workbook, grid).tab)


def _find_protected(workbook: Workbook, range_id: int) -> tuple[int, int]:
    for index, tab in enumerate(workbook.tabs):
        for place, item in enumerate(tab.lists["protectedRanges"]):
            if item["protectedRangeId"] == range_id:
                return index, place
    raise RequestError(f"No protected range with id: {range_id}")


def update_protected_range(workbook: Workbook, request: Json, context: Context) -> None:
    wanted = request.get("protectedRange", {})
    mask = masks.for_write(request.get("fields"), "ProtectedRange")
    index, place = _find_protected(workbook, wanted.get("protectedRangeId", 0))
    old = workbook.tabs[index].lists["protectedRanges"].pop(place)
    merged = masks.merge(old, wanted, mask)
    item = _protected(workbook, merged, old["protectedRangeId"], context.owner)
    target = workbook.tabs[_tab_of_protected(workbook, item)]
    at = place if target is workbook.tabs[index] else len(target.lists["protectedRanges"])
    target.lists["protectedRanges"].insert(at, item)


def delete_protected_range(workbook: Workbook, request: Json, _: Context) -> None:
    index, place = _find_protected(workbook, request.get("protectedRangeId", 0))
    del workbook.tabs[index].lists["protectedRanges"][place]


def create_metadata(workbook: Workbook, request: Json, context: Context) -> Json:
    wanted = request.get("developerMetadata", {})
    check_named(wanted)
    number = wanted.get("metadataId")
    if number is None or number == 0:
        number = context.new_id()
    if number < 0:
        raise RequestError("The metadata id must be positive.")
    if any(item["metadataId"] == number for item in workbook.metadata):
        raise RequestError(f"Developer metadata with id {number} already exists.")
    item = shown(wanted | {"metadataId": number}, check_location(workbook, wanted.get("location", {})))
    workbook.metadata.append(item)
    return {"developerMetadata": item}


def update_metadata(workbook: Workbook, request: Json, _: Context) -> Json:
    mask = masks.for_write(request.get("fields"), "DeveloperMetadata")
    wanted = request.get("developerMetadata", {})
    filters = request.get("dataFilters", [])
    check_filters(filters)
    changed = []
    for place, item in enumerate(workbook.metadata):
        if not any(matches(workbook, item, one) for one in filters):
            continue
        merged = masks.merge(item, wanted, {name: inner for name, inner in mask.items() if name != "metadataId"})
        check_named(merged)
        new = shown(merged, check_location(workbook, merged.get("location", {})))
        workbook.metadata[place] = new
        changed.append(new)
    return {"developerMetadata": changed} if changed else {}


def delete_metadata(workbook: Workbook, request: Json, _: Context) -> Json:
    one = request.get("dataFilter", {})
    check_filters([one])
    gone = [item for item in workbook.metadata if matches(workbook, item, one)]
    workbook.metadata = [item for item in workbook.metadata if item not in gone]
    return {"deletedDeveloperMetadata": gone} if gone else {}


KINDS = {
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
    "createDeveloperMetadata": create_metadata,
    "updateDeveloperMetadata": update_metadata,
    "deleteDeveloperMetadata": delete_metadata,
}
