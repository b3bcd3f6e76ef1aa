"""The words that name what is measured: the shortest span, without verb, number and date. Pure."""

import re

from sync.sentence.context import Findings, governor
from sync.sentence.model import DateMention, Quantity, Span, Target, VerbMention
from sync.sentence.text import any_of, one_of
from sync.sentence.verdict import placeholders
from sync.sentence.vocabulary import names_quantity, self_sufficient
from sync.sentence.words.channels import CHANNELS
from sync.sentence.words.grammar import ENDS, KEPT_PHRASES, LEADING, TRAILING
from sync.sentence.words.verbs import CHANGE_NOUNS, FEWER, MORE, WRAPPING

_STOP = re.compile(r"[,;:!?()\[\]|]|\.(?: |$|\.)|…| [-/>] |->|=>|→|[<>≤≥=]|\"")
_END = {lang: re.compile(rf"(?<![a-z0-9-]){one_of(ENDS[lang])}(?![a-z0-9-])") for lang in ENDS}
_KEPT = re.compile(rf"{one_of(KEPT_PHRASES)}(?![a-z])")
_OPENS_SCOPE = re.compile(
    r"(?:for|para|with|con|antes|durante|dentro|hasta|desde|tras|cuando|before|after|until|during|within|through|via|using|mediante|across|among|by|por|without|sin)(?![a-z])"
)
_IN = {"es": re.compile(r"(?<![a-z])(?:en|de|del)(?![a-z])"), "en": re.compile(r"(?<![a-z])(?:in|from|of)(?![a-z])")}
_PLATFORMS = ("instagram", "facebook", "linkedin", "tiktok", "youtube", "twitter", "pinterest", "spotify", "whatsapp")
_CHANNEL = any_of({word for _, entries in CHANNELS for word in entries})
_POSSESSIVE = "(?:mi|mis|tu|tus|su|sus|nuestr[oa]s?|our|my|your|their|its|cada|each|all|tod[oa]s?|both)"
_OWN = f"(?:{_POSSESSIVE}|the|la|el|las|los|una?|an?)"
_PLACE = (
    rf"(?:sitio|web|website|site|pagina|paginas|perfil|cuenta|fanpage|empresa|compania|company|business|negocio"
    rf"|marca|brand|"
    rf"tienda online|online store|landing"
    rf"|{any_of([w for name, entries in CHANNELS for w in entries if name in _PLATFORMS])})"
)
_SCOPE = re.compile(
    rf"(?:en|in|from|on) (?:(?:the|la|el|las|los|una?|an?) )?(?:{_POSSESSIVE} |red social |cuenta de "
    rf"|{_CHANNEL}(?![a-z]))|(?:del|de|of) (?:{_OWN} ){{0,2}}{_PLACE}(?![a-z])"
)
_NEEDS_MORE = re.compile(
    r"(?:^| )(?:tasa|indice|numero|cantidad|volumen|porcentaje|cuota|nivel|coste|costo|tiempo|valor|promedio"
    r"|ratio|media|%|rate|number|"
    r"amount|percentage|share|level|cost|time|average|proportion|proporcion|base|reconocimiento|percepcion|total"
    r"|volume)s? $"
)
_DEFINED = re.compile(
    r"^(?:el |the |la )?(?:%|porcentaje|percentage|proportion|proporcion|share|numero|number|cantidad)(?: de| of)"
)
_MARKS = re.compile(r"(?:[ .,;:*>\"'/=+-]|%(?! (?:de|of) ))*")
_ANAPHOR = re.compile(r" ?(?P<it>it|them|this|that|lo|esto|eso) ?(?:to|by|a|en|from|de)? ?")
_SHARE = re.compile(r" (?:of|de|del) ")  # "5 % of Canadians smoke": the whole clause names the quantity
_AGES = re.compile(r"\((?:aged?|ages|edad|de) [^()]{1,20}\)")
_WORD = re.compile(r"[^\s\"'*_]+")
_CHANGE_WORD = re.compile(rf"(?:de |del )?(?:{any_of([n for nouns in CHANGE_NOUNS.values() for n in nouns])})(?![a-z])")
_CHANGE_TAIL = re.compile(rf" (?:{any_of(CHANGE_NOUNS['decrease'])}|growth|increase|increases) ?(?:of|by|de|del)?$")
_MANNER = re.compile(
    r"de (?:forma|manera|modo) [a-z]+ |[a-z]{4,}mente |(?:significantly|steadily|consistently|gradually|substantially) "
)
_CHANGE_KIND = re.compile(
    r" ?(?:sostenid|significativ|constante|gradual|progresiv|net|sustained|steady)[a-z]*(?= (?:de|of|in|en) )"
)
_MORE_WORD = re.compile(rf"(?:{any_of((*MORE, *FEWER))})(?![a-z])")
_WRAP = re.compile(rf"^(?:{any_of(WRAPPING)})(?![a-z])[ :]*")


