"""Developer metadata: where it may sit, and which of it a data filter finds."""

from .document import Box, Json, Workbook
from .errors import RequestError
from .ranges import box_of, resolve


def check_location(workbook: Workbook, where: Json) -> Json:
    """The location with its type. Raises RequestError where it makes no sense."""
    span = where.get("dimensionRange")
    if span is not None:
        return _dimension_location(workbook, span)
    if where.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "sheetId" in where:
        if workbook.tab_by_id(where["sheetId"]) is None:
            raise RequestError(f"No sheet with id: {where['sheetId']}")
        return {"locationType": "SHEET", "sheetId": where["sheetId"]}
    raise RequestError("Developer metadata must always have a location specified.")


def _dimension_location(workbook: Workbook, span: Json) -> Json:
    dimension = span.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension not in ("ROWS", "COLUMNS"):
        raise RequestError("No dimension specified")
    tab = workbook.tab_by_id(span.get("sheetId", 0))
    if tab is None:
        raise RequestError(f"No grid with id: {span.get('sheetId', 0)}")
    start = span.get("startIndex", 0)
    end = span.get("endIndex")
    if end is None or "startIndex" not in span:
        raise RequestError("DimensionRange must specify both a startIndex and an endIndex.")
    if end - start != 1:
        raise RequestError("DimensionRange must represent a single row or column.")
    count = tab.row_count if dimension == "ROWS" else tab.column_count
    if end > count:
        raise RequestError(f"range.endIndex[{end}] is after last {dimension[:-1].lower()} in grid[{count}]")
    kept: Json = {"sheetId": tab.sheet_id} if tab.sheet_id else {}
    kept |= {"dimension": dimension, "startIndex": start, "endIndex": end}
    return {"locationType": dimension[:-1], "dimensionRange": kept}


def shown(item: Json, where: Json) -> Json:
    """A DeveloperMetadata as it is kept and answered."""
    out: Json = {"metadataId": item["metadataId"], "metadataKey": item["metadataKey"]}
    if item.get("metadataValue"):
        out["metadataValue"] = item["metadataValue"]
    return out | {"location": where, "visibility": item["visibility"]}


def check_named(item: Json) -> None:
    """Raises RequestError for metadata without a key or a visibility."""
    if not item.get("metadataKey"):
        raise RequestError("Developer metadata must always have a key specified.")
    if item.get("visibility", "X_UNSPECIFIED").endswith("UNSPECIFIED"):
        raise RequestError("Developer metadata must always have visibility specified.")


def check_filters(filters: list[Json]) -> None:
    """Raises RequestError where there is none, or one asks what meets the whole spreadsheet."""
    if not filters:
        raise RequestError("At least one data filter must be specified.")
    for one in filters:
        lookup = one.get("developerMetadataLookup", {})
        whole = lookup.get("metadataLocation", {}).get("spreadsheet")
        if whole and lookup.get("locationMatchingStrategy") == "INTERSECTING_LOCATION":
            raise RequestError(
                "DeveloperMetadataLookup.spreadsheet is true, but locationMatchingStrategy was specified as "
                "INTERSECTING."
            )


def follow_sort(workbook: Workbook, sheet_id: int, first: int, order: list[int]) -> None:
    """A row's metadata goes where the row goes: the row that stood at order[n] now stands at `first` + n."""
    landed = {came_from: row for row, came_from in enumerate(order, first)}
    for place, item in enumerate(workbook.metadata):
        span = item["location"].get("dimensionRange")
        if not span or span.get("sheetId", 0) != sheet_id or span["dimension"] != "ROWS":
            continue
        row = landed.get(span.get("startIndex", 0), span.get("startIndex", 0))
        moved = span | {"startIndex": row, "endIndex": row + 1}
        workbook.metadata[place] = item | {"location": item["location"] | {"dimensionRange": moved}}


def matches(workbook: Workbook, item: Json, data_filter: Json) -> bool:
    """Does the data filter find this metadata? Raises ApiError for an A1 range that makes no sense."""
    if "developerMetadataLookup" in data_filter:
        return _fits_lookup(workbook, item, data_filter["developerMetadataLookup"])
    if "a1Range" in data_filter:
        place = resolve(workbook, data_filter["a1Range"])
        return _inside(workbook, item, place.tab.sheet_id, place.box)
    grid = data_filter.get("gridRange", {})
    tab = workbook.tab_by_id(grid.get("sheetId", 0))
    return tab is not None and _inside(workbook, item, tab.sheet_id, box_of(tab, grid))


def _inside(workbook: Workbook, item: Json, sheet_id: int, box: Box) -> bool:
    """Metadata on the rows, columns or tab that the range meets."""
    where = item["location"]
    if where["locationType"] == "SPREADSHEET":
        return False
    span = where.get("dimensionRange")
    if span is None:
        return bool(where.get("sheetId", 0) == sheet_id)
    if span.get("sheetId", 0) != sheet_id:
        return False
    low, high = (box.top, box.bottom) if span["dimension"] == "ROWS" else (box.left, box.right)
    return bool(low <= span.get("startIndex", 0) < high)


def _fits_lookup(workbook: Workbook, item: Json, lookup: Json) -> bool:
    for name in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        wanted = lookup.get(name)
        if wanted not in (None, "", 0) and not str(wanted).endswith("UNSPECIFIED") and item.get(name) != wanted:
            return False
    kind = lookup.get("locationType", "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED")
    if not kind.endswith("UNSPECIFIED") and item["location"]["locationType"] != kind:
        return False
    where = lookup.get("metadataLocation")
    return where is None or _meets(item["location"], where, lookup.get("locationMatchingStrategy", ""))


def _meets(own: Json, where: Json, strategy: str) -> bool:
    """INTERSECTING (the default) takes what lies on or within the location; EXACT only the location itself."""
    if strategy == "EXACT_LOCATION":
        return _same(own, where)
    if where.get("spreadsheet"):
        return bool(own["locationType"] == "SPREADSHEET")
    span = where.get("dimensionRange")
    own_span = own.get("dimensionRange")
    sheet_id = (span or where).get("sheetId", 0)
    own_id = (own_span or own).get("sheetId", 0)
    if own["locationType"] == "SPREADSHEET" or own_id != sheet_id:
        return False
    if span is None or own_span is None or own_span["dimension"] != span.get("dimension"):
        return True
    place = own_span.get("startIndex", 0)
    return bool(span.get("startIndex", 0) <= place < span.get("endIndex", place + 1))


def _same(own: Json, where: Json) -> bool:
    span, own_span = where.get("dimensionRange"), own.get("dimensionRange")
    if span is not None or own_span is not None:
        keys = ("dimension", "endIndex")
        return (
            span is not None
            and own_span is not None
            and all(span.get(key) == own_span.get(key) for key in keys)
            and all(span.get(key, 0) == own_span.get(key, 0) for key in ("sheetId", "startIndex"))
        )
    if where.get("spreadsheet"):
        return bool(own["locationType"] == "SPREADSHEET")
    return bool(own["locationType"] == "SHEET" and own.get("sheetId", 0) == where.get("sheetId", 0))
