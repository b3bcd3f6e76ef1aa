"""Sync report -> one card a KPI: what a sidebar shows of it between two syncs. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sheet_templates.layout import vocabulary
from sheet_templates.words import language_of, say, show_date, show_number
from sync.frame import Frame, Rule, definition_fault, settle
from sync.model import Issue, KpiDefinition, KpiOutcome, Status, SyncReport, WindowValue
from sync.numbers import rounded
from sync.plan_points import plan_days
from sync.thinning import thinned
from sync.verdicts import expected_value

MOST_POINTS = 400
MOST_FIXES = 6
_PAIRS = (Rule.MOVEMENT, Rule.CEILING)
Line = list[list[Any]]  # [ISO date, number] pairs, ascending


def cards_of(report: SyncReport) -> dict[str, dict[str, Any]]:
    """KPI id -> its card as JSON holds it. Of ids that two rows share, the last row's."""
    locale = report.settings.locale
    told: dict[str, list[Issue]] = {}
    for issue in report.issues:
        if issue.kpi_id is not None and issue.code != "id.missing":
            told.setdefault(issue.kpi_id, []).append(issue)
    return {
        outcome.definition.id: card_of(outcome, told.get(outcome.definition.id, ()), locale)
        for outcome in report.outcomes
    }


def card_of(outcome: KpiOutcome, issues: Sequence[Issue], locale: str) -> dict[str, Any]:
    """One card: numbers in the KPI's unit, shares with 1 as the whole, days as ISO dates; `shown` as people read them.

    `series` is None where the source failed: the readings are those of the sync before.
    """
    kpi, found, language = outcome.definition, outcome.evaluation, language_of(locale)
    word = vocabulary("status").words[found.status]
    series = None if outcome.failure or outcome.value is None else _series(outcome.value)
    card: dict[str, Any] = {
        "id": kpi.id,
        "name": kpi.name,
        "status": found.status.value,
        "word": str(word[language]),
        "light": found.light.value,
        "symbol": str(word["symbol"]),
        "actual": rounded(found.actual),
        "unit": kpi.unit,
        "measured_on": _iso(found.measured_on),
        "attainment": rounded(found.attainment),
        "expected": rounded(found.expected),
        "trend": found.trend.value,
        "note": outcome.note.text,
        "fix": [say("issues", issue.code, locale, issue.facts) for issue in issues[:MOST_FIXES]],
        "next_review": _iso(outcome.note.next_review),
        "owner": kpi.owner,
        "series": series,
        "plan": _plan(kpi, outcome.value),
        "target": rounded(kpi.target),
        "due": _iso(kpi.due),
        "forecast": _forecast(outcome),
    }
    return {**card, "shown": _shown(outcome, locale)}


def _series(value: WindowValue) -> Line:
    points = [(point.on, point.value) for point in (*value.earlier, *value.readings) if point.value is not None]
    return [[on.isoformat(), rounded(number)] for on, number in thinned(points, MOST_POINTS)]


def _plan(kpi: KpiDefinition, value: WindowValue | None) -> Line:
    """The plan line where there is one: what a movement or a sum should say, or the level that shall be held."""
    frame = _frame(kpi, value or WindowValue(None, None))
    if frame is None or frame.rule is Rule.MILESTONE:
        return []
    if frame.rule in _PAIRS:
        start, due = frame.window
        days = plan_days(kpi, start, due)
        line = [(day, expected_value(kpi, value or WindowValue(None, None), frame, day)) for day in days]
    else:
        line = [(day, frame.target) for day in (kpi.start, kpi.due) if day is not None]
    return [[day.isoformat(), rounded(number)] for day, number in line]


def _frame(kpi: KpiDefinition, value: WindowValue) -> Frame | None:
    if definition_fault(kpi, value.readings) is not None:
        return None
    frame = settle(kpi, value)
    return None if isinstance(frame, str) else frame


def _forecast(outcome: KpiOutcome) -> dict[str, Any] | None:
    found, due = outcome.evaluation.projection, outcome.definition.due
    if found is None or due is None:
        return None
    numbers = {"mean": found.value, "low": found.low, "high": found.high, "chance": found.chance}
    return {"date": due.isoformat(), **{name: rounded(number) for name, number in numbers.items()}}


def _shown(outcome: KpiOutcome, locale: str) -> dict[str, str]:
    return {key: text for key, text in _texts(outcome, locale) if text is not None}


def _texts(outcome: KpiOutcome, locale: str) -> Iterator[tuple[str, str | None]]:
    kpi, found, projection = outcome.definition, outcome.evaluation, outcome.evaluation.projection
    counted = {"actual": found.actual, "expected": found.expected, "target": kpi.target}
    if projection is not None and kpi.due is not None:
        counted |= {"forecast": projection.value, "low": projection.low, "high": projection.high}
    for key, number in counted.items():
        yield key, None if rounded(number) is None else show_number(rounded(number) or 0.0, locale, kpi.unit)
    chance = projection.chance if projection is not None and kpi.due is not None else None
    for key, share in {"attainment": found.attainment, "chance": chance}.items():
        yield (
            key,
            None if rounded(share) is None else show_number(float(round(100 * (rounded(share) or 0.0))), locale, "%"),
        )
    days = {"measured_on": found.measured_on, "due": kpi.due, "next_review": outcome.note.next_review}
    for key, day in days.items():
        yield key, None if day is None else show_date(day, locale)
    words = vocabulary("trend")
    yield "trend", None if found.actual is None else words.label(found.trend, language_of(locale))
    yield "status", vocabulary("status").label(Status(found.status), language_of(locale))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
