"""What a dry run would change: each cell with what it says and what it would say. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sheet_templates.layout import tabs
from sheet_templates.words import language_of
from sync.cells import cell_of
from sync.model import ApplyResult, Snapshot, WritePlan

MOST_CELLS = 200


class Workbook(Protocol):
    """The workbook seam."""

    def read(self, other_tabs: Sequence[str] = ()) -> Snapshot:
        """What the workbook says."""
        ...

    def apply(self, plan: WritePlan, snapshot: Snapshot) -> ApplyResult:
        """The one write."""
        ...


@dataclass
class Onlooker:
    """A workbook that remembers what it was read to say, and that can't be written to."""

    workbook: Workbook
    seen: list[Snapshot] = field(default_factory=list)

    def read(self, other_tabs: Sequence[str] = ()) -> Snapshot:
        """Raises WorkbookError."""
        self.seen.append(self.workbook.read(other_tabs))
        return self.seen[-1]

    def apply(self, plan: WritePlan, snapshot: Snapshot) -> ApplyResult:
        """A dry run that writes is a bug."""
        raise AssertionError("a dry run must not write")


def would_change(plan: WritePlan, snapshot: Snapshot, locale: str) -> dict[str, Any]:
    """{"count", "cells": [{"cell", "kpi", "column", "old", "new"}]}: how many cells, and the first MOST_CELLS of them.

    Values are those of the sheet: texts, numbers, days as serial numbers. `column` is the heading.
    """
    cells = [cell for cell, _ in zip(_cells(plan, snapshot, locale), range(MOST_CELLS), strict=False)]
    return {"count": plan.cells, "cells": cells}


def _cells(plan: WritePlan, snapshot: Snapshot, locale: str) -> Iterator[dict[str, Any]]:
    for row in plan.rows:
        table = snapshot.tables[row.tab]
        for key in row.changed:
            yield {
                "cell": cell_of(table, row.row, key).a1,
                "kpi": row.key or None,
                "column": tabs()[row.tab].column(key).heading[language_of(locale)],
                "old": table.value(key, row.row),
                "new": row.values[key],
            }
