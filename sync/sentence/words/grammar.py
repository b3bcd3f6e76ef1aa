"""Small words: what tells the languages apart, what is peeled from a metric, what ends it."""

# Function words that one language has and the other has not.
TELLTALE: dict[str, frozenset[str]] = {
    "es": frozenset(
        "el la los las un una unos unas de del al en por para con sin y e o que se su sus mi mis nuestro nuestra nuestros "
        "nuestras este esta antes hasta desde entre cada durante mas menos mes meses ano anos semana trimestre semestre "
        "queremos quiero lograr aumentar incrementar reducir mejorar conseguir mantener alcanzar ventas clientes tasa "
        "fin nuevos nuevas como sobre hacia dentro proximo proximos ingresos generar crear disminuir llegar usuarios".split()
    ),
    "en": frozenset(
        "the an of to in on by for with and or from at our my your their we i is are be this that than before until "
        "within per each every more less new next end over under through increase reduce improve get achieve maintain "
        "reach grow sales customers rate year month months quarter week weeks days least launch boost decrease generate "
        "users revenue raise keep".split()
    ),
}  # fmt: skip

# Peeled off the front of a metric.
LEADING: dict[str, frozenset[str]] = {
    "es": frozenset(
        "el la los las lo un una unos unas de del al a en mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta "
        "estos estas mas menos y e o que nuestros otro otra otros otras todo toda todos todas al menos solo hasta con "
        "nuevamente tambien adicional adicionales cada por como minimo se".split()
    ),
    "en": frozenset(
        "the an of to in on for our my your his her its their we i this that these those more less fewer additional "
        "another and or some any all at least only up by additional extra with from as been be is are further overall "
        "higher lower better greater".split()
    ),
}  # fmt: skip

# Peeled off the back.
TRAILING: frozenset[str] = frozenset(
    "el la los las lo un una de del al a en y e o por para con que se su sus hasta desde the an of to in on for our my by "
    "and or from at with is are be will than that this more mas menos less up least least not no only a as so us each "
    "every per cada about above below over under alrededor sobre entre between reach exceed superar alcanzar least target "
    "meta objetivo baseline goal currently actual actualmente around approximately aproximadamente ser sea "
    "should would must can it have has had llegue llegar lograr".split()
)

# A metric ends before these (matched as whole words on folded text).
ENDS: dict[str, tuple[str, ...]] = {
    "es": (
        "para", "con el fin", "a fin de", "mediante", "a traves", "gracias", "con", "sin", "que", "cuando", "mientras",
        "respecto", "frente", "en comparacion", "comparado", "segun", "desde", "hacia", "hasta", "sobre", "por", "dentro",
        "durante", "antes", "basad[oa]s?", "asegurando", "sosteniendo\\w*", "manteniendo\\w*", "dirigid[oa]s?", "a",
        "al", "a los", "a las", "entre", "tras", "como", "pasando", "logrando", "y (?:\\w{2,12}(?:ar|er|ir))", "donde",
        "provenientes", "procedentes", "partiendo", "este", "esta", "cada", "y asi", "ya que", "porque", "lo que",
    ),
    "en": (
        "through", "via", "by", "using", "with", "without", "that", "which", "who", "whose", "when", "while", "so that",
        "in order", "compared", "relative", "versus", "vs", "than", "for", "to", "on", "at", "among", "amongst", "across",
        "during", "until", "before", "after", "within", "per", "each", "every", "over", "under", "above", "below", "into",
        "thanks", "based", "and (?:increase|reduce|improve|grow|achieve|maintain|generate|get|make|keep|decrease)", "year over year",
        "as", "where", "because", "since", "toward", "towards", "throughout", "this", "next", "against", "between", "will",
        "handed", "coming", "measured",
    ),
}  # fmt: skip

# Fixed phrases of a definition that stay with the metric although a preposition opens them.
KEPT_PHRASES: tuple[str, ...] = (
    "en tiempo y forma", "a tiempo", "on time", "on-time", "in full", "por primera vez", "from organic", "from paid",
    "from referral", "from email", "from social", "to disposal", "por cliente", "por empleado", "por usuario", "por clic",
    "por lead", "por adquisicion", "por click", "por mil", "por habitante", "por persona", "por hora", "por visita",
    "por sesion", "por pedido", "por venta", "por conversion", "per customer", "per lead", "per click", "per user",
    "per acquisition", "per employee", "per capita", "per person", "per visit", "per session", "per order", "per hire",
    "to close", "to conversion", "to customer", "to lead", "to hire", "to market", "to sales", "a cliente", "al cliente",
    "to action", "a cookie", "on investment", "on ad spend", "on equity", "on assets", "sobre la inversion",
    "sobre inversion", "sobre ventas", "at work", "at risk", "per thousand", "in poverty", "in store", "on page",
    "en pobreza", "al carrito", "with disabilities", "con discapacidad",
)  # fmt: skip
