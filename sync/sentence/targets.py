"""Which number is the target, which the baseline, and of what kind. Pure.

The kinds follow common practice in goal writing: a value to reach, a relative change in percent, an amount of change,
a multiplier, or a range.
"""

import re
from dataclasses import replace

from sync.sentence.context import Findings, Governor, governor
from sync.sentence.direction import find_multiplier, leading_verb
from sync.sentence.model import Quantity, Target, VerbMention
from sync.sentence.pairs import convert, find_pair, find_range
from sync.sentence.text import any_of
from sync.sentence.words.metrics import STOCKS
from sync.sentence.words.verbs import ADDING, CHANGE_NOUNS, FEWER, MORE, NEW

_CHANGE = any_of([n for nouns in CHANGE_NOUNS.values() for n in nouns])
_CHANGE_AFTER = re.compile(
    rf"(?:(?:annual|yearly|overall|net|total|year-over-year|yoy|relative|minimum|[a-z]{{3,12}}) ){{0,2}}(?:de )?{_CHANGE}(?![a-z])"
)
_CHANGE_BEFORE = re.compile(rf"(?<![a-z]){_CHANGE}(?: [a-z]{{2,12}}){{0,5}} ?(?:of|by|del?|en|=|:)?$")
_MORE_AFTER = re.compile(rf"{any_of((*MORE, *FEWER))}(?![a-z])")
_THING_MORE = re.compile(r"(?:[a-z]{3,16} ){1,2}(?:mas|more|adicionales|additional)(?! (?:de|than))(?: |$|[.,])")
_NEW_AFTER = re.compile(rf"{any_of(NEW)}(?![a-z])")
_STOCK_AFTER = re.compile(rf"(?:[a-z'-]{{2,16}} ){{0,3}}?{any_of(STOCKS)}(?:s|es)?(?![a-z])")
_ARROWS = "->|=>|=|:|≥|≤"
_TO = {
    "en": re.compile(rf"(?:^|[ (])(?:to|at|as|reach(?:ing|es)?|to reach|up to|hit(?:ting)?|{_ARROWS})$"),
    "es": re.compile(
        rf"(?:^|[ (])(?:a|al|hasta(?: el)?|en un total de|alcanza[rn]?(?:do)?|lleg(?:ar|ando|ue) a|{_ARROWS})$"
    ),
}
_BY = {"en": re.compile(r"(?:^|[ (])by$"), "es": re.compile(r"(?:^|[ (])(?:en|por)$")}
_OF = re.compile(r"(?:^|[ (])(?:of|de|del|with|con|is|es|be|ser|sea|son|are)$")
_MEANS = re.compile(
    r"(?:^|[ ,])(?:by|through|via|using|mediante|a traves de|con|with|gracias a)(?: la| el| el uso de| una| a| an| the)? "
    r"(?:publi|post|creat|launch|run|send|host|writ|implement|offer|us|hir|train|develop|mak|call|contact|hold|conduct|organi|produc|"
    r"realiz|lanz|crea|envi|escrib|contrat|ofrec|campan|campaign|series|serie|content)[a-z]*"
)
_FOLLOWED_BY_AIM = re.compile(
    r"(?:^|[ ,])(?:to|para|in order to|con el fin de|a fin de|so as to|with the goal of)(?: [a-z]+)? ?$"
)


def find_target(found: Findings) -> tuple[Target, VerbMention | None]:
    """The target and the verb it belongs to. Without a number the target is of kind 'none'."""
    usable = [q for q in found.quantities if not found.busy(q.start, q.end)]
    pair = find_pair(found, usable)
    if pair is not None:
        verb = leading_verb(found.folded, found.verbs, (pair.start, pair.end))
        return _with_doubts(found, pair, usable), verb
    multiplied = find_multiplier(found.folded, found.lang)
    if multiplied is not None and found.busy(*multiplied[:2]):
        multiplied = None
    chosen = _choose(found, usable)
    if multiplied is not None and not _reached_after(found, chosen, multiplied[1]):
        start, end, factor = multiplied
        target = Target("ratio", factor, unit="x", start=start, end=end)
        return _with_doubts(found, target, [q for q in usable if q.unit == "x" or q.percent]), leading_verb(
            found.folded, found.verbs, (start, end)
        )
    if chosen is None:
        return Target(), leading_verb(found.folded, found.verbs, None)
    verb = leading_verb(found.folded, found.verbs, (chosen.start, chosen.end))
    if verb is not None and _raises_money(found, chosen, verb):
        verb = replace(verb, direction="get")
    return _with_doubts(found, _single(found, chosen, usable, verb), usable), verb


