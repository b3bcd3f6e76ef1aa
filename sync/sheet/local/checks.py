"""What can be kept: a condition with as many values as its type takes, a merge on one side of the frozen edge."""

from .document import Box, Json, Tab
from .errors import RequestError

NONE = ("BLANK", "NOT_BLANK", "TEXT_IS_EMAIL", "TEXT_IS_URL", "DATE_IS_VALID", "FILTER_EXPRESSION")
TWO = ("NUMBER_BETWEEN", "NUMBER_NOT_BETWEEN", "DATE_BETWEEN", "DATE_NOT_BETWEEN")
MANY = ("ONE_OF_LIST", "TEXT_NOT_EQ", "NUMBER_NOT_EQ", "DATE_NOT_EQ", "TEXT_EQ", "NUMBER_EQ", "DATE_EQ")


def check_condition(condition: Json, what: str) -> Json:
    """The condition in its kept form. Raises RequestError; `what` names the thing that needs it."""
    kind = condition.get("type", "CONDITION_TYPE_UNSPECIFIED")
    if kind == "CONDITION_TYPE_UNSPECIFIED":
        raise RequestError(f"{what} must have a condition.")
    values = condition.get("values", [])
    if kind in NONE:
        wanted, fits = "no values", not values
    elif kind in TWO:
        wanted, fits = "exactly two values", len(values) == 2
    elif kind in MANY:
        wanted, fits = "at least one value", bool(values)
    elif kind == "BOOLEAN":
        wanted, fits = "at most two values", len(values) <= 2
    else:
        wanted, fits = "exactly one value", len(values) == 1
    if not fits:
        raise RequestError(f"{kind} conditions must have {wanted}.")
    return {"type": kind} | ({"values": values} if values else {})


def check_merge(tab: Tab, box: Box) -> None:
    """Raises RequestError for a merge across the frozen edge or over a pivot table."""
    grid = tab.props["gridProperties"]
    for edge, low, high, word in (
        (grid.get("frozenRowCount", 0), box.top, box.bottom, "rows"),
        (grid.get("frozenColumnCount", 0), box.left, box.right, "columns"),
    ):
        if low < edge < high:
            raise RequestError(f"You can't merge frozen and non-frozen {word}.")
    if any(cell.extra and "pivotTable" in cell.extra for _, _, cell in tab.filled(box)):
        raise RequestError("You can't merge cells that are part of a pivot table.")


def check_spot(tab: Tab, spot: Json) -> tuple[int, int]:
    """(row, column) of a GridCoordinate. Raises RequestError outside of the grid."""
    row, column = spot.get("rowIndex", 0), spot.get("columnIndex", 0)
    if row < 0 or column < 0:
        raise RequestError("GridCoordinate indexes must be >= 0")
    if row >= tab.row_count:
        raise RequestError(f"GridCoordinate.rowIndex[{row}] is after last row in grid[{tab.row_count - 1}]")
    if column >= tab.column_count:
        raise RequestError(f"GridCoordinate.columnIndex[{column}] is after last column in grid[{tab.column_count - 1}]")
    return row, column
