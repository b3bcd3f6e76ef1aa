"""A goal sentence -> its fields. Pure: today is passed in, nothing is read or written; no text makes it raise."""

import re
from dataclasses import replace
from datetime import date

from sync.sentence.channel import find_channel
from sync.sentence.context import Findings, governor
from sync.sentence.dates import find_dates
from sync.sentence.direction import find_verbs, moves
from sync.sentence.due import find_due, find_period, find_start
from sync.sentence.metric import find_metric, implied_metric
from sync.sentence.model import Alternative, DateMention, ParsedSentence, Quantity, Target, VerbMention
from sync.sentence.quantities import find_quantities
from sync.sentence.targets import find_target
from sync.sentence.text import MAX_CHARS, detect_language, fold, tidy
from sync.sentence.verdict import has_placeholder, judge
from sync.sentence.vocabulary import is_specific, lower_is_better, names_quantity

_MORE_AFTER = re.compile(r"(?:more|mas|additional|un mayor|mayor(?:es)?)(?! (?:than|de) (?:[0-9]|un))(?: |$)")
_AS = re.compile(r".{0,38}?(?:^| )(?:as|como)(?: |$)")
_REACHES = re.compile(
    r"(?:reach|achiev|hit|attain|meet|exceed|surpass|get to|alcan[zc]|logr|cumpl|super|conquist|complet|finish"
    r"|finaliz|termin)"
)
_CONCEPT_AFTER = re.compile(
    r"(?:(?:a |an |the |la |el |una? |strong(?:er)? |long-term |lasting |customer |brand |better |mas |mejores? "
    r"|solid[oa]s? )*)"
    r"(?:awareness|trust|loyalty|relationship|credibility|reputation|confidence|authority|audience|relacion"
    r"|confianza|lealtad|"
    r"reputacion|credibilidad|autoridad|conciencia|notoriedad|engagement|recognition|presence|presencia)"
)


def parse_sentence(text: str, today: date, lang: str | None = None, id: str | None = None) -> ParsedSentence:  # noqa: A002  the field's name
    """Reads one sentence. `lang` is 'es' or 'en', found out when absent; numbers and dates are read by its habits."""
    found = take_apart(text, today, lang)
    target, verb = find_target(found)
    metric = find_metric(found, target, verb) or implied_metric(found, target, verb)
    target = _in_points(target, metric)
    countable = (
        _every_one(found, metric)
        or _sold(found, verb, metric)
        or is_specific(fold(metric or ""), found.lang, target.kind, target.unit)
    )
    direction = _direction(found, target, verb, metric)
    vague = direction == "none" and target.kind == "none" and _PEOPLE.search(fold(metric or "")) is not None
    specific = countable and target.unit != "rank" and not vague
    due = find_due(found, target, today)
    smart, missing, verdict = judge(specific, target, due)
    return ParsedSentence(
        id=id,
        text=text,
        lang=found.lang,
        direction=direction,
        metric=metric if specific else None,
        concept=None if specific else metric,
        baseline=target.baseline,
        target=target.value,
        target_high=target.high,
        target_kind=target.kind,
        unit=target.unit,
        period=find_period(found),
        start=find_start(found),
        due=due.last if due else None,
        due_text=found.clean[due.start : due.end].strip() if due else None,
        channel=find_channel(found.folded),
        missing=missing,
        verdict=verdict,
        warnings=_warnings(text, found, target, due),
        alternatives=tuple(Alternative(q.text, q.value, q.other) for q in found.quantities if q.other is not None),
        smart=smart,
    )


# Without a number and a direction people are whom the goal is about, not what it counts: "delight our customers".
_PEOPLE = re.compile(
    r"(?:^| )(?:customers|clients|users|employees|people|members|guests|donors|clientes|usuarios|empleados|personas"
    r"|socios|donantes|huespedes)(?: [a-z]{3,12})?$"
)
_SCORE = re.compile(
    r"(?:^| )(?:e?nps|net promoter|csat|rating|score|puntuacion|puntaje|calificacion|valoracion)(?![a-z])"
)


def _in_points(target: Target, metric: str | None) -> Target:
    """A bare number of a score is points of its scale, not a count: 'NPS from 45 to 70', 'a rating of 4.5'."""
    scored = target.unit == "count" and _SCORE.search(fold(metric or ""))
    return replace(target, unit="points") if scored else target


def _sold(found: Findings, verb: VerbMention | None, metric: str | None) -> bool:
    """'Sell more products': what is sold is counted."""
    return bool(verb and metric and _SELLS_MORE.match(found.folded, verb.start))


_SELLS_MORE = re.compile(r"(?:sell[a-z]*|vend[a-z]+) (?:more|mas) ")


def _every_one(found: Findings, metric: str | None) -> bool:
    """'All advisories', 'todas las solicitudes': what has a quantifier can be counted."""
    at = found.clean.find(metric) if metric else -1
    return at > 0 and _QUANTIFIER.search(found.folded[:at]) is not None


_QUANTIFIER = re.compile(r"(?:^| )(?:all(?: of)?(?: the)?|every|tod[oa]s l[oa]s) $")


def take_apart(text: str, today: date, lang: str | None = None) -> Findings:
    """The numbers, verbs and time expressions of a text."""
    clean = tidy(text)
    folded = fold(clean)
    lang = lang if lang in ("es", "en") else detect_language(clean)
    dates = find_dates(folded, today, lang)
    quantities = [
        q
        for q in find_quantities(clean, folded, lang)
        if not any(q.start < d.end and d.start < q.end for d in dates if d.role != "basis" or _is_year(q))
    ]
    return Findings(clean, folded, lang, tuple(dates), tuple(quantities), tuple(find_verbs(folded, lang)))