def _raises_money(found: Findings, chosen: Quantity, verb: VerbMention) -> bool:
    """'Raise $10,000' collects it; 'raise prices by $10' lifts them."""
    between = governor(found, chosen.start).left
    return (
        chosen.unit not in (None, "%", "count")
        and between.endswith(found.folded[verb.start : verb.end])
        and found.folded.startswith("rais", verb.start)
    )


def _reached_after(found: Findings, chosen: Quantity | None, at: int) -> bool:
    """Whether a value to reach follows the multiplier: 'double sales to $2M'."""
    if chosen is None or chosen.start < at:
        return False
    return chosen.unit != "x" and _TO[found.lang].search(governor(found, chosen.start).left) is not None


def _choose(found: Findings, usable: list[Quantity]) -> Quantity | None:
    """The first number that is an aim: not the means ('by publishing 3 posts'), not what an aim follows ('3 calls to ...')."""
    aims = [q for q in usable if not _is_means(found, q)]
    if not aims:
        return None
    first = aims[0]
    verb = leading_verb(found.folded, found.verbs, (first.start, first.end))
    for later in aims[1:]:
        between = found.folded[first.end : later.start]
        helper = verb is None or verb.direction in ("launch", "reach")
        if helper and first.unit is None and any(
            v.direction in ("increase", "decrease", "get", "reach") and _FOLLOWED_BY_AIM.search(found.folded[first.end : v.start])
            for v in found.verbs
            if first.end <= v.start < later.start and not v.noun
        ) and "," not in between:  # fmt: skip
            return later
    return first


def _is_means(found: Findings, quantity: Quantity) -> bool:
    if quantity.percent or quantity.unit in ("$", "USD", "EUR"):
        return False
    clause = re.split(r"[,;(]", found.folded[max(0, quantity.start - 60) : quantity.start])[-1]
    earlier = any(
        v.start < quantity.start - len(clause) + 1 or v.direction in ("increase", "decrease") for v in found.verbs
    )
    return earlier and _MEANS.search(clause) is not None


def _single(found: Findings, q: Quantity, usable: list[Quantity], verb: VerbMention | None) -> Target:
    gov = governor(found, q.start)
    ranged = find_range(found, q, usable)
    if ranged is not None:
        return replace(ranged, baseline=_stated_baseline(found, q, [o for o in usable if o.start >= ranged.end]))
    kind = _kind(found, q, gov, verb)
    start = q.start
    baseline = _stated_baseline(found, q, usable)
    return Target(kind, q.value, None, baseline, _unit(q, kind), start, q.end)


def _unit(q: Quantity, kind: str) -> str:
    if kind == "ratio":
        return "x"
    return q.unit or "count"


def _kind(found: Findings, q: Quantity, gov: Governor, verb: VerbMention | None) -> str:
    direction = verb.direction if verb else "none"
    after = found.right(q.end)
    to = _TO[found.lang].search(gov.left) is not None or q.sign[:1] in ("<", ">", "≤", "≥", "=")
    by = _BY[found.lang].search(gov.left) is not None
    if by and verb is not None and found.folded.startswith("multipl", verb.start):
        return "ratio"
    if q.unit == "x" and (verb is None and q.start == 0 or _MORE_AFTER.match(after)):
        return "ratio"
    if q.unit == "x":
        return (
            "ratio"
            if not to and (by or direction in ("increase", "decrease")) and not _OF.search(gov.left)
            else "absolute"
        )
    if q.sign == "half":
        return "relative_percent"
    if q.percent:
        return _percent_kind(found, gov, after, direction, to, by)
    if q.unit == "rank":
        return "absolute"
    adding = verb is not None and found.folded.startswith(ADDING, verb.start)
    return _amount_kind(q, gov, after, direction, to, by, adding)


