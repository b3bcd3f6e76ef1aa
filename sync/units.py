"""Units as people write them: which are the same, which contradict each other, and the two scales of per cent. Pure."""

from collections.abc import Sequence

_NAMES = {
    "$": "usd",
    "us$": "usd",
    "dollars": "usd",
    "dólares": "usd",
    "€": "eur",
    "euro": "eur",
    "euros": "eur",
    "£": "gbp",
    "percent": "%",
    "per cent": "%",
    "percentage": "%",
    "pct": "%",
    "por ciento": "%",
    "porcentaje": "%",
}
_VAGUE = {"", "number", "x", "points", "other", "cantidad", "número", "unidades", "units"}  # contradict nothing
_HARD = {"%", "usd", "eur", "gbp", "ars", "mxn", "cop", "clp", "pen", "uyu", "brl"}  # what a bare count never is
_NEAR = 0.25  # of the reference, or four times it: plainly the same scale


def canonical(unit: str | None) -> str:
    """One spelling for each unit; empty for none."""
    text = (unit or "").strip().casefold()
    return _NAMES.get(text, text)


def is_percent(unit: str | None) -> bool:
    """Whether values are percentages."""
    return canonical(unit) == "%"


def conflict(one: str | None, other: str | None) -> bool:
    """Whether two units contradict each other: USD and EUR do, "count" and "leads" don't, "count" and "%" do."""
    first, second = canonical(one), canonical(other)
    if first == second or first in _VAGUE or second in _VAGUE:
        return False
    return "count" not in (first, second) or bool({first, second} & _HARD)


def percent_factor(value: float, references: Sequence[float]) -> float:
    """100 where `value` is a fraction beside percentages, 0.01 for the contrary, 1 where both may be one scale.

    Decided only where it is plain: near no reference as it stands, and near one of them once it is scaled.
    """
    known = [abs(reference) for reference in references if reference]
    size = abs(value)
    if not size or any(_NEAR <= size / one <= 1 / _NEAR for one in known):
        return 1.0
    if size <= 1 and any(one > 1 and _NEAR <= 100 * size / one <= 1 / _NEAR for one in known):
        return 100.0
    fractions = bool(known) and all(one <= 1 for one in known)
    if fractions and size > 1 and any(_NEAR <= size / one / 100 <= 1 / _NEAR for one in known):
        return 0.01
    return 1.0