def _is_year(quantity: Quantity) -> bool:
    """Whether a bare number is a year; '200' in 'vs 200 today' is a value, '2015' in 'vs 2015' is not."""
    return quantity.unit is None and 1900 <= quantity.value < 2200 and quantity.value == int(quantity.value)


def _direction(found: Findings, target: Target, verb: VerbMention | None, metric: str | None) -> str:
    """The verb's direction, given what it acts upon: improving a cost lowers it, getting more is an increase."""
    if verb is None:
        return _without_verb(found, target)
    word = found.folded[verb.start : verb.end]
    if (
        verb.direction == "increase"
        and word.startswith(("mejor", "improv", "optimi"))
        and lower_is_better(fold(metric or ""))
    ):
        return "decrease"
    if target.kind == "none" and (without := _without_number(found, verb, word, metric)):
        return without
    if target.kind == "absolute" and not verb.noun and _NOT.search(found.folded[: verb.start]):
        return "maintain"
    return _reaching(found, target, verb) if verb.direction in ("get", "reach") else verb.direction


_NOT = re.compile(
    r"(?:^| )(?:(?:no|not|never|nunca|sin) (?:(?:debe|puede)n? |se )?"
    r"|(?:never|not|don't) (?:let|allow) (?:[a-z-]+ ){1,6}(?:to )?"
    r"|(?:no|nunca) (?:permitir|dejar) que (?:[a-z-]+ ){1,6})$"
)
_FEWER_AFTER = re.compile(r"(?:fewer|less|lower|menos)(?! (?:than|de [0-9]|que))(?: |$)")


# "Spend no more than $10 a lead" sets a ceiling to an outlay.
_SPENDS = re.compile(r"(?:spend|invest|pay|gast|pag|invert)")


def _reaching(found: Findings, target: Target, verb: VerbMention) -> str:
    """What getting a number comes to: 'get 100 more' adds, 'no superar 10' keeps, 'pasar de 5 a 3' lowers."""
    if _SPENDS.match(found.folded, verb.start) and governor(found, target.start).limit == "low":
        return "decrease"
    if target.kind == "ratio":
        return "increase"
    if target.baseline is not None and target.value is not None and moves(found.folded[verb.start : verb.end]):
        return "decrease" if target.value < target.baseline else "increase"
    after = found.right(target.end, 12)
    if target.kind == "relative_percent" and _FEWER_AFTER.match(after):
        return "decrease"
    added = verb.direction == "get" and target.kind == "delta" and not _FEWER_AFTER.match(after)
    if added or (target.kind == "relative_percent" and _MORE_AFTER.match(after)):
        return "increase"
    return "increase" if _MORE_AFTER.match(found.right(verb.end, 12)) else "reach"


def _without_number(found: Findings, verb: VerbMention, word: str, metric: str | None) -> str | None:
    """Verbs that mean another thing when no number follows: 'be the leader' goes nowhere, 'build trust' raises it."""
    after = found.right(verb.end, 40)
    if verb.direction == "get":
        return "increase" if names_quantity(fold(metric or "")) or _CONCEPT_AFTER.match(after) else None
    if verb.direction == "launch" and _AS.match(after) and word.startswith(("establ", "position", "posicion")):
        return "none"
    if (
        verb.direction == "launch"
        and word.startswith(("build", "develop", "desarroll", "establ", "constru"))
        and _CONCEPT_AFTER.match(after)
    ):
        return "increase"
    if verb.direction == "reach" and not _REACHES.match(word):
        return _without_verb(found, Target())
    return None


_COMPARATIVES = (
    (
        "increase",
        re.compile(
            r"(?:^|[,:] |want |quiero |queremos |tener )(?:more|greater|higher|better|mas|mayor(?:es)?|mejor(?:es)?) "
            r"|(?: more| mas)(?= |$|[.,!])(?! (?:than|de|que) )"
        ),
    ),
    ("decrease", re.compile(r"(?:^|[,:] |want |quiero |queremos |tener )(?:fewer|less|lower|menos|menor(?:es)?) ")),
)


def _without_verb(found: Findings, target: Target) -> str:
    """The direction that comparisons and limits show when no verb does."""
    if target.kind == "ratio":
        return "increase"
    if target.kind == "relative_percent" and _FEWER_AFTER.match(found.right(target.end, 12)):
        return "decrease"
    if target.kind == "none":
        return next((direction for direction, sign in _COMPARATIVES if sign.search(found.folded)), "none")
    left = found.left(target.start)
    low = ("less than", "fewer than", "under", "menos de", "no mas de", "<")
    if left.endswith(low) or found.folded[target.start : target.start + 1] in "<≤":
        return "decrease"
    if left.endswith(("above", "below", "por encima de", "por debajo de", "por encima del", "por debajo del", "over")):
        return "maintain"
    return "increase" if found.right(target.end, 12).startswith(("more ", "mas ")) else "none"


# 03/04/2026 is March in the United States and April elsewhere; Spanish puts the day first everywhere.
_DAY_OR_MONTH = re.compile(r"(?<![0-9])(0?[1-9]|1[0-2])/(?!\1/)(?:0?[1-9]|1[0-2])/[0-9]{2}")


def _warnings(text: str, found: Findings, target: Target, due: DateMention | None) -> tuple[str, ...]:
    warnings = list(target.warnings)
    if target.kind == "none" and has_placeholder(found.clean):
        warnings.append("placeholder_target")
    if any(q.other is not None for q in found.quantities):
        warnings.append("ambiguous_number")
    if due is not None and found.lang == "en" and _DAY_OR_MONTH.search(found.folded[due.start : due.end]):
        warnings.append("ambiguous_date")
    if len(text) > MAX_CHARS:
        warnings.append("long_text")
    return tuple(warnings)
