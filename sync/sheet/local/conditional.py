"""Conditional formats: what the rules lay over each cell of a box. The first rule that fits a cell wins."""

from itertools import pairwise

from .conditions import Condition
from .document import Box, Json
from .formats import color_bytes, color_of
from .ranges import box_of
from .view import CellView

Overlays = dict[tuple[int, int], Json]


def overlays(view: CellView, box: Box) -> Overlays:
    """(row, column) -> the partial CellFormat that a rule lays over it."""
    out: Overlays = {}
    for rule in view.tab.lists["conditionalFormats"]:
        boxes = [box_of(view.tab, grid) for grid in rule["ranges"]]
        if "booleanRule" in rule:
            _lay_boolean(view, box, boxes, rule["booleanRule"], out)
        else:
            _lay_gradient(view, box, boxes, rule["gradientRule"], out)
    return out


def _cut(a: Box, b: Box) -> Box:
    return Box(max(a.top, b.top), min(a.bottom, b.bottom), max(a.left, b.left), min(a.right, b.right))


def _lay_boolean(view: CellView, box: Box, boxes: list[Box], rule: Json, out: Overlays) -> None:
    """A formula is written for the top-left corner of the rule's ranges taken together."""
    if not boxes:
        return
    shown = {name: item for name, item in rule["format"].items() if item}
    if not shown:
        return
    top, left = min(item.top for item in boxes), min(item.left for item in boxes)
    test = Condition(rule["condition"], view, top, left)
    for area in boxes:
        part = _cut(area, box)
        for row in range(part.top, part.bottom):
            for column in range(part.left, part.right):
                if (row, column) in out:
                    continue
                value = view.result(row, column, view.tab.cell(row, column))
                if test.holds(row, column, value):
                    out[(row, column)] = shown


def _lay_gradient(view: CellView, box: Box, boxes: list[Box], rule: Json, out: Overlays) -> None:
    numbers = sorted(
        value
        for area in boxes
        for row, column, cell in view.tab.filled(area)
        if isinstance(value := view.result(row, column, cell), int | float) and not isinstance(value, bool)
    )
    if not numbers:
        return
    points = [
        (_limit(rule[name], numbers), color_bytes(rule[name].get("color", {})))
        for name in ("minpoint", "midpoint", "maxpoint")
        if name in rule
    ]
    for area in boxes:
        for row, column, cell in view.tab.filled(_cut(area, box)):
            value = view.result(row, column, cell)
            if isinstance(value, int | float) and not isinstance(value, bool) and (row, column) not in out:
                color = color_of(*_between(points, value))
                out[(row, column)] = {"backgroundColor": color, "backgroundColorStyle": {"rgbColor": color}}


def _limit(point: Json, numbers: list[float]) -> float:
    kind = point.get("type", "")
    if kind == "MIN":
        return numbers[0]
    if kind == "MAX":
        return numbers[-1]
    try:
        value = float(point.get("value", "0").rstrip("%").replace(",", "."))
    except ValueError:
        return numbers[0]
    if kind == "PERCENT":
        return numbers[0] + (numbers[-1] - numbers[0]) * value / 100
    if kind == "PERCENTILE":
        return numbers[min(len(numbers) - 1, max(0, round(value / 100 * (len(numbers) - 1))))]
    return value


def _between(points: list[tuple[float, tuple[int, int, int]]], value: float) -> tuple[int, int, int]:
    if value <= points[0][0]:
        return points[0][1]
    for (low, first), (high, last) in pairwise(points):
        if value <= high:
            share = (value - low) / (high - low) if high > low else 1
            red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, last, strict=True))
            return red, green, blue
    return points[-1][1]
