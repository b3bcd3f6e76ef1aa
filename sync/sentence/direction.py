"""Which way a goal goes: its verbs and nouns of change. Pure."""

import re
from collections.abc import Iterator, Sequence

from sync.sentence.model import Span, VerbMention
from sync.sentence.slips import slipped_direction
from sync.sentence.text import any_of, one_of
from sync.sentence.words.numbers import MULTIPLIERS
from sync.sentence.words.verbs import CHANGE_NOUNS, ENGLISH, ENGLISH_IRREGULAR, NOUNS_TOO, SPANISH, SPANISH_STEMS

_CLITICS = "(?:l[aeo]s?|se|nos|me)?"
_ENDINGS = {
    "ar": f"(?:ar{_CLITICS}|ando{_CLITICS}|ar(?:e|a|as|an|emos|ia|ian|iamos)|amos|emos|en)",
    "er": f"(?:er{_CLITICS}|iendo{_CLITICS}|er(?:e|a|as|an|emos|ia|ian|iamos)|emos|amos|an)",
    "ir": f"(?:ir{_CLITICS}|iendo{_CLITICS}|ir(?:e|a|as|an|emos|ia|ian|iamos)|imos|amos|an)",
}
# Third persons look like nouns for many verbs ("forma", "factura", "entrega"): only verbs of change may use them.
# "habremos reducido", "las devoluciones seran reducidas": a participle is a verb behind its auxiliary only.
_AUXILIARY = "(?:" + "|".join(
    f"(?<={word} )"
    for word in (
        "haber", "he", "ha", "han", "hemos", "habre", "habra", "habran", "habremos", "haya", "hayan", "hayamos", "sido",
        "ser", "sera", "seran", "sea", "sean",
    )
) + ")"  # fmt: skip
_PARTICIPLES = {"ar": "ad[oa]s?", "er": "id[oa]s?", "ir": "id[oa]s?"}

_THIRD = {"ar": "(?:a|an|e|o)", "er": "(?:e|en|a|an)", "ir": "(?:e|en|a|an)"}
_STEM_ENDINGS = r"(?:[a-z]{1,6})"

_NOT_THIRD = frozenset(
    {"bajar", "limitar", "dejar", "subir", "promover", "retener", "escalar", "conservar", "multiplicar"}
)

_VERB_PLACE = re.compile(
    r"(?:^|[.,;:(!?\"*>-] ?|(?:^| )(?:to|and|or|by|will|we|i|they|must|should|can|could|you|would|that|then|also|while|"
    r"aim for|want|be|not|never|"
    r"consistently|continuously|successfully|further|steadily|significantly|gradually|goal|kr[0-9]*"
    r"|okr|team|[0-9][.)]) )$"
)


def _spanish(direction: str, infinitive: str) -> Iterator[str]:
    stem, kind = infinitive[:-2], infinitive[-2:]
    if kind not in _ENDINGS:
        yield re.escape(infinitive)
        return
    yield stem + _ENDINGS[kind]
    if direction in ("increase", "decrease", "maintain") and infinitive not in _NOT_THIRD:
        yield stem + _THIRD[kind]
    if direction in ("increase", "decrease", "maintain"):
        yield _AUXILIARY + stem + _PARTICIPLES[kind]
    yield from (changed + _STEM_ENDINGS for changed in SPANISH_STEMS.get(infinitive, ()))
    if infinitive.endswith("car"):
        yield stem[:-1] + "quen?"
    if infinitive.endswith("gar"):
        yield stem + "uen?"


def _english(verb: str) -> Iterator[str]:
    yield verb
    yield from ENGLISH_IRREGULAR.get(verb, ())
    if " " in verb:
        return
    if verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    else:
        yield from (verb + "s", verb + "ed", verb + "ing")


def _spanish_pattern(direction: str) -> re.Pattern[str]:
    forms = [f for infinitive in SPANISH[direction] for f in _spanish(direction, infinitive)]
    return re.compile(rf"(?<![a-z]){one_of(forms)}(?![a-z])")


def _english_pattern(direction: str) -> re.Pattern[str]:
    forms = [f for verb in ENGLISH[direction] for f in _english(verb)]
    return re.compile(rf"(?<![a-z-])(?:{any_of(forms)})(?![a-z-])")


