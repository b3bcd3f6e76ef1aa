"""`semaforo init`: lays the template into a workbook, completes what is missing, overwrites nothing. Safe to repeat."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sheet_templates.build import (
    Request,
    add_tab,
    column_requests,
    insert_column,
    named_ranges,
    protections,
    rows_request,
    typed,
)
from sheet_templates.guide import guide_rows, settings_rows
from sheet_templates.layout import Tab, tabs
from sheet_templates.lights import light_rules
from sheet_templates.sample import SamplePlan, sample_plan
from sheet_templates.words import DEFAULT_LOCALES, LANGUAGES, language_of
from sync.catalogue_tab import fill_catalogue, rows_of_new_tab
from sync.dates_text import serial_of
from sync.model import CellValue
from sync.settings_rows import chosen_language, missing_settings
from sync.sheet.google import SheetsClient
from sync.sheet.tables import find_keys, quoted

LOOK = (
    "properties(locale,timeZone),namedRanges(name,namedRangeId),"
    "sheets(properties(sheetId,title,gridProperties),conditionalFormats,protectedRanges(protectedRangeId))"
)


@dataclass(frozen=True)
class Found:
    """What stands in the workbook before us: sheets by id, and the columns of the tabs that are the template's."""

    sheets: Mapping[int, Mapping[str, Any]]
    names: Mapping[str, str]  # named range -> its id
    columns: Mapping[str, Sequence[Sequence[CellValue]]]
    locale: str
    timezone: str
    new_id: Callable[[], str]

    def height(self, tab: Tab) -> int:
        """Rows of the grid below the heading; the template's own for a tab that is to be made."""
        grid = self.sheets.get(tab.id, {}).get("properties", {}).get("gridProperties", {})
        return int(grid.get("rowCount", tab.rows + 1)) - 1


@dataclass
class Laid:
    """What init did."""

    language: str
    tabs: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    sample: SamplePlan | None = None
    service_url: str = ""

    def __bool__(self) -> bool:
        return bool(self.tabs or self.columns or self.repaired or self.sample)


def lay_template(
    client: SheetsClient,
    workbook: str,
    *,
    new_id: Callable[[], str],
    language: str | None = None,
    sample_on: date | None = None,
    service_url: str = "",
) -> Laid:
    """Lay what is missing in one batchUpdate. `sample_on` adds the sample plan, dated around that day, to empty tabs.

    `service_url` goes into a new Settings tab, for the plugin. A workbook that names its language in Settings keeps it.
    Raises WorkbookError.
    """
    found = look_at(client, workbook, new_id)
    wished = language if language in LANGUAGES else language_of(found.locale)
    spoken = chosen_language(found.columns.get("settings", ())) or wished
    laid = Laid(spoken, service_url=service_url)
    requests: list[Request] = []
    for index, tab in enumerate(tabs().values()):
        requests += _tab_requests(tab, index, found, laid)
    if sample_on and not _has_rows(found, "kpis", "name") and not _has_rows(found, "kpis", "statement"):
        laid.sample = sample_plan(spoken, sample_on)
        requests += _sample_requests(laid.sample, found)
    if requests:
        client.write(workbook, requests)
    return laid


def look_at(client: SheetsClient, workbook: str, new_id: Callable[[], str]) -> Found:
    """What the workbook has of the template. Raises WorkbookError."""
    state = client.look(workbook, LOOK)
    sheets = {sheet["properties"].get("sheetId", 0): sheet for sheet in state.get("sheets", ())}
    known = [tab for tab in tabs().values() if tab.id in sheets]
    titles = [quoted(sheets[tab.id]["properties"]["title"]) for tab in known]
    answers = client.read(workbook, titles) if known else []
    return Found(
        sheets=sheets,
        names={name["name"]: name["namedRangeId"] for name in state.get("namedRanges", ())},
        columns={tab.key: answer.get("values", []) for tab, answer in zip(known, answers, strict=True)},
        locale=state["properties"].get("locale", "en_US"),
        timezone=state["properties"].get("timeZone", "Europe/Madrid"),
        new_id=new_id,
    )


def _tab_requests(tab: Tab, index: int, found: Found, laid: Laid) -> list[Request]:
    if tab.id not in found.sheets:
        laid.tabs.append(tab.title[laid.language])
        return _new_tab(tab, index, found, laid)
    requests, names, places = _missing_columns(tab, found, laid)
    requests += _catalogue_requests(tab, places, found, laid)
    rows = _settings_requests(found, laid) if tab.key == "settings" else []
    sheet = found.sheets[tab.id]
    rules = [] if sheet.get("conditionalFormats") else light_rules(tab)
    guards = [] if sheet.get("protectedRanges") else protections(tab, laid.language)
    ids = _id_requests(tab, found, laid)
    if names or rules or guards or ids or rows:
        laid.repaired.append(sheet["properties"]["title"])
    return requests + names + rules + guards + ids + rows


def _new_tab(tab: Tab, index: int, found: Found, laid: Laid) -> list[Request]:
    taken = {sheet["properties"]["title"] for sheet in found.sheets.values()}
    requests = [add_tab(tab, laid.language, index)]
    if tab.title[laid.language] in taken:
        requests[0]["addSheet"]["properties"]["title"] += " (Semáforo)"
    for position, column in enumerate(tab.columns):
        requests += column_requests(tab, column, position, laid.language)
    requests += named_ranges(tab) + protections(tab, laid.language) + light_rules(tab)
    rows = _own_rows(tab, found, laid)
    return requests + ([rows_request(tab, 0, 0, rows)] if rows else []) + _id_requests(tab, found, laid)