def find_metric(found: Findings, target: Target, verb: VerbMention | None) -> str | None:
    """The words that name the quantity, as written; None where the sentence has none."""
    if _only_raises(found, target, verb):
        return None
    counted = target.unit == "count" and target.kind in ("absolute", "delta", "range")
    share = target.unit == "%" and target.kind == "absolute" and _SHARE.match(found.folded, target.end) is not None
    for span in _candidates(found, target, verb):
        after = span[0] == target.end
        if pronoun := _ANAPHOR.fullmatch(found.folded, *span):
            return pronoun["it"]
        name = _trimmed(found, span, counted and after, share and after)
        if name is not None and re.search(r"[a-z]{2}", found.folded[name[0] : name[1]]):
            return found.clean[name[0] : name[1]]
    return None


# "Raise $40,000 to send 1,000 kids to camp": what follows is what the money is for, and the raising is measured.
_RAISES = re.compile(r"(?:rais|fundrais|recaud|factur)")
_PURPOSE = re.compile(
    r" (?:to [a-z]+|para|durante|during|(?:en|con|in|at|with) (?:el|la|los|las|nuestr[oa]s?|the|our)) "
)


def _only_raises(found: Findings, target: Target, verb: VerbMention | None) -> bool:
    if verb is None or verb.noun or target.kind != "absolute" or target.unit in (None, "%", "count", "x", "points"):
        return False
    purpose = _PURPOSE.match(found.folded, target.end)
    between = found.folded[verb.end : target.start].strip()
    return bool(purpose and _RAISES.match(found.folded, verb.start) and not re.search(r"[a-z]{4}", between))


def _candidates(found: Findings, target: Target, verb: VerbMention | None) -> list[Span]:
    """Where the metric may stand, the likeliest first."""
    size = len(found.folded)
    if target.start < 0 and verb is not None:
        subject = found.lang == "en" and not verb.noun and found.folded[verb.end - 1] == "s"
        return [(0, verb.start), (verb.end, size)] if subject else [(verb.end, size), (0, verb.start)]
    if target.start < 0:
        return [(0, size)]
    after = (target.end, size)
    return [
        *_around(found, target, verb, after),
        *([(target.start, target.end)] if target.baseline is not None else []),
    ]


def _around(found: Findings, target: Target, verb: VerbMention | None, after: Span) -> list[Span]:
    size = len(found.folded)
    if verb is None:
        return [(0, target.start), after] if _names_before(found, target) else [after, (0, target.start)]
    if verb.noun:
        named = _compound_before(found, target, verb)
        if verb.start < target.start:
            return [(verb.end, target.start), after, (0, verb.start)]
        return [named, (verb.end, size), after, (0, target.start)]
    if verb.start >= target.start:  # the verb is the number ("double") or follows it
        return [after, (0, target.start), (verb.end, size)]
    between = (verb.end, target.start)
    return [after, between] if _names_after(found, target, verb) else [between, after, (0, verb.start)]


