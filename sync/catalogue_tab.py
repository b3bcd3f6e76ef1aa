"""The Catalogue tab as `init` lays it: filled where it is empty, missing columns completed, else left alone."""

from collections.abc import Mapping, Sequence

from sheet_templates.build import Request, rows_request, show_tab
from sheet_templates.layout import fold, tabs
from sync.model import CellValue
from sync.sheet.tables import find_keys
from sync.sources.listed import Row, listed_rows

_TAB = "catalogue"


def rows_of_new_tab(language: str, locale: str) -> list[Row]:
    """Every row of a new tab, as many as it has room for."""
    return listed_rows(language, locale)[: tabs()[_TAB].rows]


def fill_catalogue(
    columns: Sequence[Sequence[CellValue]], places: Mapping[str, int], language: str, locale: str
) -> list[Request]:
    """The whole catalogue into a tab that was laid empty and hidden once; else the cells of the columns that it lacks.

    `columns` are the tab's as they stand, heading first; `places` says where each column stands once those that were
    missing are in.
    """
    there = {
        key: [str(cell or "") for cell in columns[place][1:]]
        for key, place in find_keys(_TAB, (column[0] if column else None for column in columns)).items()
    }
    rows = rows_of_new_tab(language, locale)
    if any(there.get("metric", ())):
        return _columns([key for key in places if key not in there], _beside(there, rows), places)
    return [show_tab(tabs()[_TAB]), *_columns(list(places), rows, places)]


def _beside(there: Mapping[str, Sequence[str]], rows: Sequence[Row]) -> list[Row]:
    """The catalogue's row for each row of the tab, whatever their order; an empty one for a row that isn't ours."""
    known = {(fold(row[0]), fold(row[1])): row for row in rows}
    nothing: Row = ("", "", "", "", "", "")
    pairs = zip(there.get("platform", ()), there["metric"], strict=False)
    return [known.get((fold(platform), fold(metric)), nothing) for platform, metric in pairs]


def _columns(keys: Sequence[str], rows: Sequence[Row], places: Mapping[str, int]) -> list[Request]:
    tab = tabs()[_TAB]
    cells = {key: [[row[tab.position(key)]] for row in rows] for key in keys}
    return [rows_request(tab, 0, places[key], lines) for key, lines in cells.items() if lines]
