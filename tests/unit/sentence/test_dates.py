"""Deadlines, starts and cadences, on 15 January 2026."""

from datetime import date

import pytest


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("para el 31 de diciembre de 2026", "2026-12-31"), ("a diciembre de 2026", "2026-12-31"),
        ("antes de fin de año", "2026-12-31"), ("en los próximos 6 meses", "2026-07-15"), ("en 30 días", "2026-02-14"),
        ("en el T3 2026", "2026-09-30"), ("antes de diciembre", "2026-11-30"), ("en el primer semestre", "2026-06-30"),
        ("a más tardar el 30 de junio", "2026-06-30"), ("para el próximo trimestre", "2026-06-30"),
        ("a finales de mayo", "2026-05-31"), ("durante 2027", "2027-12-31"), ("hasta el 15/08/2026", "2026-08-15"),
        ("en un año", "2027-01-15"), ("este mes", "2026-01-31"), ("de aquí a 2030", "2030-12-31"),
        ("al cierre del ejercicio 2026", "2026-12-31"), ("en un plazo de tres meses", "2026-04-15"),
        ("antes del 1 de junio", "2026-06-01"), ("a mediados de 2026", "2026-06-30"),
        ("el mes que viene", "2026-02-28"),
    ],
)  # fmt: skip
def test_spanish_deadlines(parse, phrase, due):
    found = parse(f"Aumentar las ventas un 10 % {phrase}", "es")
    assert found.due == date.fromisoformat(due)
    assert phrase in (found.due_text or "") or (found.due_text or "") in phrase


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("by December 31, 2026", "2026-12-31"), ("by end of Q3", "2026-09-30"), ("by the end of H1", "2026-06-30"),
        ("by FY26", "2026-12-31"), ("within the next three months", "2026-04-15"), ("by 2030", "2030-12-31"),
        ("by year-end", "2026-12-31"), ("this quarter", "2026-03-31"), ("by EOY", "2026-12-31"),
        ("in 90 days", "2026-04-15"),
        ("by the second quarter of 2027", "2027-06-30"), ("before June 30", "2026-06-30"),
        ("by 12/31/2026", "2026-12-31"),
        ("over the next year", "2027-01-15"), ("by 2026-10-01", "2026-10-01"), ("by March", "2026-03-31"),
        ("no later than 5 May 2026", "2026-05-05"), ("by the end of the month", "2026-01-31"), ("in Q1", "2026-03-31"),
    ],
)  # fmt: skip
def test_english_deadlines(parse, phrase, due):
    assert parse(f"Increase sales by 10% {phrase}", "en").due == date.fromisoformat(due)


def test_past_dates_stay_past(parse):
    assert parse("Alcanzar 40.000 perfiles para el 31 de diciembre de 2022").due == date(2022, 12, 31)


@pytest.mark.parametrize("phrase", ["in a few months", "by Week 12", "soon", "by the end of the project", "by summer"])
def test_a_vague_deadline_is_kept_but_must_be_asked_for(parse, phrase):
    found = parse(f"Increase sales by 10% {phrase}", "en")
    assert found.due is None and found.due_text == phrase
    assert "due" in found.missing and found.smart.time_bound


@pytest.mark.parametrize(
    "phrase",
    [
        "than last year",
        "compared to 2015",
        "respecto al año anterior",
        "vs Q4",
        "each month",
        "cada mes",
        "year over year",
    ],
)
def test_comparisons_and_cadences_are_no_deadlines(parse, phrase):
    assert parse(f"Increase sales by 10% {phrase}").due is None


def test_a_cadence_is_the_period(parse):
    assert parse("Publish 3 posts per week by June").period == "week"
    assert parse("Conseguir 200 leads al mes").period == "month"


def test_an_explicit_date_wins_over_a_duration(parse):
    assert parse("Increase traffic by 30% within 3 months (by November 9, 2025)").due == date(2025, 11, 9)


def test_from_year_to_year_is_a_window_not_a_pair_of_values(parse):
    found = parse("Achieve a 25% growth in jobs from 2015 to 2026")
    assert (found.start, found.due, found.target, found.baseline) == (date(2015, 1, 1), date(2026, 12, 31), 25, None)


def test_months_between_give_start_and_due(parse):
    found = parse("Vender 500 unidades entre enero y marzo de 2026")
    assert (found.start, found.due) == (date(2026, 1, 1), date(2026, 3, 31))


def test_today_decides_the_year_of_a_date_without_one(parse):
    assert parse("Vender 10 casas en marzo", "es", date(2026, 4, 1)).due == date(2027, 3, 31)


def test_holding_for_months_is_no_deadline(parse):
    assert parse("Mantener el CSAT en 90 % durante 4 meses consecutivos").due is None


def test_a_day_that_does_not_exist_is_no_deadline(parse):
    assert parse("Vender 10 casas para el 31 de febrero de 2026").due is None


@pytest.mark.parametrize(
    ("text", "target", "due"),
    [
        ("Llegar a 2000 seguidores en 2026", 2000, "2026-12-31"), ("Reach 2000 followers by 2027", 2000, "2027-12-31"),
        ("Aumentar los socios de 1.500 a 2050", 2050, None), ("Conseguir 2030 firmas", 2030, None),
        ("Facturar 2000 € al mes", 2000, None), ("Increase sales by 5% to 2030", 5, "2030-12-31"),
        ("Objetivo 2027: vender 300 casas", 300, "2027-12-31"),
    ],
)  # fmt: skip
def test_four_digits_are_a_year_only_where_a_year_can_stand(parse, text, target, due):
    found = parse(text)
    assert (found.target, found.due and found.due.isoformat()) == (target, due)


def test_an_english_date_of_two_small_numbers_is_ambiguous(parse):
    found = parse("Increase sales by 5% by 03/04/2026", "en")
    assert found.due == date(2026, 3, 4) and "ambiguous_date" in found.warnings
    assert "ambiguous_date" not in parse("Increase sales by 5% by 12/31/2026", "en").warnings
    assert parse("Aumentar las ventas un 5 % para el 03/04/2026", "es").due == date(2026, 4, 3)
