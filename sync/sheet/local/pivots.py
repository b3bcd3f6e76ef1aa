"""Pivot tables as a cell keeps them: checked like Google checks them, their ranges carried along, not computed."""

from .document import Cell, Json, Workbook
from .errors import RequestError
from .movers import Mover, shift_grid
from .ranges import canonical

# Conditions that only data validation takes.
NO_FILTERS = {"ONE_OF_LIST", "ONE_OF_RANGE", "BOOLEAN", "DATE_IS_VALID", "TEXT_IS_EMAIL", "TEXT_IS_URL"}


def kept_pivot(pivot: Json) -> Json:
    """The PivotTable as kept. Raises RequestError; a column beyond the source is taken, as Google takes it."""
    if "source" not in pivot and not pivot.get("dataSourceId"):
        raise RequestError("At least one source data must be specified")
    groups = pivot.get("rows", []) + pivot.get("columns", [])
    if any(group.get("sortOrder", "SORT_ORDER_UNSPECIFIED") == "SORT_ORDER_UNSPECIFIED" for group in groups):
        raise RequestError("No sort order specified.")
    for value in pivot.get("values", []):
        _check_value(value)
    for group in groups:
        _check_rule(group.get("groupRule", {}))
    out = dict(pivot) | _filters(pivot)
    if "source" in pivot:
        out["source"] = canonical(pivot["source"])
    return out


def _check_value(value: Json) -> None:
    kind = value.get("summarizeFunction", "UNSPECIFIED")
    if kind.endswith("UNSPECIFIED"):
        raise RequestError("No PivotValue.summarizeFunction specified.")
    if "formula" in value and kind not in ("SUM", "CUSTOM"):
        raise RequestError(
            f'Invalid summarizeFunction: {kind}. Only "CUSTOM" or "SUM" are valid if PivotValue.calculatedField is set.'
        )
    if "formula" not in value and kind == "CUSTOM":
        raise RequestError(
            '"CUSTOM" may not be used in PivotValue.summarizeFunction unless PivotValue.calculatedField is set.'
        )


def _check_rule(rule: Json) -> None:
    histogram = rule.get("histogramRule")
    if histogram is not None:
        if histogram.get("interval", 0) <= 0:
            raise RequestError("Histogram group rules require a positive value for interval.")
        if "start" in histogram and "end" in histogram and histogram["start"] >= histogram["end"]:
            raise RequestError("Start must be less than end.")
    for group in rule.get("manualRule", {}).get("groups", []):
        if "numberValue" in group.get("groupName", {}):
            raise RequestError("Found a manual group name of type number. Manual group names must be strings.")


def _filters(pivot: Json) -> Json:
    """criteria and filterSpecs say the same; both are answered."""
    criteria = pivot.get("criteria", {})
    if not all(column.isdigit() for column in criteria):
        raise RequestError("The keys of criteria must be column indexes.")
    specs = pivot.get("filterSpecs") or [
        {"columnOffsetIndex": int(column), "filterCriteria": item}
        for column, item in sorted(criteria.items(), key=lambda pair: int(pair[0]))
    ]
    if not specs:
        return {}
    for spec in specs:
        kind = spec.get("filterCriteria", {}).get("condition", {}).get("type")
        if kind in NO_FILTERS:
            raise RequestError(f"ConditionType '{kind}' is not supported in filters.")
    both = {str(spec.get("columnOffsetIndex", 0)): spec.get("filterCriteria", {}) for spec in specs}
    return {"filterSpecs": specs, "criteria": both}


def shift_pivots(workbook: Workbook, sheet_id: int, dimension: str, mover: Mover) -> None:
    """Carry the sources of pivot tables along; one whose source is gone goes too."""
    for tab in workbook.tabs:
        found = [
            (row, column, cell)
            for row, cells in enumerate(tab.rows)
            for column, cell in cells.items()
            if cell.extra and _reads(cell.extra.get("pivotTable", {}), sheet_id)
        ]
        for row, column, cell in found:
            tab.put(row, column, _carried(cell, dimension, mover))


def _reads(pivot: Json, sheet_id: int) -> bool:
    return bool("source" in pivot and pivot["source"].get("sheetId", 0) == sheet_id)


def _carried(cell: Cell, dimension: str, mover: Mover) -> Cell:
    extra = dict(cell.extra or {})
    pivot = extra.pop("pivotTable")
    source = shift_grid(pivot["source"], dimension, mover)
    if source is not None:
        extra["pivotTable"] = pivot | {"source": source}
    return Cell(cell.value, cell.format, cell.note, cell.rule, extra or None)
