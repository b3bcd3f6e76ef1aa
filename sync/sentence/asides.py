"""Time expressions that are no deadline: comparisons, holds, cadences; and deadlines too vague for a date. Pure."""

import re
from collections.abc import Iterator

from sync.sentence.model import DateMention

_FUZZY = re.compile(
    r"(?<![a-z0-9])(?:(?:with)?in (?:the |a )?(?:next |coming |upcoming |first )?(?:few|several|some"
    r"|couple of)? ?(?:weeks|months|years|days)"
    r"|over (?:the )?(?:next|coming) (?:few |several |couple of )?(?:weeks|months|years)"
    r"|en (?:los |las )?(?:proxim[oa]s |siguientes )?(?:unos |unas |pocos |pocas |varios |varias |algunos "
    r"|algunas )?(?:semanas|meses|anos|dias)"
    r"|(?:by |before |in |for )?(?:week|month|day|year) [0-9]{1,3}(?![0-9])|(?:para |en |al |hasta )?(?:la "
    r"|el )?(?:semana|mes|dia|ano) [0-9]{1,3}(?![0-9])"
    r"|(?:as )?soon(?: as possible)?|asap|lo antes posible|cuanto antes|pronto|(?:a |al |en el )?(?:corto|medio"
    r"|mediano|largo) plazo"
    r"|(?:in|over|for) the (?:short|medium|long)(?:er)?[- ](?:term|run)"
    r"|(?:by|before|during|in|over|this|next) (?:the )?(?:end of (?:the )?)?(?:summer|winter|spring|fall|autumn"
    r"|season|holidays?|black friday|easter)"
    r"|(?:para|antes de(?:l)?|en|este|esta|durante|hasta) (?:el |la )?(?:final(?:es)? (?:de|del) |fin (?:de"
    r"|del) )?(?:verano|invierno|primavera|otono|temporada|black friday|semana santa|vacaciones)"
    r"|(?:by|before|at|until) (?:the )?(?:end|close|completion) of (?:the |this |our )?(?:project|campaign"
    r"|program(?:me)?|season|course|semester|school year|contract|event|launch|sprint|month [0-9]+|week [0-9]+)"
    r"|(?:al|antes del|para el|hasta el) (?:final|fin|cierre|termino) (?:de|del) (?:la |el )?(?:proyecto|campana"
    r"|programa|temporada|curso|evento|contrato|plan|sprint)"
    r"|(?:en|durante) (?:el |los )primer(?:os)? (?:mes|meses|ano|anos)(?! de 20)|(?:in|during"
    r"|within) the first (?:month|months|year|week)"
    r"|(?:en el |del )?mismo periodo|(?:in|over|during) the same period|one day|some ?day|algun dia"
    r"|eventually)(?![a-z0-9])"
)
# North and south have other seasons; a year beside them does not make them a date.
_SEASON = re.compile(
    r"(?<![a-z])(?:by|before|in|for|during|until|this|next|para|antes|en|durante|hasta|este) (?:the |el |la |de |del )*"
    r"(?:end of |final de |fin de |finales de )?(?:the |la |el )?"
    r"(?:spring|summer|autumn|winter|primavera|verano|otono|invierno)"
    r"(?: (?:of |de |del )?20[0-9]{2})?(?![a-z0-9])"
)
_HOLD = re.compile(
    r"(?<![a-z0-9])[a-z0-9]{1,12} (?:consecutive |straight )?"
    r"(?:months|weeks|quarters|days|years|meses|semanas|trimestres|dias|anos)"
    r"(?: consecutiv[oa]s| seguid[oa]s| in a row| straight| running)"
)
_HOLD_EN = re.compile(r"(?<![a-z0-9])(?:[a-z0-9]{1,12} )?consecutive (?:months|weeks|quarters|days|years)")

