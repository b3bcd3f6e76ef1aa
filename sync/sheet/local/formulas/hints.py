"""The number format that a formula's result brings along when its cell has none: dates stay dates."""

from typing import Any

from ..document import Json
from .syntax import Binary, Call, Node, Reference, Unary

DATE = {"type": "DATE"}
DATE_TIME = {"type": "DATE_TIME"}
OF_FUNCTION: dict[str, Json] = {
    "TODAY": DATE,
    "DATE": DATE,
    "EDATE": DATE,
    "EOMONTH": DATE,
    "WORKDAY": DATE,
    "NOW": DATE_TIME,
    "TIME": {"type": "TIME"},
}
FIRST_ARGUMENT = {"SUM", "MAX", "MIN", "AVERAGE", "ROUND", "ABS", "IFERROR", "IFNA", "MEDIAN"}


def format_hint(node: Node, run: Any, place: tuple[int, int, int]) -> Json | None:
    """The hint for a whole formula; `run` tells what other cells show."""
    if isinstance(node, Call):
        if node.name in OF_FUNCTION:
            return OF_FUNCTION[node.name]
        if node.name in FIRST_ARGUMENT and node.args and node.args[0] is not None:
            return format_hint(node.args[0], run, place)
        if node.name == "IF" and len(node.args) > 1 and node.args[1] is not None:
            return format_hint(node.args[1], run, place)
        return None
    if isinstance(node, Reference):
        return _of_reference(node, run, place)
    if isinstance(node, Unary) and node.sign != "%":
        return format_hint(node.item, run, place)
    if isinstance(node, Binary) and node.sign in ("+", "-"):
        left, right = format_hint(node.left, run, place), format_hint(node.right, run, place)
        if node.sign == "-" and left and right and left["type"] == right["type"] == "DATE":
            return None
        return left or right
    if isinstance(node, Binary) and node.sign in ("*", "/"):
        left = format_hint(node.left, run, place)
        return left if left and left["type"] == "CURRENCY" else None
    return None


def _of_reference(node: Reference, run: Any, place: tuple[int, int, int]) -> Json | None:
    sheet_id = run.grid.sheet(node.sheet, place[0])
    if sheet_id is None or node.first.row is None or node.first.column is None:
        return None
    found: Json | None = run.number_format(sheet_id, node.first.row, node.first.column)
    return found
