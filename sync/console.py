"""What a person sees in the terminal: progress while it works, a coloured table with word and symbol at the end.

People's text goes to stderr or, where it is the answer itself, to stdout; `--json` prints nothing of this.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from sheet_templates.layout import tabs, vocabulary
from sheet_templates.words import language_of, say, show, show_date, show_number
from sync.changes_text import change_lines
from sync.dates_text import date_of
from sync.engine import Progress as ProgressCallback
from sync.model import CellValue, Issue, Light, Status, SyncReport

STYLES = {Light.GREEN: "bold green", Light.AMBER: "bold yellow", Light.RED: "bold red", Light.GREY: "dim"}
TO_FIX = ("error", "warning")  # the severities that ask a person for something
_OUT = Console(highlight=False)
_ERR = Console(stderr=True, highlight=False)


def say_line(text: str) -> None:
    """One line for the person, on stderr."""
    _ERR.print(text, markup=False, soft_wrap=True)


@contextmanager
def progress_on_stderr(locale: str) -> Iterator[ProgressCallback]:
    """A progress bar on stderr that names the step; silent where stderr is no terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_ERR, transient=True, disable=not _ERR.is_terminal) as bar:
        task = bar.add_task("", total=1)

        def progress(step: str, done: int, total: int) -> None:
            bar.update(task, description=say("ui", f"step.{step}", locale), completed=done, total=max(total, 1))

        yield progress


def print_report(report: Mapping[str, Any], locale: str) -> None:
    """The table of lights, the notes of what needs care, and the counts. `report` is the JSON form."""
    _OUT.print(_lights(report["kpis"], locale))
    for kpi in report["kpis"]:
        light = Light(kpi["light"])
        if kpi["note"] and light in (Light.RED, Light.AMBER):
            _OUT.print(Text.assemble((f"{_symbol(kpi)} ", STYLES[light]), (kpi["name"], "bold"), f": {kpi['note']}"))
    for failure in report["failures"]:
        _OUT.print(f"[dim]○[/] {escape(failure['message'])}")
    _print_changes(report, locale)
    fixes = sum(issue["severity"] in TO_FIX for issue in report["issues"])
    if fixes:
        _OUT.print(Text(say("cli", "report_fixes", locale, {"count": float(fixes)})))
    for line in coverage_lines(report["coverage"], locale):
        _OUT.print(line, markup=False, soft_wrap=True)
    calls = report["api_calls"]
    facts = {"read": calls["read"], "write": calls["write"], "cells": report["cells_written"], "took": report["took"]}
    _OUT.print(Text(say("cli", "report_end", locale, {name: float(value) for name, value in facts.items()}), "dim"))


def _print_changes(report: Mapping[str, Any], locale: str) -> None:
    lines = list(change_lines(report, locale))
    if lines:
        _OUT.print(Text(say("changes", "what_changed", locale), "bold"))
        for line in lines:
            _OUT.print(Text(f"  {line}"))


def print_plan(report: SyncReport, locale: str) -> None:
    """The write plan of a dry run: each cell that would say something else."""
    if not report.plan.cells:
        _OUT.print(say("cli", "plan_nothing", locale))
        return
    table = Table(title=say("cli", "plan_title", locale), title_justify="left")
    for heading in ("plan_row", "plan_column", "plan_value"):
        table.add_column(say("cli", heading, locale))
    language = language_of(report.settings.locale)
    for row in report.plan.rows:
        tab = tabs()[row.tab]
        for key in row.changed:
            column = tab.column(key)
            shown = as_in_the_sheet(column.kind, row.values[key], locale)
            table.add_row(f"{tab.title[language]} {row.row + 2}", column.heading[language], Text(shown[:80]))
    _OUT.print(table)


def as_in_the_sheet(kind: str, value: CellValue, locale: str) -> str:
    """A cell's value as its column shows it: a day's number as a date, a share as a percentage."""
    if value is None or isinstance(value, str):
        return value or ""
    if kind == "date":
        return show(date_of(value, locale).value, locale)
    return show_number(100 * value, locale, "%") if kind == "percent" else show(value, locale)


def issue_lines(issues: Iterable[Issue], locale: str) -> Iterator[str]:
    """One line an issue: its cell and the sentence that says what to type."""
    for issue in issues:
        where = f"{issue.cell.a1}: " if issue.cell else ""
        yield f"{where}{say('issues', issue.code, locale, issue.facts)}"


def coverage_lines(coverage: Sequence[Mapping[str, Any]], locale: str) -> Iterator[str]:
    """What the plan lacks, a line each below its heading; nothing where nothing lacks. `coverage` is the JSON form."""
    if coverage:
        yield f"{say('coverage', 'title', locale)}:"
    for finding in coverage:
        yield f"• {finding['message']}"


def _lights(kpis: Iterable[Mapping[str, Any]], locale: str) -> Table:
    table = Table(expand=False)
    table.add_column(say("cli", "col_status", locale), no_wrap=True)
    table.add_column("KPI", overflow="fold")
    table.add_column(say("cli", "col_actual", locale), justify="right", no_wrap=True)
    table.add_column(say("cli", "col_attainment", locale), justify="right", no_wrap=True)
    table.add_column(say("cli", "col_measured", locale), no_wrap=True)
    for kpi in kpis:
        label = vocabulary("status").label(Status(kpi["status"]), language_of(locale))
        attainment = "" if kpi["attainment"] is None else show_number(100 * kpi["attainment"], locale, "%")
        actual = "" if kpi["actual"] is None else show_number(kpi["actual"], locale)
        status = Text(label, STYLES[Light(kpi["light"])])
        measured = show_date(date.fromisoformat(kpi["measured_on"]), locale) if kpi["measured_on"] else ""
        table.add_row(status, Text(kpi["name"]), actual, attainment, measured)
    return table


def _symbol(kpi: Mapping[str, Any]) -> str:
    return str(vocabulary("status").words[kpi["status"]]["symbol"])
