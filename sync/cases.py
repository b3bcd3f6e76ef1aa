"""`semaforo evaluate`: lines of cases -> judgements as plain values. Pure."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sync.aggregate import aggregate
from sync.case_form import Case, read_case
from sync.evaluate import evaluate
from sync.model import Evaluation, KpiDefinition, Projection, WindowValue
from sync.review import review

Forecast = Callable[[KpiDefinition, WindowValue], Projection | None]


def judge_lines(
    lines: Iterable[str], *, locale: str = "en_US", forecast: Forecast | None = None
) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank.

    A case answers {id, status, light, actual, expected_now, progress, reason, pace, measured_on, good_until, flags,
    note}; a line that is no case answers {error} with its id where it has one.
    """
    for line in lines:
        if line.strip():
            yield _judge_line(line, locale, forecast)


def _judge_line(line: str, locale: str, forecast: Forecast | None) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "this line is not JSON"}
    if not isinstance(row, Mapping):
        return {"error": "this line is not a JSON object"}
    known = {"id": row["id"]} if "id" in row else {}
    try:
        case = read_case(row)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        return {**known, "error": f"not a case: {type(fault).__name__}: {fault}"}
    return {**known, **judge_case(case, locale=locale, forecast=forecast)}


def judge_case(case: Case, *, locale: str = "en_US", forecast: Forecast | None = None) -> dict[str, Any]:
    """One case judged; the fields are those of `judge_lines`."""
    value = aggregate(case.definition, case.series, case.today)
    projection = forecast(case.definition, value) if forecast else None
    evaluation = evaluate(case.definition, value, case.today, projection)
    return _answer(evaluation, case, review(case.definition, evaluation, locale).text)


def _answer(evaluation: Evaluation, case: Case, note: str) -> dict[str, Any]:
    days = (evaluation.measured_on, evaluation.good_until)
    measured_on, good_until = (None if day is None else day.isoformat() for day in days)
    return {
        "status": evaluation.status.value,
        "light": evaluation.light.value,
        "actual": evaluation.actual,
        "expected_now": evaluation.expected,
        "progress": evaluation.attainment,
        "pace": evaluation.pace,
        "reason": evaluation.reason,
        "note": note,
        "measured_on": measured_on,
        "good_until": good_until,
        "flags": sorted({*evaluation.flags, *case.flags}),
    }
