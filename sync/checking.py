"""One KPI as a person is typing it -> what is good about it and what is missing. Pure, and quick: nothing is fetched.

It is the sync's own reading: the row is parsed as a tab of one row, the empty cells are filled with what the sentence
says, and the SMART rules look at the result.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sheet_templates.layout import fold, tabs, vocabulary
from sheet_templates.words import DEFAULT_LOCALES, language_of, say, show_number
from sync.cells import cell_of
from sync.dates_text import serial_of
from sync.model import CellValue, Issue, KpiDefinition, Severity, SmartCheck, Snapshot, Table
from sync.parse import Parsed, parse
from sync.proposals import fields_of, tell
from sync.sentence import ParsedSentence, parse_sentence, write_sentence
from sync.smart import LETTERS, Fault, SmartContext, check_smart
from sync.sources import is_known, nearest_names
from sync.sources.faults import fault_of
from sync.sources.gate import Gate

LOCALES = ("es_ES", "es_MX", "en_GB", "en_US")
_WORDS = {True: "ok", False: "missing", None: "unknown"}
_NEEDED = {"S": "metric", "M": "target", "T": "due"}  # what the sentence alone must say for a letter
_ASKED = {
    "metric": "specific.missing_metric",
    "target": "measurable.missing_target",
    "due": "time_bound.missing_due",
}
_OURS = ("proposal.fields", "proposal.sentence", "id.missing")  # told as `fields` and `statement`
_CHOICES = ("direction", "measure_kind", "cadence")


@dataclass(frozen=True)
class Question:
    """What is to be checked: a sentence, a row (column key -> what the cell shows), or both.

    `locale` is that of the sentences and numbers; `detect` lets the sentence's own language win over it.
    """

    today: date
    locale: str = "en_GB"
    statement: str | None = None
    row: Mapping[str, CellValue] | None = None
    detect: bool = True
    gate: Gate | None = None  # what its workbook may ask for

    @property
    def cells(self) -> dict[str, CellValue]:
        """The row with the sentence in its cell."""
        cells = dict(self.row or {})
        return cells if self.statement is None else {**cells, "statement": self.statement}


def locale_of(tag: str) -> str:
    """The locale of ours that a language tag (es, en-US, es_MX) comes nearest to."""
    tag = tag.replace("-", "_")
    near = next((locale for locale in LOCALES if locale.casefold() == tag.casefold()), None)
    return near or DEFAULT_LOCALES[language_of(tag)]


def check_kpi(question: Question) -> dict[str, Any]:
    """The answer as JSON holds it: verdict, smart, fields, statement, issues, and readings of numbers with two."""
    given = question.cells
    first = _parsed(given, question.locale)
    if not first.definitions:  # an empty row
        return _nothing(question.locale)
    kpi = first.definitions[0]
    read = _read(kpi, question)
    fields = _proposed(kpi, given, read)
    filled = {**given, **{key: _cell(key, value, question.locale) for key, value in fields.items()}}
    snapshot, parsed = _snapshot(filled, question.locale), _parsed(filled, question.locale)
    whole = parsed.definitions[0]
    if question.row is None:
        letters, issues = _of_sentence(read, whole, snapshot, question.locale)
    else:
        letters, issues = _of_row(snapshot, parsed, question)
    vain = read is not None and read.verdict == "not_kpi" and whole.target is None
    missing = "missing" in letters.values() or any(issue.severity is Severity.ERROR for issue in issues)
    answer: dict[str, Any] = {
        "verdict": "not_a_kpi" if vain else "incomplete" if missing else "smart",
        "smart": letters,
        "fields": {key: _plain(key, value, question.locale) for key, value in fields.items()},
        "statement": None if vain else _written(whole, read, question.locale),
        "issues": [_issue_json(issue, question.locale) for issue in issues if issue.code not in _OURS],
    }
    readings = list(_readings(read, issues, question.locale))
    return {**answer, "readings": readings} if readings else answer


# --- the row as a workbook of one row ---------------------------------------------------------------------------------


def _snapshot(cells: Mapping[str, CellValue], locale: str) -> Snapshot:
    choices = {"language": language_of(locale), "locale": locale, "timezone": "Etc/UTC"}
    settings = _table("settings", [{"key": key, "value": value} for key, value in choices.items()], locale)
    return Snapshot("", {"kpis": _table("kpis", [cells], locale), "settings": settings})


def _table(key: str, rows: Sequence[Mapping[str, CellValue]], locale: str) -> Table:
    tab, language = tabs()[key], language_of(locale)
    columns = tuple(
        (column.heading[language], *(row.get(column.key) for row in rows)) for column in tab.columns if column.heading
    )
    places = {column.key: place for place, column in enumerate(column for column in tab.columns if column.heading)}
    return Table(tab.key, tab.title[language], tab.id, 0, 0, columns, places)


def _parsed(cells: Mapping[str, CellValue], locale: str) -> Parsed:
    return parse(_snapshot(cells, locale), lambda: "")


def _read(kpi: KpiDefinition, question: Question) -> ParsedSentence | None:
    """The sentence, understood; "in six months" counts from the start, or from today."""
    if kpi.statement is None:
        return None
    language = None if question.detect else language_of(question.locale)
    return parse_sentence(kpi.statement, kpi.start or question.today, language)


def _proposed(kpi: KpiDefinition, given: Mapping[str, CellValue], read: ParsedSentence | None) -> Mapping[str, Any]:
    """What the sentence says for cells that are empty."""
    found = fields_of(read, kpi) if read is not None and read.verdict != "not_kpi" else {}
    return {key: value for key, value in found.items() if given.get(key) in (None, "")}


def _cell(key: str, value: str | float | date, locale: str) -> CellValue:
    shown = _plain(key, value, locale)
    return serial_of(value) if isinstance(value, date) else shown


def _plain(key: str, value: str | float | date, locale: str) -> str | float:
    """A proposal as it may be typed into its cell: the word of a choice, an ISO date, a number, a text."""
    if isinstance(value, date):
        return value.isoformat()
    return vocabulary(key).label(str(value), language_of(locale)) if key in _CHOICES else value


# --- the letters ------------------------------------------------------------------------------------------------------


def _of_row(snapshot: Snapshot, parsed: Parsed, question: Question) -> tuple[dict[str, str], list[Issue]]:
    """The SMART rules on the whole row. Whether the objective exists only the workbook knows: any name will do."""
    kpi = parsed.definitions[0]
    check, found = _checked(kpi, snapshot, question.locale, lambda row: fault_of(row, question.today, question.gate))
    told = {issue.cell for issue in parsed.issues}
    doubts = tell(snapshot, parsed, question.today)
    issues = [*parsed.issues, *(issue for issue in found if issue.cell not in told), *doubts]
    broken = {issue.cell.column for issue in parsed.issues if issue.cell and issue.severity is Severity.ERROR}
    letters = {letter: _WORDS[check.letters[letter]] for letter in LETTERS}
    return _without(letters, broken), issues


def _without(letters: dict[str, str], broken: set[str]) -> dict[str, str]:
    """A cell that can't be read puts out its letter: a number M, a day T."""
    kinds = {column.key: column.kind for column in tabs()["kpis"].columns}
    out = {"T" if kinds[key] == "date" else "M" for key in broken if kinds[key] in ("number", "date")}
    return {letter: "missing" if letter in out else word for letter, word in letters.items()}


