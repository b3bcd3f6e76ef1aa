"""Fields written as a sentence, in both languages and four locales."""

from datetime import date

import pytest

from sync.sentence import ParsedSentence, write_sentence

DUE = date(2026, 12, 31)


def fields(lang="es", metric="ventas", **known):
    return ParsedSentence(None, "", lang, metric=metric, **known)


def plain(sentence):
    return sentence.replace("\u00a0", " ")


def test_the_example_of_a_pair_with_a_noun():
    pair = fields(
        metric="nuevos perfiles de clientes potenciales", direction="increase", target_kind="absolute",
        baseline=12_000, target=40_000, unit="count", due=DUE,
    )  # fmt: skip
    assert write_sentence(pair, noun="personas") == (
        "Aumentar nuevos perfiles de clientes potenciales de 12.000 a 40.000 personas para el 31 de diciembre de 2026"
    )


@pytest.mark.parametrize(
    ("locale", "number", "day"),
    [
        ("es_ES", "40.000,5", "31 de diciembre de 2026"), ("es_MX", "40,000.5", "31 de diciembre de 2026"),
        ("en_US", "40,000.5", "December 31, 2026"), ("en_GB", "40,000.5", "31 December 2026"),
    ],
)  # fmt: skip
def test_numbers_and_dates_follow_the_locale(locale, number, day):
    known = fields(locale[:2], direction="increase", target_kind="absolute", target=40_000.5, unit="count", due=DUE)
    assert number in write_sentence(known, locale=locale)
    assert write_sentence(known, locale=locale).endswith(day)


@pytest.mark.parametrize(
    ("lang", "known", "sentence"),
    [
        ("es", {"direction": "increase", "target_kind": "relative_percent", "target": 20, "unit": "%"},
         "Aumentar ventas un 20 %"),
        ("en", {"direction": "decrease", "target_kind": "relative_percent", "target": 20, "unit": "%"},
         "Reduce sales by 20%"),
        ("es", {"direction": "reach", "target_kind": "absolute", "target": 500, "unit": "count"},
         "Alcanzar 500 ventas"),
        ("en", {"direction": "reach", "target_kind": "absolute", "target": 25, "unit": "%"}, "Reach sales of 25%"),
        ("es", {"direction": "maintain", "target_kind": "range", "target": 4, "target_high": 6, "unit": "%"},
         "Mantener ventas entre 4 % y 6 %"),
        ("en", {"direction": "increase", "target_kind": "ratio", "target": 3, "unit": "x"}, "Multiply sales by 3"),
        ("es", {"direction": "increase", "target_kind": "delta", "target": 9, "unit": "EUR", "baseline": 2,
          "period": "month"},
         "Aumentar ventas en 9 € (actualmente 2 €) al mes"),
        ("en", {"direction": "none", "target_kind": "absolute", "target": 9, "unit": "$"}, "Sales: $9"),
        ("es", {"direction": "increase"}, "Aumentar ventas"),
    ],
)  # fmt: skip
def test_each_kind_has_its_sentence(lang, known, sentence):
    metric = "ventas" if lang == "es" else "sales"
    assert plain(write_sentence(fields(lang, metric, **known))) == sentence


def test_a_sentence_can_be_written_in_the_other_language():
    known = fields("es", "NPS", direction="maintain", target_kind="absolute", target=60, unit="count", due=DUE)
    assert write_sentence(known, lang="en") == "Maintain NPS at 60 by December 31, 2026"
