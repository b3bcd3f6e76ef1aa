// Made by `python -m sheet_templates.plugin`; change the YAML and run it again.
const RULES_ = {
 "version": "2",
 "prefix": "semaforo_",
 "tabs": {
  "kpis": {
   "id": 710003,
   "title": {
    "es": "KPI",
    "en": "KPIs"
   },
   "headings": {
    "clave": "id",
    "key": "id",
    "nombre": "name",
    "name": "name",
    "objetivo": "objective",
    "objective": "objective",
    "frase smart": "statement",
    "smart sentence": "statement",
    "etapa": "stage",
    "stage": "stage",
    "naturaleza": "nature",
    "nature": "nature",
    "fuente": "source",
    "source": "source",
    "metrica": "metric",
    "metric": "metric",
    "filtro": "filter",
    "filter": "filter",
    "unidad": "unit",
    "unit": "unit",
    "tipo de medida": "measure_kind",
    "measure kind": "measure_kind",
    "direccion": "direction",
    "direction": "direction",
    "linea base": "baseline",
    "baseline": "baseline",
    "meta": "target",
    "target": "target",
    "limite superior": "upper_limit",
    "upper limit": "upper_limit",
    "plan": "plan",
    "inicio": "start",
    "start": "start",
    "fecha limite": "due",
    "due": "due",
    "cadencia": "cadence",
    "cadence": "cadence",
    "responsable": "owner",
    "owner": "owner",
    "ambar desde": "amber_from",
    "amber from": "amber_from",
    "verde desde": "green_from",
    "green from": "green_from",
    "peso": "weight",
    "weight": "weight",
    "activo": "active",
    "active": "active",
    "▸": "guard_left",
    "estado": "status",
    "status": "status",
    "smart": "smart",
    "que corregir": "fix",
    "what to fix": "fix",
    "actual": "actual",
    "medido el": "measured_on",
    "measured on": "measured_on",
    "avance": "attainment",
    "attainment": "attainment",
    "esperado a la fecha": "expected",
    "expected by now": "expected",
    "tendencia": "trend",
    "trend": "trend",
    "pronostico al cierre": "forecast",
    "forecast at due": "forecast",
    "probabilidad": "chance",
    "chance": "chance",
    "proxima revision": "next_review",
    "next review": "next_review",
    "nota de revision": "note",
    "review note": "note",
    "vale hasta": "good_until",
    "good until": "good_until",
    "calculado para": "computed_for",
    "computed for": "computed_for",
    "◂": "guard_right"
   },
   "names": {
    "id": {
     "es": "Clave",
     "en": "Key"
    },
    "name": {
     "es": "Nombre",
     "en": "Name"
    },
    "objective": {
     "es": "Objetivo",
     "en": "Objective"
    },
    "statement": {
     "es": "Frase SMART",
     "en": "SMART sentence"
    },
    "stage": {
     "es": "Etapa",
     "en": "Stage"
    },
    "nature": {
     "es": "Naturaleza",
     "en": "Nature"
    },
    "source": {
     "es": "Fuente",
     "en": "Source"
    },
    "metric": {
     "es": "Métrica",
     "en": "Metric"
    },
    "filter": {
     "es": "Filtro",
     "en": "Filter"
    },
    "unit": {
     "es": "Unidad",
     "en": "Unit"
    },
    "measure_kind": {
     "es": "Tipo de medida",
     "en": "Measure kind"
    },
    "direction": {
     "es": "Dirección",
     "en": "Direction"
    },
    "baseline": {
     "es": "Línea base",
     "en": "Baseline"
    },
    "target": {
     "es": "Meta",
     "en": "Target"
    },
    "upper_limit": {
     "es": "Límite superior",
     "en": "Upper limit"
    },
    "plan": {
     "es": "Plan",
     "en": "Plan"
    },
    "start": {
     "es": "Inicio",
     "en": "Start"
    },
    "due": {
     "es": "Fecha límite",
     "en": "Due"
    },
    "cadence": {
     "es": "Cadencia",
     "en": "Cadence"
    },
    "owner": {
     "es": "Responsable",
     "en": "Owner"
    },
    "amber_from": {
     "es": "Ámbar desde",
     "en": "Amber from"
    },
    "green_from": {
     "es": "Verde desde",
     "en": "Green from"
    },
    "weight": {
     "es": "Peso",
     "en": "Weight"
    },
    "active": {
     "es": "Activo",
     "en": "Active"
    },
    "guard_left": {
     "es": "▸",
     "en": "▸"
    },
    "status": {
     "es": "Estado",
     "en": "Status"
    },
    "smart": {
     "es": "SMART",
     "en": "SMART"
    },
    "fix": {
     "es": "Qué corregir",
     "en": "What to fix"
    },
    "actual": {
     "es": "Actual",
     "en": "Actual"
    },
    "measured_on": {
     "es": "Medido el",
     "en": "Measured on"
    },
    "attainment": {
     "es": "Avance",
     "en": "Attainment"
    },
    "expected": {
     "es": "Esperado a la fecha",
     "en": "Expected by now"
    },
    "trend": {
     "es": "Tendencia",
     "en": "Trend"
    },
    "forecast": {
     "es": "Pronóstico al cierre",
     "en": "Forecast at due"
    },
    "chance": {
     "es": "Probabilidad",
     "en": "Chance"
    },
    "next_review": {
     "es": "Próxima revisión",
     "en": "Next review"
    },
    "note": {
     "es": "Nota de revisión",
     "en": "Review note"
    },
    "good_until": {
     "es": "Vale hasta",
     "en": "Good until"
    },
    "computed_for": {
     "es": "Calculado para",
     "en": "Computed for"
    },
    "guard_right": {
     "es": "◂",
     "en": "◂"
    }
   },
   "persons": [
    "name",
    "objective",
    "statement",
    "stage",
    "nature",
    "source",
    "metric",
    "filter",
    "unit",
    "measure_kind",
    "direction",
    "baseline",
    "target",
    "upper_limit",
    "plan",
    "start",
    "due",
    "cadence",
    "owner",
    "amber_from",
    "green_from",
    "weight",
    "active"
   ],
   "dates": [
    "start",
    "due"
   ]
  },
  "measurements": {
   "id": 710004,
   "title": {
    "es": "Mediciones",
    "en": "Measurements"
   },
   "headings": {
    "fecha": "date",
    "date": "date",
    "metrica": "metric",
    "metric": "metric",
    "valor": "value",
    "value": "value",
    "de un total de": "denominator",
    "out of": "denominator",
    "nota": "note",
    "note": "note"
   },
   "names": {
    "date": {
     "es": "Fecha",
     "en": "Date"
    },
    "metric": {
     "es": "Métrica",
     "en": "Metric"
    },
    "value": {
     "es": "Valor",
     "en": "Value"
    },
    "denominator": {
     "es": "De un total de",
     "en": "Out of"
    },
    "note": {
     "es": "Nota",
     "en": "Note"
    }
   },
   "persons": [
    "date",
    "metric",
    "value",
    "denominator",
    "note"
   ],
   "dates": [
    "date"
   ]
  },
  "surveys": {
   "id": 710005,
   "title": {
    "es": "Encuestas",
    "en": "Surveys"
   },
   "headings": {
    "fecha": "date",
    "date": "date",
    "pregunta": "metric",
    "question": "metric",
    "escala": "kind",
    "scale": "kind",
    "respuesta": "answer",
    "answer": "answer",
    "comentario": "comment",
    "comment": "comment"
   },
   "names": {
    "date": {
     "es": "Fecha",
     "en": "Date"
    },
    "metric": {
     "es": "Pregunta",
     "en": "Question"
    },
    "kind": {
     "es": "Escala",
     "en": "Scale"
    },
    "answer": {
     "es": "Respuesta",
     "en": "Answer"
    },
    "comment": {
     "es": "Comentario",
     "en": "Comment"
    }
   },
   "persons": [
    "date",
    "metric",
    "kind",
    "answer",
    "comment"
   ],
   "dates": [
    "date"
   ]
  },
  "catalogue": {
   "id": 710008,
   "title": {
    "es": "Catálogo",
    "en": "Catalogue"
   },
   "headings": {
    "plataforma": "platform",
    "platform": "platform",
    "metrica": "metric",
    "metric": "metric",
    "se escribe en fuente": "source",
    "type in source": "source",
    "que significa": "meaning",
    "what it means": "meaning",
    "etapa": "stage",
    "stage": "stage",
    "cambios": "changes",
    "changes": "changes"
   },
   "names": {
    "platform": {
     "es": "Plataforma",
     "en": "Platform"
    },
    "metric": {
     "es": "Métrica",
     "en": "Metric"
    },
    "source": {
     "es": "Se escribe en Fuente",
     "en": "Type in Source"
    },
    "meaning": {
     "es": "Qué significa",
     "en": "What it means"
    },
    "stage": {
     "es": "Etapa",
     "en": "Stage"
    },
    "changes": {
     "es": "Cambios",
     "en": "Changes"
    }
   },
   "persons": [],
   "dates": []
  },
  "settings": {
   "id": 710009,
   "title": {
    "es": "Ajustes",
    "en": "Settings"
   },
   "headings": {
    "clave": "key",
    "key": "key",
    "ajuste": "setting",
    "setting": "setting",
    "valor": "value",
    "value": "value",
    "que hace": "meaning",
    "what it does": "meaning"
   },
   "names": {
    "key": {
     "es": "Clave",
     "en": "Key"
    },
    "setting": {
     "es": "Ajuste",
     "en": "Setting"
    },
    "value": {
     "es": "Valor",
     "en": "Value"
    },
    "meaning": {
     "es": "Qué hace",
     "en": "What it does"
    }
   },
   "persons": [
    "key",
    "setting",
    "value",
    "meaning"
   ],
   "dates": []
  }
 },
 "choices": {
  "direction": {
   "increase": "increase",
   "aumentar": "increase",
   "subir": "increase",
   "crecer": "increase",
   "incrementar": "increase",
   "grow": "increase",
   "raise": "increase",
   "reach": "increase",
   "alcanzar": "increase",
   "lograr": "increase",
   "decrease": "decrease",
   "reducir": "decrease",
   "bajar": "decrease",
   "disminuir": "decrease",
   "reduce": "decrease",
   "lower": "decrease",
   "cut": "decrease",
   "hold above": "hold_above",
   "mantener por encima": "hold_above",
   "mantener": "hold_above",
   "al menos": "hold_above",
   "como minimo": "hold_above",
   "at least": "hold_above",
   "maintain": "hold_above",
   "hold below": "hold_below",
   "mantener por debajo": "hold_below",
   "como maximo": "hold_below",
   "a lo sumo": "hold_below",
   "at most": "hold_below",
   "keep within": "keep_within",
   "mantener entre": "keep_within",
   "rango": "keep_within",
   "range": "keep_within",
   "entre": "keep_within",
   "between": "keep_within"
  },
  "measure_kind": {
   "level": "level",
   "nivel": "level",
   "stock": "level",
   "lectura": "level",
   "saldo": "level",
   "flow": "flow",
   "flujo": "flow",
   "suma": "flow",
   "sum": "flow",
   "running total": "running_total",
   "acumulado": "running_total",
   "total acumulado": "running_total",
   "cumulative": "running_total",
   "ratio": "ratio",
   "tasa": "ratio",
   "porcentaje": "ratio",
   "rate": "ratio",
   "razon": "ratio",
   "percentage": "ratio",
   "average": "average",
   "promedio": "average",
   "media": "average",
   "mean": "average",
   "milestone": "milestone",
   "hito": "milestone",
   "entregable": "milestone",
   "done or not": "milestone"
  },
  "cadence": {
   "day": "day",
   "diaria": "day",
   "daily": "day",
   "dia": "day",
   "diario": "day",
   "week": "week",
   "semanal": "week",
   "weekly": "week",
   "semana": "week",
   "month": "month",
   "mensual": "month",
   "monthly": "month",
   "mes": "month",
   "quarter": "quarter",
   "trimestral": "quarter",
   "quarterly": "quarter",
   "trimestre": "quarter",
   "year": "year",
   "anual": "year",
   "yearly": "year",
   "ano": "year",
   "annual": "year"
  },
  "stage": {
   "awareness": "awareness",
   "descubrimiento": "awareness",
   "reconocimiento": "awareness",
   "alcance": "awareness",
   "notoriedad": "awareness",
   "conciencia": "awareness",
   "consideration": "consideration",
   "consideracion": "consideration",
   "interes": "consideration",
   "evaluacion": "consideration",
   "interest": "consideration",
   "conversion": "conversion",
   "venta": "conversion",
   "compra": "conversion",
   "sales": "conversion",
   "purchase": "conversion",
   "loyalty": "loyalty",
   "fidelizacion": "loyalty",
   "lealtad": "loyalty",
   "retencion": "loyalty",
   "retention": "loyalty"
  }
 },
 "labels": {
  "status": {
   "es": {
    "achieved": "✔ Logrado",
    "on_track": "▲ En rumbo",
    "at_risk": "◆ En riesgo",
    "off_track": "▼ Fuera de rumbo",
    "missed": "✖ No logrado",
    "not_started": "○ Sin empezar",
    "early": "○ Pronto para juzgar",
    "no_data": "○ Sin datos",
    "stale": "○ Dato caducado",
    "source_failed": "○ Falló la fuente",
    "provisional": "○ Provisional",
    "too_few_answers": "○ Pocas respuestas",
    "invalid": "○ Definición por corregir",
    "paused": "○ En pausa"
   },
   "en": {
    "achieved": "✔ Achieved",
    "on_track": "▲ On track",
    "at_risk": "◆ At risk",
    "off_track": "▼ Off track",
    "missed": "✖ Missed",
    "not_started": "○ Not started",
    "early": "○ Too early",
    "no_data": "○ No data",
    "stale": "○ Stale",
    "source_failed": "○ Source failed",
    "provisional": "○ Provisional",
    "too_few_answers": "○ Too few answers",
    "invalid": "○ Definition to fix",
    "paused": "○ Paused"
   }
  },
  "direction": {
   "es": {
    "increase": "Aumentar",
    "decrease": "Reducir",
    "hold_above": "Mantener por encima",
    "hold_below": "Mantener por debajo",
    "keep_within": "Mantener entre"
   },
   "en": {
    "increase": "Increase",
    "decrease": "Decrease",
    "hold_above": "Hold above",
    "hold_below": "Hold below",
    "keep_within": "Keep within"
   }
  },
  "measure_kind": {
   "es": {
    "level": "Nivel",
    "flow": "Flujo",
    "running_total": "Acumulado",
    "ratio": "Tasa",
    "average": "Promedio",
    "milestone": "Hito"
   },
   "en": {
    "level": "Level",
    "flow": "Flow",
    "running_total": "Running total",
    "ratio": "Ratio",
    "average": "Average",
    "milestone": "Milestone"
   }
  },
  "cadence": {
   "es": {
    "day": "Diaria",
    "week": "Semanal",
    "month": "Mensual",
    "quarter": "Trimestral",
    "year": "Anual"
   },
   "en": {
    "day": "Daily",
    "week": "Weekly",
    "month": "Monthly",
    "quarter": "Quarterly",
    "year": "Yearly"
   }
  },
  "stage": {
   "es": {
    "awareness": "Descubrimiento",
    "consideration": "Consideración",
    "conversion": "Conversión",
    "loyalty": "Fidelización"
   },
   "en": {
    "awareness": "Awareness",
    "consideration": "Consideration",
    "conversion": "Conversion",
    "loyalty": "Loyalty"
   }
  }
 },
 "languages": {
  "es": "es",
  "espanol": "es",
  "spanish": "es",
  "castellano": "es",
  "en": "en",
  "ingles": "en",
  "english": "en"
 },
 "fixes": {
  "measurable.direction_conflict": {
   "es": "«{column}» contradice la dirección y la línea base. Corrige la meta, la línea base o la dirección.",
   "en": "“{column}” contradicts the direction and the baseline. Correct the target, the baseline or the direction."
  },
  "measurable.limits_crossed": {
   "es": "«{column}» es menor que la meta, que aquí es el límite inferior. Cámbialos.",
   "en": "“{column}” is below the target, which is the lower limit here. Swap them."
  },
  "measurable.missing_baseline": {
   "es": "Falta la línea base: escribe en «{column}» el valor al empezar; sin él no se sabe cuánto se ha avanzado.",
   "en": "The baseline is missing: type in “{column}” the value at the start; without it nobody knows how far you have come."
  },
  "measurable.missing_direction": {
   "es": "Elige en «{column}» si quieres aumentar, reducir o mantener.",
   "en": "Choose in “{column}” whether to increase, decrease or hold."
  },
  "measurable.missing_source": {
   "es": "Escribe en «{column}» de dónde sale el número; para escribirlo a mano: mediciones.",
   "en": "Type in “{column}” where the number comes from; to type it yourself: measurements."
  },
  "measurable.missing_target": {
   "es": "Falta la meta: escribe en «{column}» el número que quieres alcanzar.",
   "en": "The target is missing: type in “{column}” the number to reach."
  },
  "measurable.missing_unit": {
   "es": "Escribe en «{column}» en qué se cuenta: personas, €, %…",
   "en": "Type in “{column}” what it is counted in: people, €, %…"
  },
  "measurable.missing_upper_limit": {
   "es": "«Mantener entre» necesita dos límites: escribe el de arriba en «{column}».",
   "en": "“Keep within” needs two limits: type the upper one in “{column}”."
  },
  "measurable.nothing_to_move": {
   "es": "«{column}» es igual a la línea base: no hay nada que mover. Escribe la meta que quieres alcanzar.",
   "en": "“{column}” equals the baseline: there is nothing to move. Type the target to reach."
  },
  "measurable.percent_scale": {
   "es": "«{column}» está entre 0 y 1 y la unidad es %. Si querías decir 3,5 %, escribe 3,5.",
   "en": "“{column}” lies between 0 and 1 and the unit is %. If you meant 3.5 %, type 3.5."
  },
  "relevant.missing_objective": {
   "es": "Elige en «{column}» el objetivo al que sirve; un KPI sin objetivo es solo un dato.",
   "en": "Choose in “{column}” the objective it serves; a KPI without one is only a number."
  },
  "relevant.missing_stage": {
   "es": "Elige en «{column}» la etapa del público: descubrimiento, consideración, conversión o fidelización.",
   "en": "Choose in “{column}” the audience's stage: awareness, consideration, conversion or loyalty."
  },
  "specific.missing_name": {
   "es": "Ponle un nombre corto en «{column}».",
   "en": "Give it a short name in “{column}”."
  },
  "specific.missing_owner": {
   "es": "Escribe en «{column}» la persona que responde por este KPI.",
   "en": "Type in “{column}” the person who answers for this KPI."
  },
  "time_bound.due_before_start": {
   "es": "«{column}» no es posterior al inicio. Corrige una de las dos fechas.",
   "en": "“{column}” is not after the start. Correct one of the two dates."
  },
  "time_bound.missing_due": {
   "es": "Falta la fecha límite: escríbela en «{column}», por ejemplo 31/12/2026.",
   "en": "The due date is missing: type it in “{column}”, for example 2026-12-31."
  },
  "time_bound.missing_start": {
   "es": "Falta la fecha de inicio: escríbela en «{column}»; sin ella no se sabe qué se esperaba hoy.",
   "en": "The start is missing: type it in “{column}”; without it nobody knows what was expected by today."
  },
  "time_bound.shorter_than_cadence": {
   "es": "Entre el inicio y la fecha límite no cabe ni un periodo de «{column}». Elige una cadencia más corta o una fecha posterior.",
   "en": "Not one period of “{column}” fits between start and due. Choose a shorter cadence or a later date."
  }
 },
 "instant": {
  "ask": [
   "A",
   "R"
  ],
  "rows": [
   {
    "letter": "S",
    "code": "specific.missing_name",
    "column": "name",
    "test": "empty"
   },
   {
    "letter": "S",
    "code": "specific.missing_owner",
    "column": "owner",
    "test": "empty"
   },
   {
    "letter": "M",
    "code": "measurable.missing_target",
    "column": "target",
    "test": "empty",
    "unless": {
     "measure_kind": [
      "milestone"
     ]
    }
   },
   {
    "letter": "M",
    "code": "measurable.missing_unit",
    "column": "unit",
    "test": "empty",
    "unless": {
     "measure_kind": [
      "milestone"
     ]
    }
   },
   {
    "letter": "M",
    "code": "measurable.missing_direction",
    "column": "direction",
    "test": "empty",
    "unless": {
     "measure_kind": [
      "milestone"
     ]
    }
   },
   {
    "letter": "M",
    "code": "measurable.missing_baseline",
    "column": "baseline",
    "test": "empty",
    "only": {
     "direction": [
      "increase",
      "decrease"
     ]
    },
    "unless": {
     "measure_kind": [
      "flow",
      "running_total",
      "milestone"
     ]
    }
   },
   {
    "letter": "M",
    "code": "measurable.nothing_to_move",
    "column": "target",
    "other": "baseline",
    "test": "equal",
    "only": {
     "direction": [
      "increase",
      "decrease"
     ]
    }
   },
   {
    "letter": "M",
    "code": "measurable.direction_conflict",
    "column": "target",
    "other": "baseline",
    "test": "below",
    "only": {
     "direction": [
      "increase"
     ]
    }
   },
   {
    "letter": "M",
    "code": "measurable.direction_conflict",
    "column": "target",
    "other": "baseline",
    "test": "above",
    "only": {
     "direction": [
      "decrease"
     ]
    }
   },
   {
    "letter": "M",
    "code": "measurable.missing_upper_limit",
    "column": "upper_limit",
    "test": "empty",
    "only": {
     "direction": [
      "keep_within"
     ]
    }
   },
   {
    "letter": "M",
    "code": "measurable.limits_crossed",
    "column": "upper_limit",
    "other": "target",
    "test": "below",
    "only": {
     "direction": [
      "keep_within"
     ]
    }
   },
   {
    "letter": "M",
    "code": "measurable.percent_scale",
    "column": "target",
    "other": "baseline",
    "test": "share"
   },
   {
    "letter": "M",
    "code": "measurable.missing_source",
    "column": "source",
    "test": "empty"
   },
   {
    "letter": "R",
    "code": "relevant.missing_objective",
    "column": "objective",
    "test": "empty"
   },
   {
    "letter": "R",
    "code": "relevant.missing_stage",
    "column": "stage",
    "test": "empty"
   },
   {
    "letter": "T",
    "code": "time_bound.missing_due",
    "column": "due",
    "test": "empty"
   },
   {
    "letter": "T",
    "code": "time_bound.missing_start",
    "column": "start",
    "test": "empty"
   },
   {
    "letter": "T",
    "code": "time_bound.due_before_start",
    "column": "due",
    "other": "start",
    "test": "not_after"
   },
   {
    "letter": "T",
    "code": "time_bound.shorter_than_cadence",
    "column": "cadence",
    "test": "closer",
    "of": "due",
    "other": "start",
    "unless": {
     "measure_kind": [
      "milestone"
     ]
    }
   }
  ],
  "defaults": {
   "measure_kind": "level",
   "cadence": "month"
  },
  "days": {
   "day": 1,
   "week": 7,
   "month": 28,
   "quarter": 89,
   "year": 365
  },
  "sources": [
   "measurements",
   "mediciones",
   "surveys",
   "encuestas"
  ],
  "sentence": {
   "number": "[0-9]|[^\\x00-\\x7f]|\\b(?:cero|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci|veint|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|doscient|trescient|cuatrocient|quinient|seiscient|setecient|ochocient|novecient|mil|mill|bill|docena|decena|centena|par\\b|medi[oa]|mitad|terci|tercer|cuart|quint|decim|dupl|dobl|tripl|cuadrupl|multipl|decup|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twel|thir|fourt|fift|twent|fort|hundred|thousand|trill|dozen|couple|half|halv|third|quarter|fifth|tenth|doubl|twice|trebl|quadrupl|x|n|yy?|zz?)|%|_|\\[|\\{|<|#|\\?|[a-z]fold",
   "time": "[0-9]|[^\\x00-\\x7f]|\\b(?:ene|enero|feb|febrero|february|mar|marzo|march|abr|abril|apr|april|may|mayo|jun|junio|june|jul|julio|july|ago|agosto|aug|august|sept?|septiembre|setiembre|september|set|oct|octubre|october|nov|noviembre|november|dic|diciembre|dec|december|jan|january|lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:mon|tues|wednes|thurs|fri|satur|sun)day|eo[yqm]|h[12]|q[1-4]|fy|[tsqh]|days?|dias?|diari[oa]s?|daily|mes|meses|anos?|anual(?:es|mente)?|ann(?:um|ual|ually)|end|ends|ending|fin|fines|final|finales|cierre|close|due|dates?|fechas?|hoy|ahora|now|mid|early|late|el proximo|la proxima|next)\\b|diariamente|week|seman|quincen|fortn|month|mensual|bimest|trimest|cuatrim|semest|quarter|half|mitad|year|decad|fiscal|ejercicio|christm|navid|summer|winter|spring|autumn|verano|invierno|primaver|otono|today|tomorrow|manana|deadline|plazo|limite|vence|vencim|period|season|tempor",
   "lit": "^(?:aumentar|incrementar|subir|increase|grow|raise) (?:el |la |los |las |the )?(?:numero de |number of )?(?:seguidores|suscriptores|leads|clientes|ventas|visitas|descargas|followers|subscribers|customers|sales|visits|downloads) (?:de|from) [1-9][0-9]{0,8} (?:a|to) [1-9][0-9]{0,8} (?:para el|antes del|by|before) (?:(?:[1-9]|1[0-9]|2[0-8]) (?:de )?(?:febrero|february)|(?:[1-9]|[12][0-9]|30) (?:de )?(?:abril|junio|septiembre|noviembre|april|june|september|november)|(?:[1-9]|[12][0-9]|3[01]) (?:de )?(?:enero|marzo|mayo|julio|agosto|octubre|diciembre|january|march|may|july|august|october|december)) (?:de )?20[2-9][0-9]\\.?$"
  }
 }
};
