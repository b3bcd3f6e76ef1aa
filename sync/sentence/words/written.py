"""The words with which fields are written as a sentence, Spanish and English side by side."""

VERBS: dict[str, dict[str, str]] = {
    "es": {
        "increase": "aumentar", "decrease": "reducir", "maintain": "mantener", "reach": "alcanzar", "launch": "lanzar",
        "none": "",
    },
    "en": {
        "increase": "increase", "decrease": "reduce", "maintain": "maintain", "reach": "reach", "launch": "launch",
        "none": "",
    },
}  # fmt: skip

# (kind, direction) -> template; "" stands for every other direction of the kind. Parts that are empty leave no blank.
TEMPLATES: dict[str, dict[tuple[str, str], str]] = {
    "es": {
        ("pair", ""): "{verb} {metric} de {baseline} a {target}",
        ("counted", "reach"): "{verb} {target} {metric}",
        ("counted", "launch"): "{verb} {target} {metric}",
        ("absolute", ""): "{verb} {metric} a {target}",
        ("absolute", "reach"): "{verb} {metric} de {target}",
        ("absolute", "launch"): "{verb} {metric} de {target}",
        ("absolute", "maintain"): "{verb} {metric} en {target}",
        ("absolute", "none"): "{metric}: {target}",
        ("days", ""): "{verb} {metric} {target}",  # "en 40 días" would be a deadline
        ("days", "maintain"): "{verb} {metric} de {target}",
        ("relative_percent", ""): "{verb} {metric} un {target}",
        ("relative_percent", "reach"): "{verb} un aumento del {target} en {metric}",
        ("relative_percent", "none"): "{target} más de {metric}",
        ("delta", ""): "{verb} {metric} en {target}",
        ("delta", "reach"): "{verb} otros {target} {metric}",
        ("ratio", ""): "multiplicar {metric} por {target}",
        ("ratio", "decrease"): "{verb} {metric} {target} veces",
        ("range", ""): "{verb} {metric} entre {target} y {high}",
        ("range", "none"): "{metric}: entre {target} y {high}",
        ("none", ""): "{verb} {metric}",
    },
    "en": {
        ("pair", ""): "{verb} {metric} from {baseline} to {target}",
        ("counted", "reach"): "{verb} {target} {metric}",
        ("counted", "launch"): "{verb} {target} {metric}",
        ("absolute", ""): "{verb} {metric} to {target}",
        ("absolute", "reach"): "{verb} {metric} of {target}",
        ("absolute", "launch"): "{verb} {metric} of {target}",
        ("absolute", "maintain"): "{verb} {metric} at {target}",
        ("absolute", "none"): "{metric}: {target}",
        ("relative_percent", ""): "{verb} {metric} by {target}",
        ("relative_percent", "reach"): "{verb} a {target} increase in {metric}",
        ("relative_percent", "none"): "{target} more {metric}",
        ("delta", ""): "{verb} {metric} by {target}",
        ("delta", "reach"): "{verb} another {target} {metric}",
        ("ratio", ""): "multiply {metric} by {target}",
        ("ratio", "decrease"): "{verb} {metric} {target} times",
        ("range", ""): "{verb} {metric} between {target} and {high}",
        ("range", "none"): "{metric}: between {target} and {high}",
        ("none", ""): "{verb} {metric}",
    },
}

NOW: dict[str, str] = {"es": "(actualmente {})", "en": "(currently {})"}
START: dict[str, str] = {"es": "desde el {}", "en": "starting {}"}
DUE: dict[str, str] = {"es": "para el {}", "en": "by {}"}

PERIODS: dict[str, dict[str, str]] = {
    "es": {
        "day": "al día", "week": "a la semana", "fortnight": "por quincena", "month": "al mes",
        "quarter": "por trimestre",
        "half_year": "por semestre", "year": "al año",
    },
    "en": {
        "day": "per day", "week": "per week", "fortnight": "per fortnight", "month": "per month",
        "quarter": "per quarter",
        "half_year": "per semester", "year": "per year",
    },
}  # fmt: skip

# Units as patterns around the number. What is missing here is written as its code behind the number.
UNITS: dict[str, dict[str, str]] = {
    "es": {
        "count": "{}", "%": "{}\u00a0%", "$": "${}", "EUR": "{}\u00a0€", "points": "{} puntos", "hours": "{} horas",
        "minutes": "{} minutos", "seconds": "{} segundos", "days": "{} días", "weeks": "{} semanas",
        "months": "{} meses",
        "years": "{} años", "kg": "{} kg", "pounds": "{} libras", "tonnes": "{} toneladas", "litres": "{} litros",
        "km": "{} km", "energy": "{} kWh", "data": "{} GB", "x": "{}x", "ratio": "{}", "rank": "n.º {}",
    },
    "en": {
        "count": "{}", "%": "{}%", "$": "${}", "EUR": "€{}", "points": "{} points", "hours": "{} hours",
        "minutes": "{} minutes", "seconds": "{} seconds", "days": "{} days", "weeks": "{} weeks", "months": "{} months",
        "years": "{} years", "kg": "{} kg", "pounds": "{} lbs", "tonnes": "{} tonnes", "litres": "{} litres",
        "km": "{} km", "energy": "{} kWh", "data": "{} GB", "x": "{}x", "ratio": "{}", "rank": "#{}",
    },
}  # fmt: skip
