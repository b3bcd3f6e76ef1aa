"""Every number of a sentence with its currency, scale and unit. Pure."""

import re
from collections.abc import Iterator

from sync.sentence.digits import NUMBER, read_digits, shown_decimal_mark
from sync.sentence.model import Quantity, Span
from sync.sentence.number_words import word_numbers
from sync.sentence.text import any_of
from sync.sentence.words.metrics import LABEL_BEFORE, NAME_BEFORE
from sync.sentence.words.numbers import DIGIT_SCALES, FRACTIONS, HALVERS
from sync.sentence.words.units import CURRENCY_AFTER, CURRENCY_BEFORE, PERCENT, PERCENT_POINTS, UNIT_WORDS

_UNIT_OF = {word: unit for unit, entries in UNIT_WORDS.items() for word in entries}

_CODES = sorted({c for c in CURRENCY_BEFORE if c[-1].isalpha()})
_NUMBER = re.compile(
    rf"(?:(?<![a-z0-9_.,])(?<![a-z]-)|{'|'.join(f'(?<={c})' for c in _CODES)}|(?<=[^0-9][.,])){NUMBER}"
)
_BEFORE = re.compile(rf"(?:(?<![a-z])|(?<=[^a-z]))({any_of(CURRENCY_BEFORE)}) ?$")
_SIGN = re.compile(r"(?:^|(?<=[\s(:]))([<>≤≥~±+]=?(?= ?$)|-(?=$)) ?$|(?<![-=])([<>≤≥]=?) ?$")
_SCALE = re.compile(rf"( ?){any_of(DIGIT_SCALES)}(?![a-z])")
_POINTS = re.compile(rf" ?{any_of(PERCENT_POINTS)}(?![a-z])")
_PERCENT = re.compile(rf" ?{any_of(PERCENT)}(?![a-z])")
_CURRENCY = re.compile(rf" ?(?:de )?({any_of(CURRENCY_AFTER)})(?![a-z])")
_UNIT = re.compile(rf"[ -]?({any_of(_UNIT_OF)})(?![a-z0-9])")
_HASH = re.compile(r"(?:#|n\.?º|n\.º ?|numero|number|no\.|position|posicion|puesto|rank|lugar) ?$")

_FRACTION = {
    lang: re.compile(rf"(?<![a-z0-9])({any_of(FRACTIONS[lang])})(?![a-z])") for lang in ("es", "en")
}  # fmt: skip
_HALVER = {lang: re.compile(rf"(?<![a-z])(?:{'|'.join(HALVERS[lang])})(?![a-z])") for lang in ("es", "en")}

_NAME = re.compile(rf"(?<![a-z]){any_of(NAME_BEFORE)} ?#?$")
_LABEL = re.compile(rf"(?<![a-z]){any_of(LABEL_BEFORE)} ?#?$")
_NO_AMOUNT_AFTER = re.compile(
    r"[+-]? ?(?:years? old|anos de edad|year-olds?|\+\))|/7\b|º|ª|(?:st|nd|rd|th)\b|:[0-9]{2}| ?(?:am|pm|a\.m"
    r"|p\.m)\b| horas del dia"
    r"|-?(?:point|puntos)? (?:likert|scale)|(?<!1) (?:week|day|month|hour|minute) (?!or |and )[a-z]{3}"
)
_NO_AMOUNT_BEFORE = re.compile(
    r"(?:[0-9] ?/ ?|out of|sobre(?: un maximo de)?|por cada|per|every|cada|scale (?:of|from)|escala de|escala del|a las"
    r"|(?:scale of|escala del?) 1 (?:to|a|-)|aged|edades?)\s?$|[0-9]:$"
)
_AGE = re.compile(
    r"(?<![a-z])(?:aged?|ages|edad(?:es)?|mayores|menores|jovenes|adultos"
    r"|between the ages)(?: [a-z0-9]{1,8}){0,3} ?\(?$"
)
_LISTING = re.compile(r"[0-9]{1,2}(?:[.)]-?|\.-)(?: |$)")


