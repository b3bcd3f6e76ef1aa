"""What a person must correct where people are asked: answers off the scale, a question nobody has, a target out of
reach, ratings without their evidence. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sheet_templates.layout import fold, tabs, vocabulary
from sheet_templates.words import language_of
from sync.cells import cell_of
from sync.model import Fact, Issue, KpiDefinition, MeasureKind, Nature, Severity, Snapshot, Table
from sync.numbers_text import number_of
from sync.surveys.answers import NEEDED, TAB, Row, answers_in, asking, read_rows, scales_in
from sync.surveys.scales import SCALES
from sync.surveys.wish import means_comments, read_wish
from sync.units import is_percent

SHOWN = 5  # cells named in one sentence; the rest is counted
RUBRIC = (1.0, 5.0)  # the ends of the scale on which people judge by a rubric
_SUMS = (MeasureKind.FLOW, MeasureKind.RUNNING_TOTAL, MeasureKind.MILESTONE)

Told = tuple[str, Severity, str, Mapping[str, Fact]]  # code, severity, column key, facts


def check_surveys(snapshot: Snapshot, asked: Iterable[KpiDefinition], locale: str) -> list[Issue]:
    """The issues of the KPIs that are measured in the Surveys tab, each at the KPI's row."""
    table = snapshot.tables.get(TAB)
    if table is None or any(key not in table.keys for key in NEEDED):
        return []
    rows = read_rows(table, locale)
    found = ((kpi, told) for kpi in asked for told in _survey(kpi, table, rows, locale))
    return [_issue(kpi, snapshot.tables["kpis"], told, locale) for kpi, told in found]


def check_ratings(snapshot: Snapshot, typed: Iterable[KpiDefinition], locale: str) -> list[Issue]:
    """A hint for each KPI whose ratings, typed in the Measurements tab, don't say what they rest on."""
    table = snapshot.tables.get("measurements")
    if table is None or any(key not in table.keys for key in ("metric", "value", "note")):
        return []
    found = ((kpi, told) for kpi in typed if by_rubric(kpi) for told in _evidence(kpi, table, locale))
    return [_issue(kpi, snapshot.tables["kpis"], told, locale) for kpi, told in found]


def by_rubric(kpi: KpiDefinition) -> bool:
    """Whether people judge a KPI on a scale of 1 to 5: qualitative, no share and no milestone, with a target there."""
    numbers = [number for number in (kpi.baseline, kpi.target) if number is not None]
    judged = kpi.nature is Nature.QUALITATIVE and kpi.measure_kind in (MeasureKind.LEVEL, MeasureKind.AVERAGE)
    on_scale = kpi.target is not None and all(RUBRIC[0] <= number <= RUBRIC[1] for number in numbers)
    return judged and on_scale and not is_percent(kpi.unit)


def _survey(kpi: KpiDefinition, table: Table, rows: Sequence[Row], locale: str) -> Iterator[Told]:
    metric = (kpi.metric or kpi.name).strip()
    if kpi.measure_kind in _SUMS:
        yield "survey.no_sum", Severity.ERROR, "measure_kind", {}
    if means_comments(metric):
        return
    own = asking(rows, metric)
    if rows and not own:
        yield "survey.no_such_question", Severity.WARNING, "metric", {"text": metric[:60]}
    codes = scales_in(own)
    if len(codes) != 1 or read_wish(kpi.filter).words is not None:
        return
    yield from _off_scale(table, own, codes[0], locale)
    yield from _out_of_reach(kpi, codes[0], locale)


def _off_scale(table: Table, rows: Sequence[Row], code: str, locale: str) -> Iterator[Told]:
    _, uncounted = answers_in(rows, code, locale)
    if uncounted:
        cells = [f"{cell_of(table, one.row, one.column).a1} («{one.text[:20]}»)" for one in uncounted]
        facts: dict[str, Fact] = {"count": float(len(cells)), "cells": _listed(cells), "scale": _label(code, locale)}
        yield "survey.uncounted", Severity.WARNING, "metric", facts


def _out_of_reach(kpi: KpiDefinition, code: str, locale: str) -> Iterator[Told]:
    """A target that no answers can reach (85 where the mean of a 1 to 5 scale is taken), a baseline that none gave."""
    scale = SCALES[code]
    low, high = scale.bounds(scale.measure_in(kpi.unit))
    for key, value in (("target", kpi.target), ("baseline", kpi.baseline)):
        if value is not None and not low <= value <= high:
            facts: dict[str, Fact] = {"value": value, "low": low, "high": high, "scale": _label(code, locale)}
            yield "survey.out_of_reach", Severity.ERROR if key == "target" else Severity.WARNING, key, facts


def _evidence(kpi: KpiDefinition, table: Table, locale: str) -> Iterator[Told]:
    wanted = fold(kpi.metric or kpi.name)
    bare = [
        cell_of(table, row, "note").a1
        for row in range(table.height)
        if fold(str(table.value("metric", row) or "")) == wanted
        and number_of(table.value("value", row), locale).kind == "number"
        and not str(table.value("note", row) or "").strip()
    ]
    if bare:
        yield "rating.no_evidence", Severity.HINT, "metric", {"count": float(len(bare)), "cells": _listed(bare)}


def _listed(cells: Sequence[str]) -> str:
    return ", ".join(cells[:SHOWN]) + ("…" if len(cells) > SHOWN else "")


def _label(code: str, locale: str) -> str:
    return vocabulary("survey").label(code, language_of(locale))


def _issue(kpi: KpiDefinition, kpis: Table, told: Told, locale: str) -> Issue:
    code, severity, key, facts = told
    heading = tabs()["kpis"].column(key).heading[language_of(locale)]
    return Issue(code, severity, cell_of(kpis, kpi.row, key), kpi.id, {"column": heading, **facts})
