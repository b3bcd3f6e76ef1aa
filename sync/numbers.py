"""Comparing numbers: the one tolerance, in one place. Pure.

0.7 + 0.1 is 0.8 for a person, so it is for us.
"""

import math

RELATIVE = 1e-9
_ABSOLUTE = 1e-12  # what is left when two equal sums are taken from each other
DIGITS = 6  # significant digits of a number that we write
LARGEST = 1e15  # beyond it a double no longer holds every whole number: no KPI means such a value


def same(one: float, other: float) -> bool:
    """Whether two numbers are equal for a person."""
    return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=_ABSOLUTE)


def at_least(value: float, limit: float) -> bool:
    """Whether `value` is at or above `limit`."""
    return value > limit or same(value, limit)


def at_most(value: float, limit: float) -> bool:
    """Whether `value` is at or below `limit`."""
    return value < limit or same(value, limit)


def usable(value: float | None) -> bool:
    """Whether this is a number that can be reckoned with: there, finite, and not beyond all measure."""
    return value is not None and math.isfinite(value) and abs(value) <= LARGEST


def median(values: list[float]) -> float:
    """The middle of a list that is not empty; the mean of the two middles of an even one."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def rounded(value: float | None) -> float | None:
    """A number as we write it: six significant digits, whole numbers whole; nothing for what no cell can hold."""
    if value is None or not math.isfinite(value):
        return None
    if abs(value) >= 10**DIGITS:
        return float(round(value))
    return float(f"{value:.{DIGITS}g}")
