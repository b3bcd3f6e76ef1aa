"""SPARKLINE: what a cell draws instead of showing a text. Its value is nothing, as in Google's sheets."""

from typing import Any

from .document import Cell, CellError, Formula, Json
from .formulas.engine import FUNCTIONS, BookGrid, results_of
from .formulas.evaluate import Evaluation
from .formulas.nodes import Call, Node, children
from .formulas.syntax import FormulaSyntaxError, parse
from .formulas.values import StopError, UnknownFunctionError
from .view import CellView


def spark_of(view: CellView, row: int, column: int, cell: Cell) -> Json | None:
    """{"values": [number or None…], "options": {name: value}} of a cell whose formula draws; None for all others."""
    if not isinstance(cell.value, Formula) or "SPARKLINE(" not in cell.value.text.upper():
        return None
    grid = BookGrid(view.workbook, results_of(view.workbook))
    try:
        call = _find(parse(cell.value.text, view.locale.decimal == ","))
        if call is None or not call.args:
            return None
        run = Evaluation(grid, FUNCTIONS, (view.tab.sheet_id, row, column))
        values = [_number(item) for item in run.flat(call.args[0])]
        options = {str(name): item for name, item, *_ in run.table(call.args[1])} if len(call.args) > 1 else {}
    except (FormulaSyntaxError, StopError, UnknownFunctionError, RecursionError, ValueError, TypeError):
        return None
    return {"values": values, "options": options} if any(item is not None for item in values) else None


def _find(node: Node) -> Call | None:
    if isinstance(node, Call) and node.name.upper() == "SPARKLINE":
        return node
    return next((found for child in children(node) if (found := _find(child))), None)


def _number(item: Any) -> float | int | None:
    if isinstance(item, bool | CellError) or not isinstance(item, int | float):
        return None
    return item
