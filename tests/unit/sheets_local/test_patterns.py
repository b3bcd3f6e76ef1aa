"""Number formats as they show."""

import pytest

from sync.sheet.local.locales import locale_of
from sync.sheet.local.patterns import general, show_number, show_text

US, ES = locale_of("en_US"), locale_of("es_ES")


@pytest.mark.parametrize(
    ("number", "pattern", "text"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567, "#,##0", "1,234,567"),
        (0.125, "0%", "13%"),
        (0.125, "0.00%", "12.50%"),
        (-3.5, "0.0", "-3.5"),
        (-3.5, "0.0;(0.0)", "(3.5)"),
        (0, "0;-0;nil", "nil"),
        (5, '"$"#,##0.00', "$5.00"),
        (-5, '"$"#,##0.00', "-$5.00"),
        (5, "[$€]0", "€5"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012, "0.0E+00", "1.2E-04"),
        (0.5, "0.##", "0.5"),
        (0.5, "#.##", ".5"),
        (2, "0.##", "2."),
        (7, "000", "007"),
        (1500, "0.0,", "1.5"),
        (46053, "yyyy-mm-dd", "2026-01-31"),
        (46053, "d/m/yy", "31/1/26"),
        (46053, "dddd, mmmm d, yyyy", "Saturday, January 31, 2026"),
        (46053, "ddd mmm", "Sat Jan"),
        (46053.4375, "h:mm am/pm", "10:30 AM"),
        (46053.75, "hh:mm:ss", "18:00:00"),
        (1.5, "[h]:mm", "36:00"),
        (46053.4375, "m/d/yyyy h:mm:ss", "1/31/2026 10:30:00"),
        (150, '[>100]"big";"small"', "big"),
    ],
)
def test_numbers_in_patterns(number, pattern, text):
    assert show_number(number, pattern, US) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1"),
        (1.5, "1.5"),
        (1 / 3, "0.3333333333"),
        (100 / 3, "33.33333333"),
        (1234567.891, "1234567.891"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1E+15"),
        (123456789012345, "123456789012345"),
        (-0.5, "-0.5"),
    ],
)
def test_the_automatic_form(number, text):
    assert general(number, US) == text


def test_spanish_separators_and_words():
    assert show_number(1234.5, "#,##0.00", ES) == "1.234,50"
    assert general(1.5, ES) == "1,5"
    assert show_number(46053, "d mmmm yyyy", ES) == "31 enero 2026"


def test_texts_pass_through_a_pattern():
    assert show_text("x", "0.00") == "x"
    assert show_text("x", '"<"@">"') == "<x>"
