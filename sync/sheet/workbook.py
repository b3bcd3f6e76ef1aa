"""The workbook seam: one read that gives a Snapshot, one write that carries out a WritePlan."""

from collections.abc import Sequence
from dataclasses import dataclass

from sheet_templates.layout import tabs
from sync.errors import LayoutError
from sync.model import ApplyResult, Snapshot, WritePlan
from sync.sheet.apply import apply_plan
from sync.sheet.google import SheetsClient, UnknownRangeError
from sync.sheet.tables import quoted, table

READ = ("kpis", "objectives", "measurements", "surveys", "reviews", "settings", "scorecard", "history", "log")


@dataclass(frozen=True)
class Workbook:
    """One spreadsheet that we serve. `reference` is how the person calls it: its id, or local:NAME."""

    client: SheetsClient
    id: str
    reference: str

    def read(self, other_tabs: Sequence[str] = ()) -> Snapshot:
        """All that a sync needs, in one call; one call more for each name that turns out to be missing.

        Raises WorkbookError; LayoutError when the KPI tab is not there.
        """
        wanted = {tabs()[key].range_name: key for key in READ}
        others = {quoted(title): title for title in other_tabs}
        names = [*wanted, *others]
        reads = 0
        while True:
            reads += 1
            try:
                answers = self.client.read(self.id, names)
                break
            except UnknownRangeError as error:
                lost = error.facts["range"]
                if lost not in names:
                    raise
                names.remove(str(lost))
                if tabs()["kpis"].range_name not in names:
                    raise LayoutError("layout_missing_tab", facts={"workbook": self.reference}) from error
        found = dict(zip(names, answers, strict=True))
        return Snapshot(
            workbook=self.id,
            tables={key: table(tabs()[key], found[name]) for name, key in wanted.items() if name in found},
            missing_tabs=tuple(key for name, key in wanted.items() if name not in found),
            others={
                title: tuple(tuple(column) for column in found[name].get("values", ()))
                for name, title in others.items()
                if name in found
            },
            reads=reads,
        )

    def apply(self, plan: WritePlan, snapshot: Snapshot) -> ApplyResult:
        """Carry out the plan: one write, one more for each conflict. Nothing to write makes no call."""
        return apply_plan(self.client, snapshot, plan) if plan else ApplyResult()
