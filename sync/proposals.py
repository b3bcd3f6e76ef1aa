"""The statement and the columns beside it: what one proposes for the other, and where they disagree. Pure.

Nothing that a person typed is ever changed: a proposal is a hint in "what to fix". Only where the cell is empty and the
owner allowed it in Settings does the plan fill it in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sheet_templates.layout import tabs, vocabulary
from sheet_templates.words import language_of, show
from sync.cells import cell_of
from sync.dates_text import serial_of
from sync.model import (
    Cadence,
    CellValue,
    Direction,
    Fact,
    Issue,
    KpiDefinition,
    MeasureKind,
    Severity,
    Snapshot,
    Table,
)
from sync.numbers import same
from sync.parse import Parsed
from sync.sentence import ParsedSentence, parse_sentence, write_sentence

Fields = Mapping[str, str | float | date]  # column key -> a code, a text, a number or a day
Fills = Mapping[int, Mapping[str, CellValue]]  # row -> column key -> what to type there

UNITS = {"EUR": "€", "USD": "$", "$": "$", "ARS": "ARS", "%": "%", "points": "points", "days": "days", "hours": "hours"}
PERIODS = {"day": Cadence.DAY, "week": Cadence.WEEK, "month": Cadence.MONTH, "quarter": Cadence.QUARTER}
CHOICES = ("direction", "measure_kind", "cadence")
ONE_DAY = timedelta(days=1)
COMPARED = ("target", "due")  # where the sentence and a column may disagree


def fill_empty_cells(snapshot: Snapshot, parsed: Parsed, today: date) -> tuple[Snapshot, Fills]:
    """The snapshot as it will be once the empty cells that sentences speak of are filled, and those cells by row.

    Nothing is filled unless the owner allowed it.
    """
    kpis, locale = snapshot.tables["kpis"], parsed.settings.locale
    if not parsed.settings.fill_proposals:
        return snapshot, {}
    fills = {
        kpi.row: {key: _cell(key, value, locale) for key, value in empty.items()}
        for kpi in parsed.definitions
        if (empty := _empty(kpi, kpis, _read(kpi, locale, today)))
    }
    tables = {**snapshot.tables, "kpis": _with_cells(kpis, fills)}
    return replace(snapshot, tables=tables), fills


def tell(snapshot: Snapshot, parsed: Parsed, today: date) -> tuple[Issue, ...]:
    """What each statement and the columns beside it propose for each other, and where they disagree."""
    kpis, locale = snapshot.tables["kpis"], parsed.settings.locale
    return tuple(issue for kpi in parsed.definitions for issue in _of_row(kpi, kpis, locale, today))


def _of_row(kpi: KpiDefinition, table: Table, locale: str, today: date) -> tuple[Issue, ...]:
    read = _read(kpi, locale, today)
    if read is None:
        sentence = _sentence(kpi, locale)
        return _told(kpi, table, "proposal.sentence", Severity.HINT, {"text": sentence}) if sentence else ()
    issues = _disagreements(kpi, table, fields_of(read, kpi)) + _no_kpi(kpi, table, read)
    empty = _empty(kpi, table, read)
    listed = "; ".join(f"{_heading(key, locale)}: {_shown(key, value, locale)}" for key, value in empty.items())
    facts: dict[str, Fact] = {"fields": listed, "columns": ",".join(empty)}
    return issues + (_told(kpi, table, "proposal.fields", Severity.HINT, facts) if empty else ())


def _read(kpi: KpiDefinition, locale: str, today: date) -> ParsedSentence | None:
    """The sentence, understood. "In six months" counts from the start; without one it names no day that stays."""
    if kpi.statement is None:
        return None
    read = parse_sentence(kpi.statement, kpi.start or today, language_of(locale))
    if kpi.start is None and read.due != parse_sentence(kpi.statement, today + ONE_DAY, language_of(locale)).due:
        return replace(read, due=None, start=None)
    return read


def _empty(kpi: KpiDefinition, table: Table, read: ParsedSentence | None) -> Fields:
    found = fields_of(read, kpi) if read else {}
    return {key: value for key, value in found.items() if key in table.keys and table.value(key, kpi.row) is None}


def _with_cells(table: Table, fills: Fills) -> Table:
    columns = [list(column) for column in table.columns]
    for row, cells in fills.items():
        for key, value in cells.items():
            column = columns[table.keys[key]]
            column += [None] * (row + 2 - len(column))
            column[row + 1] = value
    return replace(table, columns=tuple(tuple(column) for column in columns))


def fields_of(read: ParsedSentence, kpi: KpiDefinition) -> Fields:
    """What a sentence says, by column; a change ("20 % more") becomes a target where the baseline is known."""
    baseline = read.baseline if read.baseline is not None else kpi.baseline
    target = _absolute(read, baseline)
    direction = _direction(read, baseline, target)
    found: dict[str, str | float | date | None] = {
        "name": read.metric[:1].upper() + read.metric[1:] if read.metric else None,
        "direction": direction.value if direction else None,
        "baseline": read.baseline,
        "target": target,
        "upper_limit": read.target_high if direction is Direction.KEEP_WITHIN else None,
        "unit": UNITS.get(read.unit or "") if read.target_kind == "absolute" else None,
        "measure_kind": MeasureKind.RATIO.value if read.unit == "%" and read.target_kind == "absolute" else None,
        "start": read.start,
        "due": read.due,
        "cadence": PERIODS[read.period].value if read.period in PERIODS else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _absolute(read: ParsedSentence, baseline: float | None) -> float | None:
    if read.target is None or read.target_kind in ("absolute", "range"):
        return read.target
    if baseline is None:
        return None
    falls = -1 if read.direction == "decrease" else 1
    changes = {
        "relative_percent": baseline * (1 + falls * read.target / 100),
        "delta": baseline + falls * read.target,
        "ratio": baseline * read.target,
    }
    return changes.get(read.target_kind)


def _direction(read: ParsedSentence, baseline: float | None, target: float | None) -> Direction | None:
    if read.direction in ("increase", "decrease"):
        return Direction(read.direction)
    if read.direction == "reach" and baseline is not None and target is not None:
        return Direction.DECREASE if target < baseline else Direction.INCREASE
    if read.direction == "reach":
        return Direction.INCREASE
    if read.direction == "maintain":
        return Direction.KEEP_WITHIN if read.target_high is not None else Direction.HOLD_ABOVE
    return None


def _sentence(kpi: KpiDefinition, locale: str) -> str | None:
    """The columns as a sentence; None while something that it needs is missing."""
    if kpi.target is None or kpi.due is None or kpi.direction not in (Direction.INCREASE, Direction.DECREASE):
        return None
    unit = "%" if kpi.unit == "%" else "count"
    noun = kpi.unit if unit == "count" and kpi.unit else ""
    language = language_of(locale)
    fields = ParsedSentence(
        None,
        "",
        language,
        kpi.direction.value,
        kpi.name,
        baseline=kpi.baseline,
        target=kpi.target,
        target_kind="absolute",
        unit=unit,
        due=kpi.due,
    )
    return write_sentence(fields, language, locale, noun)


def _disagreements(kpi: KpiDefinition, table: Table, found: Fields) -> tuple[Issue, ...]:
    def told() -> Iterator[Issue]:
        for key in COMPARED:
            says, typed = found.get(key), getattr(kpi, key)
            if says is not None and typed is not None and not _alike(says, typed):
                facts: dict[str, Fact] = {"says": says, "typed": typed}
                yield from _told(kpi, table, "statement.disagrees", Severity.WARNING, facts, key)

    return tuple(told())


def _no_kpi(kpi: KpiDefinition, table: Table, read: ParsedSentence) -> tuple[Issue, ...]:
    """A wish or a task in the sentence, and no target beside it that would make a KPI of it."""
    if read.verdict != "not_kpi" or kpi.target is not None or kpi.measure_kind is MeasureKind.MILESTONE:
        return ()
    facts: dict[str, Fact] = {"text": (kpi.statement or "")[:80]}
    return _told(kpi, table, "statement.not_a_kpi", Severity.WARNING, facts)


def _alike(one: str | float | date, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return same(float(one), float(other))
    return one == other


def _told(
    kpi: KpiDefinition,
    table: Table,
    code: str,
    severity: Severity,
    facts: Mapping[str, Fact],
    key: str = "statement",
) -> tuple[Issue, ...]:
    heading = table.columns[table.keys[key]][0] if key in table.keys else key
    return (Issue(code, severity, cell_of(table, kpi.row, key), kpi.id, {"column": str(heading), **facts}),)


def _heading(key: str, locale: str) -> str:
    return tabs()["kpis"].column(key).heading[language_of(locale)]


def _shown(key: str, value: str | float | date, locale: str) -> str:
    return vocabulary(key).label(str(value), language_of(locale)) if key in CHOICES else show(value, locale)


def _cell(key: str, value: str | float | date, locale: str) -> CellValue:
    if key in CHOICES:
        return _shown(key, value, locale)
    return serial_of(value) if isinstance(value, date) else value
