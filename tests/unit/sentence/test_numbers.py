"""Numbers as people write them, in both languages."""

import pytest

SAME_FORTY_THOUSAND = [
    "40,000",
    "40.000",
    "40 000",
    "40\u00a0000",
    "40\u202f000",
    "40k",
    "40K",
    "40 mil",
    "40mil",
    "cuarenta mil",
]


@pytest.mark.parametrize("written", SAME_FORTY_THOUSAND)
def test_forty_thousand_is_the_same_however_it_is_written(parse, written):
    assert parse(f"Alcanzar {written} seguidores en Instagram", "es").target == 40_000


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,5 millones", 1_500_000), ("2.5M", 2_500_000), ("medio millón", 500_000), ("una docena", 12), ("mil", 1000),
        ("trescientos", 300), ("treinta y cinco mil", 35_000), ("mil quinientos", 1500), ("2 millones", 2_000_000),
        ("1.250.000", 1_250_000), ("1,250,000", 1_250_000), ("ciento veinte", 120), ("cien", 100), ("veintidós", 22),
    ],
)  # fmt: skip
def test_spanish_amounts(parse, written, value):
    assert parse(f"Conseguir {written} visitas", "es").target == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.2 million", 1_200_000), ("half a million", 500_000), ("a dozen", 12), ("two hundred and fifty", 250),
        ("forty-five", 45), ("1,250", 1250), ("1.5k", 1500), ("three thousand two hundred", 3200), ("a hundred", 100),
    ],
)  # fmt: skip
def test_english_amounts(parse, written, value):
    assert parse(f"Reach {written} visits", "en").target == value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Facturar 20.000 € al mes", 20_000, "EUR"), ("Raise $1.2 million", 1_200_000, "$"),
        ("Vender US$ 3,500", 3500, "USD"), ("Recaudar 3 millones de pesos argentinos", 3_000_000, "ARS"),
        ("Reducir el CPA a 12,50 €", 12.5, "EUR"), ("Facturar 5 mdp", 5_000_000, "MXN"),
        ("Raise £2m", 2_000_000, "GBP"),
        ("Alcanzar el 2,5 % de engagement", 2.5, "%"), ("Reach 4 percent engagement", 4, "%"),
        ("Llegar al 12 por ciento de cuota de mercado", 12, "%"), ("Lograr un ROAS de 4x", 4, "x"),
        ("Reduce response time to 45 minutes", 45, "minutes"), ("Reach a NPS of 50 points", 50, "points"),
    ],
)  # fmt: skip
def test_a_number_keeps_its_unit(parse, text, value, unit):
    found = parse(text)
    assert (found.target, found.unit) == (value, unit)


def test_a_foreign_thousands_mark_is_told_with_both_readings(parse):
    found = parse("Aumentar los perfiles a 40,000 personas", "es")
    assert found.target == 40_000
    assert [(a.text, a.taken, a.other) for a in found.alternatives] == [("40,000", 40_000, 40.0)]
    assert "ambiguous_number" in found.warnings


def test_a_dot_before_three_digits_is_ambiguous_in_english(parse):
    (alternative,) = parse("Reach 40.000 followers", "en").alternatives
    assert (alternative.taken, alternative.other) == (40_000, 40.0)


def test_the_own_thousands_mark_is_not_ambiguous(parse):
    assert parse("Alcanzar 40.000 seguidores", "es").alternatives == ()
    assert parse("Reach 40,000 followers", "en").alternatives == ()


def test_another_number_of_the_sentence_can_settle_the_doubt(parse):
    assert parse("Pasar de 1,250.50 a 40,000 USD de ingresos", "es").alternatives == ()


def test_a_small_percentage_is_read_with_decimals(parse):
    assert parse("Subir el CTR a 2.125 %", "es").target == 2.125


@pytest.mark.parametrize(
    "text",
    [
        "Aparecer en el Top 3 de Google", "Reach adults aged 25", "Obtain ISO 9001", "Call clients at 18:00",
        "Complete phase 2", "Improve service 24/7", "2. Mejorar la marca",
    ],
)  # fmt: skip
def test_names_ages_and_hours_are_no_targets(parse, text):
    assert parse(text).target is None


@pytest.mark.parametrize(
    ("text", "target"),
    [("KR 2: conseguir 50 reseñas", 50), ("Meta 500 leads este mes", 500), ("Goal 3. Reach 90% attendance", 90)],
)
def test_a_label_is_no_target_but_a_target_may_follow_the_word(parse, text, target):
    assert parse(text).target == target