def _of_sentence(
    read: ParsedSentence | None, kpi: KpiDefinition, snapshot: Snapshot, locale: str
) -> tuple[dict[str, str], list[Issue]]:
    """What words alone can show; achievable and relevant need more than words."""
    missing = read.missing if read is not None else tuple(_ASKED)
    letters = dict.fromkeys(LETTERS, "unknown")
    letters |= {letter: "missing" if name in missing else "ok" for letter, name in _NEEDED.items()}
    _, found = _checked(kpi, snapshot, locale)
    asked = {_ASKED[name]: name for name in missing if name in _ASKED}
    issues = [issue for issue in found if issue.code in asked or issue.code == "measurable.direction_conflict"]
    told = {issue.code for issue in issues}
    table = snapshot.tables["kpis"]
    issues += [_asked(code, name, table, kpi, locale) for code, name in asked.items() if code not in told]
    return letters, issues


def _asked(code: str, column: str, table: Table, kpi: KpiDefinition, locale: str) -> Issue:
    heading = tabs()["kpis"].column(column).heading[language_of(locale)]
    return Issue(code, Severity.ERROR, cell_of(table, kpi.row, column), kpi.id, {"column": heading})


def _checked(
    kpi: KpiDefinition,
    snapshot: Snapshot,
    locale: str,
    fault: Callable[[KpiDefinition], Fault | None] = lambda kpi: None,
) -> tuple[SmartCheck, tuple[Issue, ...]]:
    context = SmartContext(
        table=snapshot.tables["kpis"],
        locale=locale,
        objectives=frozenset([fold(kpi.objective or "")]),
        known_source=is_known,
        source_names=nearest_names,
        source_fault=fault,
    )
    return check_smart(kpi, context)


