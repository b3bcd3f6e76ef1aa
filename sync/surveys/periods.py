"""Dated answers -> one reading a period of the KPI's cadence, each with its basis. Pure.

The reading that counts is the latest period that is over, or the running one as soon as it has answers enough: a score,
other than a sum, is not too low because its period is young. Earlier periods with too few answers are no readings.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sync.model import Basis, KpiDefinition, Measurement, Score
from sync.periods import period_end, period_start
from sync.surveys.answers import Answer

Scorer = Callable[[Sequence[float]], Score]


@dataclass(frozen=True)
class Readings:
    """The points in the order of their days, and the flags of the series."""

    points: tuple[Measurement, ...]
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Period:
    """The answers of one period, cut at the start and the due date of the KPI."""

    inside: bool  # not before the start
    last: date  # of its answers
    over: bool
    end: date
    values: tuple[float, ...]

    @property
    def on(self) -> date:
        """The day that the reading speaks of: the period's end, or its latest answer while it runs."""
        return self.end if self.over else self.last


def readings(
    definition: KpiDefinition, answers: Sequence[Answer], score: Scorer, minimum: int, today: date
) -> Readings:
    """The readings of a KPI. Flags: too_few_answers, missing_values, future_rows.

    A period in which nobody answered is a reading without a value; answers after the due date don't count.
    """
    due = definition.due or date.max
    counted = [answer for answer in answers if answer.on <= min(today, due)]
    flags = {"future_rows"} if any(answer.on > today for answer in answers) else set()
    periods = _periods(definition, counted, today)
    judged = _judged(periods, minimum)
    points: list[Measurement] = []
    for at, period in enumerate(periods):
        if not period.values:
            points.append(Measurement(period.on, None))
            flags.add("missing_values")
        elif len(period.values) >= minimum or at == judged:
            points.append(_reading(period, _so_far(periods[: at + 1]), score, minimum))
    if judged is not None and len(periods[judged].values) < minimum:
        flags.add("too_few_answers")
    return Readings(tuple(points), frozenset(flags))


def _periods(definition: KpiDefinition, answers: Sequence[Answer], today: date) -> list[_Period]:
    start, due = definition.start or date.min, definition.due or date.max
    groups: dict[tuple[date, bool], list[Answer]] = {}
    for answer in sorted(answers, key=lambda answer: answer.on):
        key = period_start(answer.on, definition.cadence), answer.on >= start
        groups.setdefault(key, []).append(answer)
    found = []
    for (_, inside), group in groups.items():
        last = group[-1].on
        end = min(period_end(last, definition.cadence), due)
        end = end if inside else min(end, date.fromordinal(start.toordinal() - 1))
        values = tuple(sorted(answer.value for answer in group if answer.value is not None))
        found.append(_Period(inside, last, end < today, end, values))
    return found


def _judged(periods: Sequence[_Period], minimum: int) -> int | None:
    """Which period the light rests on: the last one with answers in the window, unless it runs and has too few."""
    inside = [at for at, period in enumerate(periods) if period.inside and period.values]
    if not inside:
        return None
    young = not periods[inside[-1]].over and len(periods[inside[-1]].values) < minimum
    return inside[-2] if young and len(inside) > 1 else inside[-1]


def _so_far(periods: Sequence[_Period]) -> list[float]:
    """The answers from the start up to the last of these periods; all of them while the start lies ahead."""
    inside = periods[-1].inside
    return [value for period in periods if period.inside == inside for value in period.values]


def _reading(period: _Period, so_far: Sequence[float], score: Scorer, minimum: int) -> Measurement:
    own = score(period.values)
    return Measurement(period.on, own.value, basis=Basis(own, score(so_far), minimum))