def find_quantities(clean: str, folded: str, lang: str) -> list[Quantity]:
    """All numbers with their units, left to right; names, ages, scales and list marks are left out."""
    mark = shown_decimal_mark(folded)
    found = [q for m in _NUMBER.finditer(folded) if (q := _from_digits(clean, folded, m, lang, mark)) is not None]
    found = _with_shares(clean, folded, found)
    taken: list[Span] = [(q.start, q.end) for q in found]
    for quantity in (*_from_points(clean, folded), *_from_words(clean, folded, lang), *_from_fractions(folded, lang)):
        if not any(quantity.start < end and start < quantity.end for start, end in taken):
            found.append(quantity)
            taken.append((quantity.start, quantity.end))
    return sorted(found, key=lambda q: q.start)


_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "uno": 1, "una": 1, "un": 1, "dos": 2, "tres": 3,
    "cuatro": 4, "cinco": 5, "diez": 10,
}  # fmt: skip
_PART = rf"([0-9]{{1,4}}|{any_of(_SMALL)})"
# "1 in 5 customers" is a share, "3 in 5 weeks" and "2 in 3 cities" are not.
_SHARE = re.compile(
    rf"(?<![a-z0-9.,]){_PART} (?:de cada|out of(?: every)?|in every"
    rf"|in(?= (?:[2-9]|10|two|three|four|five|ten) )) {_PART} "
    r"(?!stars|points|estrellas|puntos|on |in |en |days|weeks|months|years|quarters"
    r"|cities|countries|states|stores|markets)[a-z]{4}"
)


def _with_shares(clean: str, folded: str, found: list[Quantity]) -> list[Quantity]:
    """'9 de cada 10 clientes' is 90 %: the share takes the place of its numbers."""
    for share in _SHARE.finditer(folded):
        part, whole = (_SMALL.get(n) or int(n) for n in share.groups())
        if 0 < part <= whole:
            start, end = share.start(1), share.end(2)
            value = _exact(100.0 * part / whole)
            found = [q for q in found if q.end <= start or end <= q.start]
            found.append(Quantity(start, end, value, "%", clean[start:end]))
    return found


def _from_digits(clean: str, folded: str, match: re.Match[str], lang: str, mark: str | None) -> Quantity | None:
    start, end = match.span()
    before, after = folded[max(0, start - 28) : start], folded[end : end + 28]
    if _is_name(folded, match, before, after):
        return None
    currency = _BEFORE.search(before)
    if currency:
        start -= len(before) - currency.start(1)
        before = before[: currency.start(1)]
    if rank := _HASH.search(before):
        return Quantity(start - len(rank.group()), end, float(match.group().replace(",", "")), "rank", match.group())
    scale, end = _scale(clean, folded, end, currency is not None)
    unit, end = _unit(folded, end, currency.group(1) if currency else None)
    value, other = read_digits(match.group(), lang, unit in ("%", "x", "points"), mark)
    sign = _SIGN.search(before)
    start -= len(before) - sign.start() if sign else 0
    factor = scale * (-1.0 if sign and sign.group(1) == "-" else 1.0)
    mark_text = (sign.group(1) or sign.group(2)) if sign else ""
    return Quantity(
        start,
        end,
        _exact(value * factor),
        unit,
        clean[start:end].strip(),
        None if other is None else other * factor,
        mark_text,
        scale=scale,
    )


def _exact(value: float) -> float:
    """2.3 * 1e6 is 2299999.9999999995; people wrote 2300000."""
    return round(value, 6) if abs(value) < 1e15 else value


def _scale(clean: str, folded: str, end: int, money: bool) -> tuple[float, int]:
    """The scale after the digits. A lone small 'm' counts as million only for money: '5 m' are metres or minutes."""
    found = _SCALE.match(folded, end)
    if found is None:
        return 1.0, end
    word = found.group().strip()
    if len(word) == 1 and word != "k" and found.group(1) and not money:
        return 1.0, end
    if word == "m" and not money and clean[found.end() - 1] == "m":
        return 1.0, end
    finish = end if word in ("mdp", "mdd") else found.end()
    return DIGIT_SCALES[word], finish


# "50 puntos de recarga", "3 points of sale" are counted places, not points of a scale.
_PLACES = re.compile(
    r" ?(?:puntos? (?:de )?(?:(?:re)?carga|venta|encuentro|atencion|contacto|acceso|recogida|entrega|luz|informacion"
    r"|agua|distribucion|reciclaje|servicio|limpios?)|points? of (?:sale|contact|presence|care))(?![a-z])"
)


