"""`spreadsheets.values`: reading ranges as plain values and writing them."""

from typing import Any

from .body import proto_text
from .document import Box, Formula, Json, Tab, Value, Workbook
from .errors import ApiError, invalid
from .locales import Locale, locale_of
from .ranges import Place, Span, address, beyond, clip, letters, locate, resolve
from .tables import table_around
from .typed import read_typed
from .view import DATE_TYPES, CellView

MAX_TEXT = 50_000


class Reader:
    """How values are wanted: majorDimension, render option, dates as serials or as text."""

    def __init__(self, options: Json, prefix: str = "") -> None:
        self.major = options.get("majorDimension", "DIMENSION_UNSPECIFIED")
        name = f"{prefix}alueRenderOption" if prefix else "valueRenderOption"
        self.render = options.get(name, "FORMATTED_VALUE")
        name = f"{prefix.removesuffix('V')}DateTimeRenderOption" if prefix else "dateTimeRenderOption"
        self.dates = options.get(name, "SERIAL_NUMBER")

    @classmethod
    def for_response(cls, options: Json, major: str) -> "Reader":
        return cls(
            {
                "majorDimension": major,
                "valueRenderOption": options.get("responseValueRenderOption", "FORMATTED_VALUE"),
                "dateTimeRenderOption": options.get("responseDateTimeRenderOption", "SERIAL_NUMBER"),
            }
        )

    def message(self, workbook: Workbook, place: Place) -> Json:
        """The ValueRange of a place."""
        view = CellView(workbook, place.tab)
        out: Json = {"range": address(place.tab, place.box), "majorDimension": self._major_word()}
        values = self.rows(view, place.box)
        if values:
            out["values"] = values
        return out

    def _major_word(self) -> str:
        return "COLUMNS" if self.major == "COLUMNS" else "ROWS"

    def rows(self, view: CellView, box: Box) -> list[list[Any]]:
        """Trimmed rows, or columns, of values."""
        read = self._one_for(view)
        if self.major == "COLUMNS":
            return self._columns(view, box, read)
        out = []
        rows = view.tab.rows
        spilled = self._spilled(view, box)
        for row in range(box.top, min(box.bottom, max(len(rows), max(spilled, default=-1) + 1))):
            cells = rows[row] if row < len(rows) else {}
            out.append(self._line(view, row, cells, spilled.get(row, ()), box, read))
        while out and not out[-1]:
            out.pop()
        return out

    def _line(self, view: CellView, row: int, cells: Any, extra: Any, box: Box, read: Any) -> list[Any]:
        line: list[Any] = []
        places = [c for c in cells if box.left <= c < box.right]
        if extra:
            places = list(set(places) | set(extra))
        if not places:
            return line
        tab = view.tab
        for column in range(box.left, max(places) + 1):
            cell = cells.get(column)
            if cell is None and not extra:
                line.append("")
            else:
                line.append(read(row, column, cell or tab.cell(row, column)))
        while line and line[-1] == "":
            line.pop()
        return line

    @staticmethod
    def _spilled(view: CellView, box: Box) -> dict[int, list[int]]:
        out: dict[int, list[int]] = {}
        for row, column in view.results:
            if box.holds(row, column):
                out.setdefault(row, []).append(column)
        return out

    def _columns(self, view: CellView, box: Box, read: Any) -> list[list[Any]]:
        columns: list[list[Any]] = [[] for _ in range(box.width)]
        rows = view.tab.rows
        spilled = self._spilled(view, box)
        left, right, top = box.left, box.right, box.top
        for row in range(top, min(box.bottom, max(len(rows), max(spilled, default=-1) + 1))):
            cells = rows[row] if row < len(rows) else {}
            items: Any = cells.items()
            if row in spilled:
                items = [(c, view.tab.cell(row, c)) for c in set(cells) | set(spilled[row])]
            for column, cell in items:
                if left <= column < right:
                    value = read(row, column, cell)
                    if value != "":
                        line = columns[column - left]
                        gap = row - top - len(line)
                        if gap:
                            line.extend([""] * gap)
                        line.append(value)
        while columns and not columns[-1]:
            columns.pop()
        return columns

    def _one_for(self, view: CellView) -> Any:
        if self.render == "UNFORMATTED_VALUE" and self.dates != "FORMATTED_STRING":
            return _unformatted(view)
        if self.render == "FORMATTED_VALUE":
            return lambda row, column, cell: view.text(row, column, cell) or ""
        return self._special(view)

    def _special(self, view: CellView) -> Any:
        formulas, texts = self.render == "FORMULA", self.dates == "FORMATTED_STRING"

        def read(row: int, column: int, cell: Any) -> Any:
            if formulas and type(cell.value) is Formula:
                return cell.value.text
            shape = view.number_format(row, column, cell)
            if texts and shape and shape.get("type") in DATE_TYPES:
                return view.text(row, column, cell) or ""
            value = view.unformatted(row, column, cell)
            return "" if value is None else value

        return read


def _unformatted(view: CellView) -> Any:
    """The quick way for tabs without formulas: the value itself."""
    results = view.results

    def plain(row: int, column: int, cell: Any) -> Any:
        value = cell.value
        return "" if value is None else value

    def computed(row: int, column: int, cell: Any) -> Any:
        value = view.unformatted(row, column, cell)
        return "" if value is None else value

    return computed if results else plain


