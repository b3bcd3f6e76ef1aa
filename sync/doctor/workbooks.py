"""The enrolled workbooks: when each was last synced, which are left alone, and what their sources lack."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sheet_templates.plugin import VERSION
from sheet_templates.words import language_of
from sync.doctor.finding import Finding, Level, fine, warn
from sync.errors import SourceError
from sync.model import Severity
from sync.settings import Settings
from sync.sheet.reference import reference_text
from sync.sources.api import secrets_of
from sync.sources.health import lacks
from sync.sources.protocol import FetchContext, SourceRef
from sync.sources.refs import parse_source
from sync.sources.registry import load
from sync.store.store import Store

MOST = 20  # workbooks that are named; the others are counted
OLD = 3 * 86_400.0  # seconds: even a weekend lies within


def check_workbooks(store: Store, workbooks: tuple[str, ...], locale: str) -> tuple[Finding, ...]:
    """Each workbook that a person should look at; of the others how many they are."""
    if not workbooks:
        return (warn("workbooks", "no_workbooks"),)
    now, last = store.now(), store.last_syncs()
    parked = {each.workbook: each for each in store.parked()}
    found: list[Finding] = []
    for workbook in workbooks:
        name = reference_text(workbook)
        if workbook in parked:
            each = parked[workbook]
            why = (each.error or {}).get(language_of(locale), each.reason)
            found.append(warn("workbooks", "parked", workbook=name, why=why))
        elif workbook not in last:
            if not store.definitions(workbook):  # a sync by hand leaves these, and no run
                found.append(warn("workbooks", "never_synced", workbook=name))
        elif now - last[workbook] > OLD and _by_itself(store, workbook):
            day = datetime.fromtimestamp(last[workbook], UTC).date()
            found.append(warn("workbooks", "synced_long_ago", workbook=name, on=day))
    rest = () if len(found) <= MOST else (warn("workbooks", "more_workbooks", count=float(len(found) - MOST)),)
    well = fine("workbooks", "synced", count=float(len(workbooks) - len(found)), all=float(len(workbooks)))
    return (well, *found[:MOST], *rest)


def check_sources(settings: Settings, store: Store, workbooks: tuple[str, ...], today: date) -> tuple[Finding, ...]:
    """What the sources that KPIs are measured from lack, or will lack soon. No platform is asked."""
    found: dict[str, Finding] = {}  # by sentence, each once: workbooks share secrets
    asked = 0
    for workbook in workbooks:
        context = FetchContext(today, settings, "en_GB", workbook=workbook)
        for ref in _used(store, workbook):
            asked += 1
            for lack in lacks(load(ref.kind).manifest, secrets_of(context), today, ref.account):
                level = Level.BROKEN if lack.severity is Severity.ERROR else Level.WARN
                finding = Finding("sources", level, lack.code, lack.facts, "failures")
                found[finding.sentence("en")] = finding
    return tuple(found.values()) or (fine("sources", "sources_fine", count=float(asked)),)


def check_plugin(store: Store, workbooks: tuple[str, ...]) -> tuple[Finding, ...]:
    """Which workbooks have an older plugin than this service brings; one that never told is not known to have any."""
    told = store.plugins()
    old = [workbook for workbook in workbooks if workbook in told and int(told[workbook]) < int(VERSION)]
    known = float(sum(workbook in told for workbook in workbooks))
    well = fine("plugin", "plugin_version", version=VERSION, count=known, all=float(len(workbooks)))
    if not old:
        return (well,)
    names = ", ".join(map(reference_text, old[:MOST])) + (" …" if len(old) > MOST else "")
    return (well, warn("plugin", "plugin_old", version=VERSION, count=float(len(old)), names=names))


def _by_itself(store: Store, workbook: str) -> bool:
    schedule = store.schedule(workbook)
    return schedule is None or schedule.next_at is not None


def _used(store: Store, workbook: str) -> Iterable[SourceRef]:
    refs: dict[tuple[str, str | None], SourceRef] = {}
    for last in store.definitions(workbook).values():
        try:
            ref = parse_source(last.fields.get("source"))
        except SourceError:
            continue  # told at its cell
        if last.present and ref is not None:
            refs.setdefault((ref.kind, ref.account), ref)
    return refs.values()
