"""Verbs of goals by the direction they give. Spanish infinitives are conjugated by `direction.py`."""

# Direction -> infinitives. "get" verbs obtain a number of things; what the number means depends on the thing.
SPANISH: dict[str, tuple[str, ...]] = {
    "increase": (
        "aumentar", "incrementar", "crecer", "mejorar", "elevar", "subir", "impulsar", "ampliar", "potenciar",
        "expandir", "acelerar", "optimizar", "fortalecer", "reforzar", "maximizar", "multiplicar", "duplicar",
        "triplicar", "cuadruplicar", "quintuplicar", "doblar", "sumar", "agregar", "anadir", "incorporar", "escalar",
        "extender", "fomentar", "estimular", "adicionar", "acrecentar", "robustecer", "engrosar", "intensificar",
        "dinamizar", "promover", "aumente", "rentabilizar",
    ),
    "decrease": (
        "reducir", "disminuir", "bajar", "recortar", "minimizar", "rebajar", "acortar", "descender", "perder",
        "eliminar", "abatir", "mitigar", "ahorrar", "evitar", "erradicar", "limitar", "contener", "aminorar",
        "decrecer", "mermar", "abaratar", "adelgazar", "dejar",
    ),
    "maintain": ("mantener", "sostener", "conservar", "preservar", "retener", "permanecer", "estabilizar"),
    "reach": (
        "alcanzar", "lograr", "llegar", "cumplir", "superar", "conquistar", "rebasar", "sobrepasar", "pasar", "tener",
        "asegurar", "garantizar", "publicar", "completar", "realizar", "cerrar", "vender", "facturar", "posicionar",
        "leer", "escribir", "correr", "atender", "contactar", "capacitar", "contratar", "formar", "visitar", "enviar",
        "entregar", "ejecutar", "finalizar", "terminar", "certificar", "invertir", "recorrer", "entrenar", "estudiar",
        "aprender", "responder", "resolver", "actualizar", "producir", "grabar", "organizar", "celebrar",
        "plantar", "donar", "beneficiar", "impartir", "ofrecer", "situar", "colocar", "convertir", "procesar",
        "registrar", "cubrir", "vacunar", "construir", "concretar", "efectuar", "contar", "pagar", "saldar",
    ),
    "get": (
        "conseguir", "obtener", "generar", "captar", "ganar", "atraer", "adquirir", "recaudar", "reclutar", "sumar",
        "reunir", "recibir", "inscribir", "matricular", "fidelizar", "alistar", "afiliar", "levantar", "ingresar",
        "acumular", "cosechar", "juntar", "recuperar",
    ),
    "launch": (
        "lanzar", "crear", "implementar", "desarrollar", "disenar", "implantar", "establecer", "introducir", "abrir",
        "poner en marcha", "instalar", "inaugurar", "estrenar", "montar", "habilitar", "iniciar", "elaborar",
    ),
}  # fmt: skip

# Stems that Spanish changes in conjugation: infinitive -> further stems (any ending).
SPANISH_STEMS: dict[str, tuple[str, ...]] = {
    "reducir": ("reduzc", "reduj"), "mantener": ("manteng", "mantien", "mantuv", "mantendr"),
    "sostener": ("sosteng", "sostien", "sostendr", "sosteniend"), "obtener": ("obteng", "obtien", "obtuv", "obtendr"),
    "retener": ("reteng", "retien"), "conseguir": ("consig", "consigu"), "crecer": ("crezc",),
    "disminuir": ("disminuy",), "atraer": ("atraig", "atray"), "perder": ("pierd",), "cerrar": ("cierr",),
    "extender": ("extiend",), "reforzar": ("refuerz",), "contener": ("conteng",), "convertir": ("conviert",),
    "conseguirse": (), "producir": ("produzc",), "alcanzar": ("alcanc",), "lanzar": ("lanc",),
    "adquirir": ("adquier",), "establecer": ("establezc",), "fortalecer": ("fortalezc",),
}  # fmt: skip

ENGLISH: dict[str, tuple[str, ...]] = {
    "increase": (
        "increase", "grow", "boost", "raise", "improve", "expand", "drive", "lift", "enhance", "accelerate",
        "strengthen", "scale", "add", "double", "triple", "quadruple", "treble", "multiply", "maximize", "maximise",
        "optimize", "optimise", "elevate", "up", "uplift", "widen", "deepen", "extend", "amplify", "step up", "bump",
        "ramp up", "upgrade", "advance", "foster", "promote", "develop further", "skyrocket", "build up",
        "rise", "climb", "go up", "push",
    ),
    "decrease": (
        "reduce", "decrease", "cut", "lower", "drop", "lessen", "minimize", "minimise", "shorten", "shrink", "decline",
        "slash", "trim", "lose", "eliminate", "halve", "curb", "limit", "diminish", "bring down", "cut down",
        "cut back",
        "mitigate", "eradicate", "avoid", "prevent", "phase out", "fall", "slow", "quit", "stop", "end", "go down",
    ),
    "maintain": ("maintain", "keep", "sustain", "retain", "stay", "remain", "preserve", "stabilize", "stabilise",
                 "hold steady", "hold", "halt", "freeze"),
    "reach": (
        "reach", "achieve", "hit", "attain", "meet", "exceed", "surpass", "get to", "secure", "publish", "complete",
        "close", "sell", "deliver", "finish", "post", "write", "read", "run", "host", "send", "make", "be", "have",
        "become", "accomplish", "ensure", "rank", "book", "sign", "hire", "train", "visit", "call", "contact", "update",
        "produce", "release", "record", "save", "conduct", "attend", "win", "complete", "walk", "exercise", "learn",
        "study", "perform", "interview", "respond", "resolve", "answer", "pass", "score", "place", "feature", "recycle",
        "serve", "provide", "plant", "vaccinate", "distribute", "bill", "invest", "spend", "protect", "conserve",
        "restore", "fill", "process", "submit", "convert", "turn", "onboard", "pay off", "pay down",
    ),
    "get": (
        "gain", "get", "generate", "earn", "acquire", "attract", "obtain", "capture", "collect", "recruit", "enroll",
        "enrol", "raise", "win", "receive", "bring in", "pick up", "garner", "register", "sign up", "fundraise",
        "accumulate", "land", "net", "source", "recover", "win back", "bring back",
    ),
    "launch": (
        "launch", "create", "implement", "develop", "introduce", "build", "set up", "establish", "roll out", "start",
        "open", "design", "deploy", "install", "rollout", "institute", "kick off", "ship",
    ),
}  # fmt: skip

