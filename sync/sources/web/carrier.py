"""One exchange over the checked way: the address judged, the line pinned to the judged answer, all bounded.

A name is resolved once, every answer is checked, and the checked literal is dialled, never the name again: an answer
that changes between check and dial (DNS rebinding) changes nothing. Redirects go the whole way again, and credentials
stay with the host that they were meant for. Lines to the same host are used again, one exchange at a time.
"""

import logging
import ssl
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from threading import Lock
from urllib.parse import urljoin, urlsplit

import httpx

from sync.errors import SourceError
from sync.sources.address import AddressRefusedError, Target, host_shown, judge, understand
from sync.sources.bodies import bounded, inflated
from sync.sources.deadline import Deadline
from sync.sources.limits import FetchLimits
from sync.sources.names import shown
from sync.sources.resolve import resolve
from sync.sources.web.call import Answer, Call
from sync.sources.web.line import Line
from sync.tally import REFUSED_ADDRESSES, count

_LOG = logging.getLogger(__name__)
# Both write whole addresses to the log, and an address may hold a secret.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_REDIRECTS = (301, 302, 303, 307, 308)
_ERROR_BODY = 64 * 1024  # of an answer that is no success so much is read
_KEPT_LINES = 4  # idle ones to a host

Resolver = Callable[[str, int, float], tuple[str, ...]]


@dataclass(frozen=True)
class Dialling:
    """How names are resolved and whose certificates are believed; changed by tests only."""

    resolver: Resolver = lambda host, port, seconds: resolve(host, port, seconds=seconds)
    trust: ssl.SSLContext | None = None


class Carrier:
    """Carries calls. May be used by several threads at once."""

    def __init__(self, dialling: Dialling | None = None) -> None:
        self._dialling = dialling or Dialling()
        self._idle: dict[str, list[Line]] = {}
        self._lock = Lock()

    def send(self, call: Call, allowed_hosts: Collection[str], limits: FetchLimits) -> Answer:
        """The answer to a call, whatever its status. Body inflated, at most `limits.inflated` bytes; all of it within
        `limits.seconds`.

        Raises SourceError: unreachable_address (refused by us, unresolved or not answering: one answer for all, the
        difference goes to the log), too_slow, too_large, too_many_redirects, broken_answer; each with the fact place.
        """
        place = shown(host_shown(call.url))
        with Deadline(limits.seconds) as deadline:
            try:
                return self._follow(call, allowed_hosts, _Bounds(place, limits, deadline))
            except AddressRefusedError as refused:
                count(REFUSED_ADDRESSES)
                _LOG.warning("no source goes to %s: %s", place, refused)
                raise failure("unreachable_address", place) from None
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                _LOG.warning("source at %s failed: %s", place, type(error).__name__)
                raise _translated(error, place, deadline) from None  # its text may hold the address

    def close(self) -> None:
        """Hang up all idle lines."""
        with self._lock:
            lines = [line for idle in self._idle.values() for line in idle]
            self._idle.clear()
        for line in lines:
            line.close()

    def _follow(self, call: Call, allowed_hosts: Collection[str], bounds: "_Bounds") -> Answer:
        address = call.address
        for _ in range(bounds.limits.redirects + 1):
            target = understand(address, allowed_hosts)
            answer = self._exchange(call, target, bounds)
            if answer.status not in _REDIRECTS:
                return replace(answer, url=address)
            following = _next_address(target, answer.headers.get("location", ""))
            call = _redirected(call, answer.status, moved=_elsewhere(address, following))
            address = following
        raise failure("too_many_redirects", bounds.place, permanent=True)

    def _exchange(self, call: Call, target: Target, bounds: "_Bounds") -> Answer:
        line, response = self._dialled(call, target, bounds)
        try:
            answer = _read(response, bounds)
        except BaseException:
            line.close()
            raise
        self._put_back(target, line)
        return answer

    def _dialled(self, call: Call, target: Target, bounds: "_Bounds") -> tuple[Line, httpx.Response]:
        """The response at an idle line, or at the first checked answer that takes the call."""
        line = self._idle_line(target)
        if line is not None:
            with _closing_on_error(line):
                return line, line.send(call, target, bounds.deadline)
        left = bounds.deadline.remaining()
        answers = (target.host,) if target.literal else self._dialling.resolver(target.host, target.port, left)
        error: httpx.ConnectError | None = None
        for answer in judge(target, answers):
            line = Line(answer, self._dialling.trust or _public_trust())
            try:
                with _closing_on_error(line):
                    return line, line.send(call, target, bounds.deadline)
            except httpx.ConnectError as refused:
                error = refused
        raise error or AddressRefusedError("no answer took the call")

    def _idle_line(self, target: Target) -> Line | None:
        with self._lock:
            idle = self._idle.get(_key(target))
            return idle.pop() if idle else None

    def _put_back(self, target: Target, line: Line) -> None:
        with self._lock:
            idle = self._idle.setdefault(_key(target), [])
            if len(idle) < _KEPT_LINES:
                idle.append(line)
                return
        line.close()


