"""Time expressions and what each is for: deadline, start, comparison, cadence, hold. Pure; today is passed in."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from sync.sentence.calendar import add_months
from sync.sentence.model import DateMention, Span
from sync.sentence.number_words import word_numbers
from sync.sentence.periods import PeriodMention, find_periods
from sync.sentence.text import any_of
from sync.sentence.words.dates import OTHER_WORDS_TOO, SPANS

_SPAN = rf"(?P<u>{any_of(SPANS)})(?![a-z])"
_COUNT = (
    r"(?P<n>[0-9]{1,3}|una?|one|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty-?four|thirty"
    r"|sixty|ninety|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|dieciocho|veinticuatro|treinta|sesenta|noventa"
    r"|a couple of|un par de|the|el|la)"
)
_KIND = r"(?:(?:short|full|calendar|business|working|whole|following|next|coming)[ ])?"
_RELATIVE_TO_PROJECT = (
    r"(?P<project> (?:of|after|from|since|following|post|into|tras|despues|desde|a partir|posteriores|de (?:la |el )?"
    r"(?:lanzamiento|campana|operacion|vida|inicio|implementacion|uso)|del (?:lanzamiento|inicio|proyecto|programa|curso))"
    r"(?! now| today| hoy| ahora))?"
)
_FIRST = r"(?P<first>first |initial |primeros |primeras |primer |primera )?"

_DURATIONS = {
    "en": re.compile(
        r"(?<![a-z])(?P<g>within|inside|in|over|during|throughout|across|for|after|under|the|a|next|coming)(?: the)?"
        r"(?: (?:space|course|span|period|timeframe) of)?(?: (?:less than|no more than|at most|about|around|approximately|only|just))?"
        rf"(?: a| the)? ?(?:(?P<next>next|coming|following|upcoming) )?{_FIRST}{_COUNT}[ -]{_KIND}{_SPAN}(?:[ -](?:period|window|span|time|timeframe))?"
        rf"(?:'s time)?{_RELATIVE_TO_PROJECT}"
    ),
    "es": re.compile(
        r"(?<![a-z])(?P<g>en|dentro de|durante|a|para|por|tras|al cabo de|a lo largo de|los|las|el|la|plazo:?|antes de)"
        r"(?: un| el)?(?: (?:plazo|periodo|lapso|transcurso|termino)(?: maximo)?(?: de| no mayor a| inferior a))?"
        r"(?: (?:menos de|no mas de|maximo|un maximo de|aproximadamente|unos|solo|tan solo|apenas))?(?: los| las| el| la)?"
        rf"(?: (?P<next>proximos|proximas|siguientes|proximo|proxima|siguiente))? ?{_FIRST}{_COUNT} "
        rf"(?:(?P<next2>proximos|proximas|siguientes) )?{_SPAN}(?: (?P<next3>siguientes|proximos|vista))?{_RELATIVE_TO_PROJECT}"
    ),
}
_MEASURES_TIME = re.compile(
    r"(?<![a-z])(?:tiempo|tiempos|plazo|plazos|duracion|ciclo|espera|demora|retraso|dias de)(?![a-z])"
)
_OTHER_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?! ?(?:de [a-z]+|20[0-9]{2})| de 20)")
_CONSECUTIVE = re.compile(r" ?(?:consecutiv|seguid|in a row|straight|running)|.{0,3}(?:consecutive|straight)")
_FUZZY = re.compile(
    r"(?<![a-z0-9])(?:(?:with)?in (?:the |a )?(?:next |coming |upcoming |first )?(?:few|several|some|couple of)? ?(?:weeks|months|years|days)"
    r"|over (?:the )?(?:next|coming) (?:few |several |couple of )?(?:weeks|months|years)"
    r"|en (?:los |las )?(?:proxim[oa]s |siguientes )?(?:unos |unas |pocos |pocas |varios |varias |algunos |algunas )?(?:semanas|meses|anos|dias)"
    r"|(?:by |before |in |for )?(?:week|month|day|year) [0-9]{1,3}(?![0-9])|(?:para |en |al |hasta )?(?:la |el )?(?:semana|mes|dia|ano) [0-9]{1,3}(?![0-9])"
    r"|(?:as )?soon(?: as possible)?|asap|lo antes posible|cuanto antes|pronto|(?:a |al |en el )?(?:corto|medio|mediano|largo) plazo"
    r"|(?:in|over|for) the (?:short|medium|long)(?:er)?[- ](?:term|run)"
    r"|(?:by|before|during|in|over|this|next) (?:the )?(?:end of (?:the )?)?(?:summer|winter|spring|fall|autumn|season|holidays?|black friday|easter)"
    r"|(?:para|antes de(?:l)?|en|este|esta|durante|hasta) (?:el |la )?(?:final(?:es)? (?:de|del) |fin (?:de|del) )?(?:verano|invierno|primavera|otono|temporada|black friday|semana santa|vacaciones)"
    r"|(?:by|before|at|until) (?:the )?(?:end|close|completion) of (?:the |this |our )?(?:project|campaign|program(?:me)?|season|course|semester|school year|contract|event|launch|sprint|month [0-9]+|week [0-9]+)"
    r"|(?:al|antes del|para el|hasta el) (?:final|fin|cierre|termino) (?:de|del) (?:la |el )?(?:proyecto|campana|programa|temporada|curso|evento|contrato|plan|sprint)"
    r"|(?:en|durante) (?:el |los )primer(?:os)? (?:mes|meses|ano|anos)(?! de 20)|(?:in|during|within) the first (?:month|months|year|week)"
    r"|(?:en el |del )?mismo periodo|(?:in|over|during) the same period|one day|some ?day|algun dia|eventually)(?![a-z0-9])"
)
_HOLD = re.compile(r"(?<![a-z0-9])[a-z0-9]{1,12} (?:consecutive |straight )?(?:months|weeks|quarters|days|years|meses|semanas|trimestres|dias|anos)"
                   r"(?: consecutiv[oa]s| seguid[oa]s| in a row| straight| running)")  # fmt: skip
_HOLD_EN = re.compile(r"(?<![a-z0-9])(?:[a-z0-9]{1,12} )?consecutive (?:months|weeks|quarters|days|years)")

_CLOSING = r"(?:(?:the )?(?:very )?(?:end|close|finish|last day)|(?:el |la )?(?:fin|fines|final|finales|cierre|termino|ultimo dia))"
_POSITION = (
    rf"(?P<pos>{_CLOSING}|(?:the )?(?:middle|beginning|start)|mid|early|late|mediados|principios|inicios|comienzos|(?:el )?inicio)"
    r"(?:[ -]| of | de | del )(?:the |el |la |of )?"
)
_STRONG = (
    r"by|before|until|till|no later than|not later than|on or before|prior to|up to|through|due(?: by| on| date:?)?|deadline:?|target date:?"
    r"|by no later than|ahead of|ending(?: on| in)?|come|para(?: antes)?(?: de)?|antes de(?:l)?|hasta(?: el)?|a mas tardar(?: el| en| a)?|al|a|de aqui a(?:l)?"
    r"|de cara a(?:l)?|(?:con )?fecha(?: (?:limite|tope|de cierre|objetivo|fin|final))?(?: de| el)?:?|limite:?|no mas tarde de(?:l)?|hacia|plazo:?|vence(?: el)?|previo a(?:l)?"
    r"|to|vencimiento:?|due:|para el dia|antes del dia"
)
_WEAK = r"in|on|during|within|throughout|for|over|at|of|en|durante|dentro de(?:l)?|a lo largo de(?:l)?|el|de(?:l)?|this|year|ano|las?|@|hoy"
_STARTING = r"from|starting(?: in| on| from)?|beginning(?: in| on)?|since|as of|effective|between|desde(?: el)?|a partir de(?:l)?|comenzando(?: en| el)?|entre|inicio:?"
_LEAD = re.compile(
    rf"(?:(?<![a-z])(?P<strong>{_STRONG})|(?<![a-z])(?P<start>{_STARTING})|(?<![a-z])(?P<weak>{_WEAK}))?"
    rf"[ :]*(?:the |el |la |los |end )?{_POSITION.replace('(?P<pos>', '(?:(?P<pos>', 1)})?(?:the |el |la |dia )?$"
)
_BEFORE = re.compile(r"before|prior to|ahead of|antes|previo")
_LAST = re.compile(rf"{_CLOSING}$")

_BASIS = re.compile(
    r"(?<![a-z])(?:en (?:lugar|vez) de|instead of|rather than|compared (?:to|with|against)|in comparison (?:to|with)|relative to|versus|vs\.?|against (?:the )?(?=[0-9a-z ]{0,20}(?:20|19)[0-9]{2}|last|previous)"
    r"|(?:than|over|from|of|to|on|below|above|off|as) (?:in |the |during |at |our |its |that of )*(?:last|previous|prior|preceding|the same|same)(?! (?:day|quarter of|month of))(?= [a-z])"
    r"|than (?:in |during )?(?=(?:19|20)[0-9]{2})|(?:from|below|above|on|over|off|to|against) (?:the |its |our )?(?:a )?(?=(?:19|20)[0-9]{2}(?:[-/ ][0-9]{2,4})? ?(?:baseline|levels?|figures?|results?|numbers?|base))"
    r"|baseline(?: year)?(?: in| of| from|:)?(?= ?[(]?(?:q[1-4]|(?:19|20)[0-9]{2}))|year[- ](?:over|on)[- ]year|y-?o-?y|month over month|mom(?![a-z])|since (?=(?:19|20)[0-9]{2})"
    r"|en comparacion (?:con|a)|comparad[oa]s? con|(?:con )?respecto (?:a|al|de|del)(?![a-z])|frente (?:a|al)(?![a-z])|en relacion (?:con|a|al)(?![a-z])"
    r"|(?:sobre|que|de|del|al|vs|contra|en) (?:el |la |los |las |en |del )*(?:mismo )?(?:ano|mes|trimestre|periodo|ejercicio|semestre|cuatrimestre)s? (?:anterior|pasado|previo|precedente)"
    r"|interanual|intermensual|linea base|desde (?=(?:19|20)[0-9]{2})|(?:del|de) nivel(?:es)? de)"
)
_BASIS_END = re.compile(
    r"[,;()]|\.(?: |$)| (?:by|before|until|within|para|antes|hasta|a mas tardar|al cierre|a finales|en los proximos|en un plazo|to [0-9$]|a [0-9$]) ?"
)

_CADENCE = re.compile(
    r"(?P<pre>(?<![a-z])(?:per|each|every|cada|todos los|todas las|al|por|a la|a|/ ?)) ?(?:calendar |business )?(?P<n>[0-9]{1,2} )?"
    r"(?P<u>day|dia|week|wk|semana|fortnight|quincena|month|mo|mes|quarter|trimestre|semester|semestre|year|yr|ano)s?(?![a-z])"
    r"|/ ?(?P<u2>day|dia|week|wk|semana|month|mo|mes|quarter|trimestre|year|yr|ano)(?![a-z])"
)
_NOT_CADENCE = re.compile(r"(?:in|within|over|for|during|once|of|half|than|least|ahead of|en|dentro de|than half)$")


def find_dates(folded: str, today: date, lang: str) -> list[DateMention]:
    """Every time expression of a folded text in order; those within a comparison have role 'basis'."""
    bases = [DateMention(*span, "basis") for span in _basis_spans(folded)]
    found: list[DateMention] = [*bases, *_holds(folded)]
    _add(found, _cadences(folded))
    _add(found, _periods(folded, today, lang))
    _add(found, _durations(folded, today, lang))
    _add(found, (DateMention(m.start(), m.end(), "due", marked=True, explicit=False) for m in _FUZZY.finditer(folded)))
    return _with_starts(folded, sorted(found, key=lambda d: d.start))


def _add(found: list[DateMention], more: Iterator[DateMention]) -> None:
    for mention in more:
        if not any(mention.start < f.end and f.start < mention.end for f in found):
            found.append(mention)


def _basis_spans(folded: str) -> Iterator[Span]:
    at = 0
    while (found := _BASIS.search(folded, at)) is not None:
        end = _BASIS_END.search(folded, found.end(), found.end() + 60)
        at = end.start() if end else min(len(folded), found.end() + 60)
        yield found.start(), at


def _holds(folded: str) -> Iterator[DateMention]:
    for pattern in (_HOLD, _HOLD_EN):
        for found in pattern.finditer(folded):
            yield DateMention(found.start(), found.end(), "hold")


def _cadences(folded: str) -> Iterator[DateMention]:
    for found in _CADENCE.finditer(folded):
        article = found["pre"] in ("a", "por", "al")
        if article and (_NOT_CADENCE.search(folded[: found.start()].rstrip()) or found["n"]):
            continue
        if article and re.match(r" (?:de|of|from|ago|anterior|pasado)\b", folded[found.end() :]):
            continue
        yield DateMention(found.start(), found.end(), "cadence")


def _periods(folded: str, today: date, lang: str) -> Iterator[DateMention]:
    for mention in find_periods(folded, today, lang):
        dated = _governed(folded, mention, today)
        if dated is not None:
            yield dated


def _governed(folded: str, mention: PeriodMention, today: date) -> DateMention | None:
    """The mention with the words that govern it; None for a month's name that is used as another word."""
    window = max(0, mention.start - 48)
    lead = _LEAD.search(folded[window : mention.start])
    strong, start, weak = (lead["strong"], lead["start"], lead["weak"]) if lead else (None, None, None)
    position = (lead["pos"] or "") if lead else ""
    begin = window + lead.start() if lead else mention.start
    name = folded[mention.start : mention.end]
    if (
        mention.kind in ("bare_month", "weekday")
        and not (strong or start or weak or position)
        and name in OTHER_WORDS_TOO
    ):
        return None
    if mention.kind == "slash_day" and not (strong or weak == "el"):
        return None  # "8/10" may be a mark out of ten
    if mention.period is None:
        return DateMention(begin, mention.end, "basis")
    first, last = mention.period
    last_day = _last_day(first, last, strong or "", position)
    role = "start" if start else "due"
    if not (strong or weak or start or position) and mention.kind in ("bare_year", "bare_month", "weekday"):
        role = "hint" if last >= today and mention.kind != "weekday" else "basis"
    return DateMention(begin, mention.end, role, last_day, first, True, bool(strong or position))