ENGLISH_IRREGULAR: dict[str, tuple[str, ...]] = {
    "grow": ("grew", "grown"), "drive": ("driving", "drove", "driven"), "cut": ("cutting",), "drop": ("dropping",
    "dropped"), "keep": ("kept",), "get": ("getting", "got"), "get to": ("getting to",), "hit": ("hitting",),
    "win": ("winning", "won"), "lose": ("losing", "lost"), "run": ("running",), "write": ("writing",),
    "sell": ("sold",),
    "send": ("sent",), "build": ("built",), "set up": ("setting up",), "trim": ("trimming",), "slow": ("slow down",),
    "step up": ("stepping up",), "bring down": ("bringing down",), "cut down": ("cutting down",), "be": ("being",),
    "bring in": ("bringing in",), "net": ("netting",), "curb": ("curbing",), "quit": ("quitting",),
    "stop": ("stopping",), "meet": ("met",), "fall": ("falling", "fell", "fallen"), "rise": ("rose", "risen"),
    "hold": ("held",), "have": ("having",),
    "sign up": ("signing up",), "up": (), "end": (), "limit": ("limiting",), "roll out": ("rolling out",),
}  # fmt: skip

# English verbs that are nouns or adjectives too: they count only where a verb can stand.
NOUNS_TOO: frozenset[str] = frozenset({
    "post", "run", "book", "sign", "place", "feature", "record", "bill", "net", "land", "source", "process", "visit",
    "call", "contact", "score", "release", "walk", "exercise", "study", "end", "up", "update", "start", "open",
    "design", "host", "close", "slow", "quit", "stop", "limit", "read", "write", "hire", "train", "plant", "answer",
    "win", "pass", "save", "be", "have", "make", "become", "rank", "invest", "spend", "conduct", "drop", "lower",
    "cut", "fall", "drive", "lift", "scale", "lose", "hold", "stay", "advance", "bump", "upgrade", "get", "meet",
    "complete", "secure", "build", "raise", "register", "research", "conserve", "protect", "trim", "serve",
    "recycle", "fill", "interview", "present", "value", "project", "submit", "deploy", "respond", "convert", "recover",
    "cover", "keep", "rise", "climb", "turn", "push",
})  # fmt: skip

# Nouns of change: "a 15 % increase in ...", "un incremento del 20 % en ...".
CHANGE_NOUNS: dict[str, tuple[str, ...]] = {
    "increase": (
        "increase", "increases", "growth", "rise", "uplift", "lift", "improvement", "improvements", "boost", "gain",
        "gains", "jump", "expansion", "hike", "surge", "uptick", "aumento", "incremento", "crecimiento", "mejora",
        "subida", "alza", "ampliacion", "expansion", "mejoria", "repunte",
    ),
    "decrease": (
        "reduction", "reductions", "decrease", "decreases", "cut", "cuts", "drop", "decline", "savings", "shrinkage",
        "reduccion", "disminucion", "descenso", "bajada", "caida", "recorte", "ahorro", "rebaja", "reducciones",
        "merma", "baja",
    ),
}  # fmt: skip

# Verbs of increase that bring in a number of things: what the number means depends on the thing.
ADDING: tuple[str, ...] = ("add", "driv", "bring", "sum", "agreg", "anad", "incorpor", "adicion")

# After a number: it counts what is added or removed.
MORE: tuple[str, ...] = (
    "more",
    "additional",
    "extra",
    "higher",
    "mas",
    "adicionales",
    "adicional",
    "extras",
    "further",
    "greater",
    "better",
    "faster",
)
FEWER: tuple[str, ...] = ("fewer", "less", "lower", "menos", "cheaper")
NEW: tuple[str, ...] = ("new", "nuevos", "nuevas", "nuevo", "nueva", "net new", "brand new", "brand-new")

# Words of a plan's wrapping that give no direction.
WRAPPING: tuple[str, ...] = (
    "quiero", "queremos", "quisiera", "me gustaria", "nos gustaria", "deseo", "deseamos", "pretendo", "pretendemos",
    "vamos a", "voy a", "debemos", "necesitamos", "buscamos", "mi objetivo es", "nuestro objetivo es", "la meta es",
    "objetivo", "meta", "i want to", "we want to", "i want", "we want", "our goal is to", "my goal is to", "i will",
    "we will", "we aim to", "aim to", "aim for", "aim", "i'd like to", "we would like to", "we need to", "i need to",
    "target", "goal", "objective", "kr", "kpi", "we expect", "i expect", "we hope", "we plan to", "let's", "se espera",
    "esperamos", "se busca", "se pretende", "se preve",
)  # fmt: skip
