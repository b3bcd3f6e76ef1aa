"""Dates as people type them."""

from datetime import date

import pytest

from sync.dates_text import date_of, order_of, read_date_text, serial_of


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31",
        "2026/3/31",
        "2026-03-31T10:00:00Z",
        "2026-03-31 23:59:59.5+02:00",
        "20260331",
        "31/03/2026",
        "31-3-26",
        "31.03.2026",
        "03/31/2026",
        "31/03/2026 10:15",
        "31 mar 2026",
        "31 de marzo de 2026",
        "31 de marzo del 2026",
        "martes, 31 de marzo de 2026",
        "31 March 2026",
        "31st March 2026",
        "March 31, 2026",
        "Mar 31, 2026",
        "31-mar-26",
        " 31/03/2026\u00a0",
    ],
)
def test_the_last_day_of_march_in_many_hands(text):
    assert read_date_text(text, "es_ES").value == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("03/2026", date(2026, 3, 1), date(2026, 3, 31)),
        ("marzo 2026", date(2026, 3, 1), date(2026, 3, 31)),
        ("Sept 2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("ene-26", date(2026, 1, 1), date(2026, 1, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("T1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("1T 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_its_first_day_or_on_request_its_last(text, first, last):
    reading = read_date_text(text, "es_ES")
    assert (reading.value, reading.last) == (first, last)


def test_the_locale_decides_between_day_and_month_and_says_so():
    spanish, american = read_date_text("03/04/2026", "es_ES"), read_date_text("03/04/2026", "en_US")
    assert spanish.value == date(2026, 4, 3) == american.other_reading
    assert american.value == date(2026, 3, 4) == spanish.other_reading
    assert spanish.ambiguous
    assert not read_date_text("04/04/2026", "es_ES").ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "2026-02-31",
        "2026-13-01",
        "31 de febrero de 2026",
        "00/01/2026",
        "2026-Q5",
        "2026-W60",
        "31/31/2026",
    ],
)
def test_a_day_that_no_calendar_has_is_not_the_same_as_no_date(text):
    assert read_date_text(text, "es_ES").kind == "no_such_day"


@pytest.mark.parametrize("text", ["soon", "pronto", "31", "46023", "1/2", "12.5", "marzo", "5 tacos 2026", "x" * 500])
def test_a_text_that_is_no_date_is_junk(text):
    assert read_date_text(text, "es_ES").kind == "junk"


@pytest.mark.parametrize("text", ["", " ", "-", "N/A"])
def test_nothing_there_is_missing(text):
    assert read_date_text(text, "es_ES").kind == "missing"


def test_serial_numbers_count_from_the_end_of_1899():
    assert date_of(46112.0, "es_ES").value == date(2026, 3, 31)
    assert date_of(46112.75, "es_ES").value == date(2026, 3, 31)
    assert serial_of(date(2026, 3, 31)) == 46112.0


@pytest.mark.parametrize("cell", [True, -5.0, float("nan"), float("inf"), 1e12])
def test_a_cell_that_can_be_no_date_is_junk(cell):
    assert date_of(cell, "es_ES").kind == "junk"


def test_a_bare_year_in_a_cell_is_a_year_and_not_a_day_in_1905():
    assert date_of(2026.0, "es_ES").last == date(2026, 12, 31)


def test_a_column_tells_its_own_order_of_day_and_month():
    assert order_of(["01/02/2026", "25/02/2026"], "en_US") is True
    assert order_of(["01/02/2026", "02/25/2026"], "es_ES") is False
    assert order_of(["01/02/2026"], "es_ES") is True
    assert order_of(["01/02/2026"], "en_US") is False