def _last_day(first: date, last: date, governor: str, position: str) -> date | None:
    """The deadline a governed period means: 'antes de diciembre' ends with November, 'mid-2026' with June."""
    if position.startswith(("mid", "the mid", "mediados")):
        return first + (last - first) / 2 if (last - first).days < 300 else date(first.year, 6, 30)
    if position and not _LAST.search(position) and position != "late":
        return (
            first
            if "begin" in position or "start" in position or position.startswith(("inicio", "el inicio"))
            else None
        )
    if _BEFORE.match(governor) and not position and (last - first).days > 1:
        return first - timedelta(days=1)
    return last


def _durations(folded: str, today: date, lang: str) -> Iterator[DateMention]:
    for found in _DURATIONS[lang].finditer(folded):
        mention = _duration(folded, found, today, lang)
        if mention is not None:
            yield mention


def _duration(folded: str, found: re.Match[str], today: date, lang: str) -> DateMention | None:
    ahead = any(found.groupdict().get(name) for name in ("next", "next2", "next3")) or found["g"] in ("next", "coming")
    unit, size = SPANS[found["u"]]
    if found["g"] in ("a", "the", "los", "las", "el", "la", "under") and not ahead:
        if not (found["g"] == "a" and lang == "es" and unit == "month" and found["n"] not in ("la", "el")):
            return None
    if found["g"] == "a" and re.search(rf"(?<![a-z]){any_of(SPANS)}$", folded[: found.start()].rstrip()):
        return None  # "de 6 meses a 2 meses" are two values
    if (
        not ahead
        and found["g"] == "en"
        and _MEASURES_TIME.search(folded[: found.start()])
        and not _OTHER_NUMBER.search(folded[: found.start()] + folded[found.end() :])
    ):
        return None  # "reducir el tiempo de entrega en 3 dias"
    if found["n"] in ("the", "el", "la") and not ahead:
        return None
    if _CONSECUTIVE.match(folded, found.end()):
        return DateMention(found.start(), found.end(), "hold")
    if found["g"] == "after" or found["first"] or found["project"]:
        return DateMention(found.start(), found.end(), "due", explicit=False, marked=True)
    count = _count(found["n"], lang) * size
    last = today + timedelta(days=count) if unit == "day" else add_months(today, count)
    return DateMention(found.start(), found.end(), "due", last, None, False, True)


