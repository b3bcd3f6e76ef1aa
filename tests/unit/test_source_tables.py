"""Rows of tabs to series: the Measurements tab and another tab."""

import pytest

from tests.source_builders import columns, context, failure, fetch, kpi, measurements, readings, series, snapshot

MARCH_31 = 46112.0


def in_tab(*rows, metric="Leads", locale="es_ES", **fields):
    return fetch(kpi("tab:CRM", metric, **fields), context(locale=locale, tabs={"CRM": columns(*rows)}))


def typed(*rows, metric="Leads", **fields):
    return fetch(kpi("measurements", metric, **fields), context(), snapshot(measurements(*rows)))


def test_a_typed_number_is_found_by_its_metric_whatever_case_and_accents():
    found = typed((MARCH_31, "Métrica á", 5.0), (MARCH_31, "otra", 6.0), metric="METRICA A")
    assert readings(found) == [("2026-03-31", 5.0)]


def test_an_empty_metric_falls_back_to_the_name_of_the_kpi():
    assert readings(typed((MARCH_31, "leads", 5.0), metric=None)) == [("2026-03-31", 5.0)]


def test_an_empty_source_means_the_measurements_tab():
    found = fetch(kpi(None), context(), snapshot(measurements((MARCH_31, "Leads", 5.0))))
    assert readings(found) == [("2026-03-31", 5.0)]


def test_a_denominator_makes_a_ratio_in_per_cent():
    (point,) = series(typed((MARCH_31, "Leads", 30.0, 120.0))).points
    assert (point.value, point.numerator, point.denominator) == (25.0, 30.0, 120.0)


def test_a_zero_denominator_is_no_value():
    found = series(typed((MARCH_31, "Leads", 30.0, 0.0)))
    assert found.points[0].value is None
    assert "zero_denominator" in found.provenance.flags


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("N/A", "missing_values"), ("-", "missing_values"), (None, "missing_values"), ("#REF!", "error_values")],
)
def test_what_is_missing_is_none_and_flagged_and_never_zero(cell, flag):
    found = series(typed((MARCH_31, "Leads", cell), (MARCH_31, "Leads", 1.0)))
    assert found.points[0].value is None
    assert flag in found.provenance.flags


def test_a_text_number_is_read_by_the_locale_and_its_doubt_is_flagged():
    assert readings(typed((MARCH_31, "Leads", "4,4"))) == [("2026-03-31", 4.4)]
    doubtful = series(typed((MARCH_31, "Leads", "40.000")))
    assert doubtful.points[0].value == 40000.0
    assert "ambiguous_numbers" in doubtful.provenance.flags


def test_one_row_that_proves_the_decimal_mark_settles_its_column():
    found = series(typed((MARCH_31, "Leads", "40.000"), (MARCH_31, "Leads", "1.234,5")))
    assert found.points[0].value == 40000.0
    assert found.provenance.flags == ()


def test_a_metric_that_nobody_typed_is_an_empty_series_and_no_failure():
    found = series(typed((MARCH_31, "otra", 5.0)))
    assert found.points == ()
    assert found.provenance.flags == ("filter_matched_nothing",)


def test_a_measurements_tab_without_its_columns_says_so():
    assert failure(fetch(kpi("measurements"), context())).code == "missing_measurements"


@pytest.mark.parametrize(
    "heading", ["Fecha", "DATE", "día", "Semana", "mes", "Period", "Fecha de alta", "created_date"]
)
def test_the_column_of_dates_is_found_by_its_heading(heading):
    assert readings(in_tab((heading, "Leads"), (MARCH_31, 3.0))) == [("2026-03-31", 3.0)]


@pytest.mark.parametrize("coarser", ["Año", "mes", "Día de la semana", "update", "Fecha de fin"])
def test_the_column_of_days_goes_before_coarser_ones(coarser):
    heading = "Fecha" if coarser == "Fecha de fin" else "Fecha de alta"
    assert readings(in_tab((coarser, heading, "Leads"), (2025.0, MARCH_31, 3.0))) == [("2026-03-31", 3.0)]


@pytest.mark.parametrize("cell", [MARCH_31, "2026-03-31", "31/03/2026"])
def test_a_date_may_be_a_serial_number_or_text(cell):
    assert readings(in_tab(("fecha", "Leads"), (cell, 3.0))) == [("2026-03-31", 3.0)]


