"""Small words: what tells the languages apart, what is peeled from a metric, what ends it."""

# fmt: off
# Function words that one language has and the other has not.
TELLTALE: dict[str, frozenset[str]] = {
    "es": frozenset(
        [
            "el", "la", "los", "las", "un", "una", "unos", "unas", "de", "del", "al", "en", "por", "para", "con",
            "sin", "y", "e", "o", "que", "se", "su", "sus", "mi", "mis", "nuestro", "nuestra", "nuestros",
            "nuestras", "este", "esta", "antes", "hasta", "desde", "entre", "cada", "durante", "mas", "menos", "mes",
            "meses", "ano", "anos", "semana", "trimestre", "semestre", "queremos", "quiero", "lograr", "aumentar",
            "incrementar", "reducir", "mejorar", "conseguir", "mantener", "alcanzar", "ventas", "clientes", "tasa",
            "fin", "nuevos", "nuevas", "como", "sobre", "hacia", "dentro", "proximo", "proximos", "ingresos",
            "generar", "crear", "disminuir", "llegar", "usuarios",
        ]
    ),
    "en": frozenset(
        [
            "the", "an", "of", "to", "in", "on", "by", "for", "with", "and", "or", "from", "at", "our", "my", "your",
            "their", "we", "i", "is", "are", "be", "this", "that", "than", "before", "until", "within", "per",
            "each", "every", "more", "less", "new", "next", "end", "over", "under", "through", "increase", "reduce",
            "improve", "get", "achieve", "maintain", "reach", "grow", "sales", "customers", "rate", "year", "month",
            "months", "quarter", "week", "weeks", "days", "least", "launch", "boost", "decrease", "generate",
            "users", "revenue", "raise", "keep",
        ]
    ),
}

# Peeled off the front of a metric.
LEADING: dict[str, frozenset[str]] = {
    "es": frozenset(
        [
            "el", "la", "los", "las", "lo", "un", "una", "unos", "unas", "de", "del", "al", "a", "en", "mi", "mis",
            "tu", "tus", "su", "sus", "nuestro", "nuestra", "nuestros", "nuestras", "este", "esta", "estos", "estas",
            "mas", "menos", "y", "e", "o", "que", "nuestros", "otro", "otra", "otros", "otras", "todo", "toda",
            "todos", "todas", "al", "menos", "solo", "hasta", "con", "nuevamente",
            "encima", "debajo", "arriba", "tambien", "adicional",
            "adicionales", "cada", "por", "como", "minimo", "se", "mensual", "mensuales", "anual",
            "anuales", "interanual", "trimestral", "semanal",
        ]
    ),
    "en": frozenset(
        [
            "the", "a", "an", "of", "to", "in", "on", "our", "my", "your", "his", "her", "its", "their", "we", "i",
            "this", "that", "these", "those", "more", "less", "fewer", "additional", "another", "and", "or", "some",
            "any", "all", "at", "least", "only", "up", "by", "additional", "extra", "as", "been", "be", "is", "are",
            "further", "overall", "into", "onto", "higher", "lower", "better", "greater",
        ]
    ),
}

# Peeled off the back.
TRAILING: frozenset[str] = frozenset(
    [
        "el",
        "la",
        "los",
        "las",
        "lo",
        "un",
        "una",
        "de",
        "del",
        "al",
        "a",
        "en",
        "y",
        "e",
        "o",
        "por",
        "para",
        "con",
        "que",
        "se",
        "su",
        "sus",
        "hasta",
        "desde",
        "the",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "our",
        "my",
        "by",
        "and",
        "or",
        "from",
        "at",
        "with",
        "is",
        "are",
        "be",
        "will",
        "than",
        "that",
        "this",
        "more",
        "mas",
        "menos",
        "less",
        "up",
        "least", "down",
        "least",
        "not",
        "no",
        "only",
        "a",
        "as",
        "so",
        "us",
        "each",
        "every",
        "per",
        "cada",
        "about",
        "above",
        "below",
        "over",
        "under",
        "alrededor",
        "debe",
        "deben",
        "debera",
        "deberan",
        "deberia", "encima", "debajo", "arriba",
        "sobre",
        "entre",
        "between",
        "reach",
        "exceed",
        "superar",
        "alcanzar",
        "least",
        "target",
        "meta",
        "objetivo",
        "baseline",
        "goal",
        "currently",
        "actual",
        "actualmente",
        "around",
        "approximately",
        "aproximadamente",
        "ser",
        "sea",
        "within",
        "represent",
        "represents",
        "representen",
        "represente",
        "past",
        "superior",
        "inferior",
        "mayor",
        "menor",
        "greater",
        "higher",
        "lower",
        "bajo",
        "should",
        "would",
        "must",
        "can",
        "it",
        "have",
        "has",
        "had",
        "llegue",
        "llegar",
        "lograr",
    ]
)