def _unit(folded: str, end: int, currency: str | None) -> tuple[str | None, int]:
    """The unit and where it ends. A currency in front counts unless one behind says more ('$1,500 USD')."""
    if found := _POINTS.match(folded, end):
        return "points", found.end()
    if found := _PERCENT.match(folded, end):
        return "%", found.end()
    if found := _CURRENCY.match(folded, end):
        return CURRENCY_AFTER[found.group(1)], found.end()
    if currency is not None:
        return CURRENCY_BEFORE[currency], end
    if (
        (found := _UNIT.match(folded, end))
        and not _PLACES.match(folded, end)
        and not (found.group(1) in ("s", "l") and found.start(1) > end)
    ):
        return _UNIT_OF[found.group(1)], found.end()
    return None, end


def _is_name(folded: str, match: re.Match[str], before: str, after: str) -> bool:
    """Whether the digits are no amount: an age, an hour, a scale, a list mark, part of a name."""
    if match.start() == 0 and _LISTING.match(folded) and not re.match(r"[.,][0-9]", after):
        return True
    if re.match(r"-[a-z]", after) and not re.match(r"-(?:point|percent|fold)", after):
        return True
    if _LABEL.search(before) and re.match(r" ?(?:[:.)\]-]|$)", after):
        return True
    named = _NAME.search(before) and not _PERCENT.match(after) and not _CURRENCY.match(after)
    if named or _AGE.search(before) or _NO_AMOUNT_BEFORE.search(before):
        return True
    return bool(_NO_AMOUNT_AFTER.match(after)) or (
        re.match(r"[a-jln-wyz_]", after[:1]) is not None and not _joined(after)
    )


def _joined(after: str) -> bool:
    """Whether letters stuck to the digits are a unit or scale ('40mil', '2hrs') and not a name ('2fa')."""
    return any(p.match(after) for p in (_SCALE, _PERCENT, _POINTS, _CURRENCY, _UNIT))


def _from_words(clean: str, folded: str, lang: str) -> Iterator[Quantity]:
    for number in word_numbers(folded, lang):
        before, after = folded[max(0, number.start - 28) : number.start], folded[number.end : number.end + 28]
        if (
            _NAME.search(before)
            or _NO_AMOUNT_BEFORE.search(before)
            or _NO_AMOUNT_AFTER.match(after)
            or re.match(r"-[a-z]", after)
        ):
            continue
        currency = _BEFORE.search(before)
        unit, end = _unit(folded, number.end, currency.group(1) if currency else None)
        yield Quantity(number.start, end, number.value, unit, clean[number.start : end], word=True)


_ONE_POINT = re.compile(
    r"(?<![a-z0-9])(?P<half>half an?|medio)?(?:(?<=half a)|(?<=half an)|(?<=medio)|one|un|a(?= percentage)) "
    r"(?:percentage point|punto(?: porcentual)?|point)(?![a-z])"
)


def _from_points(clean: str, folded: str) -> Iterator[Quantity]:
    """'Half a percentage point', 'un punto': articles that count because points follow."""
    for found in _ONE_POINT.finditer(folded):
        if not _PLACES.match(folded, found.end() - len("punto") - 1):
            value = 0.5 if found["half"] else 1.0
            yield Quantity(*found.span(), value, "points", clean[slice(*found.span())], word=True)


def _from_fractions(folded: str, lang: str) -> Iterator[Quantity]:
    """Shares such as 'un tercio' or 'by half', and verbs that halve: percentages."""
    for found in _HALVER[lang].finditer(folded):
        yield Quantity(found.start(), found.end(), 50.0, "%", found.group(), sign="half", word=True)
    for found in _FRACTION[lang].finditer(folded):
        if not re.match(
            r" (?:of )?(?:20[0-9]{2}|the year|fiscal)|[- ]?(?:year|hour|month)s?\b| de ano", folded[found.end() :]
        ):
            yield Quantity(found.start(), found.end(), FRACTIONS[lang][found.group(1)], "%", found.group(), word=True)
