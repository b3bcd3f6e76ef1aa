"""How often somebody may ask: one number a key (GCRA), in bounded memory. Pure but for its own memory: the clock is
passed in.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

MOST_KEYS = 10_000  # beyond it the one that asked longest ago is forgotten


class Limiter:
    """`per_minute` requests a key in the long run, and as many at once; any number for 0."""

    def __init__(self, per_minute: int, most_keys: int = MOST_KEYS) -> None:
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._most_keys = most_keys
        self._arrivals: OrderedDict[str, float] = OrderedDict()  # key -> theoretical arrival time of its next request
        self._lock = threading.Lock()

    def wait(self, key: str, now: float) -> float:
        """0 for a request that may pass, which is counted; else the seconds to wait."""
        if not self._interval:
            return 0.0
        with self._lock:
            arrival = max(self._arrivals.pop(key, now), now)
            too_early = arrival - now - (60.0 - self._interval)
            self._arrivals[key] = arrival if too_early > 1e-9 else arrival + self._interval
            if len(self._arrivals) > self._most_keys:
                self._arrivals.popitem(last=False)
        return max(0.0, too_early) if too_early > 1e-9 else 0.0

    def __len__(self) -> int:
        return len(self._arrivals)


def caller_of(peer: str, forwarded: str, trusted: Sequence[str]) -> str:
    """Who asks: the peer, or behind proxies that we trust the last address of X-Forwarded-For that is none of them.

    Of an IPv6 address the first 64 bits: whoever has one has all of them.
    """
    addresses = [each.strip() for each in forwarded.split(",") if each.strip()]
    caller = peer
    while addresses and _is_trusted(caller, trusted):
        caller = addresses.pop()
    return _as_key(caller)


def _is_trusted(text: str, trusted: Sequence[str]) -> bool:
    address = _address(text)
    return address is not None and any(address in ip_network(network) for network in trusted)


def _as_key(text: str) -> str:
    address = _address(text)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address or text[:64])


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
