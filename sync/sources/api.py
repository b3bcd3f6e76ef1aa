"""A platform's interface as a source sees it: ask, get JSON, or a sentence that says why there is none.

api = open_api(MANIFEST, context, batch.account)
page = api.json(api.post("/v2/query", {"metrics": ["visitors"]}))
read = api.read(api.get("/reports", {"count": "1000"}), items=lambda page: page["reports"], pager=by_offset(...))
"""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sync.errors import BlockedError, SourceError
from sync.model import Fact
from sync.sources.manifest import AllOf, Auth, Manifest, OAuthRefresh
from sync.sources.protocol import FetchContext
from sync.sources.secret_manager import remote_secrets
from sync.sources.secrets import Secrets, secret_name
from sync.sources.signing import Signer, way_in
from sync.sources.web.allowance import shared_turn
from sync.sources.web.call import Answer, Call, get, post_json
from sync.sources.web.client import Terms, Web
from sync.sources.web.pages import Pager, Seen

Complaint = Callable[[Answer, Any], SourceError | None]  # a platform's own errors: status, headers, and the JSON


@dataclass(frozen=True)
class Read:
    """What all pages said. `total` is how many items there are by the platform's own count, where it tells."""

    pages: tuple[Any, ...]
    items: tuple[Any, ...]
    request: str  # fingerprint of the first call
    served: str | None = None
    complete: bool = True
    total: int | None = None


class Api:
    """The interface of one platform for one account."""

    def __init__(self, manifest: Manifest, base: str, terms: Terms, web: Web, signer: Signer) -> None:
        self.manifest = manifest
        self.base = base.rstrip("/")
        self._terms, self._web, self._signer = terms, web, signer

    def get(self, path: str, query: Mapping[str, str] | None = None, **headers: str) -> Call:
        """A GET beneath the base address."""
        return get(self.base + path, query or {}, **headers)

    def post(self, path: str, body: Any, query: Mapping[str, str] | None = None) -> Call:
        """A POST of JSON beneath the base address."""
        return post_json(self.base + path, body, query or {})

    def json(self, call: Call, complaint: Complaint | None = None) -> Any:
        """The JSON of a good answer. Raises SourceError and BlockedError for every other."""
        return self.answer(call, complaint)[1]

    def answer(self, call: Call, complaint: Complaint | None = None) -> tuple[Answer, Any]:
        """A good answer with its JSON. Credentials go to the base address's host only."""
        ours = urlsplit(call.url)[:2] == urlsplit(self.base)[:2]
        answer = self._web.send(self._signer.signed(call) if ours else call, self._terms)
        if answer.status == 401 and ours and self._signer.forget():  # the token lapsed before its time
            answer = self._web.send(self._signer.signed(call), self._terms)
        content = _content(answer)
        said = complaint(answer, content) if complaint else None
        if said is not None:
            raise said
        self._refuse(answer)
        if content is None:
            raise self.failure("not_data" if _is_page(answer) else "broken_answer")
        return answer, content

    def read(
        self,
        call: Call,
        items: Callable[[Any], Sequence[Any]] = lambda page: (),
        pager: Pager | None = None,
        total: Callable[[Any], Any] | None = None,
        complaint: Complaint | None = None,
    ) -> Read:
        """All pages, as many as the limits let us read; then `complete` is False."""
        pages: list[Any] = []
        found: list[Any] = []
        following: Call | None = call
        served: str | None = None
        ends = time.monotonic() + self._terms.limits.batch
        while following is not None and len(pages) < self._terms.limits.pages and time.monotonic() < ends:
            asked = following
            answer, page = self.answer(asked, complaint)
            served = self._odder(served, self.served(answer))
            on_page = items(page)
            pages.append(page)
            found.extend(on_page)
            following = pager(asked, answer, page, Seen(len(pages), len(found), len(on_page))) if pager else None
            if following == asked:  # a cursor that leads nowhere else
                break
        count = _whole(total(pages[0])) if total else None
        complete = following is None and (count is None or len(found) >= count)
        return Read(tuple(pages), tuple(found), call.fingerprint, served, complete, count)

    def served(self, answer: Answer) -> str | None:
        """The version of the interface that answered, where the answer tells."""
        version = self.manifest.version
        return answer.headers.get(version.served_header.lower()) if version and version.served_header else None

    def _odder(self, one: str | None, other: str | None) -> str | None:
        """Of two versions that answered the one that was not asked for."""
        asked = self.manifest.version.asked if self.manifest.version else None
        return other if one in (None, asked) and other is not None else one

    def failure(self, code: str, *, permanent: bool = False, **facts: Fact) -> SourceError:
        """A SourceError of this platform."""
        return SourceError(code, permanent=permanent, facts={"place": self.manifest.name, **facts})

    def blocked(self, code: str, *, permanent: bool = True, **facts: Fact) -> BlockedError:
        """A BlockedError of this platform."""
        return BlockedError(code, permanent=permanent, facts={"place": self.manifest.name, **facts})

    def _refuse(self, answer: Answer) -> None:
        """What a status says where the platform has no words of its own for it."""
        status = answer.status
        if 200 <= status < 300:
            return
        if status in _BLOCKED:
            code = "quota_reached" if status == 403 and not answer.body.strip() else _BLOCKED[status]
            raise self.blocked(code, permanent=code != "quota_reached")
        if status in (410, 426):
            version = self.manifest.version.asked if self.manifest.version else "–"
            raise self.failure("api_version_gone", permanent=True, version=version)
        if status == 404:
            raise self.failure("thing_not_found", permanent=True, what=self.manifest.id)
        code = "source_busy" if status >= 500 else "request_refused" if status in (400, 422) else "platform_answer"
        raise self.failure(code, permanent=code == "request_refused", status=float(status))


