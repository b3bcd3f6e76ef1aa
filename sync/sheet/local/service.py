"""The Sheets methods: a request's parameters and body in, the answer's message out. No HTTP here."""

from typing import Any

from . import batch, masks, render, tags, values
from .body import read_message
from .context import Context
from .document import Json, Workbook
from .errors import ApiError, RequestError, invalid, not_found
from .kinds.sheets import check_locale, check_zone, new_tab, place_copy
from .library import Library, new_file_id, new_first_tab, new_workbook
from .limits import check_size
from .masks import Tree
from .ranges import Place, address, resolve

Query = dict[str, Any]


class Sheets:
    """`url` is the address that spreadsheetUrl begins with."""

    def __init__(self, library: Library, url: str = "https://docs.google.com") -> None:
        self.library, self.url = library, url

    # spreadsheets

    def create(self, query: Query, body: Any, user: str) -> Json:
        tree = masks.for_answer(query.get("fields"), "Spreadsheet")
        message = read_message("Spreadsheet", body)
        workbook = self._from_message(message, user)
        self.library.add(workbook, user)
        return render.spreadsheet(workbook, self.url, render.Wish(tree=tree))

    def _from_message(self, message: Json, user: str) -> Workbook:
        wanted = message.get("properties", {})
        workbook = new_workbook(new_file_id(), wanted.get("title") or "Untitled spreadsheet")
        try:
            if wanted.get("locale"):
                check_locale(wanted["locale"])
            if wanted.get("timeZone"):
                check_zone(wanted["timeZone"])
            for name in ("locale", "timeZone", "autoRecalc", "iterativeCalculationSettings"):
                if wanted.get(name):
                    workbook.props = workbook.props | {name: wanted[name]}
            self._add_tabs(workbook, message, user)
        except RequestError as trouble:
            raise invalid(str(trouble)) from None
        return workbook

    def _add_tabs(self, workbook: Workbook, message: Json, user: str) -> None:
        sheets = message.get("sheets", [])
        if not sheets:
            return
        context = self.library.context("", user)
        workbook.tabs = []
        follow: list[tuple[str, Json]] = []
        for place, sheet in enumerate(sheets):
            wanted = sheet.get("properties", {})
            if not workbook.tabs and "sheetId" not in wanted:
                wanted = {"sheetId": 0} | wanted if not wanted.get("title") else wanted
            tab = new_tab(workbook, wanted, context)
            workbook.tabs.append(tab)
            follow += _content_requests(tab.sheet_id, sheet, f"sheets[{place}]")
        check_size(workbook)
        follow += [
            (f"namedRanges[{place}]", {"addNamedRange": {"namedRange": item}})
            for place, item in enumerate(message.get("namedRanges", []))
        ]
        for where, request in follow:
            _apply_content(workbook, where, request, context)
        workbook.tabs = workbook.tabs or [new_first_tab()]

    def get(self, workbook_id: str, query: Query) -> Json:
        workbook = self.library.get(workbook_id)
        tree = masks.for_answer(query.get("fields"), "Spreadsheet")
        ranges = query.get("ranges", [])
        places = [resolve(workbook, text) for text in ranges] if ranges else None
        wish = render.Wish(places, bool(query.get("includeGridData")), tree, query.get("commentsViewMode", ""))
        return render.spreadsheet(workbook, self.url, wish)

    def batch_update(self, workbook_id: str, query: Query, body: Any, user: str) -> Json:
        message = read_message("BatchUpdateSpreadsheetRequest", body)
        tree = masks.for_answer(query.get("fields"), "BatchUpdateSpreadsheetResponse")
        context = self.library.context(workbook_id, user)

        def work(copy: Workbook) -> Json:
            replies = batch.apply(copy, message.get("requests", []), context)
            out: Json = {"spreadsheetId": workbook_id, "replies": replies}
            out |= batch.comment_state(message.get("requests", []))
            if message.get("includeSpreadsheetInResponse"):
                out["updatedSpreadsheet"] = self._after(copy, message, tree)
            return out

        _, outcome = self.library.change(workbook_id, work)
        picked: Json = masks.pick(outcome, tree)
        return picked

    def _after(self, workbook: Workbook, message: Json, tree: Tree | None) -> Json:
        ranges = message.get("responseRanges", [])
        places = [resolve(workbook, text) for text in ranges] if ranges else None
        inner = masks.below(tree, "updatedSpreadsheet") if masks.wants(tree, "updatedSpreadsheet") else None
        grid = bool(message.get("responseIncludeGridData"))
        return render.spreadsheet(
            workbook, self.url, render.Wish(places, grid, inner, message.get("commentsViewMode", ""))
        )

    def copy_to(self, workbook_id: str, sheet_id: int, body: Any, user: str) -> Json:
        message = read_message("CopySheetToAnotherSpreadsheetRequest", body)
        target = message.get("destinationSpreadsheetId", "")
        tab = self.library.get(workbook_id).tab_by_id(sheet_id)
        if tab is None:
            raise not_found()
        context = self.library.context(target, user)
        _, props = self.library.change(target, lambda copy: place_copy(copy, tab, context))
        return props

    # developer metadata

    def metadata_get(self, workbook_id: str, number: int) -> Json:
        for item in self.library.get(workbook_id).metadata:
            if item["metadataId"] == number:
                return item
        raise ApiError(404, f"No developer metadata with ID {number}.")

    def metadata_search(self, workbook_id: str, body: Any) -> Json:
        message = read_message("SearchDeveloperMetadataRequest", body)
        workbook = self.library.get(workbook_id)
        try:
            tags.check_filters(message.get("dataFilters", []))
        except RequestError as trouble:
            raise invalid(str(trouble)) from None
        out = []
        for item in workbook.metadata:
            found = [one for one in message.get("dataFilters", []) if tags.matches(workbook, item, one)]
            if found:
                out.append({"developerMetadata": item, "dataFilters": found})
        return {"matchedDeveloperMetadata": out} if out else {}

    # values

    def values_get(self, workbook_id: str, text: str, query: Query) -> Json:
        workbook = self.library.get(workbook_id)
        return values.Reader(query).message(workbook, resolve(workbook, text))

    def values_batch_get(self, workbook_id: str, query: Query) -> Json:
        workbook = self.library.get(workbook_id)
        reader = values.Reader(query)
        found = [reader.message(workbook, resolve(workbook, text)) for text in query.get("ranges", [])]
        return {"spreadsheetId": workbook_id} | ({"valueRanges": found} if found else {})

    def values_update(self, workbook_id: str, text: str, query: Query, body: Any) -> Json:
        message = read_message("ValueRange", body, "data")
        _same_range(text, message)

        def work(copy: Workbook) -> Json:
            writer = values.Writer(copy, query.get("valueInputOption", ""))
            written = writer.write(message | {"range": text}, "")
            return {"spreadsheetId": workbook_id} | written_message(copy, written, query, message)

        return self.library.change(workbook_id, work)[1]

    def values_batch_update(self, workbook_id: str, body: Any) -> Json:
        message = read_message("BatchUpdateValuesRequest", body)

        def work(copy: Workbook) -> Json:
            writer = values.Writer(copy, message.get("valueInputOption", ""))
            pairs = [(item, _write_one(writer, item, n)) for n, item in enumerate(message.get("data", []))]
            responses = [
                {"spreadsheetId": workbook_id} | written_message(copy, written, message, item)
                for item, written in pairs
            ]
            return totals(workbook_id, [written for _, written in pairs], responses)

        return self.library.change(workbook_id, work)[1]

    def values_append(self, workbook_id: str, text: str, query: Query, body: Any) -> Json:
        message = read_message("ValueRange", body, "data")
        _same_range(text, message)

        def work(copy: Workbook) -> Json:
            table, written = values.append(copy, text, message, query)
            updates = {"spreadsheetId": workbook_id} | written_message(copy, written, query, message)
            out: Json = {"spreadsheetId": workbook_id}
            return out | ({"tableRange": table} if table else {}) | {"updates": updates}

        return self.library.change(workbook_id, work)[1]

    def values_clear(self, workbook_id: str, text: str, body: Any) -> Json:
        read_message("ClearValuesRequest", body)
        cleared = self._clear(workbook_id, [text])
        return {"spreadsheetId": workbook_id, "clearedRange": cleared[0]}

    def values_batch_clear(self, workbook_id: str, body: Any) -> Json:
        message = read_message("BatchClearValuesRequest", body)
        cleared = self._clear(workbook_id, message.get("ranges", []))
        return {"spreadsheetId": workbook_id} | ({"clearedRanges": cleared} if cleared else {})

    def _clear(self, workbook_id: str, ranges: list[str]) -> list[str]:
        def work(copy: Workbook) -> list[str]:
            places = [resolve(copy, text) for text in ranges]
            for place in places:
                values.clear(place)
            return [address(place.tab, place.box) for place in places]

        return self.library.change(workbook_id, work)[1]