def _count(word: str, lang: str) -> int:
    if word.isdigit():
        return int(word)
    if word in ("a couple of", "un par de"):
        return 2
    return next((int(n.value) for n in word_numbers(word, lang)), 1)


_RANGE_GAP = re.compile(
    r" ?(?:-|to|until|till|through|and|al?|hasta(?: el)?|y)? ?(?:the |el |la |finales de |fines de |end of )?"
)


def _with_starts(folded: str, found: list[DateMention]) -> list[DateMention]:
    """'from January to March 2026', 'entre enero y marzo', 'enero-marzo 2026': the first of two is the start."""
    out = list(found)
    for i in range(len(found) - 1):
        a, b = found[i], found[i + 1]
        if a.first is None or b.first is None or not (a.explicit and b.explicit):
            continue
        apart = folded[a.end : b.end]
        opened = a.role == "start" or re.match(r" ?-", apart) is not None
        if opened and b.start <= a.end + 12 and (b.start <= a.end + 1 or _RANGE_GAP.match(folded, a.end)):
            first = a.first if a.first <= b.first else a.first.replace(year=b.first.year, day=1)
            out[i] = DateMention(a.start, a.end, "start", a.last, first)
            out[i + 1] = DateMention(b.start, b.end, "due", b.last, b.first, True, True)
    return out
