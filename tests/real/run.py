"""The real inputs through the whole route: workbook, CSV files, sync. For `make real` and the integration test."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sync.model import SyncReport
from sync.store.store import Store
from tests.real import brand, official
from tests.workbooks import Book, local_settings, make_book


def sync_brand(
    series: Sequence[Mapping[str, Any]], folder: Path, url: str, store: Store
) -> tuple[Book, dict[date, SyncReport]]:
    """The brand's plan, synced on each of its days: the workbook and a report a day."""
    settings = local_settings(folder, url, files=folder / "csv")
    brand.write_files(series, folder / "csv")
    book = make_book(settings, store, "brand", brand.kpis(), objectives=brand.OBJECTIVES)
    return book, {day: book.sync(day) for day in brand.DAYS}


def sync_official(rows: Sequence[Mapping[str, Any]], folder: Path, url: str, store: Store) -> list[official.Agreement]:
    """Every published KPI that can be judged, synced on the day of its value, beside its official light."""
    settings = local_settings(folder, url)
    found = []
    for day, group in official.judged(rows).items():
        measured = [line for row in group for line in official.measurements(row)]
        kpis = [official.kpi(row) for row in group]
        book = make_book(settings, store, f"official-{day}", kpis, "en", measurements=measured)
        report = book.sync(day)
        ours = {outcome.definition.metric: outcome.evaluation for outcome in report.outcomes}
        for row in group:
            wanted, got = official.LIGHTS[row["official_mapped"]], ours[row["id"]]
            found.append(official.Agreement(row["id"], wanted, got.light.value, got.status.value))
    return found
