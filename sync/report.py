"""The sync report as JSON (a stable form that other tools build on) and as sentences. Pure."""

from typing import Any

from sheet_templates.words import say
from sync.changes_text import change_json
from sync.coverage import sentence
from sync.model import Finding, Issue, KpiOutcome, Severity, SyncReport


def report_json(report: SyncReport) -> dict[str, Any]:
    """The document that `semaforo sync --json` prints and the web service answers."""
    locale = report.settings.locale
    return {
        "workbook": report.workbook,
        "today": report.today.isoformat(),
        "dry_run": report.dry_run,
        "api_calls": {"read": report.applied.reads, "write": report.applied.writes},
        "cells_written": report.applied.cells,
        "cells_planned": report.plan.cells,
        "kpis": [_kpi(outcome) for outcome in report.outcomes],
        "issues": [issue_json(issue, locale) for issue in report.issues],
        "coverage": [finding_json(finding, locale) for finding in report.coverage],
        "failures": [_failure(outcome, locale) for outcome in report.outcomes if outcome.failure],
        "changes": [change_json(change) for change in report.changes],
        "unresolved": [row.key for row in report.applied.unresolved],
        "took": round(report.took, 3),
    }


def issue_json(issue: Issue, locale: str) -> dict[str, Any]:
    """One issue: where, what, and the sentence that says what to type."""
    return {
        "code": issue.code,
        "severity": issue.severity.value,
        "cell": issue.cell.a1 if issue.cell else None,
        "kpi": issue.kpi_id,
        "message": say("issues", issue.code, locale, issue.facts),
    }


def finding_json(finding: Finding, locale: str) -> dict[str, Any]:
    """What the plan as a whole lacks: a code, and the sentence that says what to do."""
    return {"code": finding.code, "message": sentence(finding, locale)}


def needs_a_person(report: SyncReport) -> bool:
    """Whether somebody has to look: a definition to correct, a source that failed, a row that could not be written."""
    broken = any(issue.severity is Severity.ERROR for issue in report.issues)
    failed = any(outcome.failure for outcome in report.outcomes)
    return broken or failed or bool(report.applied.unresolved)


def _kpi(outcome: KpiOutcome) -> dict[str, Any]:
    found = outcome.evaluation
    return {
        "id": outcome.definition.id,
        "name": outcome.definition.name,
        "status": found.status.value,
        "light": found.light.value,
        "actual": found.actual,
        "measured_on": found.measured_on.isoformat() if found.measured_on else None,
        "attainment": found.attainment,
        "expected": found.expected,
        "good_until": found.good_until.isoformat() if found.good_until else None,
        "note": outcome.note.text,
    }


def _failure(outcome: KpiOutcome, locale: str) -> dict[str, Any]:
    failure = outcome.failure
    assert failure is not None  # noqa: S101  # the caller asked
    return {
        "kpi": outcome.definition.id,
        "source": failure.source,
        "code": failure.code,
        "permanent": failure.permanent,
        "message": say("failures", failure.code, locale, failure.facts),
    }
