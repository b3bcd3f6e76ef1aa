"""One cell of a person's row -> a value, or an issue at that cell. Never raises on what a cell holds. Pure."""

from dataclasses import dataclass, field
from datetime import date

from sheet_templates.layout import tabs, vocabulary
from sheet_templates.lights import letters
from sheet_templates.words import language_of
from sync.dates_text import date_of
from sync.model import Cell, CellValue, Fact, Issue, Severity, Table
from sync.numbers_text import number_of

LONGEST_TEXT = 2000  # characters; nobody reads a longer cell, and an answer has to carry it
_ERRORS = frozenset(
    ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!", "#¡REF!", "#¿NOMBRE?")
)


@dataclass
class RowReader:
    """Reads the cells of one row and gathers what is wrong with them. `kpi_id` is None outside the KPI tab."""

    table: Table
    row: int
    locale: str
    kpi_id: str | None = None
    issues: list[Issue] = field(default_factory=list)

    def text(self, key: str) -> str | None:
        """The cell's text without outer blanks; None when empty, or when a formula in it fails."""
        value = self._value(key)
        if value is None:
            return None
        text = _plain(value)
        if len(text) > LONGEST_TEXT:
            self.tell(key, "cell.too_long", Severity.WARNING, {"length": float(len(text)), "most": float(LONGEST_TEXT)})
        return text[:LONGEST_TEXT] or None

    def number(self, key: str) -> float | None:
        """The cell's number; text that has two readings has none until the person chooses."""
        value = self._value(key)
        reading = number_of(value, self.locale)
        if reading.ambiguous:
            readings: dict[str, Fact] = {"one": reading.value, "other": reading.other_reading}
            self._refuse(key, "cell.ambiguous_number", value, readings)
            return None
        if reading.kind == "junk":
            self._refuse(key, "cell.not_a_number", value)
        return reading.value

    def day(self, key: str) -> date | None:
        """The cell's date, from a serial number or from text."""
        value = self._value(key)
        reading = date_of(value, self.locale)
        if reading.ambiguous:
            readings: dict[str, Fact] = {"one": reading.value, "other": reading.other_reading}
            self._refuse(key, "cell.ambiguous_date", value, readings)
            return None
        if reading.kind in ("no_such_day", "junk"):
            self._refuse(key, "cell.no_such_day" if reading.kind == "no_such_day" else "cell.not_a_date", value)
        return reading.last

    def choice(self, key: str) -> str | None:
        """The code of the word that was chosen, in either language."""
        text = self.text(key)
        if text is None:
            return None
        words = vocabulary(tabs()[self.table.tab].column(key).choice or "")
        code = words.code(text)
        if code is None:
            labels = words.labels(language_of(self.locale))
            known: dict[str, Fact] = {"known": ", ".join(labels)}
            if near := words.near(text):
                known["near"] = words.label(near, language_of(self.locale))
            self._refuse(key, "cell.mistyped_choice" if near else "cell.unknown_choice", text, known)
        return code

    def tell(self, key: str, code: str, severity: Severity, facts: dict[str, Fact] | None = None) -> None:
        """Gather an issue at a cell of this row; its facts get the column's heading."""
        heading = tabs()[self.table.tab].column(key).heading[language_of(self.locale)]
        known: dict[str, Fact] = {"column": heading, **(facts or {})}
        self.issues.append(Issue(code, severity, cell_of(self.table, self.row, key), self.kpi_id, known))

    def _refuse(self, key: str, code: str, value: CellValue, facts: dict[str, Fact] | None = None) -> None:
        self.tell(key, code, Severity.ERROR, {"text": _plain(value)[:60], **(facts or {})})

    def _value(self, key: str) -> CellValue:
        value = self.table.value(key, self.row)
        if isinstance(value, str) and value.strip().upper() in _ERRORS:
            self.tell(key, "cell.formula_error", Severity.ERROR, {"text": value.strip()})
            return None
        return value


def cell_of(table: Table, row: int, key: str) -> Cell:
    """A cell with its address as the person sees it now."""
    place = f"{letters(table.position(key))}{table.first_row + row + 2}" if key in table.keys else str(row + 2)
    return Cell(table.tab, row, key, f"{table.title}!{place}")


def _plain(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str("" if value is None else value).strip()
