"""What holds for every text: nothing raises, time stays bounded, what is written reads back."""

import dataclasses
import json
import time
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sync.sentence import ParsedSentence, parse_sentence, write_sentence

TODAY = date(2026, 1, 15)
FRAGMENTS = [
    "de ", "del ", "a ", "al ", "10", "40.000", "40,000", "%", " ", ".", ",", "$", "entre ", "y ", "en los próximos ",
    "meses ",
    "from ", "to ", "by ", "Q3 ", "2026", "-", "(", ")", "un ", "más ", "mil ", "millones ", "cuarenta ", "and ",
    "half ",
    "end of ", "diciembre ", "/", "½", "İ", "\u0301", "\x00", "ñ", "١٢", "X%", "[", "{", "first ", "9" * 40, "31/12/",
    "aumentar ",
    "reduce ", "ventas ", "sales ", "compared to ", "than last year ", "por mes ", "zero ", "hundred ",
]  # fmt: skip


@given(st.text(max_size=300), st.sampled_from([None, "es", "en", "xx"]))
def test_no_text_raises_and_every_answer_is_json(text, lang):
    row = parse_sentence(text, TODAY, lang).as_dict()
    assert row["text"] == text
    json.dumps(row, allow_nan=False)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join), st.dates())
def test_no_mixture_of_goal_words_raises_on_any_day(text, today):
    found = parse_sentence(text, today)
    assert set(found.missing) <= {"metric", "target", "due"}
    assert (found.verdict == "smart") == (found.missing == ())


@given(st.text(max_size=200))
def test_parsing_twice_gives_the_same(text):
    assert parse_sentence(text, TODAY) == parse_sentence(text, TODAY)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "a ",
        "de 10 a ",
        "10 a 20 ",
        "mil ",
        "100 000 ",
        "en 3 meses ",
        "1,1",
        "-",
        "the next ",
        "(",
        "%",
        "más ",
    ],
)
def test_time_does_not_explode_with_length(unit):
    began = time.perf_counter()
    parse_sentence(unit * (200_000 // len(unit)), TODAY)
    assert time.perf_counter() - began < 1.0


METRICS = {
    "es": [
        "ventas",
        "tasa de conversión",
        "seguidores",
        "leads cualificados",
        "tiempo de respuesta",
        "coste por lead",
        "NPS",
    ],
    "en": ["sales", "open rate", "followers", "qualified leads", "response time", "cost per lead", "number of visits"],
}
UNITS = ["count", "%", "$", "EUR", "USD", "MXN", "hours", "points", "kg", "days"]
AMOUNTS = st.integers(1, 2_000_000) | st.decimals("0.01", "5000", places=2).map(float)
DAYS = st.dates(date(2026, 1, 16), date(2031, 12, 31))


@st.composite
def goals(draw):
    """Fields that belong together: changes go with verbs of change, ranges rise, the start is before the due date."""
    lang = draw(st.sampled_from(["es", "en"]))
    kind = draw(st.sampled_from(["absolute", "relative_percent", "delta", "ratio", "range"]))
    of_change = kind in ("relative_percent", "delta", "ratio")
    moves = ["increase", "decrease"] if of_change else ["increase", "decrease", "maintain", "reach", "launch"]
    units = {"relative_percent": ["%"], "ratio": ["x"], "delta": ["count", "EUR", "hours", "points", "kg", "days"]}
    target = draw(st.integers(2, 100) if kind == "ratio" else AMOUNTS)
    start, due = sorted(draw(st.tuples(DAYS, DAYS)))
    return ParsedSentence(
        None, "", lang,
        direction=draw(st.sampled_from(moves)),
        metric=draw(st.sampled_from(METRICS[lang])),
        baseline=draw(st.none() | AMOUNTS),
        target=target,
        target_high=target + draw(st.integers(1, 500)) if kind == "range" else None,
        target_kind=kind,
        unit=draw(st.sampled_from(units.get(kind, UNITS))),
        period=draw(st.sampled_from([None, "day", "week", "month", "quarter", "year"])),
        start=draw(st.sampled_from([None, start])),
        due=draw(st.sampled_from([None, due])),
    )  # fmt: skip


READ_BACK = (
    "direction",
    "metric",
    "baseline",
    "target",
    "target_high",
    "target_kind",
    "unit",
    "period",
    "start",
    "due",
)


@settings(max_examples=300)
@given(goals(), st.integers(0, 1))
def test_what_is_written_reads_back(goal, which):
    assume(not (goal.metric == "NPS" and goal.unit == "count"))  # a score's bare number reads back as points
    locale = {"es": ["es_ES", "es_MX"], "en": ["en_US", "en_GB"]}[goal.lang][which]
    sentence = write_sentence(goal, locale=locale)
    found = parse_sentence(sentence, TODAY, goal.lang)
    wanted = {name: getattr(goal, name) for name in READ_BACK}
    read = {name: getattr(found, name) for name in READ_BACK}
    for name in ("baseline", "target", "target_high"):
        assert read.pop(name) == pytest.approx(wanted.pop(name)), (name, sentence)
    assert read == wanted, sentence


@settings(max_examples=50)
@given(goals())
def test_a_written_sentence_is_written_the_same_again(goal):
    sentence = write_sentence(goal)
    found = parse_sentence(sentence, TODAY, goal.lang)
    assert write_sentence(dataclasses.replace(found, channel=None)) == sentence
