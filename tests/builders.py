"""Builders that name only what a test is about."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sheet_templates.layout import tabs
from sync.dates_text import serial_of
from sync.model import CellValue, Snapshot, Table

TODAY = date(2026, 6, 15)

SOUND = {
    "id": "K-SOUND1",
    "name": "Seguidores",
    "objective": "Crecer",
    "stage": "Descubrimiento",
    "nature": "Cuantitativo",
    "source": "mediciones",
    "metric": "seguidores",
    "unit": "personas",
    "measure_kind": "Nivel",
    "direction": "Aumentar",
    "baseline": 10000.0,
    "target": 12000.0,
    "start": date(2026, 1, 1),
    "due": date(2026, 12, 31),
    "cadence": "Mensual",
    "owner": "Ana",
}


def kpi_row(**changes: Any) -> dict[str, Any]:
    """A KPI row without a fault, as a person types it, but for the changes."""
    return {**SOUND, **changes}


def table(tab_key: str, rows: Sequence[Mapping[str, Any]], language: str = "es", title: str | None = None) -> Table:
    """A tab as `values:batchGet` would bring it: template columns in order, rows by column key."""
    tab = tabs()[tab_key]
    columns = tuple((column.heading[language], *(_cell(row.get(column.key)) for row in rows)) for column in tab.columns)
    keys = {column.key: place for place, column in enumerate(tab.columns)}
    return Table(tab_key, title or tab.title[language], tab.id, 0, 0, columns, keys)


def snapshot(kpis: Sequence[Mapping[str, Any]], **others: Sequence[Mapping[str, Any]]) -> Snapshot:
    """A workbook with these KPI rows; other tabs by their key, an objective called Crecer unless told otherwise."""
    rows = {"objectives": [{"id": "O-1", "name": "Crecer"}], "measurements": [], "settings": [], "scorecard": []}
    tables = {key: table(key, found) for key, found in {**rows, **others, "kpis": kpis}.items()}
    return Snapshot("W", tables)


def _cell(value: Any) -> CellValue:
    if isinstance(value, date):
        return serial_of(value)
    return "" if value is None else value
