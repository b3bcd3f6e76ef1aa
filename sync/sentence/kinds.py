"""Of what kind a number is: a value to reach, a relative change, an amount of change or a multiplier. Pure."""

import re
from dataclasses import dataclass

from sync.sentence.context import Findings, Governor, governor
from sync.sentence.model import Quantity, VerbMention
from sync.sentence.text import any_of
from sync.sentence.words.metrics import STOCKS
from sync.sentence.words.verbs import ADDING, CHANGE_NOUNS, FEWER, MORE, NEW

_CHANGE = any_of([n for nouns in CHANGE_NOUNS.values() for n in nouns])
CHANGE_AFTER = re.compile(
    rf"(?:(?:annual|yearly|overall|net|total|year-over-year|yoy|relative|minimum"
    rf"|[a-z]{{3,12}}) ){{0,2}}(?:de )?{_CHANGE}(?![a-z])"
)
CHANGE_BEFORE = re.compile(rf"(?<![a-z]){_CHANGE}(?: [a-z]{{2,12}}){{0,5}} ?(?:of|by|del?|en|=|:)?$")
_MORE_AFTER = re.compile(rf"{any_of((*MORE, *FEWER))}(?![a-z])")
_THING_MORE = re.compile(
    r"(?:[a-z]{3,16} ){1,2}(?:mas|more|adicionales|additional)(?! (?:de|than))(?: |$|[.,])"
    r"|(?:[a-z]{2,16} ){3,4}(?:mas|more|adicionales)"
    r"(?:$|[.,]| (?:hasta|antes|para|en|este|al|by|before|until|in|this)(?![a-z]))"
)
_NEW_AFTER = re.compile(rf"{any_of(NEW)}(?![a-z])")
_STOCK_AFTER = re.compile(rf"(?:[a-z'-]{{2,16}} ){{0,3}}?{any_of(STOCKS)}(?:s|es)?(?![a-z])")
_ARROWS = "->|=>|=|:|≥|≤"
TO = {
    "en": re.compile(rf"(?:^|[ (])(?:to|at|as|past|reach(?:ing|es)?|to reach|up to|hit(?:ting)?|{_ARROWS})$"),
    "es": re.compile(
        rf"(?:^|[ (])(?:a|al|hasta(?: el)?|en un total de|alcanza[rn]?(?:do)?|lleg(?:ar|ando|ue) a|{_ARROWS})$"
    ),
}
_BY = {"en": re.compile(r"(?:^|[ (])by$"), "es": re.compile(r"(?:^|[ (])(?:en|por)$")}
_OF = re.compile(r"(?:^|[ (])(?:of|de|del|with|con|is|es|be|ser|sea|son|are)$")


@dataclass(frozen=True, slots=True)
class _Sight:
    """A number seen in its place: its governor, what follows, the verb's direction, 'to' or 'by' in front."""

    number: Quantity
    governor: Governor
    after: str
    direction: str
    to: bool
    by: bool
    adding: bool
    gains: bool


def kind_of(found: Findings, number: Quantity, verb: VerbMention | None) -> str:
    """absolute, relative_percent, delta or ratio."""
    sight = _look(found, number, verb)
    multiplies = verb is not None and found.folded.startswith("multipl", verb.start)
    if (sight.by and multiplies) or (number.unit == "x" and _multiplies(sight, verb)):
        return "ratio"
    if number.sign == "half":
        return "relative_percent"
    if number.percent:
        return _percent_kind(sight)
    reached = sight.to and not _THING_MORE.match(sight.after)
    return "absolute" if reached or number.unit in ("x", "rank") else _amount_kind(sight)


def _look(found: Findings, number: Quantity, verb: VerbMention | None) -> _Sight:
    led = governor(found, number.start)
    return _Sight(
        number,
        led,
        found.right(number.end),
        verb.direction if verb else "none",
        TO[found.lang].search(led.left) is not None or number.sign[:1] in ("<", ">", "≤", "≥", "="),
        _BY[found.lang].search(led.left) is not None,
        verb is not None and found.folded.startswith(ADDING, verb.start),
        verb is not None and found.folded.startswith(("gan", "gain"), verb.start),
    )


def _multiplies(sight: _Sight, verb: VerbMention | None) -> bool:
    """'10x our revenue', '10 times more', 'grow 3x' multiply; 'a ROAS of 4x' is a value."""
    if (verb is None and sight.number.start == 0) or _MORE_AFTER.match(sight.after):
        return True
    changes = sight.by or sight.direction in ("increase", "decrease")
    return changes and not sight.to and not _OF.search(sight.governor.left)


# "Active users: +15 %" is a change; "open rate: +25 %" may be a floor.
_RATED = re.compile(
    r"(?<![a-z])(?:rate|tasa|ratio|indice|porcentaje|percentage|share|cuota|ctr|margin|margen)(?![a-z])"
)


def _percent_kind(sight: _Sight) -> str:
    if sight.number.sign == "+" and sight.direction == "none" and not _RATED.search(sight.governor.left):
        return "relative_percent"
    if sight.by and sight.number.sign[:1] in (">", "≥") and sight.direction in ("increase", "decrease"):
        return "relative_percent"  # "reduce incidents by >= 30 %"
    if sight.to:
        return "absolute"
    after, left = sight.after, sight.governor.left
    if CHANGE_AFTER.match(after) or _MORE_AFTER.match(after) or CHANGE_BEFORE.search(left):
        return "relative_percent"
    if sight.direction not in ("increase", "decrease"):
        return "absolute"
    level = not sight.by and (_OF.search(left) or sight.governor.level)
    return "absolute" if level else "relative_percent"


_CHANGE_OF = re.compile(
    rf"(?<![a-z])(?:an?|un|una|el|la|the) {_CHANGE} (?:of|de|in|en)$"
)  # "un aumento de 300 clientes"


def _amount_kind(sight: _Sight) -> str:
    number, direction = sight.number, sight.direction
    stock = _STOCK_AFTER.match(sight.after) is not None
    if _CHANGE_OF.search(sight.governor.left):
        return "delta"
    more = _MORE_AFTER.match(sight.after) or _THING_MORE.match(sight.after) or sight.governor.added
    if more or (number.sign == "+" and direction != "reach"):
        return "delta"
    if sight.adding:
        change = stock or sight.by
    elif direction in ("increase", "decrease"):
        change = sight.by or not (sight.governor.limit or _OF.search(sight.governor.left))
    elif number.unit == "points" and (sight.by or sight.gains):
        change = direction != "maintain"
    else:
        change = stock and (direction == "get" or _NEW_AFTER.match(sight.after) is not None)
    return "delta" if change else "absolute"
