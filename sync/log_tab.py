"""The Log tab: a line for each sync that changed something, the newest last. Pure.

The line goes out with the write that it tells of, so it costs no call; a sync that writes nothing leaves no line. The
tab keeps at most MOST lines: when it is full, the oldest go together, so that most syncs write one row only.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sheet_templates.words import say
from sync.jobs.schedule import zone_of
from sync.model import CellValue, Change, KpiOutcome, Light, RowWrite, Snapshot, Table, WorkbookSettings, WritePlan

MOST, DROPPED = 200, 50
_MOST_NAMES = 5


def with_log(
    plan: WritePlan,
    snapshot: Snapshot,
    outcomes: Sequence[KpiOutcome],
    changes: Sequence[Change],
    now: datetime,
    settings: WorkbookSettings,
) -> WritePlan:
    """The plan, and the line that tells of it; as it was when it is empty, or the workbook has no Log tab."""
    table = snapshot.tables.get("log")
    if not plan or table is None or not {"when", "what"} <= table.keys.keys():
        return plan
    local = now.astimezone(zone_of(settings.timezone))
    line = (f"{local:%Y-%m-%d %H:%M}", log_line(plan, outcomes, changes, settings.locale))
    return replace(plan, rows=(*plan.rows, *_rows(table, line)))


def log_line(plan: WritePlan, outcomes: Sequence[KpiOutcome], changes: Sequence[Change], locale: str) -> str:
    """What a sync found and did, in a sentence or two."""
    lights = Counter(outcome.evaluation.light for outcome in outcomes)
    counts = {light.value: float(lights[light]) for light in Light}
    facts = {"kpis": float(len(outcomes)), "cells": float(plan.cells), "changes": float(len(changes)), **counts}
    failed = [outcome.definition.name for outcome in outcomes if outcome.failure]
    told = say("ui", "log_line", locale, facts)
    if not failed:
        return told
    more = say("ui", "more_fixes", locale, {"count": float(len(failed) - _MOST_NAMES)})
    names = ", ".join(failed[:_MOST_NAMES]) + (f" {more}" if len(failed) > _MOST_NAMES else "")
    return f"{told} {say('ui', 'log_failed', locale, {'names': names})}"


def _rows(table: Table, line: tuple[str, str]) -> list[RowWrite]:
    """Where the line goes: below the last one, or, in a full tab, with everything that stays, from the top."""
    used = max(table.filled(("when", "what")), default=-1) + 1
    if used < MOST:
        return [_row(used, line)]
    lines = [(table.value("when", row), table.value("what", row)) for row in range(used)]
    kept = [*lines[used - (MOST - DROPPED) + 1 :], line]
    return [_row(row, kept[row] if row < len(kept) else (None, None)) for row in range(used)]


def _row(row: int, cells: tuple[CellValue, CellValue]) -> RowWrite:
    values = dict(zip(("when", "what"), cells, strict=True))
    return RowWrite("log", row, "", values, tuple(values))