@dataclass(frozen=True)
class _Bounds:
    """What stays the same over the redirects of one call."""

    place: str
    limits: FetchLimits
    deadline: Deadline


class _closing_on_error:  # noqa: N801  # read as a word: with _closing_on_error(line)
    def __init__(self, line: Line) -> None:
        self._line = line

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self._line.close()


def _key(target: Target) -> str:
    """Lines of different trust never mix: a listed host may lie in our own network."""
    return f"{target.scheme}://{target.authority} {target.listed}"


def _read(response: httpx.Response, bounds: _Bounds) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    try:
        body = _body(response, headers, bounds)
    finally:
        response.close()
    if bounds.deadline.passed:  # a body that simply ends when the line is cut looks whole
        raise failure("too_slow", bounds.place, seconds=bounds.limits.seconds)
    return Answer(response.status_code, headers, body)


def _body(response: httpx.Response, headers: Mapping[str, str], bounds: _Bounds) -> bytes:
    limits, place = bounds.limits, bounds.place
    too_large = failure("too_large", place, permanent=True, megabytes=limits.inflated / 2**20)
    if not response.is_success:
        with suppress(SourceError):
            most = bounded(response.iter_raw(), _ERROR_BODY, too_large)
            return _decoded(headers.get("content-encoding", ""), most, limits.inflated, place)
        return b""
    wire = bounded(response.iter_raw(), limits.wire, too_large)
    return _decoded(headers.get("content-encoding", ""), wire, limits.inflated, place)


def _decoded(encoding: str, wire: Iterable[bytes], most: int, place: str) -> bytes:
    too_large = failure("too_large", place, permanent=True, megabytes=most / 2**20)
    broken = failure("broken_answer", place)
    match encoding.strip().lower():
        case "" | "identity":
            return b"".join(bounded(wire, most, too_large))
        case "gzip" | "x-gzip":
            return inflated(wire, most, too_large, broken)
        case _:
            raise broken


def _redirected(call: Call, status: int, *, moved: bool) -> Call:
    """The call as it goes on. To another host go neither credentials nor a body, nor headers of the platform's own."""
    kept = {name: value for name, value in call.headers.items() if name.lower() in ("accept", "user-agent")}
    if moved:
        method = "GET" if call.method == "GET" or status == 303 else "refused"
        if method == "refused":
            raise AddressRefusedError("a question sent on to another host")
        return Call("GET", call.url, headers=kept)
    if status == 303 or (status in (301, 302) and call.method == "POST"):
        return replace(call, method="GET", body=b"")
    return call


def _elsewhere(address: str, following: str) -> bool:
    one, other = urlsplit(address), urlsplit(following)
    return (one.scheme, one.netloc.lower()) != (other.scheme, other.netloc.lower())


def _next_address(target: Target, location: str) -> str:
    if not location:
        raise AddressRefusedError("a redirect to nowhere")
    try:
        return urljoin(f"{target.scheme}://{target.authority}{target.path}", location)
    except ValueError:
        raise AddressRefusedError("a redirect to no address") from None


def _translated(error: Exception, place: str, deadline: Deadline) -> SourceError:
    if deadline.passed or isinstance(error, httpx.TimeoutException):
        return failure("too_slow", place, seconds=deadline.seconds)
    if isinstance(error, httpx.ConnectError | httpx.InvalidURL | httpx.UnsupportedProtocol):
        return failure("unreachable_address", place)
    return failure("broken_answer", place)


def failure(code: str, place: str, *, permanent: bool = False, **facts: float) -> SourceError:
    """A SourceError about a place."""
    return SourceError(code, permanent=permanent, facts={"place": place, **facts})


@cache
def _public_trust() -> ssl.SSLContext:
    """The certificates that browsers believe; read once, for reading them takes longer than many a fetch."""
    return httpx.create_ssl_context(trust_env=False)
