"""The number format that a formula's result brings along when its cell has none: dates stay dates."""

from typing import Any

from ..document import Json
from .nodes import Binary, Call, Node, Reference, Unary

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
        return _of_call(node, run, place)
    if isinstance(node, Reference):
        return _of_reference(node, run, place)
    if isinstance(node, Unary) and node.sign != "%":
        return format_hint(node.item, run, place)
    return _of_operator(node, run, place) if isinstance(node, Binary) else None


def _of_call(node: Call, run: Any, place: tuple[int, int, int]) -> Json | None:
    if node.name in OF_FUNCTION:
        return OF_FUNCTION[node.name]
    at = 0 if node.name in FIRST_ARGUMENT else 1 if node.name == "IF" else -1
    inner = node.args[at] if 0 <= at < len(node.args) else None
    return None if inner is None else format_hint(inner, run, place)


def _of_operator(node: Binary, run: Any, place: tuple[int, int, int]) -> Json | None:
    """Money times a number is money; a day plus days is a day; a day minus a day is a number."""
    if node.sign not in ("+", "-", "*", "/"):
        return None
    left, right = format_hint(node.left, run, place), format_hint(node.right, run, place)
    if node.sign in ("*", "/"):
        return left if left and left["type"] == "CURRENCY" else None
    if node.sign == "-" and left and right and left["type"] == right["type"] == "DATE":
        return None
    return left or right


def _of_reference(node: Reference, run: Any, place: tuple[int, int, int]) -> Json | None:
    sheet_id = run.grid.sheet(node.sheet, place[0])
    if sheet_id is None or node.first.row is None or node.first.column is None:
        return None
    found: Json | None = run.number_format(sheet_id, node.first.row, node.first.column)
    return found
