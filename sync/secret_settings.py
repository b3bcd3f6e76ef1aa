"""Settings that only name their secret, `secret:NAME`, filled in from Google's Secret Manager before anything starts.

Called by whoever starts: the command line and the WSGI app. Everybody else sees settings as if they had been typed.
"""

import os
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from sync.errors import SourceError, UsageError
from sync.model import Fact
from sync.settings import FROM_FILES, PREFIX, Secret, Settings

_REFERENCE = re.compile(
    r"secret:(?:projects/(?P<project>[a-z0-9:.-]{1,80})/secrets/)?"
    r"(?P<name>[A-Za-z0-9_-]{1,255})(?:/versions/(?P<version>latest|[0-9]{1,9}))?"
)


def is_reference(value: str | None) -> bool:
    """Whether a setting names a secret instead of holding it."""
    return (value or "").startswith("secret:")


def resolved(settings: Settings) -> Settings:
    """The settings with their secrets in place of references to them; the same object where there are none.

    The project is the reference's own, SEMAFORO_SECRETS_PROJECT, or the one that this runs in (GOOGLE_CLOUD_PROJECT).
    Raises UsageError that names the setting, the secret and the remedy, never a value.
    """
    named = {name: value for name in FROM_FILES if is_reference(value := getattr(settings, name))}
    found: dict[str, Any] = {name: _asked(settings, name, value) for name, value in named.items()}
    return replace(settings, **found) if found else settings


def _asked(settings: Settings, name: str, reference: str) -> Secret:
    variable = PREFIX + name.upper()
    found = _REFERENCE.fullmatch(reference.strip())
    project = (found and found["project"]) or settings.secrets_project or os.environ.get("GOOGLE_CLOUD_PROJECT", "")
    if not found or not project:
        raise UsageError("secret_reference", facts={"variable": variable})
    facts: dict[str, Fact] = {"variable": variable, "secret": found["name"], "project": project}
    try:
        value = _read(settings, project, found["name"], found["version"] or "latest")
    except SourceError as error:
        refused = error.facts.get("status") in (401.0, 403.0) or error.code in ("credential_refused", "bad_secret")
        raise UsageError("secret_denied" if refused else "secret_unreachable", facts=facts) from error
    if not value:
        raise UsageError("secret_absent", facts=facts)
    return Secret(value)


def _read(settings: Settings, project: str, name: str, version: str) -> str | None:
    from sync.sources.secret_manager import BASE, read_secret  # only who keeps secrets there pays for the way out
    from sync.sources.web.client import Terms, Web

    base = settings.source_urls.get("secret_manager", BASE)
    own = () if base == BASE else (urlsplit(base).netloc.lower(),)
    terms = Terms(allowed_hosts=(*settings.allowed_hosts, *own))
    return read_secret(settings, Web(), terms, project, name, version)
