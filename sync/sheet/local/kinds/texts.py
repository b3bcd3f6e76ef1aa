"""What works on the texts in cells: find and replace, split, trim, de-duplicate, paste text."""

import re
from html.parser import HTMLParser

from ..context import RANDOM, Context
from ..document import EMPTY, Box, Cell, Formula, Json, Tab, Workbook
from ..errors import RequestError
from ..limits import check_growth
from ..locales import locale_of
from ..ranges import place_of, tab_of
from ..typed import read_typed
from ..view import CellView


def find_replace(workbook: Workbook, request: Json, _: Context) -> Json:
    if not request.get("find"):
        raise RequestError("find must not be empty.")
    form = _search_form(request)
    replacement = request.get("replacement", "")
    if request.get("searchByRegex"):
        replacement = re.sub(r"\$([0-9])", r"\\g<\1>", replacement.replace("\\", "\\\\"))
    else:
        replacement = replacement.replace("\\", "\\\\")
    counts = {"valuesChanged": 0, "formulasChanged": 0, "rowsChanged": 0, "sheetsChanged": 0, "occurrencesChanged": 0}
    for tab, box in _scope(workbook, request):
        _replace_on(workbook, tab, box, form, replacement, request, counts)
    return {name: number for name, number in counts.items() if number}


def _search_form(request: Json) -> re.Pattern[str]:
    text = request["find"] if request.get("searchByRegex") else re.escape(request["find"])
    if request.get("matchEntireCell"):
        text = rf"\A(?:{text})\Z"
    try:
        return re.compile(text, 0 if request.get("matchCase") else re.IGNORECASE)
    except re.error:
        raise RequestError(f"Invalid regular expression: {request['find']}") from None


def _scope(workbook: Workbook, request: Json) -> list[tuple[Tab, Box]]:
    if request.get("allSheets"):
        return [(tab, tab.whole()) for tab in workbook.tabs]
    if "range" in request:
        place = place_of(workbook, request["range"])
        return [(place.tab, place.box)]
    if "sheetId" in request:
        tab = tab_of(workbook, request["sheetId"])
        return [(tab, tab.whole())]
    raise RequestError("Must specify a range, a sheet or all sheets.")


def _replace_on(
    workbook: Workbook, tab: Tab, box: Box, form: re.Pattern[str], replacement: str, request: Json, counts: Json
) -> None:
    view, locale = CellView(workbook, tab), locale_of(workbook.locale)
    rows = set()
    for row, column, cell in list(tab.filled(box)):
        formula = isinstance(cell.value, Formula)
        if formula and not request.get("includeFormulas"):
            continue
        old = cell.value.text if isinstance(cell.value, Formula) else view.text(row, column, cell) or ""
        try:
            new, found = form.subn(replacement, old)
        except (re.error, IndexError):
            raise RequestError("Invalid replacement.") from None
        if not found:
            continue
        rows.add(row)
        counts["occurrencesChanged"] += found
        counts["formulasChanged" if formula else "valuesChanged"] += 1
        keeps_text = isinstance(cell.value, str) and not new.startswith("=")
        value = (new or None) if keeps_text else read_typed(new, locale).value
        tab.put(row, column, cell.with_value(value))
    counts["rowsChanged"] += len(rows)
    counts["sheetsChanged"] += bool(rows)


MARKS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


def text_to_columns(workbook: Workbook, request: Json, _: Context) -> None:
    tab, box = place_of(workbook, request.get("source", {}))
    if box.width != 1:
        raise RequestError("source must span exactly one column.")
    kind = request.get("delimiterType", "AUTODETECT")
    if kind == "CUSTOM" and not request.get("delimiter"):
        raise RequestError("A custom delimiter must be given.")
    texts = {row: cell.value for row, _, cell in tab.filled(box) if isinstance(cell.value, str)}
    mark = request["delimiter"] if kind == "CUSTOM" else MARKS.get(kind) or _detect(list(texts.values()))
    locale = locale_of(workbook.locale)
    for row, text in texts.items():
        parts = text.split(mark)
        for step, part in enumerate(parts):
            _type_in(tab, row, box.left + step, part.strip() if kind != "CUSTOM" else part, locale.code)


def _detect(texts: list[str]) -> str:
    counts = {mark: sum(text.count(mark) for text in texts) for mark in (",", ";", "\t", ".", " ")}
    return max(counts, key=lambda mark: counts[mark])