_PATTERNS = [
    (direction, lang, _spanish_pattern(direction) if lang == "es" else _english_pattern(direction))
    for lang, lexicon in (("es", SPANISH), ("en", ENGLISH))
    for direction in lexicon
]
_NOUNS = [
    (direction, re.compile(rf"(?<![a-z-]){any_of(nouns)}(?![a-z-])")) for direction, nouns in CHANGE_NOUNS.items()
]
_NOUN_BEFORE = re.compile(
    r"(?:^|[:(] ?|%|[0-9]|percent|per cent|por ciento|\b(?:an?|the|un|una|el|la|annual|of|target|average|yearly"
    r"|further|positive|significant|"
    r"overall|net|sustained|steady|x|same|additional|points?|fold|digit|significativo|anual|del)) ?$"
)
_NOUN_AFTER = re.compile(
    r" ?(?:in(?! half)|of|de(?:l)?|en|on|to|for|over|,|\.|;|$|\(|by|anual|neto|within|compared|between|from"
    r"|annual|year|target)"
)
_NOUN_OF_NUMBER = re.compile(r" (?:of|by|del?|en|:)(?: [a-z]{2,10}){0,2} ?[$€]?[0-9]")
_PRE_NOUN = re.compile(
    r"(?:rate|rates|emissions?|waste|cost|price|demand|sales|revenue|donor|user|traffic|audience|energy|gas|ghg) $"
)
# "double-digit growth", "double opt-in", "doble opt-in" multiply nothing.
_NO_FACTOR = r"(?![ -](?:digits?|opt|check|blind|sided|click|entry|counting|room|glaz|digito|factor|grado|via)[a-z]*)"
_RATIO = {lang: re.compile(rf"(?<![a-z]){one_of(MULTIPLIERS[lang])}(?![a-z]){_NO_FACTOR}") for lang in MULTIPLIERS}


def find_verbs(folded: str, lang: str) -> list[VerbMention]:
    """All verbs and nouns that give a direction, left to right; for overlapping ones the longer stands."""
    found = [*_moves(folded, lang), *_verbs(folded, lang), *_change_nouns(folded)] or [*_slips(folded, lang)]
    kept: list[VerbMention] = []
    for verb in sorted(found, key=lambda v: (v.start - v.end, v.start, not v.noun)):
        if not any(verb.start < k.end and k.start < verb.end for k in kept):
            kept.append(verb)
    return sorted(kept, key=lambda v: v.start)


_OPENING = re.compile(r"[^a-z]*(?P<word>[a-z]+)")


def _slips(folded: str, lang: str) -> Iterator[VerbMention]:
    """Where no verb is known: the opening word, if it is one with a slip."""
    opening = _OPENING.match(folded)
    if opening and (direction := slipped_direction(opening["word"], lang)):
        yield VerbMention(*opening.span("word"), direction)


# "Bring the response time down to 15 minutes"; a verb of moving goes where its particle or its two numbers go.
_DOWN = re.compile(
    r"(?<![a-z-])(?:bring|get|drive|push|take|move)(?:ing|s)?"
    r"(?= [^,.;:]{2,60}? down (?:(?:to|by|from|below|under) |[0-9$€£]))"
)
_FROM_TO = {
    "en": re.compile(r"(?<![a-z-])(?:go|move|take|bring|shift|push)(?= (?:[^,.;:]{2,60}? )?from [$€£]?[0-9])"),
    "es": re.compile(r"(?<![a-z])(?:llevar|mover)(?= [^,.;:]{2,60}? del? [$€]?[0-9])"),
}


# "Complaints down 20 % on last year", "sign-ups up by 15 %"; "up to 20 %" is a limit.
_PARTICLE = re.compile(r"(?<=[a-z] )(?P<way>up|down)(?= (?:by )?[0-9][0-9.,]* ?(?:%|per ?cent))")


def _moves(folded: str, lang: str) -> Iterator[VerbMention]:
    if lang == "en":
        for particle in _PARTICLE.finditer(folded):
            yield VerbMention(*particle.span(), "increase" if particle["way"] == "up" else "decrease")
        yield from (VerbMention(*found.span(), "decrease") for found in _DOWN.finditer(folded))
    yield from (VerbMention(*found.span(), "reach") for found in _FROM_TO[lang].finditer(folded))


def moves(word: str) -> bool:
    """Whether a verb only says that the value moves: 'pasar de 3.400 a 5.000', 'take conversion from 2 to 3 %'."""
    return word in ("go", "move", "take", "bring", "shift", "push") or word.startswith(("pasa", "llev", "mov"))


def _verbs(folded: str, lang: str) -> Iterator[VerbMention]:
    for direction, language, pattern in _PATTERNS:
        if language != lang:
            continue
        for found in pattern.finditer(folded):
            if not (_is_verb(folded, found, direction) if lang == "en" else _is_spanish_verb(folded, found)):
                continue
            yield VerbMention(found.start(), found.end(), direction)


_AFTER_ARTICLE = re.compile(r"(?:^| )(?:de|del|el|los|las|al|un|una|por|sin|con|su|sus) $")
_UNCONJUGATED = re.compile(rf"(?:[aei]r|ndo){_CLITICS}$")