def _names_after(found: Findings, target: Target, verb: VerbMention) -> bool:
    """'Presencia en TikTok con 10K seguidores', 'convertir seguidores en 4 clientes': the number's own noun counts."""
    if re.search(r" (?:con|with)$", governor(found, target.start).left):
        return True
    gets = verb.direction in ("reach", "get", "launch")
    return gets and target.unit == "count" and re.search(r" (?:en|into)$", found.left(target.start)) is not None


def _names_before(found: Findings, target: Target) -> bool:
    """Without a verb: 'Churn rate < 5 %' names before the number, '50 new leads' after it."""
    before = re.sub(r"[^a-z]", "", _without_dates(found, 0, target.start))
    return len(before) > 3 and names_quantity(found.folded[: target.start])


def _without_dates(found: Findings, start: int, end: int) -> str:
    text = list(found.folded[start:end])
    for d in found.dates:
        for i in range(max(d.start, start), min(d.end, end)):
            text[i - start] = " "
    return "".join(text)


def _compound_before(found: Findings, target: Target, verb: VerbMention) -> Span:
    """'40 % greenhouse gas emission reductions': the name between number and noun, if there is one."""
    between = found.folded[target.end : verb.start].strip()
    if re.fullmatch(
        r"(?:(?:annual|yearly|overall|net|total|further|minimum|de|relative|average|reduction|year-over-year) ?)*",
        between,
    ):
        return (0, 0)
    return (target.end, verb.start)


def _trimmed(found: Findings, span: Span, counted: bool, whole: bool) -> Span | None:
    start, end = _first_chunk(found, span, whole)
    if _OPENS_SCOPE.match(found.folded, start, end):
        return None
    if not whole:
        end = _cut_phrases(found, start, end, counted)
    return _peeled(found, start, end)


_SELLS = re.compile(r"(?:vend|sell|factur)")


def implied_metric(found: Findings, target: Target, verb: VerbMention | None) -> str | None:
    """What a bare amount measures: 'Raise $10,000' the raising, 'Lose 10 pounds' the pounds, 'Sell more' selling."""
    if verb and target.unit in (None, "%", "x") and _SELLS.match(found.folded, verb.start):
        return found.clean[verb.start : verb.end]
    if target.unit in (None, "%", "count", "x", "points", "rank") or target.start < 0:
        return None
    unit = re.search(r"[^\W\d_]{2,}$", found.clean[target.start : target.end])
    if unit and target.unit in ("kg", "pounds", "km", "litres", "tonnes", "hours", "minutes", "energy"):
        return unit.group()
    return found.clean[verb.start : verb.end] if verb else None


def _first_chunk(found: Findings, span: Span, whole: bool) -> Span:
    """From the first word that is no wrapping up to the first stop, date, number or verb."""
    start, end = span
    start = _skip_opening(found, start, end)
    ages = [] if not whole else [m.span() for m in _AGES.finditer(found.folded, start, end)]
    for stop in _STOP.finditer(found.folded, start, end):
        if any(a <= stop.start() < b for a, b in ages):
            continue
        if re.search("[a-z]", found.folded[start : stop.start()]):
            end = stop.start()
            break
        start = stop.end()
        start = _skip_opening(found, start, end)
    mentions: list[DateMention | Quantity] = [*found.dates, *found.quantities]
    for block in [*((m.start, m.end) for m in mentions), *placeholders(found.clean)]:
        if start < block[0] < end and re.search(r"[a-z]{3}", found.folded[start : block[0]]):
            end = min(end, block[0])
    return start, end


