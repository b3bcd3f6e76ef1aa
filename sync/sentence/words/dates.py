"""Months, ordinals and the nouns of periods."""

MONTHS: dict[str, int] = {
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9,
    "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12, "january": 1, "february": 2, "march": 3,
    "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11,
    "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9,
    "oct": 10,
    "nov": 11, "dec": 12, "ene": 1, "abr": 4, "ago": 8, "dic": 12,
}  # fmt: skip

WEEKDAYS: dict[str, int] = {
    "lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6, "monday": 0,
    "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip

ORDINALS: dict[str, int] = {
    "primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercero": 3, "tercera": 3,
    "cuarto": 4, "cuarta": 4, "ultimo": -1, "ultima": -1, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "last": -1, "final": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "1er": 1, "1ro": 1, "2do": 2, "3er": 3, "4to": 4,
    "1.er": 1, "3.er": 3, "2.o": 2, "4.o": 4, "2º": 2, "4º": 4, "1º": 1, "3º": 3,
}  # fmt: skip

# Names that may stand before the day: "March 5". The Spanish ones stand after it.
ENGLISH_MONTHS: frozenset[str] = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)

# Month names that are other words too: a governing word must stand before them.
OTHER_WORDS_TOO: frozenset[str] = frozenset(
    {"may", "march", "mar", "ago", "dic", "abr", "ene", "sep", "dec", "oct", "jan"}
)

# Noun -> months in the period.
PERIOD_MONTHS: dict[str, int] = {
    "quarter": 3, "trimestre": 3, "half": 6, "semester": 6, "semestre": 6, "mitad": 6, "cuatrimestre": 4, "bimestre": 2,
    "trimester": 3,
}  # fmt: skip

# Noun -> (unit, how many of it).
SPANS: dict[str, tuple[str, int]] = {
    "day": ("day", 1), "days": ("day", 1), "dia": ("day", 1), "dias": ("day", 1), "week": ("day", 7),
    "weeks": ("day", 7), "semana": ("day", 7), "semanas": ("day", 7), "quincena": ("day", 15), "quincenas": ("day", 15),
    "fortnight": ("day", 14), "month": ("month", 1), "months": ("month", 1), "mes": ("month", 1), "meses": ("month", 1),
    "bimestre": ("month", 2), "bimestres": ("month", 2), "quarter": ("month", 3), "quarters": ("month", 3),
    "trimestre": ("month", 3), "trimestres": ("month", 3), "semester": ("month", 6), "semesters": ("month", 6),
    "semestre": ("month", 6), "semestres": ("month", 6), "year": ("month", 12), "years": ("month", 12),
    "ano": ("month", 12), "anos": ("month", 12), "decade": ("month", 120), "decada": ("month", 120),
}  # fmt: skip
