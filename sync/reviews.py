"""Which KPIs nobody has looked at in time. Pure.

The date on which a KPI is to be looked at again stands in its row; a review that somebody noted in the Reviews tab
since then moves it by one cadence.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from sheet_templates.layout import fold, vocabulary
from sync.dates_text import date_of
from sync.model import KpiDefinition, KpiOutcome, Status, Table
from sync.periods import one_later


def overdue_reviews(
    definitions: Iterable[KpiDefinition], reviews: Mapping[str, date], held: Mapping[str, date], today: date
) -> frozenset[str]:
    """The ids of active KPIs whose review day has gone by. `reviews` is by id, `held` as `reviews_held` gives it."""
    late = set()
    for kpi in definitions:
        day, last = reviews.get(kpi.id), held.get(fold(kpi.name))
        if day is not None and last is not None:
            day = max(day, one_later(last, kpi.cadence))
        if kpi.active and day is not None and day < today:
            late.add(kpi.id)
    return frozenset(late)


def reviews_held(table: Table | None, locale: str, today: date) -> dict[str, date]:
    """Folded KPI name -> the day of its latest review in the Reviews tab; days to come are plans and do not count."""
    held: dict[str, date] = {}
    for row in range(table.height if table else 0):
        name, day = (
            (table.value("kpi", row), date_of(table.value("date", row), locale).value) if table else (None, None)
        )
        if name is not None and day is not None and day <= today:
            key = fold(str(name))
            held[key] = max(day, held.get(key, day))
    return held


def reviews_due(outcomes: Iterable[KpiOutcome]) -> dict[str, date]:
    """KPI id -> its next review, as this sync writes it; what is achieved asks for none."""
    open_ones = [outcome for outcome in outcomes if outcome.evaluation.status is not Status.ACHIEVED]
    return {outcome.definition.id: day for outcome in open_ones if (day := outcome.note.next_review)}


def reviews_shown(kpis: Table, definitions: Iterable[KpiDefinition]) -> dict[str, date]:
    """KPI id -> its next review, as its row shows it from the last sync; none where the row speaks of another KPI."""
    return {
        kpi.id: day
        for kpi in definitions
        if kpis.value("computed_for", kpi.row) == kpi.id
        and vocabulary("status").code(str(kpis.value("status", kpi.row))) != Status.ACHIEVED
        and (day := date_of(kpis.value("next_review", kpi.row), "en").value)
    }
