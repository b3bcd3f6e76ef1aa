"""Settings that are each well formed and don't fit together, or not the place where they are used."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from urllib.parse import urlsplit

from sync.errors import UsageError
from sync.settings import Settings, on_app_engine

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def misfits(settings: Settings) -> tuple[UsageError, ...]:
    """All of them, each with the sentence that says what to change."""
    return (*fleeting(settings), *_callers(settings), *_carrier(settings), *_addresses(settings))


def unknown_sources(settings: Settings) -> Iterable[str]:
    """Entries of SEMAFORO_PLACES that list nothing and other addresses of no source, each with what it should be."""
    if settings.places is None and not settings.source_urls:
        return ()
    from sync.sources.allowed import problems_of  # only who has such settings pays for the sources
    from sync.sources.registry import add_folder, entries

    add_folder(settings.sources_dir)
    return (*problems_of(settings.places or ()), *_bases(settings.source_urls, entries()))


def _bases(given: Mapping[str, str], sources: Iterable[str]) -> Iterator[str]:
    """A mistyped id would leave the platform's public address in use, with nobody the wiser."""
    known = ["secret_manager", *sources]
    for name, url in given.items():
        variable = f"SEMAFORO_SOURCE_URL_{name.upper()}"
        if name.removesuffix("_token") not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)[0]
            yield f"{variable} (SEMAFORO_SOURCE_URL_{near.upper()}?)"
        elif url and not url.startswith(("https://", "http://")):
            yield f"{variable} (https://…)"


def refuse_fleeting(settings: Settings) -> None:
    """App Engine's disk ends with its instance: what must outlive it has to stand elsewhere. Raises UsageError."""
    for error in fleeting(settings):
        raise error


def fleeting(settings: Settings) -> tuple[UsageError, ...]:
    """What would be lost with an instance of App Engine."""
    if not on_app_engine():
        return ()
    lost = {"app_engine_store": settings.store_url.startswith("sqlite"), "app_engine_key": settings.master_key is None}
    return tuple(UsageError(code) for code, is_lost in lost.items() if is_lost)


def _callers(settings: Settings) -> tuple[UsageError, ...]:
    wrong = {
        "identity_settings": settings.identity_required and not settings.identity_audiences,
        "tasks_settings": settings.tasks_proof == "oidc" and not (settings.token_audience and settings.tasks_account),
        "tasks_place": settings.tasks_proof == "appengine" and not on_app_engine(),
        "tasks_shut": settings.jobs == "cloud_tasks" and settings.tasks_proof == "none",
    }
    return tuple(UsageError(code) for code, is_wrong in wrong.items() if is_wrong)


def _carrier(settings: Settings) -> tuple[UsageError, ...]:
    if settings.jobs == "procrastinate" and not settings.store_url.startswith("postgres"):
        return (UsageError("jobs_need_postgres"),)
    needed = {name: getattr(settings, name) for name in ("tasks_queue", "tasks_handler", "tasks_account")}
    missing = [f"SEMAFORO_{name.upper()}" for name, value in needed.items() if not value]
    if settings.jobs == "cloud_tasks" and missing:
        return (UsageError("jobs_settings", facts={"names": ", ".join(missing)}),)
    return ()


def _addresses(settings: Settings) -> tuple[UsageError, ...]:
    given = {"SEMAFORO_PUBLIC_URL": settings.public_url, "SEMAFORO_TASKS_HANDLER": settings.tasks_handler}
    return tuple(
        UsageError("not_https", facts={"variable": name})
        for name, address in given.items()
        if address and urlsplit(address).scheme != "https" and urlsplit(address).hostname not in LOOPBACK
    )