def written_message(workbook: Workbook, written: values.Written, options: Json, message: Json) -> Json:
    out = written.counters()
    if options.get("includeValuesInResponse"):
        reader = values.Reader.for_response(options, message.get("majorDimension", "ROWS"))
        out["updatedData"] = reader.message(workbook, Place(written.tab, written.box))
    return out


def totals(workbook_id: str, written: list[values.Written], responses: list[Json]) -> Json:
    sheets: dict[int, set[tuple[int, int]]] = {}
    for one in written:
        sheets.setdefault(one.tab.sheet_id, set()).update(one.touched)
    totals = {
        "totalUpdatedRows": sum(len({row for row, _ in spots}) for spots in sheets.values()),
        "totalUpdatedColumns": sum(len({column for _, column in spots}) for spots in sheets.values()),
        "totalUpdatedCells": sum(len(spots) for spots in sheets.values()),
        "totalUpdatedSheets": sum(1 for spots in sheets.values() if spots),
    }
    out: Json = {"spreadsheetId": workbook_id}
    out |= {name: number for name, number in totals.items() if number}
    return out | ({"responses": responses} if responses else {})


def _write_one(writer: values.Writer, item: Json, number: int) -> values.Written:
    """One ValueRange of several; what is wrong with it is told with its number."""
    try:
        return writer.write(item, "")
    except ApiError as trouble:
        raise invalid(f"Invalid data[{number}]{_tail(trouble.message)}") from None


