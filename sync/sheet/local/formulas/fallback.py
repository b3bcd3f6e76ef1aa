"""What our evaluator does not know, asked of ironcalc (an optional extra)."""

from typing import Any

from ..document import CellError, Formula, Result, Workbook
from .evaluate import ERRORS

Place = tuple[int, int, int]
KINDS = {**ERRORS, "#N/IMPL!": "NAME", "#SPILL!": "REF", "#CALC!": "VALUE", "#CIRC!": "REF"}


def compute_with_engine(workbook: Workbook, wanted: list[Place]) -> dict[Place, Result]:
    """Results for the wanted cells as far as the engine has them; nothing when it is not installed."""
    try:
        import ironcalc
    except ImportError:
        return {}
    try:
        model = _model(ironcalc, workbook)
    except ironcalc.WorkbookError:
        return {}
    places = {tab.sheet_id: place for place, tab in enumerate(workbook.tabs)}
    out: dict[Place, Result] = {}
    for place in wanted:
        value = _value(ironcalc, model, places[place[0]], place[1] + 1, place[2] + 1)
        if not (isinstance(value, CellError) and value.kind == "NAME"):
            out[place] = value
    return out


def _model(ironcalc: Any, workbook: Workbook) -> Any:
    """The workbook as the engine's model, evaluated. A formula that it refuses stays an empty cell."""
    model = ironcalc.create("workbook", "en", "UTC", "en")
    for place, tab in enumerate(workbook.tabs):
        if place:
            model.new_sheet()
        model.rename_sheet(place, tab.title)
    for place, tab in enumerate(workbook.tabs):
        for row, cells in enumerate(tab.rows, 1):
            for column, cell in cells.items():
                _put(ironcalc, model, (place, row, column + 1), cell.value)
    model.evaluate()
    return model


def _put(ironcalc: Any, model: Any, place: Place, value: Any) -> None:
    try:
        if isinstance(value, Formula):
            model.update_cell_with_formula(*place, value.text)
        elif isinstance(value, bool):
            model.update_cell_with_bool(*place, value)
        elif isinstance(value, int | float):
            model.update_cell_with_number(*place, float(value))
        elif isinstance(value, str):
            model.update_cell_with_text(*place, value)
    except ironcalc.WorkbookError:
        return


def _value(ironcalc: Any, model: Any, sheet: int, row: int, column: int) -> Result:
    if model.get_cell_type(sheet, row, column) == ironcalc.CellType.ErrorValue:
        text = model.get_formatted_cell_value(sheet, row, column)
        return CellError(KINDS.get(text, "ERROR"))
    value = model.get_cell_value(sheet, row, column)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    result: Result = value
    return result
