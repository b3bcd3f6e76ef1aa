"""Two numbers that belong together: 'from 2 % to 5 %', 'entre 4 y 6 %', '50-70', '200 → 300'. Pure."""

import re
from dataclasses import replace

from sync.sentence.context import Findings
from sync.sentence.model import Quantity, Target
from sync.sentence.words.units import TIME_HOURS

_FROM = re.compile(
    r"(?:^|[ (:,])(?P<word>from|de|del|desde|desde el|desde los|pasar de|pasando de|up from|down from)"
    r"(?: (?:an?|the|un|una|el|la|los|las|current|actual|baseline|base|average|initial|linea|level|of|de|del"
    r"|about|around|approximately|"
    r"unos|unas|aproximadamente|today's|existing|actuales|cerca|casi|over|mas|its)){0,5}$"
)
_TO = re.compile(
    r"(?:^|[ )])(?:to|up to|down to|a|al|hasta|hasta el|hasta los|a los|a las|->|=>|→|➔|➜|»|>)"
    r"(?: (?:an?|the|un|una|el|los|las|at|least|about|around|approximately|over|under|more|less|than|unos|unas"
    r"|menos|mas|de|del|lo|por|"
    r"total|target|of|al|approximately|casi|to)){0,4}$"
)
_RANGE_JOIN = re.compile(r" ?(?:-|to|a|al|y|e|and|o|or|~|hasta|/)(?: el| los| un| the)? ?")
_BETWEEN = re.compile(r"(?:^|[ (])(?:between|entre)(?: the| el| los| un| a| an)?$")
_ARROW = re.compile(r" ?(?:->|=>|→|➔|➜) ?$")
_TARGET_FIRST = re.compile(
    r"(?:^|[ (,])(?:from|desde|up from|down from)(?: (?:the|a|an|el|los|un|current|actual|su|its)){0,3}$"
)
_MOVES = ("pasar", "pasando", "pasaremos", "llegar", "Pasar", "Llegar")
_GAP = 90


def convert(value: Quantity, like: Quantity) -> float:
    """The value in the other's unit of time ('2 weeks' beside '48 hours' is 336); unchanged for other units."""
    if value.unit == like.unit or value.unit not in TIME_HOURS or like.unit not in TIME_HOURS:
        return value.value
    return round(value.value * TIME_HOURS[value.unit] / TIME_HOURS[like.unit], 6)


def _scaled(first: Quantity, second: Quantity) -> Quantity:
    """'Entre 10 y 15 mil': the first shares the scale of the second, unless that would turn them around."""
    shares = first.scale == 1 and second.scale > 1 and first.unit is None
    if shares and first.value < second.value / second.scale:
        return replace(first, value=first.value * second.scale)
    return first


def find_pair(found: Findings, usable: list[Quantity]) -> Target | None:
    """The first 'from A to B' (or 'to B from A', 'A → B'): A is the baseline, B the target."""
    for i, first in enumerate(usable):
        for second in usable[i + 1 : i + 3]:
            if second.start - first.end > _GAP:
                break
            if _is_from_to(found, first, second):
                return _pair(found, first, second, usable)
            if _is_to_from(found, first, second):
                return _made(second, first, first.start, second.end)
    return None


def _is_from_to(found: Findings, first: Quantity, second: Quantity) -> bool:
    between = found.folded[first.end : second.start].rstrip()
    if re.search(r"[;!?]|\. ", between):
        return False
    if _ARROW.search(between + " ") and len(between) < 24:
        return True
    if _RATED.search(found.left(first.start)) and first.unit == second.unit == "%" and _to_alone(between):
        return True
    opening = _FROM.search(found.left(first.start))
    if opening is None or _TO.search(between) is None:
        return False
    return not _means_range(found, first, opening, between)


# "Increase the demo ratio 50 % to 60 %": a rate cannot rise by a range of per cent written with two signs.
_RATED = re.compile(r"(?:^| )(?:rate|ratio|tasa|share|cuota|score)(?: [a-z]+)?$")


def _to_alone(between: str) -> bool:
    return between.strip() in ("to", "a", "al")


def _means_range(found: Findings, first: Quantity, opening: re.Match[str], between: str) -> bool:
    """'Publicar de 4 a 6' is a range: a bare 'de A a B' after no verb of change."""
    if opening["word"] != "de" or between.strip() != "a" or first.unit is not None:
        return False
    verb = next((v for v in found.verbs if v.end == first.start - 4), None)
    return (
        verb is not None
        and verb.direction in ("reach", "get", "launch")
        and found.clean[verb.start : verb.end] not in _MOVES
    )


def _is_to_from(found: Findings, first: Quantity, second: Quantity) -> bool:
    between = found.folded[first.end : second.start].rstrip()
    return (
        len(between) < 40
        and _TARGET_FIRST.search(between) is not None
        and _TO.search(found.left(first.start)) is not None
    )


def _pair(found: Findings, first: Quantity, second: Quantity, usable: list[Quantity]) -> Target:
    after = next((q for q in usable if q.start >= second.end), None)
    if (
        after is not None
        and _RANGE_JOIN.fullmatch(found.folded[second.end : after.start])
        and second.unit in (None, after.unit)
    ):
        return Target("range", second.value, after.value, first.value, after.unit or "count", first.start, after.end)
    return _made(first, second, first.start, second.end)


def _made(baseline: Quantity, target: Quantity, start: int, end: int) -> Target:
    baseline = _scaled(baseline, target)
    unit = target.unit or baseline.unit
    return Target("absolute", target.value, None, convert(baseline, target), unit or "count", start, end)


def find_range(found: Findings, first: Quantity, usable: list[Quantity]) -> Target | None:
    """'between 4 and 6 %', '50-70', '40 to 45 %': low and high of one target."""
    second = next((q for q in usable if q.start >= first.end), None)
    if second is None or second.value <= first.value:
        return None
    first = _scaled(first, second)
    between = found.folded[first.end : second.start]
    if (
        second.sign == "-"
        or not _RANGE_JOIN.fullmatch(between)
        or (first.unit not in (None, second.unit) and second.unit)
    ):
        return None
    if between.strip() in ("y", "e", "and") and not _BETWEEN.search(found.left(first.start)):
        return None
    unit = second.unit or first.unit or "count"
    return Target("range", first.value, second.value, None, unit, first.start, second.end)
