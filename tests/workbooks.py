"""Real workbooks in the embedded server, filled as people fill them: over HTTP, cell by cell typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sheet_templates.build import rows_request
from sheet_templates.layout import tabs
from sheet_templates.words import DEFAULT_LOCALES
from sync.bootstrap import lay_template
from sync.dates_text import serial_of
from sync.engine import SyncOptions
from sync.ids import new_id
from sync.model import CellValue, SyncReport
from sync.session import sync_workbook
from sync.settings import Settings
from sync.sheet.google import SheetsClient, open_local
from sync.sheet.reference import read_reference
from sync.sheet.tables import find_keys
from sync.store.cards import Card, keeping_cards
from sync.store.records import Results
from sync.store.store import Store

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Book:
    """One workbook of the embedded server, as a person and as the service see it."""

    client: SheetsClient
    settings: Settings
    store: Store
    name: str

    @property
    def id(self) -> str:
        return f"local-{self.name}"

    def sync(self, today: date, **options: Any) -> SyncReport:
        """One sync through every real seam."""
        wanted = SyncOptions(self.settings, datetime.now(UTC), today, **options)
        return sync_workbook(read_reference(f"local:{self.name}"), wanted, self.store)

    def type_in(self, tab_key: str, rows: Rows, first: int = 0) -> None:
        """Rows by column key into a tab, wherever its columns stand now; nothing else is touched."""
        tab, requests = tabs()[tab_key], []
        places = find_keys(tab_key, self.column_heads(tab_key))
        for key, place in places.items():
            if any(key in row for row in rows):
                requests.append(rows_request(tab, first, place, [[_cell(row.get(key))] for row in rows]))
        self.client.write(self.id, requests)

    def column_heads(self, tab_key: str) -> list[CellValue]:
        return [column[0] if column else None for column in self.columns(tab_key)]

    def columns(self, tab_key: str) -> list[list[CellValue]]:
        """What the tab says now, by column, the heading first."""
        answer = self.client.read(self.id, [tabs()[tab_key].range_name])[0]
        return [list(column) for column in answer.get("values", [])]

    def cell(self, tab_key: str, row: int, key: str) -> CellValue:
        """One cell, 0-based below the heading; None where there is nothing."""
        columns = self.columns(tab_key)
        column = columns[find_keys(tab_key, (cells[0] if cells else None for cells in columns))[key]]
        return column[row + 1] if row + 1 < len(column) and column[row + 1] != "" else None

    def edit(self, *requests: dict[str, Any]) -> None:
        """What a person does to the sheet, as batchUpdate requests."""
        self.client.write(self.id, list(requests))


def make_book(
    operator: Settings, store: Store, name: str, kpis: Rows = (), language: str = "es", **others: Rows
) -> Book:
    """A workbook with the template and these rows; an objective called Crecer unless told otherwise."""
    book = Book(open_local(operator.sheets_url), operator, store, name)
    locale = DEFAULT_LOCALES[language]
    book.client.create(book.id, name, locale, "Europe/Madrid")
    lay_template(book.client, book.id, new_id=new_id, language=language)
    for key, rows in {"objectives": [{"name": "Crecer"}], **others, "kpis": kpis}.items():
        if rows:
            book.type_in(key, rows)
    return book


def local_settings(folder: Path, sheets_url: str, **changes: Any) -> Settings:
    """Settings that keep everything in one folder."""
    return Settings(home=folder, sheets_url=sheets_url, **changes)


def keep_cards(store: Store, workbook: str, cards: Mapping[str, Card], judged_at: str = "today") -> None:
    """Cards as a sync leaves them."""
    store.keep(workbook, Results(len(cards)), also=[keeping_cards(workbook, cards, judged_at)])


def _cell(value: Any) -> CellValue:
    return serial_of(value) if isinstance(value, date) else value
