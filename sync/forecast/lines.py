"""Pure: `semaforo forecast`. A line of JSON in, a line's worth of values out; a bad line is an answer too."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sync.forecast.ahead import forecast
from sync.forecast.chance import is_number
from sync.forecast.values import season_of

LONGEST = 5000  # steps


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """For each line that is not blank {id, mean, low, high, method, n_used, reason}, or {id, line, error} with a code;
    `line` counts from 1.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer(line, number)


def _answer(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):  # the second: brackets nested without end
        return {"id": None, "line": number, "error": "bad_json"}
    if not isinstance(row, dict):
        return {"id": None, "line": number, "error": "not_an_object"}
    error = _error(row)
    return {"id": _identity(row.get("id")), **({"line": number, "error": error} if error else _forecast(row))}


def _identity(value: object) -> str | float | None:
    return value if isinstance(value, str) or is_number(value) else None


def _error(row: dict[str, Any]) -> str | None:
    horizon = row.get("horizon")
    if not isinstance(row.get("train"), list):
        return "train_not_a_list"
    if isinstance(horizon, bool) or not isinstance(horizon, int) or horizon < 1:
        return "horizon_not_a_whole_number"
    if horizon > LONGEST:
        return "horizon_too_long"
    if not isinstance(row.get("freq", ""), str):
        return "freq_not_a_text"
    return _bounds_error(row.get("lower"), row.get("upper"))


def _bounds_error(lower: object, upper: object) -> str | None:
    if any(bound is not None and not is_number(bound) for bound in (lower, upper)):
        return "bounds_not_numbers"
    return "bounds_crossed" if is_number(lower) and is_number(upper) and lower > upper else None


def _forecast(row: dict[str, Any]) -> dict[str, Any]:
    made = forecast(
        row["train"],
        season=season_of(row.get("freq", "")),
        horizon=row["horizon"],
        lower=row.get("lower"),
        upper=row.get("upper"),
    )
    return {
        "mean": list(made.mean),
        "low": list(made.low),
        "high": list(made.high),
        "method": made.method,
        "n_used": made.n_used,
        "reason": made.reason,
    }
