"""Builders for the tests of sources: each names only what a test is about."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sync.model import CellValue, FetchFailure, FetchOutcome, KpiDefinition, MeasurementSeries, Snapshot, Table
from sync.settings import Settings
from sync.sources import FetchContext, FetchLimits, fetch_all

TODAY = date(2026, 6, 30)
MEASUREMENT_KEYS = ("date", "metric", "value", "denominator", "note")


def kpi(source: str | None = None, metric: str | None = None, **fields: object) -> KpiDefinition:
    """A KPI row that names a source."""
    values: dict[str, object] = {"id": "k1", "row": 0, "name": "Leads", **fields}
    return KpiDefinition(source=source, metric=metric, **values)  # type: ignore[arg-type]  # builder of many fields


def measurements(*rows: Sequence[CellValue]) -> Table:
    """The Measurements tab with these rows: date, metric, value, denominator, note."""
    full = [(*row, *([None] * (5 - len(row)))) for row in rows]
    headings = ("Fecha", "Métrica", "Valor", "Denominador", "Nota")
    columns = tuple((heading, *(row[at] for row in full)) for at, heading in enumerate(headings))
    return Table("measurements", "Mediciones", 4, 0, 0, columns, {key: at for at, key in enumerate(MEASUREMENT_KEYS)})


def surveys(*rows: Sequence[CellValue]) -> Table:
    """The Surveys tab with these rows: date, question, scale, answer, comment."""
    full = [(*row, *([None] * (5 - len(row)))) for row in rows]
    headings = ("Fecha", "Pregunta", "Escala", "Respuesta", "Comentario")
    columns = tuple((heading, *(row[at] for row in full)) for at, heading in enumerate(headings))
    keys = ("date", "metric", "kind", "answer", "comment")
    return Table("surveys", "Encuestas", 5, 0, 0, columns, {key: at for at, key in enumerate(keys)})


def snapshot(*tables: Table) -> Snapshot:
    """A workbook of these tabs."""
    return Snapshot("w", {table.tab: table for table in tables})


def columns(*rows: Sequence[CellValue]) -> tuple[tuple[CellValue, ...], ...]:
    """Rows, the headings first, as columns."""
    return tuple(zip(*rows, strict=True))


def context(
    folder: Path = Path("/nonexistent"),
    locale: str = "es_ES",
    tabs: Mapping[str, Sequence[tuple[CellValue, ...]]] | None = None,
    allowed: tuple[str, ...] = (),
    limits: FetchLimits | None = None,
) -> FetchContext:
    """What sources may know."""
    return FetchContext(
        TODAY, Settings(files=folder, allowed_hosts=allowed), locale, tabs or {}, limits or FetchLimits()
    )


def fetch(definition: KpiDefinition, given: FetchContext, book: Snapshot | None = None) -> FetchOutcome:
    """The outcome of one KPI."""
    return fetch_all([definition], book or snapshot(), given)[definition.id]


def series(outcome: FetchOutcome) -> MeasurementSeries:
    """The series that a test expects."""
    assert isinstance(outcome, MeasurementSeries), outcome
    return outcome


def failure(outcome: FetchOutcome) -> FetchFailure:
    """The failure that a test expects."""
    assert isinstance(outcome, FetchFailure), outcome
    return outcome


def readings(outcome: FetchOutcome) -> list[tuple[str, float | None]]:
    """The points as (ISO day, value)."""
    return [(point.on.isoformat(), point.value) for point in series(outcome).points]
