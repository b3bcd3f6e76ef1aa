"""Which sources there are, by name; a source's module is imported when a KPI first uses it."""

from dataclasses import dataclass
from importlib import import_module
from typing import cast

from sync.sources.protocol import Source


@dataclass(frozen=True)
class Entry:
    """A source by name. `es` and `en` are what a person types before the colon; `module` holds `SOURCE`."""

    kind: str
    module: str
    es: str
    en: str
    takes_place: bool = True
    other_names: tuple[str, ...] = ()


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
        Entry("tab", "sync.sources.other_tab", es="pestaña", en="tab", other_names=("hoja", "sheet")),
    )
}


def load(kind: str) -> Source:
    """The source named `kind`. Raises KeyError for a kind that is not registered."""
    return cast("Source", import_module(ENTRIES[kind].module).SOURCE)
