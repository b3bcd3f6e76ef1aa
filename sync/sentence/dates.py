"""Time expressions and what each is for: deadline, start, comparison, cadence, hold. Pure; today is passed in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sync.sentence.asides import find_asides, find_vague
from sync.sentence.calendar import add_months
from sync.sentence.model import DateMention
from sync.sentence.number_words import word_numbers
from sync.sentence.periods import PeriodMention, find_periods
from sync.sentence.text import any_of
from sync.sentence.words.dates import OTHER_WORDS_TOO, SPANS
from sync.sentence.words.units import CURRENCY_AFTER, PERCENT, UNIT_WORDS

_SPAN = rf"(?P<u>{any_of(SPANS)})(?![a-z])"
_COUNT = (
    r"(?P<n>[0-9]{1,3}|half an?|medio|media|una?|one|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|eighteen"
    r"|twenty-?four|thirty"
    r"|sixty|ninety|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|dieciocho|veinticuatro|treinta"
    r"|sesenta|noventa"
    r"|a couple of|un par de|the|el|la)"
)
_KIND = r"(?:(?:short|full|calendar|business|working|whole|following|next|coming)[ ])?"
_RELATIVE_TO_PROJECT = (
    r"(?P<project> (?:of|after|from|since|following|post|into|tras|despues|desde|a partir|posteriores|de (?:la |el )?"
    r"(?:lanzamiento|campana|operacion|vida|inicio|implementacion|uso)|del (?:lanzamiento|inicio|proyecto"
    r"|programa|curso))"
    r"(?! now| today| hoy| ahora))?"
)
_FIRST = r"(?P<first>first |initial |primeros |primeras |primer |primera )?"

_DURATIONS = {
    "en": re.compile(
        r"(?<![a-z])(?P<g>within|inside|in|over|during|throughout|across|for|after|under|the|a|next|coming)(?: the)?"
        r"(?: (?:space|course|span|period|timeframe) of)?(?: (?:less than|no more than|at most|about|around"
        r"|approximately|only|just))?"
        rf"(?: a| the)? ?(?:(?P<next>next|coming|following"
        rf"|upcoming) )?{_FIRST}{_COUNT}[ -]{_KIND}{_SPAN}(?:[ -](?:period|window|span|time|timeframe))?"
        rf"(?:'s time)?{_RELATIVE_TO_PROJECT}"
    ),
    "es": re.compile(
        r"(?<![a-z])(?P<g>en|dentro de|durante|a|para|por|tras|al cabo de|a lo largo de|los|las|el|la|plazo:?|antes de)"
        r"(?: un| el)?(?: (?:plazo|periodo|lapso|transcurso|termino)(?: maximo)?(?: de| no mayor a| inferior a))?"
        r"(?: (?:menos de|no mas de|maximo|un maximo de|aproximadamente|unos|solo|tan solo|apenas))?(?: los| las"
        r"| el| la)?"
        rf"(?: (?P<next>proximos|proximas|siguientes|proximo|proxima|siguiente))? ?{_FIRST}{_COUNT} "
        rf"(?:(?P<next2>proximos|proximas|siguientes) )?{_SPAN}(?: (?P<next3>siguientes|proximos"
        rf"|vista))?{_RELATIVE_TO_PROJECT}"
    ),
}
_MEASURES_TIME = re.compile(
    r"(?<![a-z])(?:tiempo|tiempos|plazo|plazos|duracion|ciclo|espera|demora|retraso|dias de)(?![a-z])"
)
_OTHER_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?! ?(?:de [a-z]+|20[0-9]{2})| de 20)")
_CONSECUTIVE = re.compile(r" ?(?:consecutiv|seguid|in a row|straight|running)|.{0,3}(?:consecutive|straight)")
_CLOSING = (
    r"(?:(?:the )?(?:very )?(?:end|close|finish|last day)"
    r"|(?:el |la )?(?:fin|fines|final|finales|cierre|termino|ultimo dia))"
)
_POSITION = (
    rf"(?P<pos>{_CLOSING}|(?:the )?(?:middle|beginning|start)|mid|early|late|mediados|principios|inicios"
    rf"|comienzos|(?:el )?inicio)"
    r"(?:[ -]| of | de | del )(?:the |el |la |of )?"
)
_STRONG = (
    r"by|before|until|till|no later than|not later than|on or before|prior to|up to|through|due(?: by| on"
    r"| date:?)?|deadline:?|target date:?"
    r"|by no later than|ahead of|ending(?: on| in)?|come|para(?: antes)?(?: de)?|antes de(?:l)?|hasta(?: el)?"
    r"|a mas tardar(?: el| en| a)?|al|a|de aqui a(?:l)?"
    r"|de cara a(?:l)?|(?:con )?fecha(?: (?:limite|tope|de cierre|objetivo|fin|final))?(?: de| el)?:?|limite:?"
    r"|no mas tarde de(?:l)?|hacia|plazo:?|vence(?: el)?|previo a(?:l)?"
    r"|to|vencimiento:?|due:|para el dia|antes del dia"
)
_WEAK = (
    r"in|on|during|within|throughout|for|over|at|of|en"
    r"|durante|dentro de(?:l)?|a lo largo de(?:l)?|el|de(?:l)?|this|year|ano|las?|@|hoy"
)
_STARTING = (
    r"from|starting(?: in| on| from)?|beginning(?: in| on)?|since|as of|effective|between"
    r"|desde(?: el)?|a partir de(?:l)?|comenzando(?: en| el)?|entre|inicio:?"
)
_LEAD = re.compile(
    rf"(?:(?<![a-z])(?P<strong>{_STRONG})|(?<![a-z])(?P<start>{_STARTING})|(?<![a-z])(?P<weak>{_WEAK}))?"
    rf"[ :]*(?:the |el |la |los |end )?{_POSITION.replace('(?P<pos>', '(?:(?P<pos>', 1)})?(?:the |el |la |dia )?$"
)
_BEFORE = re.compile(r"before|prior to|ahead of|antes|previo")
_LAST = re.compile(rf"{_CLOSING}$")


def find_dates(folded: str, today: date, lang: str) -> list[DateMention]:
    """Every time expression of a folded text in order; those within a comparison have role 'basis'."""
    found: list[DateMention] = []
    _add(found, find_asides(folded))
    _add(found, _periods(folded, today, lang))
    _add(found, _durations(folded, today, lang))
    _add(found, find_vague(folded))
    return _with_starts(folded, sorted(found, key=lambda d: d.start))


def _add(found: list[DateMention], more: Iterator[DateMention]) -> None:
    for mention in more:
        if not any(mention.start < f.end and f.start < mention.end for f in found):
            found.append(mention)


def _periods(folded: str, today: date, lang: str) -> Iterator[DateMention]:
    for mention in find_periods(folded, today, lang):
        dated = _governed(folded, mention, today)
        if dated is not None:
            yield dated


@dataclass(frozen=True, slots=True)
class _Lead:
    """The words that govern a period: 'by' is strong, 'in' weak, 'from' a start, 'the end of' a position."""

    begin: int
    strong: str = ""
    start: str = ""
    weak: str = ""
    position: str = ""

    @property
    def bare(self) -> bool:
        """Whether nothing governs the period."""
        return not (self.strong or self.start or self.weak or self.position)


def _lead(folded: str, at: int) -> _Lead:
    window = max(0, at - 48)
    found = _LEAD.search(folded[window:at])
    if found is None:
        return _Lead(at)
    return _Lead(window + found.start(), *(found[name] or "" for name in ("strong", "start", "weak", "pos")))


def _governed(folded: str, mention: PeriodMention, today: date) -> DateMention | None:
    """The mention with the words that govern it; None for a name or number that means something else."""
    lead = _lead(folded, mention.start)
    if _is_no_date(folded, mention, lead, today):
        return None
    if mention.period is None:
        return DateMention(lead.begin, mention.end, "basis")
    first, last = mention.period
    last_day = _last_day(first, last, lead.strong, lead.position)
    role = "start" if lead.start else "due"
    if lead.bare and mention.kind in ("bare_year", "bare_month", "weekday"):
        role = "hint" if last >= today and mention.kind != "weekday" else "basis"
    return DateMention(lead.begin, mention.end, role, last_day, first, True, bool(lead.strong or lead.position))


def _is_no_date(folded: str, mention: PeriodMention, lead: _Lead, today: date) -> bool:
    """'We may grow', '8/10' and '2000 seguidores' are no dates."""
    if mention.kind == "slash_day":
        return not (lead.strong or lead.weak == "el")  # "8/10" may be a mark out of ten
    if mention.kind == "bare_year":
        return _is_amount(folded, mention, lead, today)
    ungoverned = lead.bare and folded[mention.start : mention.end] in OTHER_WORDS_TOO
    return ungoverned and mention.kind in ("bare_month", "weekday")


def _is_amount(folded: str, mention: PeriodMention, lead: _Lead, today: date) -> bool:
    """Whether four digits that could be a year count something: 'a 2000 seguidores', 'from 1,500 to 2030', '2000 €'."""
    if _UNIT_AFTER.match(folded, mention.end):
        return True
    if lead.position or lead.strong.split(" ")[0] not in ("", "to", "a", "al", "hasta", "up", "through"):
        return False
    if lead.weak and lead.weak not in ("of", "de", "at", "las", "la", "over"):
        return False
    if lead.start:
        return _NOUN_AFTER.match(folded, mention.end) is not None
    past = mention.period is not None and mention.period[1] < today
    paired = _VALUE_BEFORE.search(folded[: lead.begin]) is not None
    return past or paired or _NOUN_AFTER.match(folded, mention.end) is not None


_UNITS = {word for entries in UNIT_WORDS.values() for word in entries if len(word) > 1}
_UNIT_AFTER = re.compile(
    rf" ?(?:%|€|\$|£|(?:{any_of({*CURRENCY_AFTER, *PERCENT, *_UNITS, 'k', 'mil', 'millones', 'million'})})(?![a-z]))"
)
_NOUN_AFTER = re.compile(
    r" (?!(?:y|e|o|and|or|de|del|of|in|en|with|con|the|el|la|los|las|to|a|al|para|for|through|via|mediante|gracias"
    r"|compared|vs|versus|from|desde|as|por|by|while|so|que|un|una|which|on|at|antes|before|within|frente|respecto|if|is|are|level|levels|"
    r"baseline|using|we|i|our|nuestr[oa]s?|this|fiscal|al|hasta|until|among|entre|across|sin|without|but|pero)(?![a-z]))[a-z]{3,}"
)
_VALUE_BEFORE = re.compile(
    r"(?:^| )(?:from|de|del|desde)(?: [a-z]{1,12}){0,3} [$€]?"
    r"(?!(?:19|20|21)[0-9]{2}(?![0-9.,]))[0-9][0-9.,]*[^0-9]{0,30}$"
)


def _last_day(first: date, last: date, governor: str, position: str) -> date | None:
    """The deadline a governed period means: 'antes de diciembre' ends with November, 'mid-2026' with June."""
    if position.startswith(("mid", "the mid", "mediados")):
        if (last - first).days < 31:
            return first.replace(day=15)  # "mid-March" is the 15th
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
    names = found.groupdict()
    ahead = found["g"] in ("next", "coming") or any(names.get(name) for name in ("next", "next2", "next3"))
    if not ahead and _is_value(folded, found, lang):
        return None
    if _CONSECUTIVE.match(folded, found.end()):
        return DateMention(found.start(), found.end(), "hold")
    if found["g"] == "after" or found["first"] or found["project"]:
        return DateMention(found.start(), found.end(), "due", explicit=False, marked=True)
    unit, size = SPANS[found["u"]]
    count = size // 2 if _HALF.match(found["n"]) else _count(found["n"], lang) * size
    last = today + timedelta(days=count) if unit == "day" else add_months(today, count)
    return DateMention(found.start(), found.end(), "due", last, None, False, True)


def _is_value(folded: str, found: re.Match[str], lang: str) -> bool:
    """Whether the duration is a value and no deadline: 'under 3 days', 'de 6 meses a 2 meses', 'the year'."""
    governor, before = found["g"], folded[: found.start()]
    months_hence = governor == "a" and lang == "es" and SPANS[found["u"]][0] == "month"
    if found["n"] in ("the", "el", "la") or (governor in _ARTICLES and not months_hence):
        return True
    if governor == "a" and _SPAN_BEFORE.search(before.rstrip()):
        return True
    time_alone = _MEASURES_TIME.search(before) and not _OTHER_NUMBER.search(before + folded[found.end() :])
    return governor == "en" and bool(time_alone)  # "reducir el tiempo de entrega en 3 dias"


_ARTICLES = ("a", "the", "los", "las", "el", "la", "under")
_SPAN_BEFORE = re.compile(rf"(?<![a-z]){any_of(SPANS)}$")


_HALF = re.compile(r"half|medi[oa]$")


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
