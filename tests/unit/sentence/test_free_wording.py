"""Goals as people really put them: slips, passives, negations, particles, shares, points in words."""

import pytest

from sync.sentence.slips import slipped_direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Refunds should be cut from 9% to 6%", "decrease"),
        ("Habremos reducido un 30 % las quejas", "decrease"),
        ("El tiempo de entrega no debe superar los 3 días", "maintain"),
        ("Never let the refund rate exceed 2%", "maintain"),
        ("Complaints down 15% vs last year", "decrease"),
        ("15 percent fewer refunds by May", "decrease"),
        ("Spend no more than $4 per click", "decrease"),
        ("Ensure that 97% deliverability is maintained", "maintain"),
        ("We expect demo requests to rise 8 per cent", "increase"),
        ("Aumetnar las reservas un 10%", "increase"),
        ("Redcue the refund rate to 2%", "decrease"),
    ],
)
def test_the_direction_shows_in_any_form(parse, text, direction):
    assert parse(text).direction == direction


@pytest.mark.parametrize(
    ("text", "target", "kind", "unit"),
    [
        ("Subir medio punto la tasa de apertura", 0.5, "delta", "points"),
        ("Raise the reply rate by half a percentage point", 0.5, "delta", "points"),
        ("Have one in four customers join the club", 25, "absolute", "%"),
        ("Lograr un aumento de 300 socios", 300, "delta", "count"),
        ("Daily visits: +15% by May", 15, "relative_percent", "%"),
        ("Reducir devoluciones en ≥20%", 20, "relative_percent", "%"),
        ("Grow visits from ads by 2x", 2, "ratio", "x"),
    ],
)
def test_numbers_in_words_and_signs(parse, text, target, kind, unit):
    parsed = parse(text)
    assert (parsed.target, parsed.target_kind, parsed.unit) == (target, kind, unit)


def test_a_dash_between_blanks_is_no_minus(parse):
    parsed = parse("Ingresos anuales entre USD 200k - 300k")
    assert (parsed.target, parsed.target_high, parsed.unit) == (200_000, 300_000, "USD")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Tener 900 socios al terminar el año", "2026-12-31"),
        ("Reach 900 members in half a year", "2026-07-15"),
        ("Collect 90 answers within the next fortnight", "2026-01-29"),
        ("Sell 90 hampers before Black Friday", "2026-11-27"),
        ("Reach 900 members by mid-March", "2026-03-15"),
    ],
)
def test_deadlines_in_the_words_of_trade(parse, text, due):
    assert str(parse(text).due) == due


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Reducir el tiempo de cierre en un 15%", "tiempo de cierre"),
        ("Lograr que la tasa de rebote no supere el 45 %", "tasa de rebote"),
        ("Open rates should not fall below 22%", "Open rates"),
        ("Reducir los pedidos sin enviar a 5", "pedidos sin enviar"),
        ("Crecimiento sostenido de las ventas", "ventas"),
    ],
)
def test_the_metric_ends_where_its_name_ends(parse, text, metric):
    assert parse(text).metric == metric


def test_a_plan_s_label_is_no_quarter(parse):
    assert parse("KR-T3.2: Reducir incidentes un 30%").due is None


def test_another_word_is_no_slip():
    assert slipped_direction("crow", "en") is None
    assert slipped_direction("increase", "en") is None
    assert slipped_direction("customer", "en") is None
