"""Google's Secret Manager over its REST interface: the last place where a secret is looked for.

See https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access
"""

import base64
import time
from functools import partial
from urllib.parse import quote

from sync.errors import SourceError
from sync.model import Fact
from sync.settings import Settings
from sync.sources.manifest import GoogleServiceAccount
from sync.sources.secrets import Remote, Secrets
from sync.sources.signing import Signer
from sync.sources.web.call import get
from sync.sources.web.client import Terms, Web

_BASE = "https://secretmanager.googleapis.com"
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
        value = _read(settings, web, terms, name)
        kept = time.monotonic() + (_MISSED if value is None else _KEPT), value
        _KNOWN[key] = kept
    return kept[1]


def _read(settings: Settings, web: Web, terms: Terms, name: str) -> str | None:
    """The newest version; None where there is none of that name. Raises SourceError where it can't be told."""
    base = settings.source_urls.get("secret_manager", _BASE)
    path = f"/v1/projects/{quote(settings.secrets_project or '', safe='')}/secrets/{name}/versions/latest:access"
    auth = GoogleServiceAccount((_SCOPE,))
    signer = Signer(auth, Secrets(settings), None, "Secret Manager", lambda call: web.send(call, terms))
    answer = web.send(signer.signed(get(base + path)), terms)
    if answer.status == 404:
        return None
    try:
        return base64.b64decode(answer.json()["payload"]["data"]).decode().strip()
    except (ValueError, KeyError, TypeError):
        facts: dict[str, Fact] = {"place": "Secret Manager", "status": float(answer.status)}
        raise SourceError("platform_answer", permanent=False, facts=facts) from None