# --- the answer -------------------------------------------------------------------------------------------------------


def _written(kpi: KpiDefinition, read: ParsedSentence | None, locale: str) -> str | None:
    """The sentence as it reads best; None while something that it needs is missing."""
    language, unit = language_of(locale), kpi.unit or ""
    known = {"%": "%", "€": "EUR", "$": "USD"}
    if read is not None and not read.missing and _agrees(kpi, read):
        return write_sentence(read, language, locale, "" if read.unit != "count" else unit)
    if kpi.target is None or kpi.due is None or kpi.direction is None:
        return None
    holds = {"increase": "increase", "decrease": "decrease"}
    fields = ParsedSentence(
        None,
        "",
        language,
        holds.get(kpi.direction.value, "maintain"),
        kpi.name,
        baseline=kpi.baseline if kpi.direction.value in holds else None,
        target=kpi.target,
        target_high=kpi.upper_limit if kpi.direction.value == "keep_within" else None,
        target_kind="range" if kpi.direction.value == "keep_within" and kpi.upper_limit is not None else "absolute",
        unit=known.get(unit, "count"),
        due=kpi.due,
    )
    return write_sentence(fields, language, locale, "" if unit in known else unit)


def _agrees(kpi: KpiDefinition, read: ParsedSentence) -> bool:
    """Whether the columns say nothing else than the sentence."""
    found = fields_of(read, kpi)
    return all(getattr(kpi, key) in (None, found[key]) for key in ("baseline", "target", "due") if key in found)


def _issue_json(issue: Issue, locale: str) -> dict[str, Any]:
    return {
        "code": issue.code,
        "severity": issue.severity.value,
        "column": issue.cell.column if issue.cell else None,
        "message": say("issues", issue.code, locale, issue.facts),
    }


def _readings(read: ParsedSentence | None, issues: Sequence[Issue], locale: str) -> Iterator[dict[str, Any]]:
    """Numbers that can be read in two ways: as we take them first, then the other."""
    for each in read.alternatives if read is not None else ():
        yield _two("statement", each.text, each.taken, each.other, locale)
    for issue in issues:
        if issue.code == "cell.ambiguous_number" and issue.cell is not None:
            one, other = issue.facts.get("one"), issue.facts.get("other")
            if isinstance(one, int | float) and isinstance(other, int | float):
                yield _two(issue.cell.column, str(issue.facts.get("text", "")), one, other, locale)


def _two(column: str, text: str, one: float, other: float, locale: str) -> dict[str, Any]:
    shown = [show_number(number, locale) for number in (one, other)]
    return {"column": column, "text": text, "readings": [one, other], "shown": shown}


def _nothing(locale: str) -> dict[str, Any]:
    heading = tabs()["kpis"].column("statement").heading[language_of(locale)]
    letters = {letter: "unknown" if letter in ("A", "R") else "missing" for letter in LETTERS}
    issue = Issue("specific.missing_metric", Severity.ERROR, facts={"column": heading})
    issues = [_issue_json(issue, locale)]
    return {"verdict": "not_a_kpi", "smart": letters, "fields": {}, "statement": None, "issues": issues}
