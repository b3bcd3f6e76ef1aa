"""What holds for any text that a person, or a server, may send."""

import json
import math
from contextlib import suppress
from datetime import date

from babel.numbers import format_decimal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheet_templates.words import show_date
from sync.dates_text import read_date_text
from sync.errors import SourceError
from sync.model import FetchFailure
from sync.numbers_text import mark_of, read_number
from sync.sources import parse_source
from sync.sources.address import AddressRefusedError, judge, understand
from tests.source_builders import context, fetch, kpi

LOCALES = st.sampled_from(["es_ES", "en_US", "en_GB", "es_MX", "de_DE", "fr_FR", "pt_BR", "de_CH", "xx", ""])
NUMBERISH = st.text("0123456789.,' -+%€$()eEkM\u202f\u00a0", max_size=16) | st.text(max_size=20)
DATEISH = st.text("0123456789/-. :TQWqdemarzoene", max_size=20) | st.text(max_size=20)
ADDRESSISH = st.text("htps:/.@#?%[]0123456789abcx\\ ①。", max_size=30).map(lambda tail: "http://" + tail) | st.text()
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(NUMBERISH, LOCALES)
def test_any_text_is_a_finite_number_or_none(text, locale):
    reading = read_number(text, locale)
    assert (reading.value is None) == (reading.kind != "number")
    assert reading.value is None or math.isfinite(reading.value)
    assert reading.ambiguous == (reading.other_reading is not None)
    assert mark_of([text]) in (None, ".", ",")


@given(st.floats(-1e9, 1e9), st.sampled_from(["es_ES", "en_US", "es_MX", "de_DE", "fr_FR", "pt_BR", "de_CH"]))
def test_what_a_locale_writes_is_read_back(number, locale):
    number = round(number, 2)
    text = format_decimal(number, format="#,##0.##", locale=locale)
    assert read_number(text, locale).value == number


@given(DATEISH, LOCALES)
def test_any_text_is_a_day_or_none(text, locale):
    reading = read_date_text(text, locale)
    assert (reading.value is None) == (reading.kind != "date")
    assert reading.last is None or reading.last >= reading.value


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(["es_ES", "en_US", "en_GB", "es_MX"]))
def test_a_day_that_we_show_is_read_back(day, locale):
    assert read_date_text(show_date(day, locale), locale).value == day
    assert read_date_text(day.isoformat(), locale).value == day


@given(st.text())
def test_any_source_cell_is_understood_or_refused_by_name(text):
    with suppress(SourceError):
        parse_source(text)


@given(ADDRESSISH)
def test_any_address_is_refused_or_leads_to_a_name_or_a_public_literal(text):
    with suppress(AddressRefusedError):
        target = understand(text)
        judge(target, [target.host] if target.literal else ["1.1.1.1"])
        assert target.scheme == "https"
        assert target.host.isascii()


@FEW
@given(content=st.binary(max_size=300) | st.text('date,;\t"\n\r0123456789.Leads\0', max_size=200).map(str.encode))
def test_no_file_is_a_bug(tmp_path, content):
    (tmp_path / "x.csv").write_bytes(content)
    outcome = fetch(kpi("x.csv"), context(tmp_path))
    assert not (isinstance(outcome, FetchFailure) and outcome.code == "bug")


CELLS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["date", "Leads", "a", ""]), inner),
    max_leaves=8,
)


@FEW
@given(content=CELLS)
def test_no_json_is_a_bug(tmp_path, content):
    (tmp_path / "x.json").write_text(json.dumps(content))
    outcome = fetch(kpi("x.json"), context(tmp_path))
    assert not (isinstance(outcome, FetchFailure) and outcome.code == "bug")


@FEW
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_no_cell_of_a_tab_is_a_bug(rows):
    cells = [tuple(c if isinstance(c, str | float | bool) else None for c in row) for row in rows]
    tab = tuple(zip(("date", "Leads"), *cells, strict=True))
    outcome = fetch(kpi("tab:CRM"), context(tabs={"CRM": tab}))
    assert not (isinstance(outcome, FetchFailure) and outcome.code == "bug")
