"""The manifests as data and as a table: for `semaforo sources` and for the docs."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from sync.sources.manifest import AUTH_NAMES, Manifest, Parameter
from sync.sources.offers import offers
from sync.sources.protocol import Lack
from sync.sources.registry import Entry, entries, load

_HEADINGS = {
    "en": ("source", "what it reads", "metric", "filter"),
    "es": ("fuente", "qué lee", "métrica", "filtro"),
}
_RUNGS = {
    "recorded": {"es": "respuestas reales grabadas", "en": "real recorded answers"},
    "contract": {"es": "esquema del proveedor", "en": "the vendor's schema"},
    "client": {"es": "el cliente del proveedor", "en": "the vendor's client"},
    "drift": {"es": "nombres de métricas comprobados", "en": "metric names checked"},
    "hostile": {"es": "respuestas dañadas", "en": "damaged answers"},
    "live": {"es": "cuenta real", "en": "a real account"},
}
_PLATFORM_HEADINGS = {
    "en": ("source", "metrics", "credentials", "history", "tested on"),
    "es": ("fuente", "métricas", "credenciales", "historia", "probada con"),
}
_WORDS = {
    "days": {"es": "{} días", "en": "{} days"},
    "all": {"es": "toda", "en": "all"},
    "now": {"es": "solo hoy", "en": "today only"},
    "none": {"es": "ninguna", "en": "none"},
    "or": {"es": " o ", "en": " or "},
}

Check = Callable[[str], tuple[Lack, ...]]


def describe_sources(check: Check | None = None) -> list[dict[str, Any]]:
    """Every manifest as JSON can hold it. `check` gives what a kind lacks; without it, nothing is said of secrets."""
    return [_described(entry, load(entry.kind).manifest, check) for entry in entries().values()]


def table_of_sources(language: str, *, platforms: bool = False) -> str:
    """The Markdown table of the sources that read tables, or of those that ask a platform (es or en)."""
    wanted = [entry for entry in entries().values() if (load(entry.kind).manifest.reads == "platform") == platforms]
    return _table(_HEADINGS[language], [_cells(entry, load(entry.kind).manifest, language) for entry in wanted])


def table_of_platforms(language: str) -> str:
    """The Markdown table of what the platforms' sources need, offer and were tested on."""
    wanted = [entry for entry in entries().values() if load(entry.kind).manifest.reads == "platform"]
    rows = [_platform_cells(entry, load(entry.kind).manifest, language) for entry in wanted]
    return _table(_PLATFORM_HEADINGS[language], rows)


def tested_on(manifest: Manifest, language: str) -> str:
    """On what a source was tested, in words."""
    return ", ".join(_RUNGS[rung][language] for rung in manifest.tested_on) or "–"


def _described(entry: Entry, manifest: Manifest, check: Check | None) -> dict[str, Any]:
    version = manifest.version
    found: dict[str, Any] = {
        "id": manifest.id,
        "names": {"es": entry.es, "en": entry.en},
        "titles": dict(manifest.titles),
        "about": dict(manifest.about),
        "reads": manifest.reads,
        "takes_place": entry.takes_place,
        "parameters": [_parameter(parameter) for parameter in manifest.parameters],
        "metrics": [_offer(offer) for offer in offers(manifest)],
        "auth": [AUTH_NAMES[type(auth)] for auth in manifest.auth],
        "secrets": list(manifest.secrets),
        "version": {"asked": version.asked, "expires": version.expires and str(version.expires)} if version else None,
        "rate": asdict(manifest.rate) if manifest.reads == "platform" else None,
        "grain": manifest.grain,
        "look_back_days": manifest.look_back_days,
        "latency_hours": manifest.latency_hours,
        "restated_days": manifest.restated_days,
        "timezone": manifest.timezone,
        "docs": manifest.docs,
        "tested_on": list(manifest.tested_on),
    }
    if check is not None:
        lacks = check(entry.kind)
        found["ready"] = not any(lack.severity.value == "error" for lack in lacks)
        found["lacks"] = [{"code": lack.code, "facts": _plain(lack.facts)} for lack in lacks]
    return found


def _offer(offer: Any) -> dict[str, Any]:
    return {
        "name": offer.name,
        "meaning": dict(offer.meaning),
        "kind": offer.kind,
        "additive": offer.additive,
        "unit": offer.unit,
        "also": list(offer.also),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "column": parameter.column,
        "name": parameter.name,
        "about": dict(parameter.about),
        "example": parameter.example,
        "required": parameter.required,
        "kind": parameter.kind,
        "choices": list(parameter.choices),
        "pattern": parameter.pattern,
        "default": parameter.default,
    }


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fact if isinstance(fact, str | float | None) else str(fact) for name, fact in facts.items()}


def _cells(entry: Entry, manifest: Manifest, language: str) -> list[str]:
    name = entry.es if language == "es" else entry.en
    place = next((parameter for parameter in manifest.parameters if parameter.column == "place"), None)
    return [
        f"`{name}:{place.example}`" if place else f"`{name}`",
        f"**{manifest.titles[language]}.** {manifest.about[language]}",
        *(_parameters(manifest, column, language) for column in ("metric", "filter")),
    ]


def _parameters(manifest: Manifest, column: str, language: str) -> str:
    """What may stand in a column, with its examples; for a platform's metric those that it offers."""
    if column == "metric" and manifest.reads == "platform":
        return ", ".join(f"`{offer.name}`" for offer in offers(manifest))
    found = [parameter for parameter in manifest.parameters if parameter.column == column]
    return " ".join(f"{p.about[language]} `{f'{p.name}={p.example}' if p.name else p.example}`" for p in found) or "–"


def _platform_cells(entry: Entry, manifest: Manifest, language: str) -> list[str]:
    either = _WORDS["or"][language]
    secrets = either.join(" + ".join(f"`{name}`" for name in auth.needs) for auth in manifest.auth)
    history = _WORDS["days" if manifest.look_back_days else "all"][language].format(manifest.look_back_days)
    return [
        f"**{entry.es if language == 'es' else entry.en}**",
        str(len(offers(manifest))),
        secrets or _WORDS["none"][language],
        _WORDS["now"][language] if manifest.grain == "now" else history,
        tested_on(manifest, language),
    ]


def _table(headings: tuple[str, ...], rows: list[list[str]]) -> str:
    return "\n".join([_line(headings), _line(["---"] * len(headings)), *(_line(row) for row in rows)])


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
