"""Rows of the Settings tab that a workbook lacks, of a later version or lost -> what puts them below the last. Pure."""

from collections.abc import Sequence

from sheet_templates.build import Request, rows_request
from sheet_templates.guide import settings_rows
from sheet_templates.layout import tabs, vocabulary
from sync.model import CellValue
from sync.sheet.tables import find_keys

Columns = Sequence[Sequence[CellValue]]


def missing_settings(
    columns: Columns, height: int, language: str, locale: str, timezone: str, service_url: str = ""
) -> tuple[list[Request], list[str]]:
    """The requests, and the rows' names; each with the value that a new workbook has. A row is known by its hidden key.

    `columns` are the Settings tab's, `height` is the number of its rows below the heading. Nothing where one of the
    template's columns is missing: where the others stand is not settled then.
    """
    tab, places = tabs()["settings"], _places(columns)
    if len(places) < len(tab.columns):
        return [], []
    have = {str(cell).strip() for cell in columns[places["key"]][1:]}
    missing = [row for row in settings_rows(language, locale, timezone, service_url) if row[0] not in have]
    if not missing:
        return [], []
    free = max(len(column) for column in columns) - 1
    short = free + len(missing) - height
    grown = {"sheetId": tab.id, "dimension": "ROWS", "length": short}
    requests: list[Request] = [{"appendDimension": grown}] if short > 0 else []
    for at, column in enumerate(tab.columns):
        requests.append(rows_request(tab, free, places[column.key], [[row[at]] for row in missing]))
    return requests, [row[1] for row in missing]


def chosen_language(columns: Columns) -> str | None:
    """The language that the Settings tab names, if it names one."""
    places = _places(columns)
    if "key" not in places or "value" not in places:
        return None
    keys, values = columns[places["key"]], columns[places["value"]]
    typed = {str(key).strip(): value for key, value in zip(keys, values, strict=False)}.get("language")
    return vocabulary("language").code(typed) if isinstance(typed, str) else None


def _places(columns: Columns) -> dict[str, int]:
    return find_keys("settings", (column[0] if column else None for column in columns))