def _own_rows(tab: Tab, found: Found, laid: Laid) -> Sequence[Sequence[CellValue]]:
    if tab.key == "guide":
        return guide_rows(laid.language)
    if tab.key == "settings":
        return settings_rows(laid.language, _locale(found, laid), found.timezone, laid.service_url)
    return rows_of_new_tab(laid.language, _locale(found, laid)) if tab.key == "catalogue" else ()


def _locale(found: Found, laid: Laid) -> str:
    return found.locale if language_of(found.locale) == laid.language else DEFAULT_LOCALES[laid.language]


def _settings_requests(found: Found, laid: Laid) -> list[Request]:
    """Choices that came with a later version, below what is there."""
    tab = tabs()["settings"]
    choices = (laid.language, _locale(found, laid), found.timezone, laid.service_url)
    return missing_settings(found.columns[tab.key], found.height(tab), *choices)[0]


def _catalogue_requests(tab: Tab, places: Mapping[str, int], found: Found, laid: Laid) -> list[Request]:
    if tab.key != "catalogue":
        return []
    requests = fill_catalogue(found.columns[tab.key], places, laid.language, _locale(found, laid))
    if requests:
        laid.repaired.append(found.sheets[tab.id]["properties"]["title"])
    return requests


def _missing_columns(tab: Tab, found: Found, laid: Laid) -> tuple[list[Request], list[Request], Mapping[str, int]]:
    """Each missing column goes right of the one that the template has before it; then the named ranges that lack it,
    and where every column stands in the end.

    An insertion at a table's edge leaves the new column outside its range, and a range whose column was deleted is
    broken: after an insertion every range of the tab is set anew.
    """
    heads = [column[0] if column else None for column in found.columns[tab.key]]
    places = find_keys(tab.key, heads)
    requests: list[Request] = []
    position = -1
    for column in tab.columns:
        if column.key in places:
            position = places[column.key]
            continue
        position += 1
        places = {key: place + (place >= position) for key, place in places.items()} | {column.key: position}
        laid.columns.append(f"{tab.title[laid.language]}: {column.heading[laid.language]}")
        requests += [insert_column(tab, position), *column_requests(tab, column, position, laid.language)]
    names = named_ranges(tab, places)
    if not requests:
        return [], [request for request in names if _name(request) not in found.names], places
    return requests, [_set_anew(request, found) for request in names], places


def _set_anew(request: Request, found: Found) -> Request:
    named = request["addNamedRange"]["namedRange"]
    known = found.names.get(named["name"])
    if known is None:
        return request
    return {"updateNamedRange": {"namedRange": {**named, "namedRangeId": known}, "fields": "range"}}


def _id_requests(tab: Tab, found: Found, laid: Laid) -> list[Request]:
    """Ids for every row that has none, in advance: so a new KPI has one before anybody presses anything."""
    if tab.columns[0].key != "id":
        return []
    columns = found.columns.get(tab.key, ())
    places = find_keys(tab.key, (column[0] if column else None for column in columns))
    position = places.get("id", 0)
    there = columns[position][1:] if columns and "id" in places else ()
    blanks = [row for row in range(found.height(tab)) if row >= len(there) or there[row] in (None, "")]
    return [rows_request(tab, run[0], position, [[found.new_id()] for _ in run]) for run in runs(blanks)]


def _sample_requests(sample: SamplePlan, found: Found) -> list[Request]:
    """The sample's rows into the first rows of their tabs, and its own extra tabs."""
    filled = {
        "objectives": sample.objectives,
        "kpis": sample.kpis,
        "measurements": sample.measurements,
        "surveys": sample.surveys,
    }
    requests: list[Request] = []
    for key, rows in filled.items():
        for column, position in _positions(tabs()[key], found).items():
            if any(column in row for row in rows):
                cells = [[_cell(row.get(column))] for row in rows]
                requests.append(rows_request(tabs()[key], 0, position, cells))
    taken = {sheet["properties"]["title"] for sheet in found.sheets.values()}
    for number, (title, lines) in enumerate(sample.tabs.items(), 1):
        if title not in taken:
            requests += _sample_tab(title, 710100 + number, lines)
    return requests


def _sample_tab(title: str, sheet_id: int, lines: Sequence[Sequence[Any]]) -> list[Request]:
    grid = {"rowCount": len(lines) + 20, "columnCount": max(map(len, lines)) + 2, "frozenRowCount": 1}
    dates = {
        "range": {"sheetId": sheet_id, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1},
        "cell": {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "dd mmm yyyy"}}},
        "fields": "userEnteredFormat.numberFormat",
    }
    cells = [{"values": [typed(_cell(value)) for value in line]} for line in lines]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    return [
        {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, "gridProperties": grid}}},
        {"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}},
        {"repeatCell": dates},
    ]


def _positions(tab: Tab, found: Found) -> Mapping[str, int]:
    """Where the person's columns stand: as found, or as the template has them."""
    columns = found.columns.get(tab.key)
    if columns is None:
        return {column.key: place for place, column in enumerate(tab.columns)}
    return find_keys(tab.key, (column[0] if column else None for column in columns))


def _has_rows(found: Found, tab_key: str, column: str) -> bool:
    columns = found.columns.get(tab_key, ())
    place = find_keys(tab_key, (cells[0] if cells else None for cells in columns)).get(column)
    return place is not None and any(cell not in (None, "") for cell in columns[place][1:])


def _cell(value: Any) -> CellValue:
    return serial_of(value) if isinstance(value, date) else value


def _name(request: Request) -> str:
    return str(request["addNamedRange"]["namedRange"]["name"])


def runs(rows: Iterable[int]) -> list[list[int]]:
    """Neighbouring numbers together: 1, 2, 5 -> [1, 2], [5]."""
    found: list[list[int]] = []
    for row in rows:
        if found and found[-1][-1] + 1 == row:
            found[-1].append(row)
        else:
            found.append([row])
    return found
