"""Which number is the target, which the baseline, and of what kind. Pure.

The kinds follow common practice in goal writing: a value to reach, a relative change in percent, an amount of change,
a multiplier, or a range.
"""

import re
from dataclasses import replace

from sync.sentence.context import Findings, governor
from sync.sentence.direction import find_multiplier, leading_verb
from sync.sentence.kinds import CHANGE_AFTER, CHANGE_BEFORE, TO, kind_of
from sync.sentence.model import Quantity, Target, VerbMention
from sync.sentence.pairs import convert, find_pair, find_range

_MEANS = re.compile(
    r"(?:^|[ ,])(?:by|through|via|using|mediante|a traves de|con|with|gracias a)(?: la| el| el uso de| una| a"
    r"| an| the)? "
    r"(?:publi|post|creat|launch|run|send|host|writ|implement|offer|us|hir|train|develop|mak|call|contact|hold"
    r"|conduct|organi|produc|"
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
    return chosen.unit != "x" and TO[found.lang].search(governor(found, chosen.start).left) is not None


def _choose(found: Findings, usable: list[Quantity]) -> Quantity | None:
    """The first number that is an aim: not the means ('by publishing 3 posts'), not a step ('3 calls to reach 9')."""
    aims = [q for q in usable if not _is_means(found, q)]
    if not aims:
        return None
    first = aims[0]
    verb = leading_verb(found.folded, found.verbs, (first.start, first.end))
    if first.unit is not None or (verb is not None and verb.direction not in ("launch", "reach")):
        return first
    return next((later for later in aims[1:] if _serves(found, first, later)), first)


def _serves(found: Findings, step: Quantity, aim: Quantity) -> bool:
    """Whether an aim follows a step: 'run 3 campaigns to generate 500 leads'."""
    if "," in found.folded[step.end : aim.start]:
        return False
    between = [v for v in found.verbs if step.end <= v.start < aim.start and not v.noun]
    return any(
        v.direction in ("increase", "decrease", "get", "reach")
        and _FOLLOWED_BY_AIM.search(found.folded[step.end : v.start])
        for v in between
    )


def _is_means(found: Findings, quantity: Quantity) -> bool:
    if quantity.percent or quantity.unit in ("$", "USD", "EUR", "x"):
        return False
    clause = re.split(r"[,;(]", found.folded[max(0, quantity.start - 60) : quantity.start])[-1]
    earlier = any(
        v.start < quantity.start - len(clause) + 1 or v.direction in ("increase", "decrease") for v in found.verbs
    )
    return earlier and _MEANS.search(clause) is not None


def _single(found: Findings, q: Quantity, usable: list[Quantity], verb: VerbMention | None) -> Target:
    ranged = find_range(found, q, usable)
    if ranged is not None:
        return replace(ranged, baseline=_stated_baseline(found, q, [o for o in usable if o.start >= ranged.end]))
    kind = "absolute" if _UP_FROM.match(found.folded, q.end) and not q.percent else kind_of(found, q, verb)
    start = q.start
    baseline = _stated_baseline(found, q, usable)
    return Target(kind, q.value, None, baseline, "x" if kind == "ratio" else q.unit or "count", start, q.end)


_UP_FROM = re.compile(r"[ (,]*(?:up|down) from ")  # "$62 (up from $54)" is a value to reach
_BASELINE = re.compile(
    r"(?:from|currently(?: at)?|current(?: level| value| rate)?(?: is| of)?:?|baseline:?(?: of| is)?|up from"
    r"|down from|starting (?:from|at)|vs\.?|versus|compared (?:to|with)|against|now(?: at)?|today|"
    r"desde|actual(?:mente)?:?(?: es| de| en)?|hoy:?|linea (?:de )?base:?(?: de)?|partiendo de"
    r"|(?:con )?respecto al?|frente al?|en comparacion con|actuales?|ahora:?)(?: the| a| los?| las?| el| un| una"
    r"| current| actual)*$"
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
    r"(?<![a-z])(?:rate|tasa|ratio|porcentaje|percentage|share|cuota|margin|margen|conversion|ctr|proportion"
    r"|proporcion)(?![a-z])"
)


def _changes(found: Findings, target: Target) -> bool:
    return bool(CHANGE_AFTER.match(found.right(target.end)) or CHANGE_BEFORE.search(found.left(target.start)))


def _counts_as_target(found: Findings, q: Quantity, target: Target) -> bool:
    if found.folded[max(0, q.start - 2) : q.start].endswith("("):
        return False
    if _BASELINE.search(found.left(q.start, 40)) or _is_means(found, q) or (q.word and q.value < 10):
        return False
    between = found.folded[target.end : q.start]
    return re.search(r"(?:^|[ ,;])(?:and|y|e|con|with|,|;|plus|mas)(?= )|[,;.]", between) is not None
