"""What is not as it was: the last sync's definitions and status words against the present ones -> changes. Pure.

Every field is compared as canonical text, which neither the sheet's language nor the place of a row can change: numbers
with a point and no grouping, dates as ISO days, choices as their code.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheet_templates.layout import fold, vocabulary
from sync.model import (
    Change,
    ChangeKind,
    Fields,
    Issue,
    KpiDefinition,
    KpiOutcome,
    LastDefinition,
    PlanPoint,
    RowWrite,
    Severity,
    Table,
)
from sync.numbers import same
from sync.parse import Parsed

TEXTS = ("name", "objective", "statement", "source", "metric", "filter", "unit", "owner")
CHOICES = ("stage", "nature", "measure_kind", "direction", "cadence")
NUMBERS = ("baseline", "target", "upper_limit", "amber_from", "green_from", "weight")
DAYS = ("start", "due")
_AN_ADDRESS = re.compile(r"![A-Z]+[0-9]+$")


@dataclass(frozen=True)
class History:
    """What earlier syncs kept: each KPI's last definition, and the moves of its goal-posts, the oldest first."""

    definitions: Mapping[str, LastDefinition] = field(default_factory=dict)
    moves: tuple[Change, ...] = ()


@dataclass(frozen=True)
class News:
    """What one sync found: the changes, and the definitions that the next one shall compare with."""

    changes: tuple[Change, ...] = ()
    definitions: Mapping[str, Fields] = field(default_factory=dict)

    def without(self, unwritten: Iterable[RowWrite]) -> "News":
        """The news but for KPIs whose row could not be written: the next sync finds theirs again."""
        rows = [row for row in unwritten if row.tab == "kpis"]
        held = {row.key for row in rows} | {row.values.get("computed_for") for row in rows}
        kept = {key: fields for key, fields in self.definitions.items() if key not in held}
        return News(tuple(change for change in self.changes if change.kpi_id not in held), kept)


def find_news(
    history: History, parsed: Parsed, outcomes: Sequence[KpiOutcome], statuses: Mapping[str, str], today: date
) -> News:
    """All changes since the last sync. `statuses` are the words that the rows still show, see `last_statuses`."""
    present = present_fields(parsed.definitions, parsed.issues, history.definitions)
    ids = {kpi.id for kpi in parsed.definitions}
    changes = (
        *status_changes(statuses, outcomes, today),
        *definition_changes(history.definitions, present, today),
        *_comings(history.definitions, present, today),
        *_goings(history.definitions, ids, today),
    )
    return News(changes, present)


def last_statuses(kpis: Table, definitions: Iterable[KpiDefinition]) -> dict[str, str]:
    """The status code that each KPI's row shows from before; nothing for a row that speaks of another KPI."""
    words = vocabulary("status")
    shown = {
        kpi.id: words.code(str(kpis.value("status", kpi.row) or ""))
        for kpi in definitions
        if kpis.value("computed_for", kpi.row) == kpi.id
    }
    return {key: code for key, code in shown.items() if code is not None}


def status_changes(statuses: Mapping[str, str], outcomes: Iterable[KpiOutcome], today: date) -> Iterator[Change]:
    """A change for each KPI whose row showed another status word than it has now."""
    for outcome in outcomes:
        old, new = statuses.get(outcome.definition.id), outcome.evaluation.status.value
        if old is not None and old != new:
            yield Change(outcome.definition.id, ChangeKind.STATUS, today, "status", old, new)


def definition_changes(
    last: Mapping[str, LastDefinition], present: Mapping[str, Fields], today: date
) -> Iterator[Change]:
    """A change for each field that says something else. A field that was never read before is no change."""
    for key, fields in present.items():
        old = last[key].fields if key in last else {}
        for name, new in fields.items():
            if name in old and not _same(name, old[name], new) and not (name == "name" and _follows(old, fields)):
                yield Change(key, ChangeKind.DEFINITION, today, name, old[name], new)


