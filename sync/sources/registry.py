"""Which sources there are, by name; a source's module or file is read when a KPI first uses it.

Three kinds: our own (ENTRIES), other packages' (entry-point group `semaforo.sources`: name = module:SOURCE), and
declared ones (YAML files beside sync/sources/declared and in the operator's folder).
"""

import logging
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from threading import Lock
from typing import cast

from sync.sources.names import fold
from sync.sources.protocol import Source

_LOG = logging.getLogger(__name__)
GROUP = "semaforo.sources"
PACKAGED = Path(__file__).parent / "declared"


@dataclass(frozen=True)
class Entry:
    """A source by name. `es` and `en` are what a person types before the colon; `module` holds `SOURCE`.

    `place_needed` is False where a source also works without anything behind the colon.
    """

    kind: str
    module: str
    es: str
    en: str
    takes_place: bool = True
    other_names: tuple[str, ...] = ()
    place_needed: bool = True
    file: Path | None = field(default=None, compare=False)
    point: EntryPoint | None = field(default=None, compare=False)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Everything that a person may type for it."""
        return (self.kind, self.es, self.en, *self.other_names)


ENTRIES = {
    entry.kind: entry
    for entry in (
        Entry(
            "measurements",
            "sync.sources.measurements",
            es="mediciones",
            en="measurements",
            takes_place=False,
            other_names=("medicion", "measurement", "manual"),
        ),
        Entry(
            "surveys",
            "sync.sources.surveys",
            es="encuestas",
            en="surveys",
            takes_place=False,
            other_names=("encuesta", "survey"),
        ),
        Entry(
            "form",
            "sync.sources.form_answers",
            es="formulario",
            en="form",
            other_names=("respuestas", "responses", "google forms"),
        ),
        Entry("csv", "sync.sources.csv_table", es="csv", en="csv", other_names=("tsv",)),
        Entry("json", "sync.sources.json_table", es="json", en="json"),
        Entry("excel", "sync.sources.excel", es="excel", en="excel", other_names=("xlsx", "ods", "opendocument")),
        Entry("query", "sync.sources.query", es="consulta", en="query", other_names=("sql", "database")),
        Entry("book", "sync.sources.other_book", es="libro", en="book", other_names=("workbook", "otro libro")),
        Entry("tab", "sync.sources.other_tab", es="pestaña", en="tab", other_names=("hoja", "sheet")),
        Entry("ga4", "sync.sources.google.ga4", es="ga4", en="ga4", other_names=("google analytics", "analytics")),
        Entry(
            "search_console",
            "sync.sources.google.search_console",
            es="search console",
            en="search console",
            other_names=("gsc", "google search console"),
        ),
        Entry("bigquery", "sync.sources.google.bigquery", es="bigquery", en="bigquery"),
        Entry("forms", "sync.sources.google.forms", es="formulario de google", en="google form"),
        Entry(
            "google_ads", "sync.sources.google.google_ads", es="google ads", en="google ads", other_names=("adwords",)
        ),
        Entry("youtube", "sync.sources.google.youtube", es="youtube", en="youtube", other_names=("yt",)),
        Entry(
            "youtube_analytics",
            "sync.sources.google.youtube_analytics",
            es="youtube analytics",
            en="youtube analytics",
            place_needed=False,
        ),
    )
}


class _Joined:
    """What joins our own sources: found once, and again when a folder is added. `problems`: file -> what is wrong."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.loaded: dict[str, Source] = {}
        self.problems: dict[str, list[str]] = {}
        self.folders: list[Path] = []
        self.found = False
        self.lock = Lock()


_JOINED = _Joined()


def add_folder(folder: Path | None) -> None:
    """Declared sources of the operator's own. Adding a folder twice changes nothing."""
    with _JOINED.lock:
        if folder is not None and folder not in _JOINED.folders:
            _JOINED.folders.append(folder)
            _JOINED.found = False
    names_by_word.cache_clear()


def entries() -> dict[str, Entry]:
    """Every source by its kind: our own first, then declared ones, then other packages'. No name is taken twice."""
    return {**ENTRIES, **_joined().entries}


def broken_files() -> dict[str, list[str]]:
    """Files that were meant to declare a source, with what is wrong with them."""
    return dict(_joined().problems)


@cache
def names_by_word() -> dict[str, str]:
    """Folded name -> kind."""
    return {fold(name): entry.kind for entry in reversed(entries().values()) for name in entry.all_names}


def load(kind: str) -> Source:
    """The source named `kind`. Raises KeyError for a kind that is not registered."""
    entry = entries()[kind]
    if kind in _JOINED.loaded:
        return _JOINED.loaded[kind]
    if entry.point is not None:
        return cast("Source", entry.point.load())
    return cast("Source", import_module(entry.module).SOURCE)


def _joined() -> _Joined:
    with _JOINED.lock:
        if not _JOINED.found:
            _JOINED.entries, _JOINED.problems = {}, {}
            for folder in (PACKAGED, *_JOINED.folders):
                for path in sorted(folder.glob("*.yaml")):
                    _declare(path)
            for point in sorted(entry_points(group=GROUP)):
                if point.name not in ENTRIES and point.name not in _JOINED.entries:
                    _JOINED.entries[point.name] = Entry(point.name, "", point.name, point.name, point=point)
            _JOINED.found = True
    return _JOINED


def _declare(path: Path) -> None:
    from sync.sources.declared.load import DeclarationError, load_declaration
    from sync.sources.declared.source import DeclaredSource

    try:
        found = load_declaration(path)
    except (DeclarationError, OSError) as error:
        _JOINED.problems[str(path)] = getattr(error, "problems", [type(error).__name__])
        _LOG.warning("%s declares no source: %s", path.name, error)
        return
    kind = found.manifest.id
    if kind in ENTRIES:
        _JOINED.problems[str(path)] = [f"id: {kind} is one of our own"]
        return
    places = [parameter for parameter in found.manifest.parameters if parameter.column == "place"]
    _JOINED.entries[kind] = Entry(
        kind,
        "",
        found.names["es"],
        found.names["en"],
        bool(places),
        found.also,
        any(parameter.required for parameter in places),
        path,
    )
    _JOINED.loaded[kind] = DeclaredSource(found)
