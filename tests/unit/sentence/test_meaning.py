"""Direction, metric, channel and verdict."""

import pytest


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Aumentar las ventas", "increase"), ("Reducir costes", "decrease"), ("Mantener el NPS en 60", "maintain"),
        ("Alcanzar 500 socios", "reach"), ("Lanzar la nueva web", "launch"), ("Mejorar la tasa de rebote", "decrease"),
        ("Improve response time", "decrease"), ("Improve open rates", "increase"), ("Quiero más ventas", "increase"),
        ("Generar más leads", "increase"), ("Generate 500 leads", "reach"), ("Be the best hotel in town", "none"),
        ("Establish the brand as a reference", "none"), ("Halt the rise in obesity", "maintain"),
        ("Less than 5% of adults smoke", "decrease"), ("50 new leads", "none"), ("Raise $10,000", "reach"),
        ("Raise prices by 5%", "increase"), ("Achieve a 10% reduction in waste", "decrease"),
        ("Launch a referral program to increase sign-ups by 25%", "increase"),
    ],
)  # fmt: skip
def test_the_direction_of_a_goal(parse, text, direction):
    assert parse(text).direction == direction


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Reducir el tiempo de respuesta a las consultas en un 40 %", "tiempo de respuesta"),
        ("Reducir la tasa de rebote del sitio web", "tasa de rebote"),
        ("Conseguir más suscriptores para la newsletter", "suscriptores"),
        ("Mejorar la tasa de conversión de 2 % a 4 %", "tasa de conversión"),
        ("Reach 5,000 impressions on Pinterest", "impressions"),
        ("Keep our customers' average order value above $60", "average order value"), ("Churn rate < 5%", "Churn rate"),
        ("Aumentar ventas por cliente un 10 %", "ventas por cliente"),
        ("Achieve a 25% email open rate", "email open rate"),
        ("Increase the number of people living in poverty by 3%", "number of people living in poverty"),
        ("Sales will grow by 20% by June", "Sales"), ("Aumentar el click-through rate a 4 %", "click-through rate"),
    ],
)  # fmt: skip
def test_the_metric_is_the_shortest_span_that_names_it(parse, text, metric):
    assert parse(text).metric == metric


@pytest.mark.parametrize(
    "text",
    [
        "Aumentar la visibilidad de la marca", "Improve our marketing", "Mejorar la experiencia del cliente",
        "Drive demand",
        "Posicionarnos como líderes", "Grow our social media presence", "Crecer en redes", "Launch a new website",
    ],
)  # fmt: skip
def test_a_concept_without_a_number_is_no_kpi(parse, text):
    found = parse(text)
    assert found.metric is None and found.verdict == "not_kpi"
    assert found.missing == ("metric", "target", "due")


def test_the_concept_is_kept_for_the_question(parse):
    assert parse("Aumentar la visibilidad de la marca").concept == "visibilidad de la marca"


@pytest.mark.parametrize(
    ("text", "concept"), [("Grow my blog by 50%", "blog"), ("Aumentar ese porcentaje al 5 %", "ese porcentaje")]
)
def test_a_number_does_not_make_a_thing_or_a_pronoun_a_metric(parse, text, concept):
    found = parse(text)
    assert (found.metric, found.concept) == (None, concept)
    assert "metric" in found.missing


def test_metric_target_and_due_make_it_smart(parse):
    found = parse("Aumentar nuevos perfiles de clientes potenciales a 40.000 personas para el 31 de diciembre de 2026")
    assert found.verdict == "smart" and found.missing == ()
    assert found.metric == "nuevos perfiles de clientes potenciales"
    assert found.smart.specific and found.smart.measurable and found.smart.time_bound


def test_what_is_missing_is_named(parse):
    assert parse("Aumentar las ventas").missing == ("target", "due")
    assert parse("Aumentar las ventas un 20 %").missing == ("due",)


def test_a_percentage_of_a_rate_may_mean_points(parse):
    assert "percent_or_points" in parse("Reducir la tasa de abandono un 25 %").warnings


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Sumar 100 seguidores en IG", "instagram"), ("Grow email subscribers", "email"),
        ("Double organic traffic", "organic_search"),
        ("Vender más en la tienda online", "online_store"), ("Crecer en redes sociales", "social"),
        ("Aumentar las ventas", None),
    ],
)  # fmt: skip
def test_the_channel_is_told_by_its_words(parse, text, channel):
    assert parse(text).channel == channel


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Aumentar ventas", "es"), ("Increase sales", "en"), ("Ganar seguidores", "es"), ("Lower costs", "en"),
        ("Crecer 300% YoY", "es"), ("Más ventas", "es"), ("Reach 500 leads", "en"),
    ],
)  # fmt: skip
def test_the_language_is_found_out(parse, text, lang):
    assert parse(text).lang == lang


def test_a_very_long_text_is_read_up_to_a_limit_and_says_so(parse):
    found = parse("Aumentar las ventas un 20 % " + "bla " * 2000)
    assert found.target == 20 and "long_text" in found.warnings
