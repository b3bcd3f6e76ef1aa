"""Laws of survey scores, whatever was answered."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.surveys.answers import Answer
from sync.surveys.periods import readings
from sync.surveys.scales import SCALES, Measure, answer_of
from sync.surveys.score import score_of
from sync.surveys.wish import read_wish
from sync.surveys.words import finder
from tests.survey_builders import an_nps

TODAY = date(2026, 6, 15)
CASES = [
    (code, measure) for code, scale in SCALES.items() for measure in {scale.measure_in("%"), scale.measure_in("x")}
]
DAYS = st.integers(-200, 30).map(lambda days: TODAY + timedelta(days=days))
VOICES = st.lists(st.builds(Answer, DAYS, st.sampled_from([-1.0, 0.0, 1.0, None])), max_size=60)


@st.composite
def asked(draw):
    """A scale, a measure, and what the answers are worth."""
    code, measure = draw(st.sampled_from(CASES))
    scale = SCALES[code]
    given_ = draw(st.lists(st.integers(scale.low, scale.high), min_size=1, max_size=60))
    return scale, measure, [scale.worth(float(answer), measure) for answer in given_]


def net(worths):
    return score_of(worths, Measure.NET, SCALES["nps"])


@given(asked())
def test_a_score_lies_on_its_scale_and_its_interval_too(case):
    scale, measure, worths = case
    low, high = scale.bounds(measure)
    found = score_of(worths, measure, scale)
    assert low <= found.low <= found.high <= high
    assert low - 1e-9 <= found.value <= high + 1e-9
    assert found.low - 1e-9 <= found.value <= found.high + 1e-9
    assert found.margin > 0


@given(asked(), st.integers(2, 20))
def test_more_answers_of_the_same_shares_never_widen_the_margin(case, times):
    scale, measure, worths = case
    few, many = score_of(worths, measure, scale), score_of(worths * times, measure, scale)
    assert many.margin <= few.margin + 1e-9
    assert abs(many.value - few.value) < 1e-9


@given(VOICES, st.randoms())
def test_the_order_of_answers_is_irrelevant(voices, random):
    mixed = list(voices)
    random.shuffle(mixed)
    assert readings(an_nps(), voices, net, 3, TODAY) == readings(an_nps(), mixed, net, 3, TODAY)


@given(VOICES, st.integers(2, 40))
def test_every_reading_but_the_latest_has_answers_enough_and_none_is_from_tomorrow(voices, minimum):
    found = readings(an_nps(), voices, net, minimum, TODAY)
    known = [point for point in found.points if point.value is not None]
    assert all(point.basis and point.basis.period.answers >= minimum for point in known[:-1])
    assert all(point.on <= TODAY for point in found.points)
    days = [point.on for point in found.points]
    assert days == sorted(set(days))


@given(st.sampled_from(list(SCALES)), st.one_of(st.text(max_size=20), st.floats(), st.booleans(), st.none()))
def test_no_cell_is_an_answer_off_its_scale(code, cell):
    value = answer_of(cell, code, "es_ES")
    assert value is None or SCALES[code].low <= value <= SCALES[code].high


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_filter_and_no_word_list_raises(text, comment):
    assert read_wish(text).minimum >= 2
    found = finder(text)
    assert found is None or found(comment) in (True, False)
