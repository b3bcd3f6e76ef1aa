"""What a source still lacks, or will lack soon: secrets, credentials near their end, a version near its end."""

from datetime import date, timedelta

from sync.errors import BlockedError, SourceError
from sync.model import Fact, Severity
from sync.sources.api import secrets_of
from sync.sources.manifest import Manifest
from sync.sources.protocol import FetchContext, Lack, Source
from sync.sources.secrets import Secrets, secret_name
from sync.sources.signing import way_in

SOON = timedelta(days=14)


def check(source: Source, context: FetchContext, account: str | None = None) -> tuple[Lack, ...]:
    """What is missing; nothing is written. A source with a `check` of its own is asked too, once its secrets are
    there: that one may ask the platform."""
    found = lacks(source.manifest, secrets_of(context), context.today, account)
    own = getattr(source, "check", None)
    if own is None or any(lack.severity is Severity.ERROR for lack in found):
        return found
    try:
        return (*found, *own(context, account))
    except SourceError as error:
        return (*found, Lack(error.code, Severity.ERROR, error.facts))


def lacks(manifest: Manifest, secrets: Secrets, today: date, account: str | None = None) -> tuple[Lack, ...]:
    """The same without asking the platform."""
    return (*_secrets(manifest, secrets, today, account), *_version(manifest, today))


def _secrets(manifest: Manifest, secrets: Secrets, today: date, account: str | None) -> tuple[Lack, ...]:
    try:
        auth = way_in(manifest, secrets, account)
    except BlockedError as missing:
        return (Lack(missing.code, Severity.ERROR, missing.facts),)
    except SourceError as error:  # the Secret Manager does not answer
        return (Lack(error.code, Severity.WARNING, error.facts),)
    found = []
    for name in auth.needs if auth else ():
        end = secrets.expires(name, account)
        facts: dict[str, Fact] = {"place": manifest.name, "secret": secret_name(name, account), "on": end}
        if end is not None and end < today:
            found.append(Lack("secret_expired", Severity.ERROR, facts))
        elif end is not None and end <= today + SOON:
            found.append(Lack("secret_expires_soon", Severity.WARNING, facts))
    return tuple(found)


def _version(manifest: Manifest, today: date) -> tuple[Lack, ...]:
    version = manifest.version
    if version is None or version.expires is None or version.expires > today + SOON:
        return ()
    facts: dict[str, Fact] = {"place": manifest.name, "version": version.asked, "on": version.expires}
    if version.expires < today:
        return (Lack("api_version_gone", Severity.ERROR, facts),)
    return (Lack("api_version_expires", Severity.WARNING, facts),)
