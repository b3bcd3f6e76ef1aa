"""May a source be let go to this address? Pure: what the name resolves to is passed in.

A workbook is written by anybody whom its owner lets in, and our machine sits in a network that they should not see.
So an address is understood strictly, and every address that its name resolves to must lie in public space.
Registries of what is not: https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2048
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\\]|\s")
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.ASCII)
_NUMERIC_LABEL = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.ASCII)
_INNER_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa", "lan", "intranet", "svc")
_DENIED = tuple(
    ip_network(text)
    for text in (
        "100.64.0.0/10",  # shared by carriers; also metadata of one cloud
        "192.0.0.0/24",  # Python calls .9 and .10 global
        "192.88.99.0/24",  # retired 6to4 relays
        "198.18.0.0/15",  # benchmarks
        "240.0.0.0/4",
        "168.63.129.16/32",  # the wire server of Azure, in public space
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4 wraps an IPv4 address
        "3fff::/20",
    )
)
_GLOBAL_IPV6 = ip_network("2000::/3")


class AddressRefusedError(ValueError):
    """No source goes there; the text is the reason, for the operator's log only."""


@dataclass(frozen=True)
class Target:
    """An address understood. `host` is ASCII, without brackets; `listed`: the operator allowed it by name."""

    scheme: str
    host: str
    port: int
    path: str  # with the query, as it goes over the wire
    listed: bool = False

    @property
    def literal(self) -> bool:
        """Whether the host is an IP address, which nobody has to resolve."""
        return _literal(self.host) is not None

    @property
    def authority(self) -> str:
        """Host and port as the Host header bears them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def understand(address: str, allowed_hosts: Collection[str] = ()) -> Target:
    """The parts of an address. Raises AddressRefusedError.

    What is not on the operator's list goes over https, also when it was typed as http.
    """
    if len(address) > _LONGEST:
        raise AddressRefusedError("too long")
    if _FORBIDDEN.search(address):
        raise AddressRefusedError("blank, control character or backslash")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise AddressRefusedError("not an address, or a port that does not exist") from None
    if parts.scheme not in _PORTS:
        raise AddressRefusedError("neither http nor https")
    if "@" in parts.netloc:
        raise AddressRefusedError("user name or password in the address")
    host = _host(parts)
    listed = _is_listed(host, port if port is not None else _PORTS[parts.scheme], allowed_hosts)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if listed:
        return Target(parts.scheme, host, port if port is not None else _PORTS[parts.scheme], path, listed=True)
    if port not in (None, 80, 443):  # 0 is falsy, so no `port or 80` here
        raise AddressRefusedError("port other than 80 and 443")
    _refuse_inner_name(host)
    secure_port = port if parts.scheme == "https" and port is not None else 443
    return Target("https", host, secure_port, path)


def judge(target: Target, answers: Sequence[str]) -> tuple[str, ...]:
    """The answers that may be dialled: all of them, for one bad answer spoils all. Raises AddressRefusedError."""
    if not answers:
        raise AddressRefusedError("the name does not resolve")
    if not target.listed:
        for answer in answers:
            reason = why_not_public(answer)
            if reason:
                raise AddressRefusedError(reason)
    return tuple(answers)


def why_not_public(answer: str) -> str | None:
    """Why an IP address, as text, is not in public space; None when it is."""
    found = None if "%" in answer else _literal(answer)
    if found is None:
        return "zone id, or no IP address"
    if isinstance(found, IPv6Address) and found not in _GLOBAL_IPV6:  # IPv4 in IPv6 dress is out there too
        return "outside the global IPv6 space"
    if any(found.version == network.version and found in network for network in _DENIED):
        return "reserved space"
    if not found.is_global or found.is_multicast or found.is_reserved:
        return "not public"
    return None


def host_shown(address: str) -> str:
    """The host of an address for a sentence; the rest of it may hold a secret."""
    try:
        return urlsplit(address.strip()).hostname or "?"
    except ValueError:
        return "?"


def _host(parts: SplitResult) -> str:
    """The host in ASCII. Refuses every spelling of an IP address but the plain one."""
    try:
        raw = parts.hostname or ""
    except ValueError:
        raise AddressRefusedError("not a host") from None
    if "%" in raw:
        raise AddressRefusedError("percent sign or zone id in the host")
    if parts.netloc.startswith("["):
        if _literal(raw) is None:
            raise AddressRefusedError("not an IPv6 address")
        return str(IPv6Address(raw))
    name = _ascii(raw).rstrip(".")
    if not name or len(name) > 253 or not _NAME.fullmatch(name):
        raise AddressRefusedError("not a host name")
    if _NUMERIC_LABEL.fullmatch(name.rpartition(".")[2]) and (_literal(name) is None or raw != name):
        raise AddressRefusedError("IP address in disguise")
    return name


def _ascii(raw: str) -> str:
    """The name as it is asked for. Folding comes first: circled digits and ideographic stops make an IP address."""
    if raw.isascii():
        return raw.lower()
    import idna  # part of the HTTP client, which an international name needs anyway

    try:
        return idna.encode(unicodedata.normalize("NFKC", raw).lower(), uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise AddressRefusedError("not a host name") from None


def _refuse_inner_name(host: str) -> None:
    if _literal(host) is None and ("." not in host or host.endswith(tuple(f".{name}" for name in _INNER_NAMES))):
        raise AddressRefusedError("name of an inner host")


def _is_listed(host: str, port: int, allowed_hosts: Collection[str]) -> bool:
    """`host` alone allows its usual ports, `host:port` that port."""
    bracketed = f"[{host}]" if ":" in host else host
    names = {name.lower() for name in allowed_hosts}
    return f"{bracketed}:{port}" in names or (port in (80, 443) and not names.isdisjoint({host, bracketed}))


def _literal(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