def _skip_opening(found: Findings, start: int, end: int) -> int:
    """Past dates, wrapping words ('quiero', 'our goal is to'), nouns of change and 'more'."""
    mentions: list[DateMention | Quantity] = [*found.dates, *found.quantities]
    moved = True
    while moved and start < end:
        before = start
        if marks := _MARKS.match(found.folded, start, end):
            start = marks.end()
        start = next((m.end for m in mentions if m.start <= start < m.end), start)
        for pattern in (_WRAP, _CHANGE_WORD, _CHANGE_KIND, _MANNER, _MORE_WORD):
            if rest := pattern.match(found.folded[start:end]):
                start += rest.end()
        lead = _WORD.match(found.folded, start, end)
        if lead and lead.group() in LEADING[found.lang]:
            start = lead.end()
        moved = start != before
    return min(start, end)


def _cut_phrases(found: Findings, start: int, end: int, counted: bool) -> int:
    """Ends the name at the first preposition or relative word that opens its scope."""
    kept = [m.span() for m in _KEPT.finditer(found.folded, start, end)]
    defined = _DEFINED.match(found.folded[start:end]) is not None
    cuts = [
        m.start()
        for m in _END[found.lang].finditer(found.folded, start + 1, end)
        if not _inside(m.start(), kept) and not (defined and m.group() in ("que", "who", "that", "a"))
    ]
    cuts += [
        m.start()
        for m in _IN[found.lang].finditer(found.folded, start + 1, end)
        if not _inside(m.start(), kept) and _opens_scope(found, start, m.start(), end, counted)
    ]
    cuts += [
        v.start
        for v in found.verbs
        if start < v.start < end
        and not v.noun
        and not _inside(v.start, kept)
        and re.search(r"(?:,|and|y|e|to|para) $", found.folded[: v.start])
    ]
    return min([end, *(c for c in cuts if re.search(r"[a-z]{2}", found.folded[start:c]))])


def _inside(at: int, spans: list[Span]) -> bool:
    return any(a <= at < b for a, b in spans)


def _opens_scope(found: Findings, start: int, at: int, end: int, counted: bool) -> bool:
    """Whether 'in', 'en', 'from', 'de' opens where or whose ('de nuestra web', 'in Texas'), not part of the name."""
    head, rest = found.folded[start:at], found.folded[at:end]
    if _NEEDS_MORE.search(head):
        return False
    if _SCOPE.match(rest):
        return self_sufficient(head) or not rest.startswith(("de", "of"))
    proper = re.match(r"(?:en|in|from|de|of|del) (?:the |la |el |las |los )?[A-ZÁÉÍÓÚ][a-záéíóúñ]", found.clean[at:end])
    if rest.startswith(("de", "of")):
        return proper is not None and self_sufficient(head)
    return counted or proper is not None or self_sufficient(head)


def _peeled(found: Findings, start: int, end: int) -> Span | None:
    """Small words, owners ('our customers' ...') and nouns of change peeled off both ends."""
    tail = _CHANGE_TAIL.search(found.folded[:end], start + 2)
    tokens = [m.span() for m in _WORD.finditer(found.folded, start, tail.start() if tail else end)]
    names = [found.folded[a:b].strip(".,:-") for a, b in tokens]
    first, last = 0, len(tokens)
    while first < last and _peels_off(found, names, tokens, first, last):
        first += 1
    while first < last and (not names[last - 1] or names[last - 1] in TRAILING):
        last -= 1
    if last - first > 1 and names[last - 1] in _PLATFORMS:
        last -= 1
    if first == last:
        return None
    final = found.folded[slice(*tokens[last - 1])]
    return tokens[first][0], tokens[last - 1][1] - (len(final) - len(final.rstrip(".,:;-")))


def _peels_off(found: Findings, names: list[str], tokens: list[Span], at: int, last: int) -> bool:
    """Whether the front word is no part of the name: a small word, or whose the quantity is ("company's")."""
    owner = found.folded[tokens[at][1] : tokens[at][1] + 1] == "'" and at + 1 < last
    genitive = names[at] == "s" and at > 0
    return not names[at] or names[at] in LEADING[found.lang] or owner or genitive
