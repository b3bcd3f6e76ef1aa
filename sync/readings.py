"""Readings of now, such as followers, of which a platform keeps no past: each day's is kept for the next sync. Pure.

What is kept belongs to what was measured (source, place, metric, filter), not to a KPI's row: a row that was deleted
and typed again has its history, and a row that measures something else begins anew.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sync.errors import SourceError
from sync.model import FetchOutcome, KpiDefinition, Measurement, MeasurementSeries, Reading, Window
from sync.sources import source_of
from sync.sources.names import fold

_LONGEST = 400


Recall = Callable[[Collection[str]], Mapping[str, Sequence[Reading]]]  # subjects -> what was kept of each, oldest first


@dataclass(frozen=True)
class Past:
    """Readings of now by what was measured. Falsy where no source gave one."""

    today: tuple[Reading, ...] = ()  # to be kept
    earlier: Mapping[str, Sequence[Reading]] = field(default_factory=dict)  # what was kept, oldest first
    names: Mapping[str, str] = field(default_factory=dict)  # what was measured -> the KPIs that read it

    def __bool__(self) -> bool:
        return bool(self.names)

    def readings(self) -> Iterator[Reading]:
        """All of them; of a day that was read again the newest comes last."""
        for kept in self.earlier.values():
            yield from kept
        yield from self.today


def nothing(subjects: Collection[str]) -> Mapping[str, Sequence[Reading]]:
    """The memory of a workbook that was never synced."""
    return {}


def with_past(
    definitions: Sequence[KpiDefinition], fetched: Mapping[str, FetchOutcome], recall: Recall
) -> tuple[dict[str, FetchOutcome], Past]:
    """The outcomes, readings of now led by those of earlier days; and all those readings themselves.

    Days on which the metric meant something else don't count: a jump of the definition is no growth. Nothing is
    recalled where no source gave a reading of now.
    """
    by_id = {definition.id: definition for definition in definitions}
    found = {
        id_: one
        for id_, one in fetched.items()
        if id_ in by_id and isinstance(one, MeasurementSeries) and is_of_now(one)
    }
    subjects = {id_: subject_of(by_id[id_]) for id_ in found}
    earlier = recall(sorted(set(subjects.values()))) if subjects else {}
    outcomes = {**fetched, **{id_: _led(one, earlier.get(subjects[id_], ())) for id_, one in found.items()}}
    today = {subjects[id_]: _reading(subjects[id_], one) for id_, one in found.items()}
    names: defaultdict[str, list[str]] = defaultdict(list)
    for id_, subject in subjects.items():
        names[subject].append(by_id[id_].name)
    return outcomes, Past(
        tuple(reading for reading in today.values() if reading is not None),
        earlier,
        {subject: ", ".join(dict.fromkeys(these)) for subject, these in names.items()},
    )


def is_of_now(outcome: FetchOutcome) -> bool:
    """Whether a source gave one value, of today, and says that it is no window's."""
    if not isinstance(outcome, MeasurementSeries) or outcome.provenance.as_of is None:
        return False
    today = outcome.provenance.as_of
    return outcome.provenance.window == Window(today, today) and [point.on for point in outcome.points] == [today]


def subject_of(definition: KpiDefinition) -> str:
    """What a row measures, as one text that no spelling changes."""
    try:
        ref = source_of(definition)
        source = f"{ref.kind}{f'@{fold(ref.account)}' if ref.account else ''}:{ref.place or ''}"
    except SourceError:
        source = definition.source or ""
    filters = sorted(fold(part) for part in (definition.filter or "").split(";") if part.strip())
    return " | ".join((source, fold(definition.metric or definition.name), "; ".join(filters)))[:_LONGEST]


def _led(series: MeasurementSeries, kept: Sequence[Reading]) -> MeasurementSeries:
    provenance, last = series.provenance, series.points[0]
    same = [one for one in kept if one.on < last.on and one.definition == provenance.definition]
    earlier = tuple(Measurement(one.on, one.value, unit=last.unit) for one in same)
    if not earlier:
        return series
    window = Window(earlier[0].on, last.on)
    return MeasurementSeries((*earlier, last), replace(provenance, window=window))


def _reading(subject: str, series: MeasurementSeries) -> Reading | None:
    point = series.points[0]
    if point.value is None or "partial" in series.provenance.flags:
        return None  # nobody knows the day's value: the day stays empty
    return Reading(subject, point.on, point.value, series.provenance.definition)
