"""Columns -> settings, objectives, KPI definitions, and what a person must correct. Pure; never raises on a cell."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheet_templates.layout import fold, tabs, vocabulary
from sheet_templates.words import DEFAULT_LOCALES
from sync.cells import RowReader, cell_of
from sync.dates_text import read_date_text
from sync.errors import LayoutError
from sync.jobs.schedule import DEFAULT, read_schedule
from sync.model import (
    Cadence,
    Direction,
    Issue,
    KpiDefinition,
    MeasureKind,
    Nature,
    Objective,
    PlanPoint,
    Severity,
    Snapshot,
    Stage,
    Table,
    WorkbookSettings,
)
from sync.numbers_text import read_number
from sync.owner_choices import doubt_choices

PERSONS = tuple(column.key for column in tabs()["kpis"].columns if column.of == "person" and column.key != "id")
SEASON = frozenset(("season", "seasonal", "temporada", "estacional"))


@dataclass(frozen=True)
class Parsed:
    """What the workbook says, understood. `given` holds the ids that rows without one are to get: row -> id."""

    settings: WorkbookSettings
    objectives: tuple[Objective, ...]
    definitions: tuple[KpiDefinition, ...]
    issues: tuple[Issue, ...] = ()
    given: dict[int, str] = field(default_factory=dict)
    doubled: frozenset[str] = frozenset()  # ids that more than one row carries


def parse(snapshot: Snapshot, new_id: Callable[[], str]) -> Parsed:
    """Everything that people wrote. Raises LayoutError when a column is missing that no row can do without."""
    settings = read_settings_tab(snapshot.tables.get("settings"))
    kpis = snapshot.tables["kpis"]
    _need_columns(kpis, settings, snapshot.workbook)
    issues: list[Issue] = []
    rows = sorted(kpis.filled(PERSONS))
    ids = {row: _text(kpis.value("id", row)) for row in rows}
    given = {row: new_id() for row, key in ids.items() if not key}
    counts = Counter(fold(key) for row in range(kpis.height) if (key := _text(kpis.value("id", row))))
    doubled = frozenset(key for key in ids.values() if counts[fold(key)] > 1)
    definitions = []
    for row in rows:
        reader = RowReader(kpis, row, settings.locale, ids[row] or given[row])
        if row in given:
            reader.tell("id", "id.missing", Severity.HINT)
        if ids[row] in doubled:
            reader.tell("id", "id.doubled", Severity.ERROR, {"id": ids[row]})
        definitions.append(_definition(reader))
        issues += reader.issues
    objectives = _objectives(snapshot.tables.get("objectives"))
    missing = [
        Issue("layout.missing_tab", Severity.WARNING, facts={"tab": _title(key, settings)})
        for key in snapshot.missing_tabs
    ]
    doubts = doubt_choices(snapshot.tables.get("settings"), settings)
    return Parsed(settings, objectives, tuple(definitions), (*missing, *doubts, *issues), given, doubled)


def read_settings_tab(table: Table | None) -> WorkbookSettings:
    """The owner's choices; what is absent or unknown keeps its default."""
    found: dict[str, str] = {}
    for row in range(table.height if table else 0):
        key, value = (_text(table.value(name, row)) for name in ("key", "value")) if table else ("", "")
        if key and value:
            found[key] = value
    locale = found.get("locale", "es_ES").replace("-", "_")
    spoken = vocabulary("language").code(found.get("language", "")) or locale.partition("_")[0]
    language = spoken if spoken in ("es", "en") else "en"
    if not locale.startswith(language):
        locale = DEFAULT_LOCALES[language]
    allowed = vocabulary("answer").code(found.get("fill_proposals", "no")) == "yes"
    refresh = (read_schedule(found["refresh"]) if "refresh" in found else None) or DEFAULT
    return WorkbookSettings(language, locale, found.get("timezone", "Europe/Madrid"), allowed, refresh.code)


def _definition(reader: RowReader) -> KpiDefinition:
    table, row = reader.table, reader.row
    metric, statement, name = reader.text("metric"), reader.text("statement"), reader.text("name")
    kind, stage, nature = reader.choice("measure_kind"), reader.choice("stage"), reader.choice("nature")
    direction, cadence = reader.choice("direction"), reader.choice("cadence")
    plan, seasonal = _plan(reader)
    weight = reader.number("weight")
    if weight is not None and weight < 0:
        reader.tell("weight", "cell.negative", Severity.ERROR, {"value": weight})
    return KpiDefinition(
        id=reader.kpi_id or "",
        row=row,
        name=name or metric or (statement or "")[:60] or cell_of(table, row, "name").a1,
        objective=reader.text("objective"),
        statement=statement,
        stage=Stage(stage) if stage else None,
        nature=Nature(nature) if nature else Nature.QUANTITATIVE,
        source=reader.text("source"),
        metric=metric,
        filter=reader.text("filter"),
        unit=reader.text("unit"),
        measure_kind=MeasureKind(kind) if kind else MeasureKind.LEVEL,
        direction=Direction(direction) if direction else None,
        baseline=reader.number("baseline"),
        target=reader.number("target"),
        upper_limit=reader.number("upper_limit"),
        plan=plan,
        seasonal=seasonal,
        start=reader.day("start"),
        due=reader.day("due"),
        cadence=Cadence(cadence) if cadence else Cadence.MONTH,
        owner=reader.text("owner"),
        amber_from=reader.number("amber_from"),
        green_from=reader.number("green_from"),
        weight=1.0 if weight is None or weight < 0 else weight,
        active=reader.choice("active") != "no",
    )


def _plan(reader: RowReader) -> tuple[tuple[PlanPoint, ...], bool]:
    """The owner's milestones `2026-03: 55000; 2026-06: 65000`; a month means its last day."""
    text = reader.text("plan")
    if text is None or fold(text) in ("straight", "linear", "lineal", "linea recta", "recta"):
        return (), False
    if fold(text) in SEASON:
        return (), True
    points = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        day, _, number = part.rpartition(":")
        on, value = _last_day(day, reader.locale), read_number(number, reader.locale).value
        if on is None or value is None:
            reader.tell("plan", "cell.plan", Severity.ERROR, {"text": part[:60]})
            return (), False
        points.append(PlanPoint(on, value))
    return tuple(sorted(points, key=lambda point: point.on)), False


def _last_day(text: str, locale: str) -> date | None:
    return read_date_text(text, locale).last


def _objectives(table: Table | None) -> tuple[Objective, ...]:
    if table is None:
        return ()
    named = ((row, _text(table.value("name", row))) for row in range(table.height))
    return tuple(Objective(_text(table.value("id", row)), row, name) for row, name in named if name)


def _need_columns(kpis: Table, settings: WorkbookSettings, workbook: str) -> None:
    absent: Sequence[str] = [column.key for column in tabs()["kpis"].columns if column.key not in kpis.keys]
    needed = [key for key in absent if tabs()["kpis"].column(key).of != "guard"]
    if needed:
        heading = tabs()["kpis"].column(needed[0]).heading[settings.language]
        raise LayoutError("layout_missing_column", facts={"tab": kpis.title, "column": heading, "workbook": workbook})


def _title(tab_key: str, settings: WorkbookSettings) -> str:
    return tabs()[tab_key].title[settings.language]


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
