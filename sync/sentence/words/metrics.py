"""What can be counted, what is only a concept, and what is better when it is lower."""

# A phrase with one of these words names a measurable quantity. Folded; a plural ending is understood (see metric.py).
QUANTITIES: tuple[str, ...] = (
    # measure words
    "rate", "ratio", "number", "amount", "share", "index", "score", "percentage", "percent", "proportion", "volume",
    "average", "total", "count", "level of", "value", "frequency", "size", "rating", "tasa", "numero", "cantidad",
    "cuota", "indice", "puntuacion", "porcentaje", "proporcion", "volumen", "promedio", "media de", "valor", "nivel de",
    "frecuencia", "calificacion", "nota media", "cifra", "cifra de negocio", "monto", "margin", "margen",
    "participation",
    "following", "obesity", "obesidad", "poverty", "pobreza", "hunger", "hambre", "homelessness", "inflation",
    "inflacion",
    "unemployment", "literacy", "alfabetizacion", "smoking", "life expectancy", "esperanza de vida", "length of stay",
    "representation", "representacion", "participacion", "attainment", "incidence", "incidencia de", "prevalence",
    "prevalencia",
    "penetration", "penetracion", "supply", "production", "produccion", "coverage", "cobertura", "capacity factor",
    "density", "intensity",
    "intensidad",
    # money
    "sale", "revenue", "income", "profit", "turnover", "earning", "mrr", "arr", "gmv", "arpu", "arpa", "aov", "ltv",
    "clv", "cltv", "roi", "roas", "romi", "ebitda", "ebit", "price", "cost", "expense", "spend", "spending", "budget",
    "donation", "fund", "money", "pledge", "grant", "sponsorship", "debt", "cash", "cash flow", "saving", "savings",
    "invoice", "gross", "deal", "pipeline", "order", "purchase", "booking", "contract", "transaction", "billing",
    "venta", "ingreso", "facturacion", "beneficio", "utilidad", "ganancia", "recaudacion", "coste", "costo", "costes",
    "gasto", "precio", "presupuesto", "donacion", "donativo", "fondos", "dinero", "deuda", "flujo de caja", "ahorro",
    "pedido", "compra", "reserva", "contrato", "transaccion", "ticket medio", "ticket promedio", "rentabilidad",
    "inversion", "patrocinio", "valor medio", "gp", "adr", "revpar", "cac", "cpa", "cpl", "cpc", "cpm", "cpi", "cpv",
    "ctr", "cvr", "cro", "mql", "sql", "nps", "csat", "ces", "dau", "mau", "wau", "sov", "sla", "aht", "fcr", "mttr",
    "oee",
    "kpi", "bmi", "imc", "gdp", "pib", "tcac", "cagr", "market share", "cuota de mercado", "vat",
    # people and things counted
    "lead", "prospect", "customer", "client", "buyer", "user", "follower", "subscriber", "member", "fan", "donor",
    "volunteer", "visitor", "reader", "viewer", "listener", "student", "pupil", "employee", "attendee", "participant",
    "registration", "signup", "sign-up", "opt-in", "download", "install", "installation", "trial", "demo", "meeting",
    "appointment", "call", "ticket", "complaint", "claim", "incident", "accident", "injury", "return", "refund",
    "error",
    "defect", "bug", "case", "application", "candidate", "hire", "vacancy", "absence", "review", "referral",
    "testimonial",
    "response", "answer", "comment", "like", "mention", "share of voice", "reach", "impression", "view", "pageview",
    "session", "visit", "traffic", "click", "engagement", "interaction", "conversion", "backlink", "link", "keyword",
    "ranking", "position on", "subscription", "renewal", "upsell", "cross-sell", "repeat", "churn", "bounce",
    "retention",
    "turnover", "attrition", "unsubscribe", "open rate", "abandonment", "inquiry", "enquiry", "form submission",
    "cliente", "cliente potencial", "prospecto", "comprador", "usuario", "seguidor", "suscriptor", "suscripcion",
    "miembro", "socio", "donante", "voluntario", "visitante", "lector", "oyente", "alumno", "estudiante", "empleado",
    "asistente", "participante", "beneficiario", "inscripcion", "inscrito", "registro", "descarga", "instalacion",
    "prueba", "reunion", "cita", "llamada", "queja", "reclamo", "reclamacion", "incidencia", "incidente", "accidente",
    "devolucion", "error", "defecto", "solicitud", "candidato", "vacante", "ausencia", "absentismo", "ausentismo",
    "resena", "opinion", "referido", "recomendacion", "testimonio", "respuesta", "comentario", "mencion", "alcance",
    "impresion", "visualizacion", "reproduccion", "vista", "sesion", "visita", "trafico", "clic", "click",
    "interaccion",
    "conversion", "enlace", "palabra clave", "keyword", "renovacion", "abandono", "rebote", "retencion", "rotacion",
    "desercion", "baja", "apertura", "contacto", "perfil", "consulta", "cotizacion", "matricula", "afiliado",
    "lealtad neta",
    "recompra", "desempleo", "empleo", "paro", "unemployment", "job", "poverty rate", "emission", "emision", "residuo",
    "waste", "consumo", "consumption", "energy use", "plastic use", "mortality", "mortalidad", "population",
    "poblacion",
    "household", "hogar", "vivienda", "patient", "paciente", "crime", "delito", "delay", "retraso", "downtime",
    "uptime",
    "disponibilidad", "inventory", "inventario", "stock", "unit", "unidad", "weight", "peso", "step", "kilometro",
    "mile",
    "kilo", "book", "libro", "hour", "hora", "page", "pagina", "article", "articulo", "post", "publicacion", "video",
    "episode", "podcast download", "email list", "list size", "lista de correo", "attendance", "asistencia",
    "enrollment",
    "enrolment", "graduation", "headcount", "plantilla", "wait", "time", "tiempo", "plazo", "lead time", "duracion",
    "duration", "watch time", "speed", "velocidad", "latency", "latencia", "load time", "occupancy", "ocupacion",
    "overtime", "productivity", "productividad", "yield", "throughput", "web traffic", "exports", "exportacion",
    "importacion", "turista", "tourist", "passenger", "pasajero", "voter", "vote", "voto", "persona", "individual",
    "family", "familia", "company", "empresa que", "partner", "supplier", "proveedor", "distribuidor", "reseller",
    "punto de venta",
    "store", "city", "school", "escuela", "hospital bed", "tree", "arbol", "meal", "comida", "event attendance",
    "evento",
    "workshop", "taller", "course", "curso", "training", "certification", "certificacion", "publication",
)  # fmt: skip

