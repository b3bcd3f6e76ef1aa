"""The manifests as data and as a table: for `semaforo sources` and for the docs. Pure."""

from typing import Any

from sync.sources.manifest import Manifest
from sync.sources.registry import Entry, entries, load

_HEADINGS = {
    "en": ("source", "what it reads", "metric", "filter"),
    "es": ("fuente", "qué lee", "métrica", "filtro"),
}


def describe_sources() -> list[dict[str, Any]]:
    """Every manifest as JSON can hold it: {id, names, titles, about, reads, takes_place, parameters}."""
    return [_described(entry, load(entry.kind).manifest) for entry in entries().values()]


def table_of_sources(language: str) -> str:
    """The Markdown table of all sources in a language (es or en)."""
    headings = _HEADINGS[language]
    lines = [_line(headings), _line(["---"] * len(headings))]
    lines += [_line(_cells(entry, load(entry.kind).manifest, language)) for entry in entries().values()]
    return "\n".join(lines)


def _described(entry: Entry, manifest: Manifest) -> dict[str, Any]:
    return {
        "id": manifest.id,
        "names": {"es": entry.es, "en": entry.en},
        "titles": dict(manifest.titles),
        "about": dict(manifest.about),
        "reads": manifest.reads,
        "takes_place": entry.takes_place,
        "parameters": [
            {"column": p.column, "about": dict(p.about), "example": p.example, "required": p.required}
            for p in manifest.parameters
        ],
    }


def _cells(entry: Entry, manifest: Manifest, language: str) -> list[str]:
    by_column = {parameter.column: parameter for parameter in manifest.parameters}
    name = entry.es if language == "es" else entry.en
    place = by_column.get("place")
    return [
        f"`{name}:{place.example}`" if place else f"`{name}`",
        f"**{manifest.titles[language]}.** {manifest.about[language]}",
        *(
            f"{by_column[column].about[language]} `{by_column[column].example}`" if column in by_column else "–"
            for column in ("metric", "filter")
        ),
    ]


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