class Writer:
    """Puts plain values into cells as RAW or USER_ENTERED."""

    def __init__(self, workbook: Workbook, option: str) -> None:
        if option not in ("RAW", "USER_ENTERED"):
            raise invalid("'valueInputOption' is required but not specified")
        self.workbook, self.typed = workbook, option == "USER_ENTERED"
        self.locale: Locale = locale_of(workbook.locale)

    def put(self, tab: Tab, row: int, column: int, given: Any) -> None:
        old = tab.cell(row, column)
        if self.typed and isinstance(given, str):
            typed = read_typed(given, self.locale)
            if len(given) > MAX_TEXT:
                raise _too_long()
            text_cell = (old.format or {}).get("numberFormat", {}).get("type") == "TEXT"
            value: Value = (given or None) if text_cell and not isinstance(typed.value, Formula) else typed.value
            cell = old.with_value(value)
            if typed.number_format and not (old.format or {}).get("numberFormat"):
                cell.format = (old.format or {}) | {"numberFormat": typed.number_format}
            tab.put(row, column, cell)
            return
        tab.put(row, column, old.with_value(self._raw(given)))

    @staticmethod
    def _raw(given: Any) -> Value:
        if isinstance(given, str):
            if len(given) > MAX_TEXT:
                raise _too_long()
            return given or None
        if isinstance(given, int | float) and not isinstance(given, bool):
            if not -1e308 < given < 1e308:
                raise invalid("A number is too large for a cell.")
            whole = float(given).is_integer() and abs(given) < 2**53
            return int(given) if whole else float(given)
        value: Value = given
        return value

    def write(self, message: Json, place: str) -> "Written":
        """Write a ValueRange. Raises ApiError; `place` is the field's path for messages."""
        text = message.get("range", "")
        tab, span = locate(self.workbook, text)
        box = clip(tab, span, text)
        rows = _as_rows(message, place)
        height, width = len(rows), max((len(row) for row in rows), default=0)
        _check_fits(tab, span, box, height, width)
        touched: set[tuple[int, int]] = set()
        for down, line in enumerate(rows):
            for right, given in enumerate(line):
                if given is not None:
                    self.put(tab, box.top + down, box.left + right, given)
                    touched.add((box.top + down, box.left + right))
        return Written(tab, box, height, width, touched)


class Written:
    """What one write touched, and how Google reports it."""

    def __init__(self, tab: Tab, box: Box, height: int, width: int, touched: set[tuple[int, int]]) -> None:
        self.tab, self.touched = tab, touched
        self.box = Box(box.top, box.top + max(height, 1), box.left, box.left + max(width, 1))

    def counters(self) -> Json:
        out = {
            "updatedRange": address(self.tab, self.box),
            "updatedRows": len({row for row, _ in self.touched}),
            "updatedColumns": len({column for _, column in self.touched}),
            "updatedCells": len(self.touched),
        }
        return {name: item for name, item in out.items() if item}


def _as_rows(message: Json, place: str) -> list[list[Any]]:
    values: list[list[Any]] = message.get("values", [])
    for down, line in enumerate(values):
        for right, item in enumerate(line):
            if isinstance(item, dict | list):
                raise invalid(f"Invalid {place}values[{down}][{right}]: {proto_text(item)}")
    if message.get("majorDimension") == "COLUMNS":
        height = max((len(line) for line in values), default=0)
        return [[line[row] if row < len(line) else None for line in values] for row in range(height)]
    return values


def _check_fits(tab: Tab, span: Span, box: Box, height: int, width: int) -> None:
    """Data may be smaller than the range but not larger; a lone cell is a corner, not a limit."""
    single = span.top is not None and span.left is not None and box.height == 1 and box.width == 1
    if box.top + height > tab.row_count or box.left + width > tab.column_count:
        far = Span(box.top, box.top + max(height, 1), box.left, box.left + max(width, 1))
        if single or span.bottom is None or span.right is None:
            raise beyond(tab, far)
    if single:
        return
    where = address(tab, box)
    if height > box.height:
        raise invalid(f"Requested writing within range [{where}], but tried writing to row [{box.bottom + 1}]")
    if width > box.width:
        raise invalid(f"Requested writing within range [{where}], but tried writing to column [{letters(box.right)}]")


def _too_long() -> ApiError:
    return invalid(f"Your input contains more than the maximum of {MAX_TEXT} characters in a single cell.")


def clear(place: Place) -> None:
    """Take the values away, and pivot tables by their anchor; formats, notes and validation stay."""
    for row, column, cell in list(place.tab.filled(place.box)):
        if cell.value is not None or (cell.extra and "pivotTable" in cell.extra):
            place.tab.put(row, column, cell.with_value(None))


def append(workbook: Workbook, text: str, message: Json, options: Json) -> tuple[str | None, Written]:
    """Write after the table found at the range. Gives the table's address (None when there is none)."""
    place = resolve(workbook, text)
    table = table_around(workbook, place)
    tab = place.tab
    top = table.bottom if table else place.box.top
    left = table.left if table else place.box.left
    rows = _as_rows(message, "")
    height, width = len(rows), max((len(row) for row in rows), default=0)
    if options.get("insertDataOption") == "INSERT_ROWS" and table and top < tab.row_count:
        from .kinds.dimensions import insert_places

        insert_places(workbook, tab, "ROWS", top, max(height, 1))
    tab.set_grid(rowCount=max(tab.row_count, top + height), columnCount=max(tab.column_count, left + width))
    writer = Writer(workbook, options.get("valueInputOption", ""))
    workbook.computed = None  # the search for the table computed what is about to change
    touched = set()
    for down, line in enumerate(rows):
        for right, given in enumerate(line):
            if given is not None:
                writer.put(tab, top + down, left + right, given)
                touched.add((top + down, left + right))
    written = Written(tab, Box(top, top + 1, left, left + 1), height, width, touched)
    return (address(tab, table) if table else None), written