def _tail(message: str) -> str:
    """A message that already speaks of a place within the item goes on from there."""
    inner = message.removeprefix("Invalid values")
    return f".values{inner}" if inner != message else f": {message}"


def _same_range(text: str, message: Json) -> None:
    """The body may repeat the path's range, and then it must be the same."""
    inside = message.get("range")
    if inside and inside != text and _bare(inside) != _bare(text):
        raise invalid(f"Requested writing within range [{text}], but body has range [{inside}]")


def _bare(text: str) -> str:
    return text.replace("'", "").replace("$", "").casefold()


def _apply_content(workbook: Workbook, where: str, request: Json, context: Context) -> None:
    """One piece of a created spreadsheet; what is wrong with it is told with its place in the body."""
    try:
        batch.apply(workbook, [request], context)
    except ApiError as trouble:
        inner = f"Invalid requests[0].{next(iter(request))}"
        raise invalid(trouble.message.replace(inner, f"Invalid {where}", 1)) from None


def _content_requests(sheet_id: int, sheet: Json, where: str) -> list[tuple[str, Json]]:
    """What a Sheet message of `create` holds beside its properties: its place in the body, the batch request."""
    out: list[tuple[str, Json]] = []
    for place, grid in enumerate(sheet.get("data", [])):
        start = {"sheetId": sheet_id, "rowIndex": grid.get("startRow", 0), "columnIndex": grid.get("startColumn", 0)}
        if grid.get("rowData"):
            update = {"start": start, "rows": grid["rowData"], "fields": "*"}
            out.append((f"{where}.data[{place}]", {"updateCells": update}))
    for place, item in enumerate(sheet.get("merges", [])):
        out.append((f"{where}.merges[{place}]", {"mergeCells": {"range": {**item, "sheetId": sheet_id}}}))
    for place, item in enumerate(sheet.get("conditionalFormats", [])):
        rule = {"rule": item, "index": place}
        out.append((f"{where}.conditionalFormats[{place}]", {"addConditionalFormatRule": rule}))
    for place, item in enumerate(sheet.get("protectedRanges", [])):
        out.append((f"{where}.protectedRanges[{place}]", {"addProtectedRange": {"protectedRange": item}}))
    if sheet.get("basicFilter"):
        out.append((f"{where}.basicFilter", {"setBasicFilter": {"filter": sheet["basicFilter"]}}))
    return out
