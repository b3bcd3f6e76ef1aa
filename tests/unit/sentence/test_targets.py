"""Which number is the target, which the baseline, and of what kind."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Increase conversion rate from 2% to 5%", "Aumentar la tasa de conversión del 2 % al 5 %",
        "Mejorar la conversión de 2 % a 5 %", "Pasar del 2 % al 5 % de conversión", "Conversion rate: 2% → 5%",
        "Tasa de conversión: 2% -> 5%", "Raise the conversion rate to 5% from 2%",
        "Increase conversion to 5% (currently 2%)",
        "Tasa de conversión: 5% (vs 2% actual)", "Subir la conversión un 150 % (de 2 % a 5 %)",
    ],
)  # fmt: skip
def test_from_a_to_b_gives_baseline_and_target(parse, text):
    found = parse(text)
    assert (found.baseline, found.target, found.target_kind, found.unit) == (2, 5, "absolute", "%")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Aumentar un 20 % las ventas", 20), ("Aumentar las ventas en un 20 %", 20), ("Un 20 % más de ventas", 20),
        ("Increase sales by 20%", 20), ("A 20% increase in sales", 20), ("Get 20% more sales", 20),
        ("Conseguir un aumento del 20 % en las ventas", 20), ("Reduce waste by half", 50),
        ("Reducir a la mitad las quejas", 50), ("Cut costs by a third", 100 / 3),
        ("Reducir un tercio los residuos", 100 / 3),
    ],
)  # fmt: skip
def test_a_relative_change_needs_a_baseline(parse, text, value):
    found = parse(text)
    assert found.target == pytest.approx(value)
    assert found.target_kind == "relative_percent"
    assert "needs_baseline" in found.warnings


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("Double organic traffic", 2), ("Triplicar las ventas", 3), ("Duplicar el número de socios", 2),
        ("Multiplicar por 4 las visitas", 4), ("10x our revenue", 10), ("Conseguir 10 veces más ventas", 10),
        ("Grow revenue threefold", 3), ("El doble de reservas", 2),
    ],
)  # fmt: skip
def test_a_multiplier_is_a_ratio(parse, text, factor):
    found = parse(text)
    assert (found.target, found.target_kind, found.unit, found.direction) == (factor, "ratio", "x", "increase")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Grow followers by 700", 700, "count"), ("Sumar 100 seguidores", 100, "count"),
        ("Add 500 new subscribers", 500, "count"), ("Increase NPS by 10 points", 10, "points"),
        ("Aumentar la asistencia 5 puntos porcentuales", 5, "points"), ("Reducir los costes en 3.000 €", 3000, "EUR"),
        ("Perder 5 kg", 5, "kg"), ("Que nos sigan 300 personas más", 300, "count"),
    ],
)  # fmt: skip
def test_an_amount_of_change_is_a_delta(parse, text, value, unit):
    found = parse(text)
    assert (found.target, found.target_kind, found.unit) == (value, "delta", unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Mantener la tasa entre 4 y 6 %", 4, 6, "%"), ("Keep churn between 4% and 6%", 4, 6, "%"),
        ("Captar 50-70 clientes", 50, 70, "count"), ("Publicar de 4 a 6 artículos", 4, 6, "count"),
        ("Grow sales 10 to 15%", 10, 15, "%"), ("Vender entre 10 y 15 mil unidades", 10_000, 15_000, "count"),
    ],
)  # fmt: skip
def test_a_range_has_two_ends(parse, text, low, high, unit):
    found = parse(text)
    assert (found.target, found.target_high, found.target_kind, found.unit) == (low, high, "range", unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Lograr al menos un 30 % de apertura", 30), ("Maintain a CPL of no more than $50", 50),
        ("Mantener el coste por lead por debajo de 12 €", 12), ("Reduce churn to under 3%", 3),
        ("Aumentar el NPS a >60", 60), ("Keep bounce rate below 40%", 40), ("Lograr cero accidentes", 0),
        ("Reducir la espera a menos de 15 minutos", 15),
    ],
)  # fmt: skip
def test_a_limit_is_a_value_to_reach(parse, text, value):
    found = parse(text)
    assert (found.target, found.target_kind) == (value, "absolute")


def test_weeks_and_hours_are_brought_to_the_unit_of_the_target(parse):
    found = parse("Reducir el tiempo de alta de 2 semanas a 48 horas")
    assert (found.baseline, found.target, found.unit) == (336, 48, "hours")


@pytest.mark.parametrize(
    "text",
    [
        "Increase sales by X%",
        "Aumentar las ventas un X %",
        "Raise $X by June",
        "Subir el CSAT de X a Y",
        "Get [number] leads",
    ],
)
def test_a_placeholder_is_no_target(parse, text):
    found = parse(text)
    assert found.target is None
    assert "placeholder_target" in found.warnings


def test_two_targets_are_told(parse):
    assert "multiple_targets" in parse("Aumentar seguidores un 50 % y ventas un 20 %").warnings


def test_the_means_are_not_the_target(parse):
    assert parse("Increase sales by 10% by sending 4 emails a week").target == 10
    assert parse("Run 3 campaigns to generate 500 leads").target == 500


def test_what_stands_after_instead_of_is_not_the_target(parse):
    assert parse("Aumentar un 20 % las ventas en lugar de duplicarlas").target == 20


@pytest.mark.parametrize("text", ["Lograr que 9 de cada 10 clientes repitan", "9 out of 10 customers come back"])
def test_so_many_of_so_many_is_a_percentage(parse, text):
    found = parse(text)
    assert (found.target, found.unit, found.target_kind) == (90, "%", "absolute")


def test_a_subject_before_the_pair_is_the_metric(parse):
    found = parse("Nuestro NPS debe pasar de 35 a 50 puntos antes de que termine el año")
    assert (found.metric, found.baseline, found.target, str(found.due)) == ("NPS", 35, 50, "2026-12-31")


def test_a_limit_before_the_metric_is_not_the_metric(parse):
    assert parse("Mantener por encima de 4,5 la valoración media").metric == "valoración media"
