"""Builders for the judgement's tests: each names only what its test is about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sync.aggregate import aggregate
from sync.evaluate import evaluate
from sync.model import (
    Cadence,
    Direction,
    Evaluation,
    KpiDefinition,
    MeasureKind,
    Measurement,
    MeasurementSeries,
    Projection,
    Provenance,
    WindowValue,
)

START, HALF, DUE = date(2026, 1, 1), date(2026, 4, 1), date(2026, 6, 30)


def a_kpi(**fields: Any) -> KpiDefinition:
    """Followers from 10,000 to 12,000 in the first half of 2026, measured monthly."""
    usual: dict[str, Any] = {
        "id": "k1",
        "row": 0,
        "name": "Followers",
        "measure_kind": MeasureKind.LEVEL,
        "direction": Direction.INCREASE,
        "baseline": 10000.0,
        "target": 12000.0,
        "start": START,
        "due": DUE,
        "cadence": Cadence.MONTH,
    }
    return KpiDefinition(**{**usual, **fields})


def leads(**fields: Any) -> KpiDefinition:
    """500 leads in the first quarter of 2026, a sum of the window."""
    usual: dict[str, Any] = {
        "measure_kind": MeasureKind.FLOW,
        "baseline": None,
        "target": 500.0,
        "due": date(2026, 3, 31),
    }
    return a_kpi(**{**usual, **fields})


def a_floor(target: float = 80.0, **fields: Any) -> KpiDefinition:
    """A rate in per cent to be held above its target."""
    usual: dict[str, Any] = {
        "measure_kind": MeasureKind.RATIO,
        "direction": Direction.HOLD_ABOVE,
        "baseline": None,
        "unit": "%",
        "target": target,
    }
    return a_kpi(**{**usual, **fields})


def a_series(rows: Iterable[tuple[str, float | None]], flags: tuple[str, ...] = ()) -> MeasurementSeries:
    """Rows of (ISO day, value)."""
    points = tuple(Measurement(date.fromisoformat(on), value) for on, value in rows)
    return MeasurementSeries(points, Provenance("test", flags=flags))


def measured(definition: KpiDefinition, *rows: tuple[str, float | None], today: date = HALF) -> WindowValue:
    """The value of these rows."""
    return aggregate(definition, a_series(rows), today)


def judged(
    definition: KpiDefinition,
    *rows: tuple[str, float | None],
    today: date = HALF,
    projection: Projection | None = None,
    flags: tuple[str, ...] = (),
) -> Evaluation:
    """The judgement of these rows."""
    return evaluate(definition, aggregate(definition, a_series(rows, flags), today), today, projection)
