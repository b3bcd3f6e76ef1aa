"""Fields -> a goal sentence in Spanish or English, numbers and dates as the locale writes them. Pure."""

from datetime import date

from sync.sentence.model import ParsedSentence
from sync.sentence.words.written import DUE, NOW, PERIODS, START, TEMPLATES, UNITS, VERBS

LOCALES = {"es": "es_ES", "en": "en_US"}
"""The locale of a language when none is given; es_MX and en_GB are the other two we know."""


def write_sentence(fields: ParsedSentence, lang: str | None = None, locale: str | None = None, noun: str = "") -> str:
    """The fields as one sentence, such as 'Aumentar leads de 100 a 200 al mes para el 31 de diciembre de 2026'.

    `lang` defaults to the fields' own, `locale` (es_ES, es_MX, en_US, en_GB) to the language's. `noun` is what is
    counted ('personas') and stands behind a plain number. What is missing is left out.
    """
    lang = lang or fields.lang
    locale = locale or LOCALES[lang]
    parts = [_core(fields, lang, locale, noun)]
    if fields.baseline is not None and not _is_pair(fields):
        parts.append(NOW[lang].format(_amount(fields.baseline, fields.unit, lang, locale)))
    if fields.period:
        parts.append(PERIODS[lang][fields.period])
    if fields.start:
        parts.append(START[lang].format(_day(fields.start, locale)))
    if fields.due:
        parts.append(DUE[lang].format(_day(fields.due, locale)))
    sentence = " ".join(part for part in parts if part)
    return sentence[:1].upper() + sentence[1:]


def _is_pair(fields: ParsedSentence) -> bool:
    """Whether baseline and target stand together as 'from A to B'."""
    return (
        fields.target_kind == "absolute"
        and fields.direction in ("increase", "decrease")
        and fields.baseline is not None
    )


def _core(fields: ParsedSentence, lang: str, locale: str, noun: str) -> str:
    kind = _form(fields, lang)
    templates = TEMPLATES[lang]
    template = templates.get((kind, fields.direction)) or templates[kind, ""]
    unit = "ratio" if fields.target_kind == "ratio" else fields.unit
    behind = f" {noun}" if noun and unit == "count" else ""
    text = template.format(
        verb=VERBS[lang][fields.direction],
        metric=fields.metric or fields.concept or "",
        baseline=_amount(fields.baseline, unit, lang, locale),
        target=_amount(fields.target, unit, lang, locale) + ("" if kind == "range" else behind),
        high=_amount(fields.target_high, unit, lang, locale) + behind,
    )
    return " ".join(text.split(" ")).strip(" :")


def _form(fields: ParsedSentence, lang: str) -> str:
    """The template's kind: absolute targets are written in three ways."""
    if _is_pair(fields):
        return "pair"
    in_days = lang == "es" and fields.unit in ("days", "weeks", "months", "years")
    if in_days and (
        fields.target_kind == "delta" or (fields.target_kind, fields.direction) == ("absolute", "maintain")
    ):
        return "days"
    counted = fields.target_kind == "absolute" and fields.unit == "count" and fields.direction in ("reach", "launch")
    return "counted" if counted else fields.target_kind


def _amount(value: float | None, unit: str | None, lang: str, locale: str) -> str:
    if value is None:
        return ""
    return UNITS[lang].get(unit or "count", "{} " + (unit or "")).format(_number(value, locale, unit))


def _number(value: float, locale: str, unit: str | None) -> str:
    """The number as the locale groups it, so that it reads back as itself.

    Small units stay ungrouped ('1,500 %' would read as one and a half), three decimals get a fourth ('2,125').
    """
    from babel.numbers import format_decimal, get_group_symbol

    decimals = len(f"{value:.6f}".rstrip("0").split(".")[1])
    pattern = ("0." if unit in ("%", "x", "points", "ratio") else "#,##0.") + ("0000##" if decimals == 3 else "######")
    if abs(value) >= 1e15:  # six decimals more are more digits than a decimal has; nobody groups so long a number
        return f"{value:.0f}"
    text = format_decimal(value, format=pattern, locale=locale)
    if pattern.startswith("#") and text.isdigit() and 1900 <= value < 2200:
        return f"{text[0]}{get_group_symbol(locale)}{text[1:]}"  # Spain writes 2000 ungrouped, which reads as a year
    return text


def _day(day: date, locale: str) -> str:
    from babel.dates import format_date

    return format_date(day, format="long", locale=locale)
