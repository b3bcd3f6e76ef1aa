"""The owner's `source` cell, understood; and the list of what may stand there. Pure."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from sync.errors import SourceError
from sync.model import KpiDefinition
from sync.sources.names import fold, shown
from sync.sources.protocol import SourceRef
from sync.sources.registry import Entry, entries, load, names_by_word

_ENDINGS = {".csv": "csv", ".tsv": "csv", ".json": "json"}
_BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_MEASUREMENTS = SourceRef("measurements")
IN_A_TAB = ("tab", "form")  # kinds whose place is a tab of the person's own


def parse_source(text: str | None) -> SourceRef | None:
    """`csv:sales.csv`, `pestaña:CRM`, `https://...`, `sales.csv`, `measurements`, `plausible@shop: example.org`, where
    shop says whose credentials; None for an empty cell.

    Raises SourceError `unknown_source` (facts source, known) or `missing_place` (fact source); both are permanent.
    """
    clean = (text or "").strip()
    if not clean:
        return None
    head, colon, tail = clean.partition(":")
    name, _, account = head.partition("@")
    kind = names_by_word().get(fold(name))
    if kind:
        return _with_place(kind, tail.strip() if colon else "", account.strip() or None)
    if clean.lower().startswith(("http://", "https://")):
        return SourceRef(_kind_of_address(clean), clean)
    kind = _kind_of_name(clean)
    if kind:
        return SourceRef(kind, clean)
    raise SourceError("unknown_source", permanent=True, facts={"source": shown(clean), "known": nearest_names(name)})


def is_known(text: str | None) -> bool:
    """Whether a `source` cell names a source that there is; an empty one does."""
    try:
        parse_source(text)
    except SourceError:
        return False
    return True


def source_of(definition: KpiDefinition) -> SourceRef:
    """Where a KPI is measured: an empty `source` means the Measurements tab. Raises what `parse_source` raises."""
    return parse_source(definition.source) or _MEASUREMENTS


def measured_by(kind: str, definitions: Iterable[KpiDefinition]) -> tuple[KpiDefinition, ...]:
    """The KPIs whose source is of that kind, in their order; unreadable sources are skipped."""
    return tuple(kpi for kpi in definitions if is_known(kpi.source) and source_of(kpi).kind == kind)


def only_in_workbook(definitions: Iterable[KpiDefinition]) -> bool:
    """Whether every number stands in the workbook itself, where a change of it is a change of the workbook.

    Another tab (`tab:`) does not count as such: people fill those by IMPORTRANGE and the like.
    """
    kinds = {source_of(kpi).kind for kpi in definitions if kpi.active and is_known(kpi.source)}
    return kinds <= {"measurements", "surveys", "form"}


def tabs_needed(definitions: Iterable[KpiDefinition]) -> tuple[str, ...]:
    """The titles, as typed, of the other tabs that KPIs name, each once. Pure; unreadable sources are skipped."""
    titles: dict[str, str] = {}
    for definition in definitions:
        try:
            ref = source_of(definition)
        except SourceError:  # becomes that KPI's failure in `fetch_all`
            continue
        if ref.kind in IN_A_TAB and ref.place:
            titles.setdefault(fold(ref.place), ref.place)
    return tuple(titles.values())


def nearest_names(text: str) -> str:
    """The three sources most like what was typed, the nearest first, as text for a sentence in either language."""
    wanted = fold(text.partition(":")[0].partition("@")[0])[:100]

    def unlike(entry: Entry) -> float:
        return -max(SequenceMatcher(None, wanted, fold(name)).ratio() for name in entry.all_names)

    return ", ".join(_offered(entry) for entry in sorted(entries().values(), key=unlike)[:3])


def _offered(entry: Entry) -> str:
    return (entry.es if entry.es == entry.en else f"{entry.es} / {entry.en}") + (":…" if entry.takes_place else "")


def _with_place(kind: str, place: str, account: str | None) -> SourceRef:
    entry = entries()[kind]
    if not entry.takes_place:
        return SourceRef(kind, None, account)
    if not place and entry.place_needed:
        facts = {"source": entry.en, "example": f"{entry.en}:{_example(kind)}"}
        raise SourceError("missing_place", permanent=True, facts=facts)
    return SourceRef(kind, place or None, account)


def _example(kind: str) -> str:
    """A place as its own source would have it."""
    places = (one.example for one in load(kind).manifest.parameters if one.column == "place")
    return next(places, "…")


def _kind_of_name(name: str) -> str | None:
    lower = name.lower()
    return "excel" if lower.partition("#")[0].rstrip().endswith(_BOOKS) else _kind_of_text(lower)


def _kind_of_text(lower: str) -> str | None:
    return next((kind for ending, kind in _ENDINGS.items() if lower.endswith(ending)), None)


def _kind_of_address(address: str) -> str:
    """By the ending of its path; csv for any other, whose reader knows JSON when it sees it."""
    try:
        return _kind_of_text(urlsplit(address).path.lower()) or "csv"
    except ValueError:
        return "csv"
