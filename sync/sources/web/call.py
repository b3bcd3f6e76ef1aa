"""A request to a platform and its answer, as values. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

Query = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Call:
    """One request. `query` is added to the address; `private` is that part of it which holds a secret.

    `repeatable`: asking again does no harm, which holds for everything that only reads.
    """

    method: str
    url: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    private: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    private_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    repeatable: bool = True

    @property
    def address(self) -> str:
        """The whole address, secrets included: for the wire only."""
        return with_query(self.url, (*self.query, *self.private))

    @property
    def host(self) -> str:
        """The host and port that it goes to."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def fingerprint(self) -> str:
        """A hash of what is asked, without any credential: the `request` of a provenance."""
        text = "\n".join((self.method, with_query(self.url, self.query), hashlib.sha256(self.body).hexdigest()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def credential(self) -> str:
        """A hash of who asks: limits and cache are kept apart by it."""
        text = json.dumps([self.private, sorted(self.private_headers.items())])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str = field(default="", repr=False)

    def json(self) -> Any:
        """The body as JSON. Raises ValueError for anything else, NaN included."""
        return json.loads(self.body, parse_constant=_refuse_constant)


def get(url: str, query: Mapping[str, str] | Query = (), **headers: str) -> Call:
    """A GET; header names with an underscore for the hyphen."""
    return Call("GET", url, _pairs(query), {name.replace("_", "-"): value for name, value in headers.items()})


def post_json(url: str, body: Any, query: Mapping[str, str] | Query = ()) -> Call:
    """A POST of JSON, as interfaces want it for questions too long for an address."""
    content = json.dumps(body, ensure_ascii=False).encode()
    return Call("POST", url, _pairs(query), {"Content-Type": "application/json"}, content)


def post_form(url: str, body: Mapping[str, str]) -> Call:
    """A POST of a form."""
    return Call("POST", url, (), {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(body).encode())


def with_query(url: str, query: Query) -> str:
    """The address with more of a query behind what it has."""
    if not query:
        return url
    parts = urlsplit(url)
    added = urlencode(list(query), quote_via=quote)
    return urlunsplit(parts._replace(query=f"{parts.query}&{added}" if parts.query else added))


def _pairs(query: Mapping[str, str] | Query) -> tuple[tuple[str, str], ...]:
    return tuple(query.items()) if isinstance(query, Mapping) else tuple(query)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
