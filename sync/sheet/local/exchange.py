"""Workbooks as files and back: CSV and TSV here, xlsx by openpyxl (an optional extra) in xlsx_out and xlsx_in."""

import csv
import io
from importlib.util import find_spec

from .document import Cell, Tab, Workbook
from .drive_query import DriveError
from .errors import RequestError
from .library import RANDOM, new_first_tab
from .limits import check_size
from .locales import locale_of
from .ranges import first_tab
from .typed import read_typed
from .view import CellView

CSV, TSV = "text/csv", "text/tab-separated-values"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORT_ZONE = "America/Los_Angeles"


def export(workbook: Workbook, kind: str) -> bytes:
    """The workbook in a media type; CSV and TSV hold the first tab. Raises DriveError for other types."""
    if kind in (CSV, TSV):
        return _separated(workbook, "," if kind == CSV else "\t")
    if kind == XLSX and find_spec("openpyxl"):
        from .xlsx_out import to_xlsx

        return to_xlsx(workbook)
    raise DriveError(400, "The requested conversion is not supported.", "badRequest", "convertTo")


def _separated(workbook: Workbook, mark: str) -> bytes:
    tab = first_tab(workbook)
    view = CellView(workbook, tab)
    lines = [
        [view.text(row, column, tab.cell(row, column)) or "" for column in range(_width(tab, view))]
        for row in range(_height(tab, view))
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(lines)
    return out.getvalue().removesuffix("\r\n").encode()


def _height(tab: Tab, view: CellView) -> int:
    rows = [row for row, _, cell in tab.filled(tab.whole()) if cell.value is not None]
    return max([*rows, *(row for row, _ in view.results)], default=-1) + 1


def _width(tab: Tab, view: CellView) -> int:
    columns = [column for _, column, cell in tab.filled(tab.whole()) if cell.value is not None]
    return max([*columns, *(column for _, column in view.results)], default=-1) + 1


def replace_content(workbook: Workbook, data: bytes, kind: str) -> None:
    """Put a file's content in place of all tabs, as an upload does. Raises DriveError for what cannot be read."""
    if kind.startswith(XLSX):
        if not find_spec("openpyxl"):
            raise DriveError(400, "The requested conversion is not supported.", "badRequest", "convertTo")
        from .xlsx_in import read_xlsx

        read_xlsx(workbook, data)
        return
    mark = "\t" if kind.startswith(TSV) else ","
    text = data.decode("utf-8-sig", "replace")
    try:
        workbook.tabs = [tab_of_lines(workbook, list(csv.reader(io.StringIO(text), delimiter=mark)))]
        check_size(workbook)
    except (csv.Error, RequestError) as trouble:
        raise DriveError(400, f"The file could not be converted: {trouble}", "badRequest") from None
    workbook.named_ranges, workbook.metadata = [], []
    workbook.props = workbook.props | {"timeZone": IMPORT_ZONE}


def tab_of_lines(workbook: Workbook, lines: list[list[str]]) -> Tab:
    """A tab of typed texts, named after the workbook."""
    tab = new_first_tab()
    tab.props = tab.props | {"sheetId": RANDOM.randrange(1, 2**31 - 1), "title": str(workbook.props["title"])[:100]}
    width = max((len(line) for line in lines), default=0)
    tab.set_grid(rowCount=max(1000, len(lines)), columnCount=max(26, width))
    locale = locale_of(workbook.locale)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            typed = read_typed(text, locale)
            shape = {"numberFormat": typed.number_format} if typed.number_format else None
            tab.put(row, column, Cell(typed.value, shape))
    return tab
