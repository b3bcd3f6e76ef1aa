"""Units as people write them: which are the same, which contradict each other, and the two scales of per cent. Pure."""

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
_ANY = {
    "",
    "count",
    "number",
    "x",
    "points",
    "other",
    "cantidad",
    "número",
    "unidades",
    "units",
}  # say too little to contradict


def canonical(unit: str | None) -> str:
    """One spelling for each unit; empty for none."""
    text = (unit or "").strip().casefold()
    return _NAMES.get(text, text)


def is_percent(unit: str | None) -> bool:
    """Whether values are percentages."""
    return canonical(unit) == "%"


def conflict(one: str | None, other: str | None) -> bool:
    """Whether two units contradict each other: USD and EUR do, "count" and "leads" don't."""
    first, second = canonical(one), canonical(other)
    return first != second and first not in _ANY and second not in _ANY


def percent_factor(value: float, reference: float) -> float:
    """100 where `value` is a fraction beside a percentage, 0.01 for the contrary, 1 where both may be one scale.

    Decided only where it is plain: far off (ten times) as it stands and near (four times) once it is scaled.
    """
    ratio = abs(value / reference) if reference else 0.0
    if ratio and abs(value) <= 1 < abs(reference) and ratio < 0.1 and 0.25 <= ratio * 100 <= 4:
        return 100.0
    if abs(reference) <= 1 < abs(value) and ratio > 10 and 0.25 <= ratio / 100 <= 4:
        return 0.01
    return 1.0
