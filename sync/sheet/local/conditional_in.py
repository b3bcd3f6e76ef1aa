"""Conditional formats of an xlsx sheet as our rules."""

from collections.abc import Callable
from typing import Any

from .document import Json
from .formats import tidy, tidy_format
from .xlsx_out import COMPARED


def rules_of(sheet: Any, grid: Callable[[str], Json], look: Callable[..., Json]) -> list[Json]:
    """The rules in Excel's order of priority; kinds that we cannot say are left out."""
    found: list[tuple[int, Json]] = []
    for area in sheet.conditional_formatting:
        ranges = [grid(part) for part in str(area.sqref).split()]
        for rule in area.rules:
            made = _rule(rule, look)
            if made is not None:
                found.append((rule.priority, {"ranges": ranges} | made))
    return [rule for _, rule in sorted(found, key=lambda pair: pair[0])]


def _rule(rule: Any, look: Callable[..., Json]) -> Json | None:
    if rule.type == "colorScale":
        return _scale(rule.colorScale)
    values = [str(formula) for formula in rule.formula]
    if rule.type == "expression":
        kind, values = "CUSTOM_FORMULA", [f"={values[0]}"]
    elif rule.type == "cellIs":
        kind = next((ours for ours, theirs in COMPARED.items() if theirs == rule.operator), "")
    else:
        return None
    shape = look(rule.dxf.font, rule.dxf.fill) if rule.dxf else {}
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {"booleanRule": {"condition": condition, "format": tidy_format(shape)}} if kind else None


KINDS = {"min": "MIN", "max": "MAX", "num": "NUMBER", "percent": "PERCENT", "percentile": "PERCENTILE"}


def _scale(scale: Any) -> Json:
    names = ("minpoint", "maxpoint") if len(scale.cfvo) == 2 else ("minpoint", "midpoint", "maxpoint")
    out: Json = {}
    for name, point, color in zip(names, scale.cfvo, scale.color, strict=True):
        text = str(color.rgb)[-6:]
        red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (0, 2, 4))
        made: Json = {"color": {"red": red, "green": green, "blue": blue}, "type": KINDS.get(point.type, "MIN")}
        if point.val is not None:
            made["value"] = f"{point.val:g}" if isinstance(point.val, float) else str(point.val)
        out[name] = made
    return {"gradientRule": tidy(out, "GradientRule")}