_BLOCKED = {401: "credential_refused", 402: "plan_lacks", 403: "permission_missing", 429: "quota_reached"}


def open_api(manifest: Manifest, context: FetchContext, account: str | None = None, base: str = "") -> Api:
    """The interface that a manifest describes, for the account whose secrets are there.

    `base` stands for an address that the KPI's place completes. Raises BlockedError missing_secret or missing_base.
    """
    own = context.settings.source_urls.get(manifest.id)
    address = own or base or manifest.base
    if not address:
        facts = {"place": manifest.name, "variable": f"SEMAFORO_SOURCE_URL_{manifest.id.upper()}"}
        raise BlockedError("missing_base", permanent=True, facts=facts)
    token = context.settings.source_urls.get(f"{manifest.id}_token")  # a stand-in for the address of access tokens
    allowed = (*context.settings.allowed_hosts, urlsplit(own).netloc.lower()) if own else context.settings.allowed_hosts
    secrets = secrets_of(context)
    terms = Terms(context.limits, manifest.rate, tuple(allowed), _turn(manifest, context, secrets, account))
    web = web_of(context)
    auth = way_in(manifest, secrets, account)
    auth = _at_stand_in(auth, token) if token else auth
    for_tokens = (*context.settings.allowed_hosts, *([urlsplit(token).netloc.lower()] if token else []))

    def send(call: Call) -> Answer:
        return web.send(call, replace(terms, allowed_hosts=for_tokens))

    return Api(manifest, address, terms, web, Signer(auth, secrets, account, manifest.name, send))


def _turn(manifest: Manifest, context: FetchContext, secrets: Secrets, account: str | None) -> Callable[[], None]:
    """The account's turn among all processes. Its key names whose secrets they are, not their values: those change."""
    if context.permits is None:
        return lambda: None
    own = any(secrets.owns(name, account) for name in manifest.secrets)
    whose = "|".join((manifest.id, secret_name("", account), context.workbook if own else ""))
    key = f"source:{hashlib.sha256(whose.encode()).hexdigest()}"
    return shared_turn(context.permits, key, manifest.rate, context.limits.patience, time.sleep)


def _at_stand_in(auth: Auth | None, token_url: str) -> Auth | None:
    if isinstance(auth, OAuthRefresh):
        return replace(auth, token_url=token_url)
    if isinstance(auth, AllOf):
        parts = (replace(part, token_url=token_url) if isinstance(part, OAuthRefresh) else part for part in auth.parts)
        return AllOf(tuple(parts))
    return auth


def secrets_of(context: FetchContext) -> Secrets:
    """The secrets that this sync may use."""
    terms = Terms(context.limits, allowed_hosts=context.settings.allowed_hosts)
    remote = remote_secrets(context.settings, web_of(context), terms) if context.settings.secrets_project else None
    return Secrets(context.settings, context.workbook, remote, own_only=context.own_secrets)


def web_of(context: FetchContext) -> Web:
    """The way out of this sync: the process's own where the context brings none."""
    return context.web or _shared(context.settings.home)


@cache
def _shared(home: Path) -> Web:
    """One for the process: its lines are used again and its allowances hold for all syncs."""
    return Web(cache=home / "answers")


def _content(answer: Answer) -> Any:
    """The JSON of an answer; None for anything else, an empty body among it."""
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None


def _is_page(answer: Answer) -> bool:
    """Whether it is a page for people, and not JSON that was cut or never was whole."""
    return not answer.headers.get("content-type", "").startswith("application/json") or answer.body.lstrip()[:1] == b"<"


def _whole(number: Any) -> int | None:
    if isinstance(number, str) and number.isdecimal():
        return int(number)
    return int(number) if isinstance(number, int | float) and not isinstance(number, bool) else None
