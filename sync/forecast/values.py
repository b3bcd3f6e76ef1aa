"""The values that a forecast consists of. Nothing here needs numpy."""

from dataclasses import dataclass
from typing import Literal

FEW = 3  # fewer real readings than this prove nothing

Reason = Literal["", "no_points", "too_few_points", "too_far", "no_target", "due_reached"]

SEASONS = {"hour": 24, "day": 7, "week": 52, "month": 12, "quarter": 4, "year": 1}
_LETTERS = {"h": "hour", "d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year", "a": "year"}
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
_ADVERBS |= {"yearly": "year", "annual": "year"}


@dataclass(frozen=True, slots=True)
class Forecast:
    """One value a step, all in the series' own unit; `low` to `high` holds the coming value in eight cases of ten.

    `reason` is "" for a forecast to rely on; with "too_few_points" (one or two readings) the interval is a guess,
    with "no_points" the three are empty.
    """

    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    method: str
    n_used: int
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class ProjectedValue:
    """A KPI at its due date, in its own unit, with an 80 % interval. `chance` of reaching the target lies in [0.01,
    0.99]: nothing to come is certain.

    `reason`: "" if all is said; "too_few_points" and "too_far" (more than ten times as many steps ahead as readings)
    leave all four None; "no_target" leaves the chance None; "due_reached" says that the value is a fact, read and not
    forecast.
    """

    value: float | None
    low: float | None
    high: float | None
    chance: float | None
    reason: Reason = ""


def season_of(freq: str) -> int:
    """Readings in the season that is looked for: 7 for days, 52 for weeks, 12, 4, and 1 (none) for years and unknown
    words.

    Takes D, W, M, Q, Y, H, or day, daily, week and so on, in any case; also pandas' forms such as MS, QE-DEC or W-SUN.
    """
    word = freq.strip().lower()
    word = _ADVERBS.get(word, word)
    if word in SEASONS:
        return SEASONS[word]
    stem = word.split("-")[0]
    stem = stem[:-1] if len(stem) > 1 and stem[-1] in "se" else stem
    return SEASONS.get(_LETTERS.get(stem, ""), 1)
