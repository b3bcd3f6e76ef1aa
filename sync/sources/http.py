"""The bytes behind an address, by the strict way: checked, pinned, bounded in time and size.

A name is resolved once, every answer is checked, and the checked literal is dialled, never the name again: an answer
that changes between check and dial (DNS rebinding) changes nothing. Redirects go the whole way again.
"""

import logging
import ssl
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

import httpx

from sync.errors import SourceError
from sync.sources.address import AddressRefusedError, Target, host_shown, judge, understand
from sync.sources.bodies import bounded, inflated
from sync.sources.deadline import Deadline
from sync.sources.names import shown
from sync.sources.protocol import FetchLimits
from sync.sources.resolve import resolve

_LOG = logging.getLogger(__name__)
# Both write whole addresses to the log, and an address may hold a secret.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_HEADERS = {"User-Agent": "semaforo", "Accept": "text/csv, application/json, text/plain, */*;q=0.1"}
_REDIRECTS = (301, 302, 303, 307, 308)
_BINARY_BUT_FINE = ("application/octet-stream", "application/vnd.ms-excel", "application/csv", "application/x-csv")

Resolver = Callable[[str, int, float], tuple[str, ...]]


@dataclass(frozen=True)
class Dialling:
    """How names are resolved and whose certificates are believed; changed by tests only."""

    resolver: Resolver = lambda host, port, seconds: resolve(host, port, seconds=seconds)
    trust: ssl.SSLContext | None = None


def get_bytes(
    address: str, allowed_hosts: Collection[str], limits: FetchLimits, dialling: Dialling | None = None
) -> bytes:
    """The body behind an address, inflated, at most `limits.inflated` bytes, in at most `limits.seconds` in all.

    Raises SourceError: unreachable_address (refused by us, unresolved or not answering: one answer for all, the
    difference goes to the log), too_slow, too_large, too_many_redirects, not_found, not_shared, source_busy,
    http_status, not_a_table, broken_answer; each with the fact place.
    """
    place = shown(host_shown(address))
    with Deadline(limits.seconds) as deadline:
        try:
            return _Get(place, allowed_hosts, limits, deadline, dialling or Dialling()).follow(address)
        except AddressRefusedError as refused:
            _LOG.warning("no source goes to %s: %s", place, refused)
            raise _failure("unreachable_address", place) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            _LOG.warning("source at %s failed: %s", place, type(error).__name__)
            raise _translated(error, place, deadline) from error


@dataclass(frozen=True)
class _Get:
    """One address being read: what stays the same over its redirects."""

    place: str
    allowed_hosts: Collection[str]
    limits: FetchLimits
    deadline: Deadline
    dialling: Dialling

    def follow(self, address: str) -> bytes:
        """The body behind an address and its redirects, each checked as the first is."""
        with self._client() as client:
            for _ in range(self.limits.redirects + 1):
                target = understand(address, self.allowed_hosts)
                response = self._send(client, target)
                try:
                    if response.status_code not in _REDIRECTS:
                        return self._body(response)
                    address = _next_address(target, response)
                finally:
                    response.close()
        raise _failure("too_many_redirects", self.place, permanent=True)

    def _client(self) -> httpx.Client:
        trust = self.dialling.trust or _public_trust()
        return httpx.Client(verify=trust, trust_env=False, follow_redirects=False, headers=_HEADERS)

    def _send(self, client: httpx.Client, target: Target) -> httpx.Response:
        """The response to a GET at the first checked answer that takes the call."""
        answers = (
            (target.host,)
            if target.literal
            else self.dialling.resolver(target.host, target.port, self.deadline.remaining())
        )
        error: httpx.ConnectError | None = None
        for answer in judge(target, answers):
            try:
                return client.send(self._request(client, target, answer), stream=True)
            except httpx.ConnectError as refused:
                error = refused
        raise error or AddressRefusedError("no answer took the call")

    def _request(self, client: httpx.Client, target: Target, answer: str) -> httpx.Request:
        literal = f"[{answer}]" if ":" in answer else answer
        return client.build_request(
            "GET",
            f"{target.scheme}://{literal}:{target.port}{target.path}",
            headers={"Host": target.authority, "Accept-Encoding": "gzip"},
            timeout=self.deadline.remaining(),
            extensions={"sni_hostname": target.host, "trace": self.deadline.watching(answer)},
        )

    def _body(self, response: httpx.Response) -> bytes:
        _check_status(response.status_code, self.place)
        _check_type(response.headers, self.place)
        too_large = _failure("too_large", self.place, permanent=True, megabytes=self.limits.inflated / 2**20)
        wire = bounded(response.iter_raw(), self.limits.wire, too_large)
        body = self._decoded(response.headers.get("content-encoding", ""), wire, too_large)
        if self.deadline.passed:  # a body that simply ends when the line is cut looks whole
            raise _failure("too_slow", self.place, seconds=self.limits.seconds)
        return body

    def _decoded(self, encoding: str, wire: Iterable[bytes], too_large: SourceError) -> bytes:
        broken = _failure("broken_answer", self.place)
        match encoding.strip().lower():
            case "" | "identity":
                return b"".join(bounded(wire, self.limits.inflated, too_large))
            case "gzip" | "x-gzip":
                return inflated(wire, self.limits.inflated, too_large, broken)
            case _:
                raise broken


def _next_address(target: Target, response: httpx.Response) -> str:
    location: str = response.headers.get("location", "")
    if not location:
        raise AddressRefusedError("a redirect to nowhere")
    try:
        return urljoin(f"{target.scheme}://{target.authority}{target.path}", location)
    except ValueError:
        raise AddressRefusedError("a redirect to no address") from None


def _check_status(status: int, place: str) -> None:
    if status == 200:
        return
    if status in (404, 410):
        raise _failure("not_found", place, permanent=True)
    if status in (401, 403):
        raise _failure("not_shared", place, permanent=True)
    if status == 429 or status >= 500:
        raise _failure("source_busy", place, status=float(status))
    raise _failure("http_status", place, permanent=True, status=float(status))


def _check_type(headers: Mapping[str, str], place: str) -> None:
    """Text, JSON, or what servers that don't know better call a CSV. A web page is a sign-in form, not a table."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    is_text = kind.startswith("text/") and kind not in ("text/html", "text/xml")
    if not (not kind or is_text or kind.endswith("json") or kind in _BINARY_BUT_FINE):
        raise _failure("not_a_table", place, permanent=True)


def _translated(error: Exception, place: str, deadline: Deadline) -> SourceError:
    if deadline.passed or isinstance(error, httpx.TimeoutException):
        return _failure("too_slow", place, seconds=deadline.seconds)
    if isinstance(error, httpx.ConnectError | httpx.InvalidURL | httpx.UnsupportedProtocol):
        return _failure("unreachable_address", place)
    return _failure("broken_answer", place)


def _failure(code: str, place: str, *, permanent: bool = False, **facts: float) -> SourceError:
    return SourceError(code, permanent=permanent, facts={"place": place, **facts})


@cache
def _public_trust() -> ssl.SSLContext:
    """The certificates that browsers believe; read once, for reading them takes longer than many a fetch."""
    return httpx.create_ssl_context(trust_env=False)
