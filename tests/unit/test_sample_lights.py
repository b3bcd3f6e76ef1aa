"""What the program says of the sample plan: every colour and every common grey, whatever the day of the demo."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sheet_templates.guide import settings_rows
from sheet_templates.layout import tabs
from sheet_templates.sample import sample_plan
from sheet_templates.words import DEFAULT_LOCALES
from sync.dates_text import serial_of
from sync.engine import Memory, SyncOptions, run_sync
from sync.model import ApplyResult, Light, Snapshot, SyncReport, Table, WritePlan
from sync.settings import Settings

DAYS = (date(2026, 2, 1), date(2026, 6, 30), date(2026, 8, 24), date(2026, 11, 22), date(2027, 1, 4))
GREYS = {"early", "no_data", "stale", "invalid", "paused"}


class ReadOnce:
    """A workbook that says one thing and is never written."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def read(self, other_tabs: Sequence[str] = ()) -> Snapshot:
        return self.snapshot

    def apply(self, plan: WritePlan, snapshot: Snapshot) -> ApplyResult:
        raise NotImplementedError


def cell(value: Any) -> Any:
    return serial_of(value) if isinstance(value, date) else value


def table(key: str, rows: Iterable[Mapping[str, Any]], language: str) -> Table:
    tab, lines = tabs()[key], list(rows)
    columns = tuple((column.heading[language], *(cell(row.get(column.key)) for row in lines)) for column in tab.columns)
    return Table(key, tab.title[language], tab.id, 0, 0, columns, {c.key: at for at, c in enumerate(tab.columns)})


def judged(language: str, today: date, folder: Path) -> SyncReport:
    plan = sample_plan(language, today)
    for name, text in plan.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    keys = [column.key for column in tabs()["settings"].columns]
    settings = [
        dict(zip(keys, row, strict=True)) for row in settings_rows(language, DEFAULT_LOCALES[language], "Europe/Madrid")
    ]
    rows = {
        "settings": settings,
        "objectives": plan.objectives,
        "kpis": [{"id": f"k{number}", **row} for number, row in enumerate(plan.kpis)],
        "measurements": plan.measurements,
        "surveys": plan.surveys,
    }
    others = {
        title: tuple(tuple(map(cell, column)) for column in zip(*lines, strict=True))
        for title, lines in plan.tabs.items()
    }
    snapshot = Snapshot("sample", {key: table(key, lines, language) for key, lines in rows.items()}, (), others)
    options = SyncOptions(Settings(home=folder, files=folder), datetime.now(UTC), today, dry_run=True)
    return run_sync(ReadOnce(snapshot), options, Memory(len(plan.kpis), tuple(plan.tabs)))


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_sample_shows_every_light_on_any_day(language: str, today: date, tmp_path: Path) -> None:
    report = judged(language, today, tmp_path)
    lights = Counter(outcome.evaluation.light for outcome in report.outcomes)
    assert lights[Light.GREEN] >= 5
    assert lights[Light.AMBER] >= 3
    assert lights[Light.RED] == 3
    assert {o.evaluation.status for o in report.outcomes if o.evaluation.light is Light.GREY} == GREYS


def test_both_languages_get_the_same_verdicts(tmp_path: Path) -> None:
    def verdicts(language: str) -> list[tuple[str, str, float | None]]:
        outcomes = judged(language, DAYS[3], tmp_path).outcomes
        return [(one.evaluation.status, one.evaluation.reason, one.evaluation.actual) for one in outcomes]

    assert verdicts("es") == verdicts("en")


def test_a_newcomer_is_told_what_is_not_smart_and_no_source_fails(tmp_path: Path) -> None:
    report = judged("es", DAYS[3], tmp_path)
    assert not [outcome.failure for outcome in report.outcomes if outcome.failure]
    told = {issue.code for issue in report.issues}
    assert told >= {"measurable.missing_target", "time_bound.missing_due", "time_bound.due_before_start"}
    assert told >= {"relevant.unknown_objective", "specific.missing_owner"}
    assert not [code for code in told if code.startswith(("cell.", "layout."))]
