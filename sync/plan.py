"""What the workbook should say minus what it says. Pure: a function of columns that the one read brings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheet_templates.layout import tabs, vocabulary
from sheet_templates.words import language_of, say
from sync.dates_text import serial_of
from sync.model import (
    CellValue,
    Finding,
    Issue,
    KpiOutcome,
    RowWrite,
    Severity,
    SmartCheck,
    Snapshot,
    Table,
    WritePlan,
)
from sync.numbers import rounded, same
from sync.parse import PERSONS, Parsed
from sync.scorecard import scorecard_rows
from sync.smart import LETTERS

MOST_FIXES = 6  # sentences in one cell; the rest is counted


def plan_writes(
    snapshot: Snapshot,
    parsed: Parsed,
    outcomes: Sequence[KpiOutcome],
    checks: Mapping[str, SmartCheck],
    issues: Iterable[Issue],
    findings: Sequence[Finding] = (),
    fills: Mapping[int, Mapping[str, CellValue]] | None = None,
) -> WritePlan:
    """The rows of our columns that say something else than they should, in the KPI tab and the Scorecard.

    `fills` are empty cells of the person's that the owner lets us fill: row -> column key -> value. The snapshot says
    what the tab will be once they are filled.
    """
    locale = parsed.settings.locale
    told: dict[int, list[Issue]] = {}
    for issue in issues:
        if issue.cell is not None and issue.cell.tab == "kpis" and issue.code != "id.missing":
            told.setdefault(issue.cell.row, []).append(issue)
    kpis = snapshot.tables["kpis"]
    rows = []
    for outcome in outcomes:
        kpi = outcome.definition
        values = kpi_values(outcome, checks[kpi.id], told.get(kpi.row, ()), locale)
        if kpi.id in parsed.doubled:
            values["computed_for"] = None  # neither of two rows with one id shows a light
        if kpi.row in parsed.given:
            values["id"] = kpi.id
        row = _row_write(kpis, kpi.row, "" if kpi.row in parsed.given else kpi.id, values)
        rows.append(_with_fills(row, (fills or {}).get(kpi.row, {})))
    rows += _emptied(kpis, {outcome.definition.row for outcome in outcomes})
    if "scorecard" in snapshot.tables:
        rows += whole_tab(snapshot.tables["scorecard"], scorecard_rows(parsed, outcomes, findings, locale))
    return WritePlan(tuple(row for row in rows if row.changed))


def kpi_values(outcome: KpiOutcome, check: SmartCheck, issues: Sequence[Issue], locale: str) -> dict[str, CellValue]:
    """What our columns of one KPI's row should say, by column key."""
    found, language = outcome.evaluation, language_of(locale)
    projection = found.projection
    return {
        "status": vocabulary("status").label(found.status, language),
        "smart": smart_text(check),
        "fix": fix_text(issues, locale),
        "actual": rounded(found.actual),
        "measured_on": _serial(found.measured_on),
        "attainment": rounded(found.attainment),
        "expected": rounded(found.expected),
        "trend": None if found.actual is None else vocabulary("trend").label(found.trend, language),
        "forecast": rounded(projection.value) if projection else None,
        "chance": rounded(projection.chance) if projection else None,
        "next_review": _serial(outcome.note.next_review),
        "note": outcome.note.text,
        "good_until": _serial(found.good_until),
        "computed_for": outcome.definition.id,
    }


def smart_text(check: SmartCheck) -> str:
    """The five letters: lit as themselves, a dot for one that is out, a question mark for one that nobody can tell."""
    marks = {True: None, False: "·", None: "?"}
    return " ".join(marks[check.letters[letter]] or letter for letter in LETTERS)


def fix_text(issues: Sequence[Issue], locale: str) -> str | None:
    """The sentences for one row; column headings name the cells, for rows move.

    A proposal stands first and speaks for the cells that it would fill; then errors, then the rest.
    """
    proposed = {key for issue in issues for key in str(issue.facts.get("columns", "")).split(",")}
    told = [issue for issue in issues if issue.cell is None or issue.cell.column not in proposed]
    order = list(Severity)
    ranked = sorted(told, key=lambda issue: (issue.code != "proposal.fields", order.index(issue.severity)))
    lines = ["• " + say("issues", issue.code, locale, issue.facts) for issue in ranked[:MOST_FIXES]]
    if len(ranked) > MOST_FIXES:
        lines.append(say("ui", "more_fixes", locale, {"count": float(len(ranked) - MOST_FIXES)}))
    return "\n".join(lines) or None


def whole_tab(table: Table, lines: Sequence[Mapping[str, CellValue]]) -> Iterator[RowWrite]:
    """A tab of ours: these lines from its first row on; what stands below them goes."""
    for row in range(max(len(lines), table.height)):
        yield _row_write(table, row, "", lines[row] if row < len(lines) else dict.fromkeys(table.keys))


def _emptied(table: Table, kept: set[int]) -> list[RowWrite]:
    """Rows whose KPI is gone: what we wrote there goes too."""
    keys = [column.key for column in tabs()["kpis"].ours]
    gone = sorted(table.filled(keys) - table.filled(PERSONS) - kept)
    return [_row_write(table, row, str(table.value("id", row) or ""), dict.fromkeys(keys)) for row in gone]


def _with_fills(row: RowWrite, cells: Mapping[str, CellValue]) -> RowWrite:
    return replace(row, values={**row.values, **cells}, changed=(*row.changed, *cells))


def _row_write(table: Table, row: int, key: str, values: Mapping[str, CellValue]) -> RowWrite:
    """What a row should say, with the columns in which it says something else now; one that isn't there is none."""
    there = ((name, value) for name, value in values.items() if name in table.keys)
    changed = tuple(name for name, value in there if not same_cell(value, table.value(name, row)))
    return RowWrite(table.tab, row, key, values, changed)


def same_cell(one: CellValue, other: CellValue) -> bool:
    """Whether two cells say the same; an empty text is nothing."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return same(float(one), float(other))
    return ("" if one is None else one) == ("" if other is None else other)


def _serial(day: date | None) -> float | None:
    return None if day is None else serial_of(day)
