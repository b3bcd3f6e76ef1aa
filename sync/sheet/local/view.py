"""One cell as it appears: its effective value, its text and its effective format."""

from typing import Any

from . import patterns
from .document import Cell, CellError, Formula, Json, Plain, Result, Tab, Value, Workbook
from .formats import layered
from .formulas.engine import results_of
from .locales import Locale, locale_of

ERROR_TEXT = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}
DATE_TYPES = ("DATE", "TIME", "DATE_TIME")
DEFAULT_PATTERNS = {
    "PERCENT": "0.00%",
    "SCIENTIFIC": "0.00E+00",
    "NUMBER": "#,##0.00",
}


class CellView:
    """Everything that answers need to know of the cells of one tab."""

    def __init__(self, workbook: Workbook, tab: Tab) -> None:
        self.workbook = workbook
        self.tab = tab
        self.locale: Locale = locale_of(workbook.locale)
        found = results_of(workbook)
        self.results = found.values.get(tab.sheet_id, {})
        self.hints = found.formats.get(tab.sheet_id, {})
        self.default = workbook.props["defaultFormat"]
        self._formats: dict[tuple[int, str, int], Json] = {}
        self._kept: list[Json | None] = []

    def result(self, row: int, column: int, cell: Cell) -> Result:
        """The effective value."""
        if type(cell.value) is Formula or (self.results and (row, column) in self.results):
            return self.results.get((row, column))
        return cell.value  # type: ignore[return-value]  # a Formula was dealt with above

    def number_format(self, row: int, column: int, cell: Cell) -> Json | None:
        """The cell's own number format, or the one that its formula brings along."""
        own: Json | None = cell.format.get("numberFormat") if cell.format else None
        return own or self.hints.get((row, column))

    def text(self, row: int, column: int, cell: Cell) -> str | None:
        """The text in the cell; None for an empty one."""
        return formatted(self.result(row, column, cell), self.number_format(row, column, cell), self.locale)

    def unformatted(self, row: int, column: int, cell: Cell) -> Any:
        result = self.result(row, column, cell)
        return ERROR_TEXT[result.kind] if isinstance(result, CellError) else result

    def effective_format(self, row: int, column: int, cell: Cell, extra: Json | None = None) -> Json | None:
        """Default, then the cell's format, then conditional formats; None for a cell that keeps nothing."""
        result = self.result(row, column, cell)
        if result is None and not cell.format and not extra:
            return None
        side = alignment_of(result)
        key = (id(cell.format), side, id(extra))
        made = self._formats.get(key)
        if made is None or self.hints:
            made = self._make_format(row, column, cell, side)
            made = layered(made, extra)
            self._formats[key] = made
            self._kept += [cell.format, extra]
        return made

    def _make_format(self, row: int, column: int, cell: Cell, side: str) -> Json:
        base = dict(self.default)
        if side:
            base["horizontalAlignment"] = side
        base["hyperlinkDisplayType"] = "PLAIN_TEXT"
        number = self.number_format(row, column, cell)
        made = layered(base, cell.format)
        if number:
            pattern = pattern_of(number, self.locale)
            made = made | {"numberFormat": number | {"pattern": pattern} if pattern else number}
        return made


def alignment_of(result: Result) -> str:
    """Where a value stands when nobody has said: numbers right, booleans and errors centred, text left."""
    if result is None:
        return ""
    if isinstance(result, bool | CellError):
        return "CENTER"
    return "LEFT" if isinstance(result, str) else "RIGHT"


def pattern_of(number_format: Json | None, locale: Locale) -> str:
    """The pattern to use; a type without a pattern has the locale's default one."""
    if not number_format:
        return ""
    given = number_format.get("pattern")
    if given:
        return str(given)
    by_locale = {
        "CURRENCY": locale.currency_pattern,
        "DATE": locale.date_pattern,
        "TIME": locale.time_pattern,
        "DATE_TIME": locale.timestamp_pattern,
    }
    return (by_locale | DEFAULT_PATTERNS).get(number_format.get("type", ""), "")


def formatted(result: Result, number_format: Json | None, locale: Locale) -> str | None:
    """A result in its number format; None for nothing."""
    if result is None:
        return None
    if isinstance(result, CellError):
        return ERROR_TEXT[result.kind]
    if isinstance(result, bool):
        return locale.booleans[0] if result else locale.booleans[1]
    if number_format and number_format.get("type") == "TEXT" and not isinstance(result, str):
        return patterns.general(result, locale)
    pattern = pattern_of(number_format, locale)
    if isinstance(result, str):
        return patterns.show_text(result, pattern) if "@" in pattern else result
    return patterns.show_number(result, pattern, locale) if pattern else patterns.general(result, locale)


def extended(value: Value | CellError) -> Json | None:
    """An ExtendedValue message; None for nothing."""
    if value is None:
        return None
    if isinstance(value, str):
        return {"stringValue": value}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    return {"errorValue": {"type": value.kind} | ({"message": value.message} if value.message else {})}


def from_extended(message: Json | None) -> Value:
    """The value that an ExtendedValue of a request sets."""
    if not message:
        return None
    for name in ("stringValue", "numberValue", "boolValue"):
        if name in message:
            value: Plain = message[name]
            return None if value == "" else value
    if "formulaValue" in message:
        text = message["formulaValue"]
        return Formula(text) if text.startswith("=") and len(text) > 1 else (text or None)
    return None


def named_by_headers(view: CellView, table: Json) -> Json:
    """A table whose columns bear the texts that now stand in its header cells."""
    row, left = table["range"].get("startRowIndex", 0), table["range"].get("startColumnIndex", 0)
    columns = []
    for item in table.get("columnProperties", []):
        column = left + item.get("columnIndex", 0)
        text = view.text(row, column, view.tab.cell(row, column))
        columns.append(item | {"columnName": text} if text else item)
    return table | {"columnProperties": columns}
