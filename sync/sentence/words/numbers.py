"""Number words, scales and fractions."""

UNITS: dict[str, dict[str, int]] = {
    "es": {
        "cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
        "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
        "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiun": 21,
        "veintiuno": 21, "veintiuna": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25,
        "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "treinta": 30, "cuarenta": 40,
        "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100,
        "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400,
        "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600, "seiscientas": 600,
        "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800, "novecientos": 900,
        "novecientas": 900,
    },
    "en": {
        "zero": 0, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
        "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
        "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    },
}  # fmt: skip

# What multiplies the words before it. A scale alone ("mil", "a hundred") counts once.
SCALES: dict[str, dict[str, float]] = {
    "es": {
        "mil": 1e3, "millon": 1e6, "millones": 1e6, "billon": 1e12, "billones": 1e12, "docena": 12, "docenas": 12,
        "decena": 10, "decenas": 10, "centenar": 100, "centenares": 100, "millar": 1e3, "millares": 1e3,
    },
    "en": {
        "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12,
    },
}  # fmt: skip

# Scales that may follow digits: "40 mil", "1,5 millones", "2.5M". "mm" and "mdp" are Latin American finance usage.
DIGIT_SCALES: dict[str, float] = {
    "k": 1e3, "mil millones": 1e9, "mil": 1e3, "millones": 1e6, "millon": 1e6, "mill": 1e6, "mio": 1e6, "mln": 1e6,
    "mm": 1e6, "mdp": 1e6, "mdd": 1e6, "m": 1e6, "bn": 1e9, "b": 1e9, "thousand": 1e3, "million": 1e6,
    "millions": 1e6, "mn": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12, "docenas": 12, "hundred": 100,
}  # fmt: skip

# Words that never start a number of their own: too common as articles.
ARTICLES = frozenset({"un", "una", "uno", "a", "an", "one"})

# Whole expressions that are a number by themselves.
PHRASES: dict[str, dict[str, float]] = {
    "es": {"medio millon": 5e5, "media docena": 6, "un par de": 2, "millon y medio": 1.5e6},
    "en": {"half a million": 5e5, "half a dozen": 6, "a couple of": 2, "a couple": 2},
}

# Shares of a whole, in percent.
FRACTIONS: dict[str, dict[str, float]] = {
    "es": {
        "la mitad": 50.0, "a la mitad": 50.0, "un tercio": 100 / 3, "una tercera parte": 100 / 3,
        "la tercera parte": 100 / 3, "dos tercios": 200 / 3, "dos terceras partes": 200 / 3, "un cuarto": 25.0,
        "una cuarta parte": 25.0, "la cuarta parte": 25.0, "tres cuartos": 75.0, "tres cuartas partes": 75.0,
        "un quinto": 20.0, "una quinta parte": 20.0, "la quinta parte": 20.0, "un decimo": 10.0,
        "una decima parte": 10.0,
    },
    "en": {
        "half": 50.0, "one half": 50.0, "one-half": 50.0, "a third": 100 / 3, "one third": 100 / 3,
        "one-third": 100 / 3, "two thirds": 200 / 3, "two-thirds": 200 / 3, "one quarter": 25.0, "a quarter": 25.0,
        "one-quarter": 25.0, "three quarters": 75.0, "three-quarters": 75.0, "a fifth": 20.0, "one fifth": 20.0,
        "one-fifth": 20.0, "a tenth": 10.0, "one tenth": 10.0, "one-tenth": 10.0,
    },
}  # fmt: skip

# Verbs and phrases that multiply without a digit.
MULTIPLIERS: dict[str, dict[str, float]] = {
    "es": {
        r"duplic\w{1,9}": 2, r"dobl(?:ar|amos|aremos|ando|e|o|a)": 2, "el doble": 2, r"triplic\w{1,9}": 3,
        "el triple": 3, r"cuadruplic\w{1,9}": 4, "el cuadruple": 4, r"quintuplic\w{1,9}": 5, r"decuplic\w{1,9}": 10,
    },
    "en": {
        r"doubl(?:e|es|ed|ing)": 2, "twice": 2, "two-?fold": 2, r"tripl(?:e|es|ed|ing)": 3, "three-?fold": 3,
        r"trebl(?:e|es|ed|ing)": 3, r"quadrupl(?:e|es|ed|ing)": 4, "four-?fold": 4, r"quintupl(?:e|es|ed|ing)": 5,
        "five-?fold": 5, "ten-?fold": 10,
    },
}  # fmt: skip

# Verbs that halve: a change of 50 %.
HALVERS: dict[str, tuple[str, ...]] = {
    "es": (r"reduc\w{1,8} a la mitad", r"a la mitad"),
    "en": (r"halv(?:e|es|ed|ing)", "in half"),
}
