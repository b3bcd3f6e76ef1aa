"""What Google makes of typed text, by locale."""

import pytest

from sync.sheet.local.document import Formula
from sync.sheet.local.locales import locale_of
from sync.sheet.local.typed import read_typed


def typed(text: str, code: str = "en_US"):
    return read_typed(text, locale_of(code))


@pytest.mark.parametrize(
    ("text", "value", "pattern"),
    [
        ("42", 42, None),
        ("007", 7, None),
        ("-1.5", -1.5, None),
        ("+3", 3, None),
        (".5", 0.5, None),
        ("1,234", 1234, "#,##0"),
        ("1,234.5", 1234.5, "#,##0.00"),
        ("12%", 0.12, "0%"),
        ("12.5%", 0.125, "0.00%"),
        ("$5", 5, '"$"#,##0'),
        ("$5.25", 5.25, '"$"#,##0.00'),
        ("-$5", -5, '"$"#,##0'),
        ("1e3", 1000, "0.00E+00"),
        ("2026-01-31", 46053, "yyyy-mm-dd"),
        ("1/31/2026", 46053, "m/d/yyyy"),
        ("10:30", 0.4375, "h:mm"),
        ("10:30 PM", 0.9375, "h:mm am/pm"),
        ("2026-01-31 12:00", 46053.5, "yyyy-mm-dd h:mm:ss"),
        ("Jan 31, 2026", 46053, "mmm d, yyyy"),
        ("31 January 2026", 46053, "d mmmm yyyy"),
    ],
)
def test_american_numbers_and_dates(text, value, pattern):
    found = typed(text)
    assert found.value == value
    assert (found.number_format or {}).get("pattern") == pattern


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "1.2.3",
        "12 monkeys",
        "31/31/2026",
        "2026-02-30",
        "25:61",
        "1,2345",
        "--5",
        "$",
        "%",
        "e5",
        "1 000",
        "0x10",
    ],
)
def test_what_is_nothing_else_stays_text(text):
    assert typed(text) == (text, None)


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("es_ES", "1,5", 1.5),
        ("es_ES", "1.234,5", 1234.5),
        ("es_ES", "40.000", 40000),
        ("es_ES", "1.5", "1.5"),
        ("es_ES", "12,5%", 0.125),
        ("es_ES", "5 €", 5),
        ("es_ES", "31/01/2026", 46053),
        ("es_ES", "31 de enero de 2026", 46053),
        ("es_ES", "VERDADERO", True),
        ("es_MX", "1,234.5", 1234.5),
        ("es_MX", "31/01/2026", 46053),
        ("es_AR", "1.234,5", 1234.5),
        ("en_GB", "31/01/2026", 46053),
        ("en_GB", "£5", 5),
        ("en_US", "31/01/2026", "31/01/2026"),
    ],
)
def test_the_locale_decides(code, text, value):
    assert typed(text, code).value == value


def test_booleans_formulas_and_quoted_texts():
    assert typed("true").value is True
    assert typed("False").value is False
    assert typed("=1+1").value == Formula("=1+1")
    assert typed("=").value == "="
    assert typed("'=1+1").value == "=1+1"
    assert typed("'007").value == "007"
    assert typed("").value is None
