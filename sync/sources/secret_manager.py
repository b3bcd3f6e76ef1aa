"""Google's Secret Manager over its REST interface: the last place where a secret is looked for.

See https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access
"""

import base64
import time
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from sync.errors import SourceError
from sync.model import Fact
from sync.settings import Settings
from sync.sources.manifest import GoogleServiceAccount
from sync.sources.secrets import Remote, Secrets
from sync.sources.signing import Signer
from sync.sources.web.call import Call, get
from sync.sources.web.client import Terms, Web

BASE = "https://secretmanager.googleapis.com"
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_KEPT, _MISSED = 600.0, 30.0  # seconds for which an answer holds
_KNOWN: dict[tuple[str, str], tuple[float, str | None]] = {}  # of this process, by project and name


def remote_secrets(settings: Settings, web: Web, terms: Terms) -> Remote | None:
    """What asks the Secret Manager of SEMAFORO_SECRETS_PROJECT; None where none is named."""
    return partial(_ask, settings, web, terms) if settings.secrets_project else None


def _ask(settings: Settings, web: Web, terms: Terms, name: str) -> str | None:
    key = settings.secrets_project or "", name
    kept = _KNOWN.get(key)
    if kept is None or kept[0] < time.monotonic():
        value = read_secret(settings, web, terms, settings.secrets_project or "", name)
        kept = time.monotonic() + (_MISSED if value is None else _KEPT), value
        _KNOWN[key] = kept
    return kept[1]


def read_secret(
    settings: Settings, web: Web, terms: Terms, project: str, name: str, version: str = "latest"
) -> str | None:
    """A version of a secret; None where there is none of that name. Raises SourceError where it can't be told.

    Asked with the service account's key where there is one, else with this machine's own identity.
    """
    base = settings.source_urls.get("secret_manager", BASE)
    path = f"/v1/projects/{quote(project, safe='')}/secrets/{name}/versions/{version}:access"
    answer = web.send(_signed(settings, get(base + path), web, terms), terms)
    if answer.status == 404:
        return None
    try:
        return base64.b64decode(answer.json()["payload"]["data"]).decode().strip()
    except (ValueError, KeyError, TypeError):
        facts: dict[str, Fact] = {"place": "Secret Manager", "status": float(answer.status)}
        raise SourceError("platform_answer", permanent=False, facts=facts) from None


def _signed(settings: Settings, call: Call, web: Web, terms: Terms) -> Call:
    auth, secrets = GoogleServiceAccount((_SCOPE,)), Secrets(settings)
    if secrets.find(auth.secret) is not None:
        return Signer(auth, secrets, None, "Secret Manager", lambda asked: web.send(asked, terms)).signed(call)
    from sync.sources.web.google_token import own_token  # on Google's machines there are no key files

    return replace(call, private_headers={"Authorization": f"Bearer {own_token((_SCOPE,), 'Secret Manager')}"})
