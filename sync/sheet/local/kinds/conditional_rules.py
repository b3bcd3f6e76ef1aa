"""Conditional-format rules: add, update (in place or moved) and delete."""

import re

from .. import formats
from ..checks import check_condition
from ..context import Context
from ..document import Json, Tab, Workbook
from ..errors import RequestError
from ..locales import Locale, locale_of
from ..ranges import canonical, place_of, tab_of

NUMBER = re.compile(r"[+-]?\d*\.?\d+")


def _kept_rule(workbook: Workbook, rule: Json) -> tuple[Tab, Json]:
    """The rule as it is kept, and the tab that its ranges lie on."""
    ranges = rule.get("ranges", [])
    if not ranges:
        raise RequestError("A conditional format rule must have at least one range.")
    places = [place_of(workbook, grid) for grid in ranges]
    if any(place.tab is not places[0].tab for place in places):
        raise RequestError("All ranges of a conditional format rule must be on the same sheet.")
    out: Json = {"ranges": [canonical(grid) for grid in ranges]}
    if "booleanRule" in rule:
        out["booleanRule"] = _boolean(rule["booleanRule"])
    elif "gradientRule" in rule:
        out["gradientRule"] = _gradient(rule["gradientRule"], locale_of(workbook.locale))
    else:
        raise RequestError("A conditional format rule must have a boolean or a gradient rule.")
    return places[0].tab, out


def _boolean(rule: Json) -> Json:
    condition = check_condition(rule.get("condition", {}), "A boolean rule")
    return {"condition": condition, "format": formats.tidy_format(rule.get("format", {}))}


def _gradient(rule: Json, locale: Locale) -> Json:
    out = dict(rule)
    for name in ("minpoint", "midpoint", "maxpoint"):
        if name in rule or name != "midpoint":
            out[name] = _point(rule.get(name, {}), locale)
    return formats.tidy(out, "GradientRule")


def _point(point: Json, locale: Locale) -> Json:
    """A point of a colour scale as kept: the least and the greatest carry no value, the others must."""
    kind = point.get("type", "INTERPOLATION_POINT_TYPE_UNSPECIFIED")
    if kind == "INTERPOLATION_POINT_TYPE_UNSPECIFIED":
        raise RequestError("No interpolationPointType specified.")
    if kind in ("MIN", "MAX"):
        return {name: item for name, item in point.items() if name != "value"}
    value = point.get("value", "")
    if not value:
        raise RequestError("InterpolationPoint.value is required.")
    if NUMBER.fullmatch(value) and locale.decimal == "," and "." in value:
        raise RequestError(f"Invalid InterpolationPoint.value: {value}")
    return point


def _tab(workbook: Workbook, sheet_id: int) -> Tab:
    return tab_of(workbook, sheet_id)


def _at(tab: Tab, index: int) -> Json:
    rules = tab.lists["conditionalFormats"]
    if not 0 <= index < len(rules):
        raise RequestError(f"No conditional format on sheet: {tab.sheet_id} at index: {index}")
    return rules[index]


def add_rule(workbook: Workbook, request: Json, _: Context) -> None:
    tab, rule = _kept_rule(workbook, request.get("rule", {}))
    rules, index = tab.lists["conditionalFormats"], request.get("index", 0)
    if index < 0:
        raise RequestError(f"index[{index}] must not be negative.")
    rules.insert(min(index, len(rules)), rule)


def delete_rule(workbook: Workbook, request: Json, _: Context) -> Json:
    tab = _tab(workbook, request.get("sheetId", 0))
    index = request.get("index", 0)
    rule = _at(tab, index)
    del tab.lists["conditionalFormats"][index]
    return {"rule": rule}


def update_rule(workbook: Workbook, request: Json, _: Context) -> Json:
    index = request.get("index", 0)
    if "rule" in request:
        tab, rule = _kept_rule(workbook, request["rule"])
        old = _at(tab, index)
        tab.lists["conditionalFormats"][index] = rule
        return {"newRule": rule, "newIndex": index, "oldRule": old, "oldIndex": index}
    tab = _tab(workbook, request.get("sheetId", 0))
    rule = _at(tab, index)
    to = request.get("newIndex", 0)
    rules = tab.lists["conditionalFormats"]
    if not 0 <= to < len(rules):
        raise RequestError(f"newIndex[{to}] is out of bounds.")
    rules.insert(to, rules.pop(index))
    return {"newRule": rule, "newIndex": to, "oldIndex": index}


KINDS = {
    "addConditionalFormatRule": add_rule,
    "deleteConditionalFormatRule": delete_rule,
    "updateConditionalFormatRule": update_rule,
}
