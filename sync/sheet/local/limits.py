"""How large a workbook may become."""

from .document import Tab, Workbook
from .errors import RequestError

MAX_CELLS = 10_000_000
TOO_WIDE = "This action would increase the number of columns in the sheet above the limit of 18278 columns."


def check_growth(workbook: Workbook, tab: Tab, rows: int, columns: int) -> None:
    """May this tab become so large? To be asked before anything is made. Raises RequestError."""
    others = sum(other.row_count * other.column_count for other in workbook.tabs if other is not tab)
    _check_cells(others + rows * columns)
    if columns > 18_278:
        raise RequestError(TOO_WIDE)


def check_size(workbook: Workbook) -> None:
    """Ten million cells for a workbook. Raises RequestError."""
    _check_cells(sum(tab.row_count * tab.column_count for tab in workbook.tabs))


def _check_cells(cells: int) -> None:
    if cells > MAX_CELLS:
        raise RequestError(
            f"This action would increase the number of cells in the workbook above the limit of {MAX_CELLS} cells."
        )