def present_fields(
    definitions: Sequence[KpiDefinition], issues: Iterable[Issue], last: Mapping[str, LastDefinition]
) -> dict[str, Fields]:
    """Each KPI's fields. A cell that can't be read keeps what it said before: a slip of the pen is no decision.

    Of an id that two rows carry nobody knows which row is the KPI: it is left out until it is one row's again.
    """
    unreadable: dict[str, set[str]] = {}
    for issue in issues:
        if issue.cell and issue.kpi_id and issue.severity is Severity.ERROR and issue.code.startswith("cell."):
            unreadable.setdefault(issue.kpi_id, set()).add(issue.cell.column)
    counts = Counter(fold(kpi.id) for kpi in definitions)
    return {
        kpi.id: _readable(fields_of(kpi), unreadable.get(kpi.id, set()), last.get(kpi.id))
        for kpi in definitions
        if counts[fold(kpi.id)] == 1
    }


def _readable(fields: Fields, unreadable: set[str], last: LastDefinition | None) -> Fields:
    before = {name: last.fields[name] for name in unreadable if last and name in last.fields}
    return {name: text for name, text in fields.items() if name not in unreadable} | before


def _comings(last: Mapping[str, LastDefinition], present: Mapping[str, Fields], today: date) -> Iterator[Change]:
    """New KPIs; none at the very first sync, for which all of them are."""
    for key, fields in present.items():
        if last and not (key in last and last[key].present):
            yield Change(key, ChangeKind.ADDED, today, new=fields.get("name"))


def _goings(last: Mapping[str, LastDefinition], ids: set[str], today: date) -> Iterator[Change]:
    for key, definition in last.items():
        if definition.present and key not in ids:
            yield Change(key, ChangeKind.REMOVED, today, old=definition.fields.get("name"))


# --- canonical text ---------------------------------------------------------------------------------------------------


def fields_of(kpi: KpiDefinition) -> Fields:
    """A definition as canonical text, by column key."""
    return {name: write(kpi) for name, write in COMPARED.items()}


def _text(name: str) -> Callable[[KpiDefinition], str | None]:
    def write(kpi: KpiDefinition) -> str | None:
        value = getattr(kpi, name)
        return _canonical(value)

    return write


def _canonical(value: str | float | date | None) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, float | int):
        return canonical_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def canonical_number(value: float) -> str:
    """Twelve significant digits, whole numbers whole: more than any KPI means, fewer than a formula's last bits."""
    return str(int(value)) if float(value).is_integer() else f"{value:.12g}"


def _name(kpi: KpiDefinition) -> str | None:
    """The name, but for the cell's address that stands in for it: sorting changes that."""
    stands_in = kpi.metric is None and kpi.statement is None and _AN_ADDRESS.search(kpi.name)
    return None if stands_in else _canonical(kpi.name)


def _plan(kpi: KpiDefinition) -> str | None:
    return "season" if kpi.seasonal else "; ".join(map(_plan_point, kpi.plan)) or None


def _plan_point(point: PlanPoint) -> str:
    return f"{point.on.isoformat()}: {canonical_number(point.value)}"


def _active(kpi: KpiDefinition) -> str:
    return "yes" if kpi.active else "no"


COMPARED: Mapping[str, Callable[[KpiDefinition], str | None]] = {
    **{name: _text(name) for name in (*TEXTS, *CHOICES, *NUMBERS, *DAYS)},
    "name": _name,
    "plan": _plan,
    "active": _active,
}


def _same(name: str, old: str | None, new: str | None) -> bool:
    if old is None or new is None or name not in NUMBERS:
        return old == new
    return same(float(old), float(new))


def _follows(old: Fields, new: Fields) -> bool:
    """Whether the name only repeats the metric or the statement, before and after: nobody renamed anything."""
    return all(
        fields.get("name") in (fields.get("metric"), (fields.get("statement") or "")[:60]) for fields in (old, new)
    )