def _percent_kind(found: Findings, gov: Governor, after: str, direction: str, to: bool, by: bool) -> str:
    if to:
        return "absolute"
    if _CHANGE_AFTER.match(after) or _MORE_AFTER.match(after) or _CHANGE_BEFORE.search(gov.left):
        return "relative_percent"
    if direction not in ("increase", "decrease"):
        return "absolute"
    if by:
        return "relative_percent"
    return (
        "absolute"
        if gov.limit == "low" or _OF.search(gov.left) or (gov.limit == "high" and _not_change(gov))
        else "relative_percent"
    )


def _not_change(gov: Governor) -> bool:
    """'increase X above 90 %' is a level; 'increase by at least 10 %' and 'aumentar al menos un 10 %' are changes."""
    return re.search(r"(?:above|over|encima|mayor|superior|higher|greater)[a-z ]*$", gov.left) is not None


def _amount_kind(q: Quantity, gov: Governor, after: str, direction: str, to: bool, by: bool, adding: bool) -> str:
    if to:
        return "absolute"
    stock = _STOCK_AFTER.match(after) is not None
    if _MORE_AFTER.match(after) or _THING_MORE.match(after) or gov.added or q.sign == "+" and direction != "reach":
        return "delta"
    if adding:
        return "delta" if stock or by else "absolute"
    if direction in ("increase", "decrease"):
        change = by or not (gov.limit or _OF.search(gov.left))
        return "delta" if change else "absolute"
    if by and q.unit == "points" and direction != "maintain":
        return "delta"
    if stock and (direction == "get" or _NEW_AFTER.match(after)):
        return "delta"
    return "absolute"


_BASELINE = re.compile(
    r"(?:from|currently(?: at)?|current(?: level| value| rate)?(?: is| of)?:?|baseline:?(?: of| is)?|up from|down from|starting (?:from|at)|vs\.?|versus|compared (?:to|with)|against|now(?: at)?|today|"
    r"desde|actual(?:mente)?:?(?: es| de| en)?|hoy:?|linea (?:de )?base:?(?: de)?|partiendo de|(?:con )?respecto al?|frente al?|en comparacion con|actuales?|ahora:?)(?: the| a| los?| las?| el| un| una| current| actual)*$"
)


def _stated_baseline(found: Findings, target: Quantity, usable: list[Quantity]) -> float | None:
    """A value said to be today's: 'to 5 % (currently 2 %)'."""
    for other in found.quantities:
        if other is not target and other.start >= target.end and _BASELINE.search(found.left(other.start, 40)):
            return convert(other, target)
    return None


def _with_doubts(found: Findings, target: Target, usable: list[Quantity]) -> Target:
    """Adds the warnings that concern the number itself."""
    warnings: list[str] = []
    others = [q for q in usable if q.start >= target.end and _counts_as_target(found, q, target)]
    if others:
        warnings.append("multiple_targets")
    needs = target.kind in ("relative_percent", "delta", "ratio") or (
        target.kind == "range" and _changes(found, target)
    )
    if needs and target.baseline is None:
        warnings.append("needs_baseline")
    if target.kind == "relative_percent" and _RATE.search(found.folded):
        warnings.append("percent_or_points")
    return replace(target, warnings=tuple(warnings))


_RATE = re.compile(
    r"(?<![a-z])(?:rate|tasa|ratio|porcentaje|percentage|share|cuota|margin|margen|conversion|ctr|proportion|proporcion)(?![a-z])"
)


def _changes(found: Findings, target: Target) -> bool:
    return bool(_CHANGE_AFTER.match(found.right(target.end)) or _CHANGE_BEFORE.search(found.left(target.start)))


def _counts_as_target(found: Findings, q: Quantity, target: Target) -> bool:
    if found.folded[max(0, q.start - 2) : q.start].endswith("("):
        return False
    if _BASELINE.search(found.left(q.start, 40)) or _is_means(found, q) or (q.word and q.value < 10):
        return False
    between = found.folded[target.end : q.start]
    return re.search(r"(?:^|[ ,;])(?:and|y|e|con|with|,|;|plus|mas)(?= )|[,;.]", between) is not None
