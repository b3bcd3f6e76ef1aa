"""Verbs that only say that a value moves, and what getting or not exceeding a number comes to."""

import pytest


@pytest.mark.parametrize(
    ("text", "direction", "metric"),
    [
        ("Bring average response time down to 15 minutes", "decrease", "average response time"),
        ("Drive churn down to 3% by June", "decrease", "churn"), ("Drive sales up to 500", "increase", "sales"),
        ("Take conversion from 2% to 3%", "increase", "conversion"),
        ("Move the error rate from 4% to 2%", "decrease", "error rate"),
        ("Pasar de 48 a 24 horas el plazo de entrega", "decrease", "plazo de entrega"),
        ("Pasar de 3.400 a 5.000 seguidores en TikTok", "increase", "seguidores"),
    ],
)  # fmt: skip
def test_a_value_that_moves_has_the_direction_of_its_numbers(parse, text, direction, metric):
    goal = parse(text)
    assert (goal.direction, goal.metric) == (direction, metric)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("No superar las 10 reclamaciones mensuales", "maintain"), ("Not exceed 10 complaints per month", "maintain"),
        ("Superar las 10 reseñas mensuales", "reach"), ("Exceed 10 reviews per month", "reach"),
        ("Obtener un 20% más de visitas", "increase"), ("Get 20% fewer returns", "decrease"),
        ("Lograr un 10 % menos de quejas", "decrease"), ("Gain 100 new followers this month", "increase"),
        ("Generate 500 leads", "reach"), ("Fill 90% of open positions", "reach"),
    ],
)  # fmt: skip
def test_what_getting_a_number_comes_to(parse, text, direction):
    assert parse(text).direction == direction


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Raise $40,000 to send 1000 kids to camp", "Raise"), ("Raise $2 million in donations", "donations"),
        ("Recaudar 25.000 € en la campaña de otoño", "Recaudar"),
        ("Facturar 30.000 € en ventas online", "ventas online"),
        ("Conduct 50 phone interviews with top customers", "phone interviews"),
        ("Aumentar 2% mensual la base de datos de contactos", "base de datos de contactos"),
    ],
)  # fmt: skip
def test_what_the_money_is_for_is_not_what_is_measured(parse, text, metric):
    assert parse(text).metric == metric


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("Average order value: $62 (up from $54)", "absolute", "$"),
        ("Atraer a 4.000 visitantes más a la feria", "delta", "count"),
        ("Llegar a 4.000 visitantes", "absolute", "count"),
        ("Instalar 50 puntos de recarga", "absolute", "count"), ("Subir 10 puntos el NPS", "delta", "points"),
        ("Increase NPS from 45 to 70", "absolute", "points"), ("Alcanzar una valoración de 4,5", "absolute", "points"),
        ("Get 50 ratings", "absolute", "count"), ("Double-digit growth in bookings", "none", None),
        ("Gain 3 percentage points of market share", "delta", "points"), ("Double bookings", "ratio", "x"),
        ("Conseguir 75 puntos en la encuesta", "absolute", "points"), ("Increase NPS to 90%", "absolute", "%"),
    ],
)  # fmt: skip
def test_places_are_counted_and_what_comes_on_top_is_a_change(parse, text, kind, unit):
    goal = parse(text)
    assert (goal.target_kind, goal.unit) == (kind, unit)


@pytest.mark.parametrize("text", ["Delight our customers", "Understand our customers better", "Make customers happier"])
def test_people_without_a_number_are_no_quantity(parse, text):
    assert parse(text).verdict == "not_kpi"


@pytest.mark.parametrize("text", ["Get more customers", "Reach 500 customers", "Retener a los clientes"])
def test_people_that_are_to_grow_in_number_are_one(parse, text):
    assert "metric" not in parse(text).missing


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Improve Google Ads ROAS to 4x", "paid_ads"), ("Rank first on Google", "organic_search"),
        ("Conseguir reseñas en Google Maps", "organic_search"),
    ],
)  # fmt: skip
def test_bought_clicks_are_not_found_ones(parse, text, channel):
    assert parse(text).channel == channel


@pytest.mark.parametrize("per", ["publicidad", "visitante", "suscripción"])
def test_a_figure_per_thing_keeps_the_thing(parse, per):
    assert parse(f"Incrementar los ingresos por {per} un 10 %").metric == f"ingresos por {per}"


def test_a_growth_without_a_figure_still_names_what_grows(parse):
    goal = parse("Double-digit growth in bookings")
    assert (goal.direction, goal.metric, goal.missing) == ("increase", "bookings", ("target", "due"))
