"""Builders for the tests of surveys: each names only what its test is about."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sync.model import KpiDefinition, MeasureKind, Measurement, MeasurementSeries, Score
from sync.surveys.answers import Answer
from sync.surveys.periods import Readings, readings
from sync.surveys.scales import SCALES, Measure
from sync.surveys.score import score_of
from tests.judgement_builders import a_kpi
from tests.source_builders import context, fetch, series, snapshot, surveys

QUESTION = "¿Nos recomendarías?"


def scored(code: str, answers: Sequence[float], unit: str | None = None) -> Score:
    """The score of answers on a scale."""
    scale = SCALES[code]
    measure = scale.measure_in(unit)
    return score_of([scale.worth(answer, measure) for answer in answers], measure, scale)


def net(promoters: int, passives: int, detractors: int) -> list[float]:
    """So many answers of each kind on the scale of the net promoter score."""
    return [10.0] * promoters + [8.0] * passives + [3.0] * detractors


def an_nps(**fields: Any) -> KpiDefinition:
    """A net promoter score from 20 to 60 in the first half of 2026, asked monthly."""
    usual: dict[str, Any] = {"source": "encuestas", "metric": QUESTION, "unit": "puntos", "baseline": 20.0}
    return a_kpi(**{**usual, "target": 60.0, "measure_kind": MeasureKind.LEVEL, **fields})


def read(definition: KpiDefinition, said: Iterable[tuple[str, int, float]], today: date, minimum: int = 3) -> Readings:
    """The readings of (day, how many, their worth in a net score)."""
    answers = [Answer(date.fromisoformat(day), worth) for day, count, worth in said for _ in range(count)]
    scale = SCALES["nps"]
    return readings(definition, answers, lambda worths: score_of(worths, Measure.NET, scale), minimum, today)


def points(found: Readings) -> list[tuple[str, float | None]]:
    """Readings as (ISO day, value)."""
    return [(point.on.isoformat(), point.value) for point in found.points]


def fetched(definition: KpiDefinition, *rows: Sequence[Any]) -> MeasurementSeries:
    """What the source gives for rows of (date, question, scale, answer, comment)."""
    return series(fetch(definition, context(), snapshot(surveys(*rows))))


def last(found: MeasurementSeries) -> Measurement:
    """The latest reading."""
    return found.points[-1]
