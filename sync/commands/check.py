"""`semaforo check`: SMART and layout issues; nothing is fetched, nothing is written."""

import argparse
import json
import time
from collections.abc import Callable

from sync.catalogued import is_vanity
from sync.commands.base import FINE, NEEDS_A_PERSON, Call, local_today
from sync.console import coverage_lines, issue_lines, say_line
from sync.coverage import find_gaps
from sync.engine import check_all
from sync.ids import new_id
from sync.model import Finding, Severity, Snapshot
from sync.parse import Parsed, parse
from sync.report import finding_json, issue_json
from sync.reviews import overdue_reviews, reviews_held, reviews_shown
from sync.sheet.opening import open_workbook
from sync.sheet.reference import read_reference
from sync.sources.gate import Gate


def arguments(parser: argparse.ArgumentParser, name: str, words: Callable[[str], str]) -> None:
    """WORKBOOK [--json]."""
    parser.add_argument("workbook", metavar="WORKBOOK", help=words("arg.workbook"))
    parser.add_argument("--json", action="store_true", help=words("arg.json"))


def run(call: Call) -> int:
    """Print the issues; exit code 1 when there is one that is more than a hint."""
    began = time.monotonic()
    with open_workbook(read_reference(call.args.workbook), call.settings) as workbook:
        snapshot = workbook.read()
    parsed = parse(snapshot, new_id)
    gate = Gate(call.settings, snapshot.workbook)
    checks, issues = check_all(snapshot, parsed, local_today(), gate)
    coverage = [finding_json(finding, parsed.settings.locale) for finding in _findings(snapshot, parsed)]
    if call.args.json:
        document = {
            "workbook": snapshot.workbook,
            "kpis": [
                {"id": kpi.id, "name": kpi.name, "smart": dict(checks[kpi.id].letters)} for kpi in parsed.definitions
            ],
            "issues": [issue_json(issue, parsed.settings.locale) for issue in issues],
            "coverage": coverage,
            "took": round(time.monotonic() - began, 3),
        }
        print(json.dumps(document, ensure_ascii=False, indent=1))  # noqa: T201  # the answer
    else:
        for line in issue_lines(issues, parsed.settings.locale):
            say_line(line)
        for line in coverage_lines(coverage, parsed.settings.locale):
            say_line(line)
        say_line(call.say("check_end", kpis=float(len(parsed.definitions)), issues=float(len(issues))))
    return NEEDS_A_PERSON if any(issue.severity is not Severity.HINT for issue in issues) else FINE


def _findings(snapshot: Snapshot, parsed: Parsed) -> tuple[Finding, ...]:
    """What the plan lacks; the review days are those that the last sync wrote."""
    today = local_today()
    shown = reviews_shown(snapshot.tables["kpis"], parsed.definitions)
    held = reviews_held(snapshot.tables.get("reviews"), parsed.settings.locale, today)
    return find_gaps(parsed, overdue_reviews(parsed.definitions, shown, held, today), is_vanity)
