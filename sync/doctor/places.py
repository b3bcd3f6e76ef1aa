"""What workbooks may read of each other's through secrets and files that they share. No platform is asked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from sync.doctor.finding import Finding, fine, warn
from sync.model import Fact, FetchFailure, KpiDefinition
from sync.settings import Settings
from sync.sheet.reference import reference_text
from sync.sources.boundary import attempt
from sync.sources.gate import Gate
from sync.sources.manifest import Manifest
from sync.sources.registry import entries, load
from sync.store.store import Store

MOST = 20  # lines that are named; the others are counted


def check_places(settings: Settings, store: Store, workbooks: tuple[str, ...]) -> tuple[Finding, ...]:
    """Whether SEMAFORO_PLACES keeps several workbooks apart, and what it lacks for the rows that there are."""
    if settings.places is None:
        return (_open(settings, store, workbooks),)
    lacking = [
        warn("places", "place_missing", workbook=reference_text(workbook), line=line)
        for workbook in workbooks
        for line in _lacking(Gate(settings, workbook), store, workbook)
    ]
    rest = () if len(lacking) <= MOST else (warn("places", "more_places", count=float(len(lacking) - MOST)),)
    return (fine("places", "places_listed", count=float(len(settings.places))), *lacking[:MOST], *rest)


def _open(settings: Settings, store: Store, workbooks: tuple[str, ...]) -> Finding:
    reached = settings.public_url and settings.pairing == "open"  # then anybody may connect another
    if len(workbooks) < 2 and not reached:
        return fine("places", "places_alone")
    closed = replace(settings, places=())
    lines = [line for workbook in workbooks for line in _lacking(Gate(closed, workbook), store, workbook)]
    used = {re.split("[:@;]", line.partition("=")[2])[0] for line in lines}
    names = [manifest.name for kind, manifest in _manifests() if kind in used or _is_shared(manifest, settings)]
    if not names:
        return fine("places", "places_unshared")
    listed = ", ".join(lines[:MOST]) + (" …" if len(lines) > MOST else "")
    facts: dict[str, Fact] = {"count": float(len(workbooks)), "sources": ", ".join(names), "lines": listed or "–"}
    return warn("places", "places_open", **facts)


def _lacking(gate: Gate, store: Store, workbook: str) -> Iterable[str]:
    """The lines that the rows of a workbook need, each once."""
    rows = (last.fields for last in store.definitions(workbook).values() if last.present)
    definitions = (KpiDefinition("", 0, "", source=row.get("source"), filter=row.get("filter")) for row in rows)
    return dict.fromkeys(line for definition in definitions if (line := gate.lacks(definition)))


def _manifests() -> Iterator[tuple[str, Manifest]]:
    """Of the sources that can be loaded; another package's may be broken."""
    loaded = ((kind, attempt(kind, partial(load, kind))) for kind in entries())
    return ((kind, source.manifest) for kind, source in loaded if not isinstance(source, FetchFailure))


def _is_shared(manifest: Manifest, settings: Settings) -> bool:
    """Whether secrets for it lie where every workbook finds them, for any account. The key that opens the workbooks
    does not count: whether it is let in anywhere else, only the platform knows."""
    names = tuple(_names(settings)) if manifest.auth and not manifest.listed_in_files else ()
    return any(all(_has(names, need) for need in auth.needs) for auth in manifest.auth)


def _has(names: Iterable[str], need: str) -> bool:
    return any(name == need or (name.startswith(need + "_") and not name.endswith("_EXPIRES")) for name in names)


def _names(settings: Settings) -> Iterator[str]:
    yield from settings.secrets
    if settings.secrets_dir is not None and settings.secrets_dir.is_dir():
        yield from (path.name for path in settings.secrets_dir.iterdir() if path.is_file())
