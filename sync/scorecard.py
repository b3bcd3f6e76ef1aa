"""The Scorecard's rows: the whole plan, each objective with its KPIs, and what the plan lacks. Pure.

One table, read from top to bottom; `kind` says what a row stands for, and the template's rules style it by that sign.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sheet_templates.layout import fold, tabs, vocabulary
from sheet_templates.lights import GAPS, OBJECTIVE, PLAN
from sheet_templates.words import language_of, say
from sync.coverage import by_name, sentence, topic
from sync.dates_text import serial_of
from sync.model import CellValue, Finding, KpiOutcome, Light, Objective, Status
from sync.numbers import rounded
from sync.parse import Parsed
from sync.rollup import ENOUGH_JUDGED, Standing, evened, roll_up, weight_of

Row = dict[str, CellValue]
LOOK_AT = 3  # names in one note
WORDS = "scorecard"
UNKNOWN = "?"
_WORST_FIRST = (Light.RED, Light.AMBER)
_SIGNS = {
    Light.GREEN: Status.ON_TRACK,
    Light.AMBER: Status.AT_RISK,
    Light.RED: Status.OFF_TRACK,
    Light.GREY: Status.NO_DATA,
}


@dataclass(frozen=True)
class Group:
    """One objective with its KPIs, each bound to the objective's own spelling.

    `key` is the objective's id, or a question mark where the Objectives tab has no such objective.
    """

    key: str
    name: str | None
    outcomes: tuple[KpiOutcome, ...]

    @property
    def active(self) -> tuple[KpiOutcome, ...]:
        """Those that are not paused."""
        return tuple(outcome for outcome in self.outcomes if outcome.definition.active)


def scorecard_rows(
    parsed: Parsed, outcomes: Sequence[KpiOutcome], findings: Sequence[Finding], locale: str
) -> list[Row]:
    """Every row of the Scorecard, all of its columns by key."""
    if not outcomes and not parsed.objectives:
        return list(_gap_rows(findings, locale))
    groups = grouped(parsed.objectives, outcomes)
    active = [outcome for group in groups for outcome in group.active]
    even = evened(outcome.definition for outcome in active)
    weighed = [replace(outcome, definition=kpi) for outcome, kpi in zip(active, even, strict=True)]
    rows = [_summary(PLAN, "plan", say(WORDS, "plan", locale), weighed, locale)]
    for group in groups:
        rows += _objective_rows(group, locale)
    return [*rows, *_gap_rows(findings, locale)]


def grouped(objectives: Sequence[Objective], outcomes: Sequence[KpiOutcome]) -> list[Group]:
    """By objective as the Objectives tab lists them, then those that the tab does not know, those without one last."""
    known = by_name(objectives)
    unknown = {fold(outcome.definition.objective or "") for outcome in outcomes} - known.keys()
    order = [*known, *sorted(unknown, key=lambda key: (not key, key))]
    members: dict[str, list[KpiOutcome]] = {key: [] for key in order}
    for outcome in outcomes:
        key = fold(outcome.definition.objective or "")
        bound = replace(outcome.definition, objective=known[key].name if key in known else key or None)
        members[key].append(replace(outcome, definition=bound))
    return [_group(key, known.get(key), outcomes, found) for key, found in members.items()]


def _group(key: str, objective: Objective | None, outcomes: Sequence[KpiOutcome], found: list[KpiOutcome]) -> Group:
    if objective is not None:
        return Group(objective.id or objective.name, objective.name, tuple(found))
    typed = sorted({name for each in outcomes if (name := each.definition.objective) and fold(name) == key})
    return Group(UNKNOWN, typed[0] if typed else None, tuple(found))


def _objective_rows(group: Group, locale: str) -> Iterator[Row]:
    name = group.name or say(WORDS, "no_objective", locale)
    row = _summary(OBJECTIVE, group.key, name, group.active, locale)
    if group.name and group.key == UNKNOWN:
        row["note"] = f"{say(WORDS, 'unknown', locale)} {row['note']}"
    yield row
    for outcome in group.outcomes:
        yield _kpi(outcome, locale)


def _summary(kind: str, key: str, name: str, outcomes: Sequence[KpiOutcome], locale: str) -> Row:
    """A row that stands for several KPIs. Its light lasts as long as the first of theirs that goes out."""
    standing = roll_up((each.definition, each.evaluation) for each in outcomes)
    coloured = [each.evaluation for each in outcomes if each.evaluation.light is not Light.GREY]
    lasting = [found.good_until for found in coloured if found.good_until]
    lit = standing.light is not Light.GREY
    return _row(
        kind=kind,
        objective=name,
        name=counts(standing) or say(WORDS, "no_kpis", locale),
        status=_status(standing, outcomes, locale),
        attainment=rounded(standing.attainment),
        note=_note(standing, outcomes, locale),
        good_until=serial_of(min(lasting)) if lit and lasting else None,
        computed_for=key,
    )


def counts(standing: Standing) -> str:
    """How many KPIs have which light: ▲ 3 · ◆ 1 · ▼ 1 · ○ 2."""
    words = vocabulary("status").words
    order = (Light.GREEN, Light.AMBER, Light.RED, Light.GREY)
    return " · ".join(
        f"{words[_SIGNS[light]]['symbol']} {count}" for light in order if (count := standing.lights[light])
    )


def _status(standing: Standing, outcomes: Sequence[KpiOutcome], locale: str) -> str:
    """The word of the whole: achieved or missed only where that is true of every KPI."""
    labels, language = vocabulary("status"), language_of(locale)
    if standing.light is Light.GREY:
        return f"{labels.words[_SIGNS[Light.GREY]]['symbol']} {say(WORDS, 'no_light', locale)}"
    every = {outcome.evaluation.status for outcome in outcomes}
    final = every.pop() if len(every) == 1 else None
    return labels.label(final or _SIGNS[standing.light], language)


def _note(standing: Standing, outcomes: Sequence[KpiOutcome], locale: str) -> str:
    """What to look at first, and what nobody can judge."""
    if not standing.kpis:
        return say(WORDS, "idle", locale)
    parts, grey = [], standing.lights[Light.GREY]
    if worst := list(_to_look_at(outcomes)):
        parts.append(say(WORDS, "look_first", locale, {"names": ", ".join(worst)}))
    elif grey < standing.kpis:
        parts.append(say(WORDS, "all_well", locale))
    if grey:
        parts.append(say(WORDS, "not_judged", locale, {"count": float(grey), "kpis": float(standing.kpis)}))
    if grey < standing.kpis and standing.judged < ENOUGH_JUDGED:
        parts.append(say(WORDS, "too_little", locale))
    return " ".join(parts)


def _to_look_at(outcomes: Sequence[KpiOutcome]) -> Iterable[str]:
    """The first few red KPIs and then amber ones, the weightiest first, each behind its sign."""
    wanted = [outcome for outcome in outcomes if outcome.evaluation.light in _WORST_FIRST]
    wanted.sort(
        key=lambda each: (
            _WORST_FIRST.index(each.evaluation.light),
            -weight_of(each.definition),
            fold(each.definition.name),
        )
    )
    words = vocabulary("status").words
    return (f"{words[each.evaluation.status]['symbol']}\u00a0{each.definition.name}" for each in wanted[:LOOK_AT])


def _kpi(outcome: KpiOutcome, locale: str) -> Row:
    """One KPI; the objective stands in the row above its KPIs and is not repeated."""
    kpi, found = outcome.definition, outcome.evaluation
    return _row(
        name=kpi.name,
        status=vocabulary("status").label(found.status, language_of(locale)),
        actual=rounded(found.actual),
        target=rounded(kpi.target),
        unit=kpi.unit,
        attainment=rounded(found.attainment),
        due=None if kpi.due is None else serial_of(kpi.due),
        owner=kpi.owner,
        note=outcome.note.text,
        good_until=None if found.good_until is None else serial_of(found.good_until),
        computed_for=kpi.id,
    )


def _gap_rows(findings: Sequence[Finding], locale: str) -> Iterator[Row]:
    text = None if findings else say("coverage", "nothing", locale)
    yield _row(kind=GAPS, objective=say("coverage", "title", locale), note=text)
    for finding in findings:
        yield _row(objective=topic(finding, locale), name=finding.subject or None, note=sentence(finding, locale))


def _row(**values: CellValue) -> Row:
    return {column.key: values.get(column.key) for column in tabs()["scorecard"].columns}