@pytest.mark.parametrize(
    ("cell", "day"), [("2026-03", "2026-03-01"), ("2026-Q2", "2026-04-01"), (2026.0, "2026-01-01")]
)
def test_a_period_counts_on_its_first_day(cell, day):
    assert readings(in_tab(("periodo", "Leads"), (cell, 3.0))) == [(day, 3.0)]


def test_filters_must_all_hold_and_mind_neither_case_nor_accents():
    rows = (("fecha", "Leads", "País", "Año"), (1.0, 3.0, "España", 2026.0), (2.0, 4.0, "España", 2025.0))
    assert readings(in_tab(*rows, filter="pais = ESPANA ; año=2026")) == [("1899-12-31", 3.0)]


def test_two_columns_make_a_ratio():
    found = series(in_tab(("fecha", "Clics", "Vistas"), (MARCH_31, 5.0, 200.0), metric="clics / vistas"))
    assert (found.points[0].value, found.points[0].numerator) == (2.5, 5.0)


def test_a_column_that_bears_a_slash_in_its_name_is_itself():
    found = in_tab(("fecha", "Clics / vistas"), (MARCH_31, 5.0), metric="clics / vistas")
    assert readings(found) == [("2026-03-31", 5.0)]


def test_rows_without_a_day_are_left_out_and_flagged():
    found = series(in_tab(("fecha", "Leads"), (MARCH_31, 3.0), ("31/02/2026", 4.0), (None, 5.0), (None, None)))
    assert len(found.points) == 1
    assert found.provenance.flags == ("missing_dates", "unreadable_dates")


def test_a_tick_is_no_day_though_python_calls_it_one():
    found = series(in_tab(("fecha", "Leads"), (1.0, 3.0), (True, 4.0)))
    assert [point.value for point in found.points] == [3.0]


def test_the_only_other_column_is_the_metric_when_none_is_named():
    assert readings(in_tab(("fecha", "Total"), (MARCH_31, 3.0), metric=None)) == [("2026-03-31", 3.0)]


@pytest.mark.parametrize(
    ("headings", "metric", "filter_text", "code"),
    [
        (("fecha", "Lead"), "Leads", None, "missing_column"),
        (("fecha", "Leads"), "Leads", "canal=web", "missing_column"),
        (("fecha", "Leads"), "Leads / Visitas", None, "missing_column"),
        (("cuándo", "Leads"), "Leads", None, "missing_date_column"),
        (("fecha", "LEADS", "leads"), "Leads", None, "doubled_column"),
        (("fecha", "Leads"), "Leads", "web", "bad_filter"),
        (("fecha", "Leads"), "Leads", "=web", "bad_filter"),
    ],
)
def test_a_row_that_does_not_fit_the_table_fails_by_name(headings, metric, filter_text, code):
    cells = tuple(1.0 for _ in headings)
    assert failure(in_tab(headings, cells, metric=metric, filter=filter_text)).code == code


def test_a_missing_column_names_the_nearest_three():
    found = failure(in_tab(("fecha", "Leads web", "Coste", "Lead", "Notas"), (1.0,) * 5))
    assert str(found.facts["known"]).split(", ")[0] == "Lead"
    assert len(str(found.facts["known"]).split(", ")) == 3


def test_a_column_of_words_is_no_metric():
    assert failure(in_tab(("fecha", "Leads"), (MARCH_31, "pronto"))).code == "not_numbers"
    assert failure(in_tab(("fecha", "Leads"), ("pronto", 3.0))).code == "no_dates"


def test_a_tab_that_is_not_there_names_the_nearest():
    found = failure(fetch(kpi("tab:CRN"), context(tabs={"CRM": columns(("fecha",))})))
    assert (found.code, found.facts["known"]) == ("missing_tab", "CRM")


def test_our_own_tabs_may_be_read_by_their_title():
    book = snapshot(measurements((MARCH_31, "Leads", 5.0)))
    assert readings(fetch(kpi("tab:mediciones", "Valor"), context(), book)) == [("2026-03-31", 5.0)]


def test_an_empty_tab_says_so():
    assert failure(fetch(kpi("tab:CRM"), context(tabs={"CRM": ()}))).code == "empty_table"
