"""What stands on this machine and in the state store: settings, home, keys, tables, the carrier, quota, lateness."""

import os
import tempfile
from collections.abc import Callable

from sync.doctor.finding import Finding, Level, broken, fine, from_error, warn
from sync.errors import SemaforoError, UsageError
from sync.fit import misfits
from sync.keys import key_file, master_key, old_file
from sync.settings import Settings, on_app_engine
from sync.sheet.quota import steady
from sync.sheet.reference import LOCAL_ID, reference_text
from sync.store.store import Store
from sync.store.survey import look

LATE, VERY_LATE = 900.0, 3600.0  # seconds past a schedule's moment; a spread of a quarter of an hour is meant


def check_settings(settings: Settings) -> tuple[Finding, ...]:
    """Whether the settings fit together and this place."""
    found = tuple(from_error("settings", error) for error in misfits(settings)) + _missing_folders(settings)
    if on_app_engine() and settings.jobs == "local":
        found = (*found, warn("settings", "app_engine_local"))
    return found or (fine("settings", "settings_fit"),)


def _missing_folders(settings: Settings) -> tuple[Finding, ...]:
    """Folders that a setting names and that nobody could read: what lies there would silently not exist."""
    named = {name: getattr(settings, name) for name in ("secrets_dir", "sources_dir", "files", "queries")}
    return tuple(
        broken("settings", "folder_closed", variable=f"SEMAFORO_{name.upper()}", path=str(path))
        for name, path in named.items()
        if path is not None and not (path.is_dir() and os.access(path, os.R_OK | os.X_OK))
    )


def check_home(settings: Settings) -> tuple[Finding, ...]:
    """Whether we can write where everything is kept, and whether others may read it."""
    home = settings.home
    try:
        with tempfile.TemporaryFile(dir=home if home.exists() else home.parent):
            pass
    except OSError:
        return (broken("home", "home_closed", path=str(home)),)
    if home.exists() and os.name == "posix" and home.stat().st_mode & 0o007:
        return (warn("home", "home_open", path=str(home)),)
    return (fine("home", "home_writable", path=str(home)),)


def check_key(settings: Settings, enrolled: int) -> tuple[Finding, ...]:
    """Whether the master key is there. None is made: a new one would end the secrets of all workbooks."""
    if settings.master_key is None and not key_file(settings).exists():
        return (broken("key", "key_gone", count=float(enrolled)),) if enrolled else (fine("key", "key_first"),)
    try:
        master_key(settings)
    except UsageError as error:
        return (from_error("key", error),)
    found = (
        fine("key", "key_set")
        if settings.master_key is not None
        else fine("key", "key_keep", path=str(key_file(settings)))
    )
    rotating = settings.master_key_old is not None or old_file(settings).exists()
    return (found, warn("key", "key_rotating")) if rotating else (found,)


def check_store(settings: Settings) -> tuple[Finding, ...]:
    """Whether the store answers and its tables are those of this version. Nothing is made or migrated."""
    try:
        seen = look(settings.store_url)
    except SemaforoError as error:
        return (from_error("store", error),)
    if not seen.exists:
        return (fine("store", "store_new"),)
    if seen.revision == seen.needed:
        return (fine("store", "store_current", revision=seen.revision or "-"),)
    code = "database_ahead" if (seen.revision or "") > seen.needed else "database_behind"
    facts = {"found": seen.revision or "-", "needed": seen.needed, "known": seen.needed}
    return (Finding("store", Level.BROKEN, code, facts, "errors"),)


def check_carrier(settings: Settings, store: Store) -> tuple[Finding, ...]:
    """Whether what carries syncs is there, and whether work is left lying."""
    if settings.jobs == "procrastinate" and not store.has_queue_tables():
        return (Finding("carrier", Level.BROKEN, "jobs_tables", {}, "errors"),)
    waits = store.lateness().row
    if waits > LATE:
        return (broken("carrier", "work_left", minutes=round(waits / 60)),)
    return (fine("carrier", "carrier_fine", name=settings.jobs),)


def check_schedule(store: Store) -> tuple[Finding, ...]:
    """Whether somebody asks for what is due by itself."""
    late = store.lateness()
    if late.workbook is None or late.schedule <= LATE:
        return (fine("schedule", "schedule_kept"),)
    tell: Callable[..., Finding] = broken if late.schedule > VERY_LATE else warn
    return (
        tell("schedule", "schedule_late", workbook=reference_text(late.workbook), minutes=round(late.schedule / 60)),
    )


def check_quota(settings: Settings, workbooks: tuple[str, ...]) -> tuple[Finding, ...]:
    """Whether Google's quota is respected, and how many workbooks it feeds in a minute."""
    far = sum(not workbook.startswith(LOCAL_ID) for workbook in workbooks)
    quota = settings.quota_for(local=False)
    if quota is None:
        return (warn("quota", "quota_off"),) if far else (fine("quota", "quota_none"),)
    accounts = max(1, len(settings.keys))
    rate = min(accounts * steady(quota.user), steady(quota.project)) * 60 / quota.window
    if not far:
        return (fine("quota", "quota_ready", rate=float(int(rate))),)
    return (fine("quota", "quota_rate", rate=float(int(rate)), count=float(far), minutes=max(1.0, round(far / rate))),)