# Quantities that stand by themselves: what follows in a prepositional phrase is scope, not part of the name.
SELF_SUFFICIENT: tuple[str, ...] = (
    "sale", "revenue", "profit", "mrr", "arr", "aov", "roi", "roas", "lead", "customer", "client", "user", "follower",
    "subscriber", "member", "traffic", "visit", "visitor", "session", "click", "engagement", "interaction",
    "conversion",
    "impression", "view", "download", "open rate", "rate", "backlink", "nps", "csat", "ctr", "cpl", "cpa", "cac", "cpc",
    "time", "cost", "churn", "order", "donor", "donation", "volunteer", "mention", "share", "like", "comment",
    "article",
    "post", "video", "turnover", "subscription", "registration", "signup", "score", "review", "awareness",
    "venta", "ingreso", "facturacion", "beneficio", "cliente", "usuario", "seguidor", "suscriptor", "miembro",
    "trafico",
    "visita", "sesion", "clic", "interaccion", "conversion", "impresion", "visualizacion", "descarga", "tasa", "tiempo",
    "coste", "costo", "rebote", "abandono", "pedido", "donante", "donacion", "voluntario", "mencion", "comentario",
    "articulo", "publicacion", "suscripcion", "registro", "engagement", "alcance", "reproduccion", "contenido",
    "resena",
    "prospecto", "contacto", "satisfaccion", "ticket", "indice", "margen", "rotacion", "keyword", "palabra", "llamada",
)  # fmt: skip

# Concepts: they name a wish, not a quantity, whatever number stands beside them.
CONCEPTS: tuple[str, ...] = (
    "awareness", "brand", "branding", "presence", "positioning", "success", "visibility", "reputation", "image",
    "perception", "credibility", "authority", "thought leadership", "leadership", "leader", "trust", "recognition",
    "relationship", "relevance", "culture", "innovation", "communication", "teamwork", "collaboration", "marketing",
    "strategy", "business", "company", "team", "blog", "website", "site", "web", "social media", "network", "process",
    "experience", "service", "product", "content", "seo", "demand", "it", "them", "skill", "knowledge", "life",
    "health",
    "fitness", "shape", "confidence", "quality", "performance", "efficiency", "growth", "message", "direct message",
    "results", "account", "channel", "profile", "page", "community", "capacity", "capability", "governance",
    "transparency", "sustainability", "wellbeing", "well-being", "work", "morale", "motivation", "campaign",
    "campaigns",
    "reconocimiento", "notoriedad", "marca", "presencia", "posicionamiento", "exito", "visibilidad", "reputacion",
    "imagen", "percepcion", "credibilidad", "autoridad", "liderazgo", "lider", "confianza", "conocimiento", "relacion",
    "relevancia", "cultura", "innovacion", "comunicacion", "equipo", "colaboracion", "estrategia", "negocio", "empresa",
    "compania", "sitio", "pagina web", "redes", "redes sociales", "proceso", "experiencia", "servicio", "producto",
    "contenido", "demanda", "habilidad", "vida", "salud", "calidad", "rendimiento", "eficiencia", "eficacia",
    "crecimiento", "mensaje", "mensaje directo", "resultado", "cuenta", "canal", "comunidad", "capacidad", "gobernanza",
    "transparencia", "sostenibilidad", "bienestar", "trabajo", "motivacion", "fidelidad", "lealtad", "fidelizacion",
    "loyalty", "satisfaccion", "satisfaction", "happiness", "felicidad", "clima", "competitividad", "competitiveness",
    "mercado", "market", "organizacion", "organization", "ello", "lo", "operacion", "operation", "tienda", "store",
    "proyecto", "project", "campana", "desempeno", "desarrollo", "development", "compromiso", "commitment",
    "difusion", "interes", "interest", "conciencia", "concienciacion", "concientizacion", "imagen de marca",
)  # fmt: skip