def _type_in(tab: Tab, row: int, column: int, text: str, code: str) -> None:
    """What typing this text into the cell does."""
    if column >= tab.column_count:
        tab.set_grid(columnCount=column + 1)
    if row >= tab.row_count:
        tab.set_grid(rowCount=row + 1)
    typed = read_typed(text, locale_of(code))
    old = tab.cell(row, column)
    cell = old.with_value(typed.value)
    if typed.number_format and not (old.format or {}).get("numberFormat"):
        cell.format = (old.format or {}) | {"numberFormat": typed.number_format}
    tab.put(row, column, cell)


def trim_whitespace(workbook: Workbook, request: Json, _: Context) -> Json:
    tab, box = place_of(workbook, request.get("range", {}))
    changed = 0
    for row, column, cell in list(tab.filled(box)):
        if isinstance(cell.value, str):
            new = " ".join(cell.value.split())
            if new != cell.value:
                changed += 1
                tab.put(row, column, cell.with_value(new or None))
    return {"cellsChangedCount": changed} if changed else {}


def delete_duplicates(workbook: Workbook, request: Json, _: Context) -> Json:
    tab, box = place_of(workbook, request.get("range", {}))
    columns = _compared(request, box)
    view = CellView(workbook, tab)
    seen: set[tuple[str, ...]] = set()
    kept: list[dict[int, Cell]] = []
    removed = 0
    for row in range(box.top, min(box.bottom, max(len(tab.rows), box.top))):
        key = tuple((view.text(row, column, tab.cell(row, column)) or "").casefold() for column in columns)
        if any(key) and key in seen:
            removed += 1
            continue
        seen.add(key)
        kept.append({column: tab.cell(row, column) for column in range(box.left, box.right)})
    if removed:
        _rewrite(tab, box, kept)
    return {"duplicatesRemovedCount": removed} if removed else {}


def _compared(request: Json, box: Box) -> list[int]:
    spans = request.get("comparisonColumns", [])
    if not spans:
        return list(range(box.left, box.right))
    out: list[int] = []
    for span in spans:
        start, end = span.get("startIndex", box.left), span.get("endIndex", box.right)
        if start < box.left or end > box.right:
            raise RequestError("comparisonColumns must be within the range.")
        out += range(start, end)
    return out


def _rewrite(tab: Tab, box: Box, rows: list[dict[int, Cell]]) -> None:
    for row in range(box.top, min(box.bottom, len(tab.rows))):
        cells = rows[row - box.top] if row - box.top < len(rows) else {}
        for column in range(box.left, box.right):
            tab.put(row, column, cells.get(column, EMPTY))


def paste_data(workbook: Workbook, request: Json, _: Context) -> None:
    start = request.get("coordinate", {})
    tab = tab_of(workbook, start.get("sheetId", 0))
    if request.get("html"):
        reader = _Table()
        reader.feed(request.get("data", ""))
        lines = reader.lines
    elif request.get("delimiter"):
        lines = [line.split(request["delimiter"]) for line in request.get("data", "").splitlines()]
    else:
        raise RequestError("Must specify a delimiter or html.")
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    if top < 0 or left < 0:
        raise RequestError("coordinate must not be negative.")
    width = max((len(line) for line in lines), default=0)
    check_growth(workbook, tab, max(tab.row_count, top + len(lines)), max(tab.column_count, left + width))
    for down, line in enumerate(lines):
        for right, text in enumerate(line):
            _type_in(tab, top + down, left + right, text, workbook.locale)


class _Table(HTMLParser):
    """The cells of an HTML table, or the text as one cell."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr" or not self.lines:
            self.lines.append([])
        if tag in ("td", "th"):
            self.lines[-1].append("")

    def handle_data(self, data: str) -> None:
        if not data.strip():
            return
        if not self.lines:
            self.lines.append([])
        if not self.lines[-1]:
            self.lines[-1].append("")
        self.lines[-1][-1] += data.strip()


def randomize_range(workbook: Workbook, request: Json, _: Context) -> None:
    tab, box = place_of(workbook, request.get("range", {}))
    rows = [
        {column: tab.cell(row, column) for column in range(box.left, box.right)}
        for row in range(box.top, min(box.bottom, len(tab.rows)))
    ]
    RANDOM.shuffle(rows)
    _rewrite(tab, box, rows)


KINDS = {
    "findReplace": find_replace,
    "textToColumns": text_to_columns,
    "trimWhitespace": trim_whitespace,
    "deleteDuplicates": delete_duplicates,
    "pasteData": paste_data,
    "randomizeRange": randomize_range,
}