_REACH_NOUN = re.compile(
    r"(?:^| )(?:average|organic|total|paid|potential|combined|monthly|weekly|media|audience|campaign|brand|post"
    r"|story|our|their|the|in|of) $"
)


def _is_spanish_verb(folded: str, found: re.Match[str]) -> bool:
    """Conjugated forms are nouns behind an article or preposition: 'tiempo de cierre', 'las ventas por oferta'."""
    return bool(_UNCONJUGATED.search(found.group())) or not _AFTER_ARTICLE.search(
        folded[max(0, found.start() - 5) : found.start()]
    )


def _is_verb(folded: str, found: re.Match[str], direction: str) -> bool:
    word = found.group()
    if _is_other_word(folded, found):
        return False
    base = re.sub(r"(?:s|ing|ed|d)$", "", word)
    participle = word.endswith("ed") and word != "exceed" and direction in ("reach", "get", "launch")
    if participle or word in NOUNS_TOO or base in NOUNS_TOO or base + "e" in NOUNS_TOO:  # "bins collected"
        return bool(_VERB_PLACE.search(folded[max(0, found.start() - 24) : found.start()]))
    return True


# What follows a word that is no verb there: "are to be resolved" has no direction of its own, "open rate", "end of".
_NO_VERB_BEFORE = {
    "be": re.compile(r" [a-z]+(?:ed|en|t)(?![a-z])"),
    "open": re.compile(r"[ -]rate"),
    "end": re.compile(r" of"),
    "push": re.compile(r"[ -]notif"),
}


def _is_other_word(folded: str, found: re.Match[str]) -> bool:
    after = _NO_VERB_BEFORE.get(found.group())
    if after is not None and after.match(folded, found.end()):
        return True
    return found.group() == "reach" and _REACH_NOUN.search(folded[: found.start()]) is not None


def _change_nouns(folded: str) -> Iterator[VerbMention]:
    for direction, pattern in _NOUNS:
        for found in pattern.finditer(folded):
            if _is_change(folded, found):
                yield VerbMention(found.start(), found.end(), direction, noun=True)


def _is_change(folded: str, found: re.Match[str]) -> bool:
    """Whether the noun stands where a change is named: 'a 5 % cut in', 'sales growth of 10 %'."""
    before, after = folded[max(0, found.start() - 14) : found.start()], folded[found.end() : found.end() + 10]
    if _NOUN_OF_NUMBER.match(folded, found.end()):
        return True
    opened = _NOUN_BEFORE.search(before) or _PRE_NOUN.search(before)
    return bool(opened and (_NOUN_AFTER.match(after) or "%" in before[-4:]))


def find_multiplier(folded: str, lang: str) -> tuple[int, int, float] | None:
    """Start, end and factor of the first word that multiplies ('double', 'triplicar'), or None."""
    found = _RATIO[lang].search(folded)
    if found is None:
        return None
    factor = next(v for p, v in MULTIPLIERS[lang].items() if re.fullmatch(p, found.group()))
    return found.start(), found.end(), float(factor)


# "Ensure that 99.9 % uptime is maintained": the passive after the number says more than the verb before it.
_KEPT_LATER = re.compile(r" (?:is|are|be|se) (?:maintained|kept|held|sustained|mantenga|mantengan|mantiene)(?![a-z])")


def leading_verb(folded: str, verbs: Sequence[VerbMention], target: Span | None) -> VerbMention | None:
    """The verb that the target belongs to. Without a target: the first.

    A verb of change before the number wins over reaching and launching ("launch X to reduce Y by 5 %"), a noun of
    change beside the number over everything ("achieve a 5 % reduction").
    """
    if target is None:
        return verbs[0] if verbs else None
    before = [v for v in verbs if v.start <= target[0] and not v.noun]
    kept = _KEPT_LATER.search(folded, target[1])
    before += [v for v in verbs if kept and v.direction == "maintain" and v.start >= kept.start()]
    of_change = next((v for v in before if v.direction in ("increase", "decrease", "maintain")), None)
    noun = next((v for v in verbs if v.noun and _beside(folded, v, target)), None)
    if of_change or noun:
        return of_change or noun
    for wanted in (("reach", "get"), ("launch",)):
        if chosen := next((v for v in before if v.direction in wanted), None):
            return chosen
    return next((v for v in verbs if v.start >= target[1]), None)


def _beside(folded: str, noun: VerbMention, target: Span) -> bool:
    """Whether a noun of change belongs to the number: near it, in the same clause."""
    after = noun.start >= target[1]
    between = folded[target[1] : noun.start] if after else folded[noun.end : target[0]]
    return len(between) <= (40 if after else 60) and re.search(r"[(,;.]", between) is None
