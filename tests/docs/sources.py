"""The tables of docs/sources.md are made from the manifests: `python -m tests.docs.sources` writes them anew."""

from pathlib import Path

from sync.sources.describe import secrets_in_words, tested_on
from sync.sources.manifest import Manifest
from sync.sources.offers import offers
from sync.sources.registry import Entry, entries, load

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
_HEADINGS = {
    "en": ("source", "what it reads", "metric", "filter"),
    "es": ("fuente", "qué lee", "métrica", "filtro"),
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
}


def tables() -> dict[str, str]:
    """Name of a block on the page -> its table."""
    found = {}
    for language in ("en", "es"):
        found[f"sources:{language}"] = table_of_sources(language)
        found[f"platforms:{language}"] = table_of_sources(language, platforms=True)
        found[f"needs:{language}"] = table_of_platforms(language)
    return found


def rendered(page: str) -> str:
    """The page with every table as it should be."""
    for name, table in tables().items():
        head, _, rest = page.partition(f"<!-- {name} -->\n")
        _, _, tail = rest.partition(f"<!-- /{name} -->")
        page = f"{head}<!-- {name} -->\n{table}\n<!-- /{name} -->{tail}"
    return page


def table_of_sources(language: str, *, platforms: bool = False) -> str:
    """The Markdown table of the sources that read tables, or of those that ask a platform (es or en)."""
    wanted = [entry for entry in entries().values() if (load(entry.kind).manifest.reads == "platform") == platforms]
    return _table(_HEADINGS[language], [_cells(entry, load(entry.kind).manifest, language) for entry in wanted])


def table_of_platforms(language: str) -> str:
    """The Markdown table of what the platforms' sources need, offer and were tested on."""
    wanted = [entry for entry in entries().values() if load(entry.kind).manifest.reads == "platform"]
    rows = [_platform_cells(entry, load(entry.kind).manifest, language) for entry in wanted]
    return _table(_PLATFORM_HEADINGS[language], rows)


def _cells(entry: Entry, manifest: Manifest, language: str) -> list[str]:
    name = entry.es if language == "es" else entry.en
    place = manifest.place
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
    history = _WORDS["days" if manifest.look_back_days else "all"][language].format(manifest.look_back_days)
    return [
        f"**{entry.es if language == 'es' else entry.en}**",
        str(len(offers(manifest))),
        secrets_in_words(manifest, language, "`") or _WORDS["none"][language],
        _WORDS["now"][language] if manifest.grain == "now" else history,
        tested_on(manifest, language),
    ]


def _table(headings: tuple[str, ...], rows: list[list[str]]) -> str:
    return "\n".join([_line(headings), _line(["---"] * len(headings)), *(_line(row) for row in rows)])


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
