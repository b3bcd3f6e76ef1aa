"""Numbers as people type them."""

import pytest

from sheet_templates.words import show_number
from sync.numbers_text import NumberReading, mark_of, number_of, read_number


def value(text: str, locale: str = "es_ES") -> float | None:
    return read_number(text, locale).value


@pytest.mark.parametrize(
    ("text", "locale", "expected", "other"),
    [
        ("40.000", "es_ES", 40000.0, 40.0),
        ("40.000", "en_GB", 40.0, 40000.0),
        ("40,000", "en_US", 40000.0, 40.0),
        ("40,000", "es_ES", 40.0, 40000.0),
        ("40.000", "es_MX", 40.0, 40000.0),
        ("40.000 %", "es_ES", 40000.0, 40.0),
        ("-1.250", "es_ES", -1250.0, -1.25),
    ],
)
def test_a_lone_mark_before_three_digits_has_two_readings_and_the_locale_chooses(text, locale, expected, other):
    reading = read_number(text, locale)
    assert (reading.value, reading.ambiguous, reading.other_reading) == (expected, True, other)


@pytest.mark.parametrize("locale", ["es_ES", "en_US"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        ("4,4", 4.4),
        ("4.4", 4.4),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1234.567", 1234.567),
        ("40 000", 40000.0),
        ("40\u202f000", 40000.0),
        ("40\u00a0000,5", 40000.5),
        ("1'234'567", 1234567.0),
        ("(3)", -3.0),
        ("−3", -3.0),
        ("3-", -3.0),
        ("+7", 7.0),
        (".5", 0.5),
        ("1.5E+05", 150000.0),
        ("1e-05", 0.00001),
        ("40k", 40000.0),
        ("1,2 M", 1200000.0),
        ("12 mil", 12000.0),
        ("4 0", None),
        ("１２", 12.0),
    ],
)
def test_a_number_with_one_reading_reads_the_same_everywhere(text, expected, locale):
    reading = read_number(text, locale)
    assert reading.value == expected
    assert not reading.ambiguous


@pytest.mark.parametrize(
    ("text", "expected", "unit"),
    [
        ("12 %", 12.0, "%"),
        ("12%", 12.0, "%"),
        ("% 12", 12.0, "%"),
        ("€ 1.200", 1200.0, "EUR"),
        ("1.200,50 €", 1200.5, "EUR"),
        ("-€5", -5.0, "EUR"),
        ("US$ 30", 30.0, "USD"),
        ("$30", 30.0, "$"),
        ("30 eur", 30.0, "EUR"),
        ("30 euros", 30.0, "EUR"),
        ("5 por ciento", 5.0, "%"),
    ],
)
def test_the_unit_is_told_apart_from_the_number(text, expected, unit):
    reading = read_number(text, "es_ES")
    assert (reading.value, reading.unit, reading.ambiguous) == (expected, unit, False)


def test_money_that_the_locale_reads_in_thousandths_is_doubted():
    assert read_number("€ 1.200", "en_GB") == NumberReading(1.2, True, 1200.0, "EUR", "number")


@pytest.mark.parametrize("text", ["", "  ", "-", "–", "—", "N/A", "n/d", "s/d", "null", "NaN", "...", "sin datos"])
def test_what_is_missing_is_none_and_never_zero(text):
    assert read_number(text, "es_ES") == NumberReading(kind="missing")


@pytest.mark.parametrize("text", ["#REF!", "#¡REF!", "#DIV/0!", "#N/A", "#¿NOMBRE?"])
def test_a_formula_error_is_an_error_and_not_a_missing_value(text):
    assert read_number(text, "es_ES") == NumberReading(kind="error")


@pytest.mark.parametrize(
    "text",
    [
        "pronto",
        "1.2.3",
        "1.23.456",
        "12,34,567",
        "5²",
        "3/4",
        "1 2 3",
        "--5",
        "(3",
        "3)",
        "€5%",
        "1e999",
        "#",
        "4.",
        "9" * 80,
    ],
)
def test_junk_is_no_number(text):
    assert read_number(text, "es_ES") == NumberReading(kind="junk")


def test_typed_cells_are_taken_as_they_are():
    assert number_of(40.0, "es_ES").value == 40.0
    assert number_of(True, "es_ES").value == 1.0
    assert number_of(None, "es_ES").kind == "missing"
    assert number_of(float("nan"), "es_ES").value is None
    assert number_of("4,4", "es_ES").value == 4.4


def test_hostile_length_costs_nothing():
    assert value("1 " * 100_000) is None
    assert value("(" * 50) is None


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1.234", "4,4"], ","),
        (["1.234", "4.4"], "."),
        (["1.234.567", "1.234"], ","),
        (["1.234,5"], ","),
        (["1.234"], None),
        (["4,4", "4.4"], None),
        (["pronto", "12"], None),
    ],
)
def test_a_column_proves_its_own_decimal_mark(texts, mark):
    assert mark_of(texts) == mark


def test_a_given_mark_overrides_the_locale():
    assert read_number("1.234", "es_ES", mark=".").value == 1.234


@pytest.mark.parametrize("value", [1e15, 1e26, -1e300])
def test_a_number_of_any_size_can_be_shown(value):
    assert float(show_number(value, "es_ES").replace(",", ".")) == value
    assert show_number(-1.23456e22, "es_ES", "€") == "-1,23E22 €"
