"""Every sentence that a person reads, in Spanish and English, and numbers and dates as a locale writes them.

The sentences stand in the YAML files beside this one: `code: {es: ..., en: ...}`, with `{facts}` in braces. A fact that
is a number or a date is written in the locale before it is filled in.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("es", "en")
DEFAULT_LOCALES = {"es": "es_ES", "en": "en_GB"}  # where only the language is known
_TOO_LONG = 1e15  # as spreadsheets have it; from 1e26 on the digits would not even fit into a decimal
_HERE = Path(__file__).parent


@cache
def sentences(family: str) -> Mapping[str, Mapping[str, str]]:
    """All sentences of one family (a file's name): code -> language -> sentence. Raises FileNotFoundError."""
    text = (_HERE / f"{family}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def say(family: str, code: str, locale: str, facts: Mapping[str, str | float | date | None] | None = None) -> str:
    """The sentence of `code` in the language of `locale` (es_ES, en_US, ...), its facts written as that locale does.

    Raises KeyError for a code, or a fact, that is not there: a sentence without its words is a bug.
    """
    sentence = sentences(family)[code][language_of(locale)]
    if " %" in sentence:
        sentence = _PER_CENT.sub(per_cent(locale), sentence)
    return sentence.format_map({key: show(value, locale) for key, value in (facts or {}).items()})


def language_of(locale: str) -> str:
    """The language of a locale that we have words for; English for any other."""
    language = locale.partition("_")[0].lower()
    return language if language in LANGUAGES else "en"


def show(value: str | float | date | None, locale: str) -> str:
    """A number, date or text as a person of that locale writes it; a dash for what is absent."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return show_date(value, locale)
    if isinstance(value, int | float):
        return show_number(float(value), locale)
    return value


def show_number(value: float, locale: str, unit: str | None = None) -> str:
    """Four significant digits below 1,000, whole numbers above, powers of ten from 1e15; then the unit."""
    from babel.numbers import format_decimal, format_scientific  # on first use: half of the callers show no number

    if abs(value) >= _TOO_LONG:
        text = format_scientific(float(f"{value:.2e}"), "0.##E0", _babel(locale), decimal_quantization=False)
    else:
        digits = 0 if abs(value) >= 1000 or value == int(value) else 2
        text = format_decimal(round(value, digits), format="#,##0.##", locale=_babel(locale))
    if unit == "%":
        return text + per_cent(locale)
    return f"{text} {unit}" if unit and unit not in ("count", "") else text


_PER_CENT = re.compile(r"(?<=[0-9}]) %")  # in our own sentences; what a person typed stays as it is


@cache
def per_cent(locale: str) -> str:
    """What stands behind the number: a sign after a blank that never breaks in Spain, the sign alone elsewhere."""
    from babel.numbers import format_percent

    return str(format_percent(0, locale=_babel(locale)))[1:]


def show_date(value: date, locale: str) -> str:
    """Day, short month and year: 31 dic 2026, Dec 31, 2026."""
    from babel.dates import format_date

    return format_date(value, format="medium", locale=_babel(locale))


@cache
def _babel(locale: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(locale))
    except (UnknownLocaleError, ValueError):
        return language_of(locale)
