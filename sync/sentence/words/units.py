"""Currencies and units of measure, by how they are written."""

# Before the number.
CURRENCY_BEFORE: dict[str, str] = {
    "us$": "USD", "u$s": "USD", "usd": "USD", "usd$": "USD", "mx$": "MXN", "mxn": "MXN", "mxn$": "MXN", "ar$": "ARS",
    "ars": "ARS", "ars$": "ARS", "cop": "COP", "cop$": "COP", "clp": "CLP", "clp$": "CLP", "r$": "BRL", "s/": "PEN",
    "s/.": "PEN", "pen": "PEN", "eur": "EUR", "€": "EUR", "£": "GBP", "gbp": "GBP", "c$": "CAD", "ca$": "CAD",
    "cad": "CAD", "a$": "AUD", "au$": "AUD", "aud": "AUD", "₡": "CRC", "¥": "JPY", "₹": "INR", "$": "$",
}  # fmt: skip

# After the number (and its scale).
CURRENCY_AFTER: dict[str, str] = {
    "usd": "USD", "us dollars": "USD", "u.s. dollars": "USD", "dolares": "USD", "dolar": "USD", "dollars": "USD",
    "dollar": "USD", "us$": "USD", "€": "EUR", "eur": "EUR", "euros": "EUR", "euro": "EUR", "£": "GBP", "gbp": "GBP",
    "mxn": "MXN", "pesos mexicanos": "MXN", "mdp": "MXN", "mdd": "USD", "ars": "ARS", "pesos argentinos": "ARS",
    "cop": "COP", "pesos colombianos": "COP", "clp": "CLP", "pesos chilenos": "CLP", "pesos": "pesos", "soles": "PEN",
    "reales": "BRL", "reais": "BRL", "quetzales": "GTQ", "lempiras": "HNL", "bolivianos": "BOB", "guaranies": "PYG",
    "colones": "CRC", "cad": "CAD", "aud": "AUD", "$": "$",
}  # fmt: skip

PERCENT: tuple[str, ...] = ("%", "percent", "per cent", "pct", "por ciento", "por cien", "porciento")

PERCENT_POINTS: tuple[str, ...] = (
    "% points", "percentage points", "percentage point", "percent points", "pp", "p.p.", "ppt", "puntos porcentuales",
    "punto porcentual", "pts porcentuales", "puntos de porcentaje",
)  # fmt: skip

# Word after a number -> canonical unit. Units of time can be converted into one another (TIME_HOURS).
UNIT_WORDS: dict[str, tuple[str, ...]] = {
    "points": ("points", "point", "pts", "puntos", "punto", "estrellas", "stars"),
    "hours": ("hours", "hour", "hrs", "hr", "h", "horas", "hora"),
    "minutes": ("minutes", "minute", "mins", "min", "minutos", "minuto"),
    "seconds": ("seconds", "second", "secs", "sec", "s", "segundos", "segundo", "ms", "milliseconds", "milisegundos"),
    "days": ("days", "day", "dias", "dia", "business days", "working days", "dias habiles", "dias laborables"),
    "weeks": ("weeks", "week", "semanas", "semana"),
    "months": ("months", "month", "meses", "mes"),
    "years": ("years", "year", "anos", "ano"),
    "kg": ("kg", "kgs", "kilograms", "kilogramos", "kilos", "kilo", "kilogram"),
    "pounds": ("pounds", "lbs", "lb", "libras"),
    "tonnes": ("tonnes", "tons", "ton", "toneladas", "tn", "mt", "megatonnes", "kt"),
    "litres": ("litres", "liters", "litros", "l", "litre", "liter", "gallons", "galones"),
    "km": ("km", "kms", "kilometers", "kilometres", "kilometros", "miles", "millas", "metres", "meters", "metros",
           "km2", "hectares", "hectareas", "acres", "m2", "m3", "cm"),
    "energy": ("kwh", "mwh", "gwh", "mw", "gw", "kw", "twh", "calories", "calorias", "kcal"),
    "data": ("gb", "mb", "tb"),
    "x": ("x", "times", "veces", "-fold", "fold", ":1"),
}  # fmt: skip

TIME_HOURS: dict[str, float] = {
    "seconds": 1 / 3600, "minutes": 1 / 60, "hours": 1.0, "days": 24.0, "weeks": 168.0, "months": 730.0,
    "years": 8760.0,
}  # fmt: skip

CADENCES: dict[str, tuple[str, ...]] = {
    "day": ("day", "dia", "daily", "diario", "diaria", "diarios", "diarias", "diariamente"),
    "week": ("week", "semana", "weekly", "semanal", "semanales", "semanalmente", "wk"),
    "fortnight": ("fortnight", "biweekly", "quincena", "quincenal", "quincenales"),
    "month": ("month", "mes", "monthly", "mensual", "mensuales", "mensualmente", "mo"),
    "quarter": ("quarter", "trimestre", "quarterly", "trimestral", "trimestrales", "trimestralmente"),
    "half_year": ("semester", "semestre", "semestral", "semestrales", "half-year"),
    "year": ("year", "ano", "yearly", "annual", "annually", "anual", "anuales", "anualmente", "per annum"),
}  # fmt: skip
