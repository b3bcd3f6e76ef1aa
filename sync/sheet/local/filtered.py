"""The methods that name their places by data filter."""

from typing import Any

from . import masks, render, tags, values
from .body import read_message
from .document import Json, Workbook
from .errors import ApiError, RequestError, invalid
from .ranges import Place, address, box_of, check_indexes, clip, resolve, span_of
from .service import Query, Sheets, totals, written_message


class FilteredSheets(Sheets):
    """Everything that Sheets answers, and the ByDataFilter forms."""

    def _filtered(self, workbook: Workbook, one: Json, word: str = "grid") -> list[Place]:
        """The places that a data filter means; `word` is what a refusal calls a tab."""
        if "a1Range" in one:
            return [resolve(workbook, one["a1Range"])]
        if "gridRange" in one:
            return [_grid_place(workbook, one["gridRange"], word)]
        if "developerMetadataLookup" not in one:
            raise invalid("dataFilter.filter must be specified.")
        found = [item["location"] for item in workbook.metadata if tags.matches(workbook, item, one)]
        return [place for where in found for place in _location_place(workbook, where)]

    def get_by_filter(self, workbook_id: str, query: Query, body: Any) -> Json:
        message = read_message("GetSpreadsheetByDataFilterRequest", body)
        workbook = self.library.get(workbook_id)
        tree = masks.for_answer(query.get("fields"), "Spreadsheet")
        places = [place for one in message.get("dataFilters", []) for place in self._filtered(workbook, one, "sheet")]
        wish = render.Wish(
            places if message.get("dataFilters") else None,
            bool(message.get("includeGridData")),
            tree,
            message.get("commentsViewMode", ""),
        )
        return render.spreadsheet(workbook, self.url, wish)

    def values_batch_get_by_filter(self, workbook_id: str, body: Any) -> Json:
        message = read_message("BatchGetValuesByDataFilterRequest", body)
        workbook = self.library.get(workbook_id)
        reader = values.Reader(message)
        found: dict[tuple[int, ...], Json] = {}
        if not message.get("dataFilters"):
            raise invalid("Must specify at least one dataFilter.")
        for number, one in enumerate(message["dataFilters"]):
            for place in self._numbered(workbook, one, number):
                box = place.box
                key = (workbook.tabs.index(place.tab), box.left, box.top, box.right, box.bottom)
                if key in found:
                    found[key]["dataFilters"].append(one)
                else:
                    found[key] = {"valueRange": reader.message(workbook, place), "dataFilters": [one]}
        ranges = [found[key] for key in sorted(found)]  # by place, columns first, not as they were asked for
        return {"spreadsheetId": workbook_id} | ({"valueRanges": ranges} if ranges else {})

    def _numbered(self, workbook: Workbook, one: Json, number: int) -> list[Place]:
        """Like `_filtered`; what is wrong with the filter is told with its number."""
        try:
            return self._filtered(workbook, one)
        except ApiError as trouble:
            raise invalid(f"Invalid dataFilter[{number}]: {trouble.message}") from None

    def values_batch_update_by_filter(self, workbook_id: str, body: Any) -> Json:
        message = read_message("BatchUpdateValuesByDataFilterRequest", body)

        def work(copy: Workbook) -> Json:
            writer = values.Writer(copy, message.get("valueInputOption", ""))
            written: list[values.Written] = []
            responses: list[Json] = []
            for number, item in enumerate(message.get("data", [])):
                for place in self._filtered(copy, item.get("dataFilter", {})):
                    text = address(place.tab, place.box)
                    one = writer.write(item | {"range": text}, f"data[{number}].")
                    written.append(one)
                    responses.append(written_message(copy, one, message, item) | {"dataFilter": item["dataFilter"]})
            return totals(workbook_id, written, responses)

        return self.library.change(workbook_id, work)[1]

    def values_batch_clear_by_filter(self, workbook_id: str, body: Any) -> Json:
        message = read_message("BatchClearValuesByDataFilterRequest", body)
        workbook = self.library.get(workbook_id)
        places = [place for one in message.get("dataFilters", []) for place in self._filtered(workbook, one)]
        cleared = self._clear(workbook_id, [address(place.tab, place.box) for place in places])
        return {"spreadsheetId": workbook_id} | ({"clearedRanges": cleared} if cleared else {})


def _grid_place(workbook: Workbook, grid: Json, word: str) -> Place:
    tab = workbook.tab_by_id(grid.get("sheetId", 0))
    if tab is None:
        raise invalid(f"No {word} with id: {grid.get('sheetId', 0)}")
    try:
        check_indexes(grid)
    except RequestError as trouble:
        raise invalid(str(trouble)) from None
    return Place(tab, clip(tab, span_of(grid)))


def _location_place(workbook: Workbook, where: Json) -> list[Place]:
    if where["locationType"] == "SPREADSHEET":
        return [Place(tab, tab.whole()) for tab in workbook.tabs]
    span = where.get("dimensionRange")
    tab = workbook.tab_by_id((span or where).get("sheetId", 0))
    if tab is None:
        return []
    if span is None:
        return [Place(tab, tab.whole())]
    names = ("startRowIndex", "endRowIndex") if span["dimension"] == "ROWS" else ("startColumnIndex", "endColumnIndex")
    grid = {names[0]: span.get("startIndex", 0), names[1]: span["endIndex"]}
    return [Place(tab, box_of(tab, grid))]