_BASIS = re.compile(
    r"(?<![a-z])(?:en (?:lugar|vez) de|instead of|rather than|compared (?:to|with|against)|in comparison (?:to"
    r"|with)|relative to|versus|vs\.?|against (?:the )?(?=[0-9a-z ]{0,20}(?:20|19)[0-9]{2}|last|previous)"
    r"|(?:than|over|from|of|to|on|below|above|off|as) (?:in |the |during |at |our |its |that of )*(?:last"
    r"|previous|prior|preceding|the same|same)(?! (?:day|quarter of|month of))(?= [a-z])"
    r"|than (?:in |during )?(?=(?:19|20)[0-9]{2})|(?:from|below|above|on|over|off|to|against) (?:the |its "
    r"|our )?(?:a )?(?=(?:19|20)[0-9]{2}(?:[-/ ][0-9]{2,4})? ?(?:baseline|levels?|figures?|results?|numbers?"
    r"|base))"
    r"|baseline(?: year)?(?: in| of| from|:)?(?= ?[(]?(?:q[1-4]|(?:19|20)[0-9]{2}))|year[- ](?:over|on)[- ]year"
    r"|y-?o-?y|(?:month|quarter) over (?:month|quarter)|[mq]o[mq](?![a-z])|since (?=(?:19|20)[0-9]{2})"
    r"|en comparacion (?:con|a)|comparad[oa]s? con|(?:con )?respecto (?:a|al|de|del)(?![a-z])|frente (?:a"
    r"|al)(?![a-z])|en relacion (?:con|a|al)(?![a-z])"
    r"|(?:sobre|que|de|del|al|vs|contra|en) (?:el |la |los |las |en |del )*(?:mismo )?(?:ano|mes|trimestre"
    r"|periodo|ejercicio|semestre|cuatrimestre)s? (?:anterior|pasado|previo|precedente)"
    r"|interanual|intermensual|linea base|desde (?=(?:19|20)[0-9]{2})|(?:del|de) nivel(?:es)? de)"
)
_COMPLETE = re.compile(
    r"year[- ](?:over|on)[- ]year|y-?o-?y|[mq]o[mq]|(?:month|quarter) over (?:month|quarter)|inter(?:anual|mensual)"
)
_BASIS_END = re.compile(
    r"[,;()]|\.(?: |$)| (?:by|before|until|within|para|antes|hasta|a mas tardar|al cierre|a finales"
    r"|en los proximos|en un plazo|to [0-9$]|a [0-9$]) ?"
)

_CADENCE = re.compile(
    r"(?P<pre>(?<![a-z])(?:per|each|every|cada|todos los|todas las|al|por|a la|a|/ ?)) ?(?:calendar "
    r"|business )?(?P<n>[0-9]{1,2} )?"
    r"(?P<u>day|dia|week|wk|semana|fortnight|quincena|month|mo|mes|quarter|trimestre|semester|semestre|year|yr"
    r"|ano)s?(?![a-z])"
    r"|/ ?(?P<u2>day|dia|week|wk|semana|month|mo|mes|quarter|trimestre|year|yr|ano)(?![a-z])"
)
_NOT_CADENCE = re.compile(r"(?:in|within|over|for|during|once|of|half|than|least|ahead of|en|dentro de|than half)$")


def find_asides(folded: str) -> Iterator[DateMention]:
    """Comparisons first, then seasons, holds and cadences: what they cover is no date."""
    yield from _comparisons(folded)
    for found in _SEASON.finditer(folded):
        yield DateMention(found.start(), found.end(), "due", explicit=False, marked=True)
    yield from _holds(folded)
    yield from _cadences(folded)


def find_vague(folded: str) -> Iterator[DateMention]:
    """Deadlines that cannot be resolved: 'soon', 'Week 12', 'al final del proyecto'."""
    for found in _FUZZY.finditer(folded):
        yield DateMention(found.start(), found.end(), "due", marked=True, explicit=False)


def _comparisons(folded: str) -> Iterator[DateMention]:
    at = 0
    while (found := _BASIS.search(folded, at)) is not None:
        if _COMPLETE.fullmatch(found.group()):
            at = found.end()
            yield DateMention(found.start(), at, "basis")
            continue
        end = _BASIS_END.search(folded, found.end(), found.end() + 60)
        at = end.start() if end else min(len(folded), found.end() + 60)
        yield DateMention(found.start(), at, "basis")


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
