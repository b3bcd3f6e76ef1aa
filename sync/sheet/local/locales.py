"""What a workbook's locale decides: separators, date order, currency sign, words. One table, no library."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """`order` is the order of day (d), month (m) and year (y) in a typed date."""

    code: str
    decimal: str
    thousands: str
    order: str
    date_pattern: str
    time_pattern: str
    currency: str
    currency_pattern: str
    booleans: tuple[str, str]
    argument: str
    language: str

    @property
    def timestamp_pattern(self) -> str:
        return f"{self.date_pattern} {self.time_pattern}"


MONTHS = {
    language: names.split()
    for language, names in {
        "en": "January February March April May June July August September October November December",
        "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    }.items()
}
WEEKDAYS = {
    language: names.split()
    for language, names in {
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "es": "lunes martes miércoles jueves viernes sábado domingo",
        "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    }.items()
}

EN, ES = ("TRUE", "FALSE"), ("VERDADERO", "FALSO")
LOCALES = {
    item.code: item
    for item in (
        Locale("en_US", ".", ",", "mdy", "m/d/yyyy", "h:mm:ss", "$", '"$"#,##0.00', EN, ",", "en"),
        Locale("en_GB", ".", ",", "dmy", "dd/mm/yyyy", "hh:mm:ss", "£", '"£"#,##0.00', EN, ",", "en"),
        Locale("es_ES", ",", ".", "dmy", "d/m/yyyy", "h:mm:ss", "€", '#,##0.00"€"', ES, ";", "es"),
        Locale("es_MX", ".", ",", "dmy", "dd/mm/yyyy", "h:mm:ss", "$", '"$"#,##0.00', ES, ",", "es"),
        Locale("es_AR", ",", ".", "dmy", "d/m/yyyy", "h:mm:ss", "$", '"$"#,##0.00', ES, ";", "es"),
        Locale(
            "fr_FR", ",", "\u202f", "dmy", "dd/mm/yyyy", "hh:mm:ss", "€", '#,##0.00" €"', ("VRAI", "FAUX"), ";", "fr"
        ),
        Locale("de_DE", ",", ".", "dmy", "dd.mm.yyyy", "hh:mm:ss", "€", '#,##0.00" €"', ("WAHR", "FALSCH"), ";", "de"),
        Locale("it_IT", ",", ".", "dmy", "dd/mm/yyyy", "h:mm:ss", "€", '#,##0.00" €"', ("VERO", "FALSO"), ";", "it"),
        Locale("pt_BR", ",", ".", "dmy", "dd/mm/yyyy", "hh:mm:ss", "R$", '"R$" #,##0.00', ES, ";", "pt"),
    )
}


def locale_of(code: str) -> Locale:
    """The locale by its code; an unknown one falls back to its language, then to en_US."""
    if code in LOCALES:
        return LOCALES[code]
    language = code.partition("_")[0]
    return next((item for item in LOCALES.values() if item.language == language), LOCALES["en_US"])
