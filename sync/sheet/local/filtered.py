"""The methods that name their places by data filter."""

from typing import Any

from . import masks, render, tags, values
from .body import read_message
from .document import Json, Workbook
from .errors import invalid
from .ranges import Place, address, box_of, clip, resolve, span_of
from .service import Query, Sheets, totals, written_message


class FilteredSheets(Sheets):
    """Everything that Sheets answers, and the ByDataFilter forms."""

    def _filtered(self, workbook: Workbook, one: Json) -> list[Place]:
        """The places that a data filter means."""
        if "a1Range" in one:
            return [resolve(workbook, one["a1Range"])]
        if "gridRange" in one:
            tab = workbook.tab_by_id(one["gridRange"].get("sheetId", 0))
            if tab is None:
                raise invalid(f"No grid with id: {one['gridRange'].get('sheetId', 0)}")
            return [Place(tab, clip(tab, span_of(one["gridRange"])))]
        found = [item["location"] for item in workbook.metadata if tags.matches(workbook, item, one)]
        return [place for where in found for place in _location_place(workbook, where)]

    def get_by_filter(self, workbook_id: str, query: Query, body: Any) -> Json:
        message = read_message("GetSpreadsheetByDataFilterRequest", body)
        workbook = self.library.get(workbook_id)
        tree = masks.for_answer(query.get("fields"), "Spreadsheet")
        places = [place for one in message.get("dataFilters", []) for place in self._filtered(workbook, one)]
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
        found: dict[tuple[int, Any], Json] = {}
        for one in message.get("dataFilters", []):
            for place in self._filtered(workbook, one):
                key = (place.tab.sheet_id, place.box)
                if key in found:
                    found[key]["dataFilters"].append(one)
                else:
                    found[key] = {"valueRange": reader.message(workbook, place), "dataFilters": [one]}
        return {"spreadsheetId": workbook_id} | ({"valueRanges": list(found.values())} if found else {})

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
