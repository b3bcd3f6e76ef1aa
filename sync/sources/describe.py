"""The manifests as data: for `semaforo sources`."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from sync.sources.manifest import AUTH_NAMES, Manifest, Parameter
from sync.sources.offers import offers
from sync.sources.protocol import Lack
from sync.sources.registry import Entry, entries, load

_RUNGS = {
    "recorded": {"es": "respuestas reales grabadas", "en": "real recorded answers"},
    "contract": {"es": "esquema del proveedor", "en": "the vendor's schema"},
    "client": {"es": "el cliente del proveedor", "en": "the vendor's client"},
    "drift": {"es": "nombres de métricas comprobados", "en": "metric names checked"},
    "hostile": {"es": "respuestas dañadas", "en": "damaged answers"},
    "live": {"es": "cuenta real", "en": "a real account"},
}
_OR = {"es": " o ", "en": " or "}

Check = Callable[[str], tuple[Lack, ...]]


def describe_sources(check: Check | None = None) -> list[dict[str, Any]]:
    """Every manifest as JSON can hold it. `check` gives what a kind lacks; without it, nothing is said of secrets."""
    return [_described(entry, load(entry.kind).manifest, check) for entry in entries().values()]


def tested_on(manifest: Manifest, language: str) -> str:
    """On what a source was tested, in words."""
    return ", ".join(_RUNGS[rung][language] for rung in manifest.tested_on) or "–"


def secrets_in_words(manifest: Manifest, language: str, quote: str = "") -> str:
    """The secrets that a source needs: those of one way in with a plus, other ways with an “or”; empty for none."""
    ways = (" + ".join(f"{quote}{name}{quote}" for name in auth.needs) for auth in manifest.auth)
    return _OR[language].join(ways)


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