# A metric ends before these (matched as whole words on folded text).
ENDS: dict[str, tuple[str, ...]] = {
    "es": (
        "para", "con el fin", "a fin de", "mediante", "a traves", "gracias", "con", "sin", "que", "cuando", "mientras",
        "respecto", "frente", "en comparacion", "comparado", "segun", "desde", "hacia", "hasta", "sobre", "por",
        "dentro", "ante", "bajo",
        "durante", "antes", "basad[oa]s?", "asegurando", "sosteniendo\\w*", "manteniendo\\w*", "dirigid[oa]s?", "a",
        "al", "a los", "a las", "entre", "tras", "como", "pasando", "logrando", "y (?:\\w{2,12}(?:ar|er|ir))", "donde",
        "provenientes", "procedentes", "partiendo", "este", "esta", "cada", "y asi", "ya que", "porque", "lo que",
    ),
    "en": (
        "through", "via", "by", "using", "with", "without", "that", "which", "who", "whose", "when", "while", "so that",
        "in order", "compared", "relative", "versus", "vs", "than", "for", "to", "on", "at", "among", "amongst",
        "across",
        "during", "until", "before", "after", "within", "per", "each", "every", "over", "under", "above", "below",
        "into",
        "thanks", "based", "and (?:increase|reduce|improve|grow|achieve|maintain|generate|get|make|keep|decrease)",
        "year over year",
        "as", "where", "because", "since", "toward", "towards", "throughout", "this", "next", "against", "between",
        "will",
        "handed", "from (?:weekly|daily|monthly|the current|current)", "coming", "measured",
    ),
}

# Phrases of a definition (patterns) that stay with the metric although a preposition opens them.
KEPT_PHRASES: tuple[str, ...] = (
    "en tiempo y forma", "a tiempo", "on[- ]time", "in[- ]full",
    "de (?:organic|organico|paid|referral|email|social)", "per capita",
    "(?:to|a) (?:the |my |our |your |la |mi |nuestra |tu |su )?(?:new )?(?:website|web|site|blog|store|page"
    "|pagina|sitio|tienda)(?: web)?",
    "en (?:el )?primer[ao]? [a-z]+", "al? (?:cliente|carrito|primer[ao]?|pago|compra|venta)",
    "on (?:investment|ad spend|equity|assets)",
    "per (?!month|week|year|day|quarter)[a-z]+",
    "por (?:cada )?(?:cliente|empleado|usuario|clic|click|lead|adquisicion|mil|habitante|persona|"
    "hora|visita|sesion|pedido|venta|conversion|alumno|contrato|tienda|accion|impresion|seguidor|transaccion"
    "|compra|unidad|"
    "paciente|hogar|vehiculo|kilo|km|trabajador|colaborador|donante|evento|empresa|factura|llamada|campana|orden"
    "|reserva|visitante|turista|suscripcion|suscriptor|publicidad|donacion|socio|mesa|socia|estudiante|ciudadano"
    "|producto|proyecto|servicio|licencia|canal|estancia|noche|viaje|operacion|ticket|agente)(?:e?s)?",
    "sobre (?:la )?(?:inversion|ventas)", "at (?:work|risk|home)", "(?:in|en) (?:poverty|pobreza)", "in store",
    "on page",
    "living in [a-z]+", "(?:with|con) (?:disabilities|discapacidad)", "time to [a-z]+",
    "(?:days|hours|steps) to [a-z]+(?: the [a-z]+)?",
    "(?:lead|visitor|trial|conversion|demo|click|add|call|signup|quote|offer|visit)s?[- ]to[- ][a-z]+",
    "ad[oa]s? a [a-z0-9]+", "id[oa]s? a [a-z0-9]+",
    "conversion (?:de [a-z]+ )?a [a-z]+", "cost to [a-z]+", "intent(?:ion)? to [a-z]+", "access to [a-z]+",
    "acceso a[l]? [a-z]+",
    "atencion a[l]? [a-z]+", "servicio al? [a-z]+", "apoyo a [a-z]+",
)
# fmt: on