# Things that no number makes a quantity: "grow my blog by 50 %" leaves open what of the blog is counted.
OBJECTS: tuple[str, ...] = (
    "blog", "website", "site", "web", "business", "company", "team", "marketing", "strategy", "seo", "social media",
    "account",
    "channel", "profile", "page", "project", "campaign", "organization", "organisation", "startup", "shop", "store",
    "life",
    "sitio", "pagina web", "pagina", "negocio", "empresa", "compania", "equipo", "estrategia", "redes",
    "redes sociales",
    "cuenta", "canal", "perfil", "proyecto", "campana", "organizacion", "tienda", "vida", "agencia", "agency",
    "brand", "marca",
)  # fmt: skip

LOWER_IS_BETTER: tuple[str, ...] = (
    "churn", "bounce", "abandonment", "cost per", "cost of", "cost", "costs", "cpa", "cpl", "cpc", "cpm", "cac",
    "expense",
    "response time", "wait", "waiting", "delay", "downtime", "load time", "loading time", "resolution time",
    "lead time",
    "cycle time", "delivery time", "turnaround", "complaint", "error", "defect", "bug", "accident", "incident",
    "injury",
    "attrition", "turnover rate", "staff turnover", "employee turnover", "absenteeism", "waste", "emission",
    "mortality",
    "poverty", "unemployment", "crime", "debt", "refund", "unsubscribe", "weight", "latency", "mttr", "aht",
    "abandono", "rebote", "coste", "costo", "gasto", "tiempo de respuesta", "tiempo de espera", "tiempo de carga",
    "tiempo de entrega", "tiempo de resolucion", "tiempo medio", "tiempo promedio", "plazo", "retraso", "demora",
    "queja",
    "reclamo", "reclamacion", "incidencia", "incidente", "accidente", "error", "defecto", "devolucion", "rotacion",
    "absentismo", "ausentismo", "desercion", "morosidad", "residuo", "emision", "mortalidad", "pobreza", "desempleo",
    "paro", "delito", "deuda", "latencia", "merma", "desperdicio", "baja de",
)  # fmt: skip

# Stocks: a number of them that is gained is an amount of change.
STOCKS: tuple[str, ...] = (
    "follower", "subscriber", "member", "fan", "seguidor", "suscriptor", "miembro", "socio", "contacts in",
    "connection",
    "conexion", "email", "contact", "contacto", "correo", "suscripcion", "subscription", "email address", "afiliado",
)  # fmt: skip

# Words before a number which make it a name: "Top 3", "Phase 2", "ISO 9001", "aged 18".
NAME_BEFORE: tuple[str, ...] = (
    "top", "phase", "fase", "tier", "level", "nivel", "iso", "fortune", "step", "paso", "version", "ods", "sdg",
    "grade",
    "grado", "aged", "ages", "age", "edad", "mayores de", "menores de", "over the age of", "under the age of",
    "chapter",
    "capitulo", "section", "seccion", "scope", "alcance", "series", "serie", "type", "tipo", "stage", "etapa", "zona",
    "zone", "covid", "soc", "industria", "industry", "web", "agenda",
    "horizonte", "horizon", "vision", "page", "pagina",
    "figure",
    "table", "tabla", "anexo", "annex", "hito", "milestone", "sprint", "category", "categoria", "class", "clase",
    "room",
    "ley", "law", "act",
)  # fmt: skip

# The same for labels of a plan, but only with a mark behind: "KR 2: ..." is a label, "Meta 500 leads" is a target.
LABEL_BEFORE: tuple[str, ...] = (
    "objetivo", "objective", "goal", "meta", "kr", "kpi", "okr", "resultado clave", "key result", "no.", "plan",
    "estrategia",
)  # fmt: skip
