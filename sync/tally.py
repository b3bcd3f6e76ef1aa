"""What this process counted since its start, by name: for figures whose place can't know who shows them."""

import threading
from collections import Counter
from collections.abc import Mapping

REFUSED_ADDRESSES = "refused_addresses"
_COUNTS: Counter[str] = Counter()
_LOCK = threading.Lock()


def count(name: str) -> None:
    """One more."""
    with _LOCK:
        _COUNTS[name] += 1


def counted() -> Mapping[str, int]:
    """All of them; a name that was never counted is 0."""
    with _LOCK:
        return Counter(_COUNTS)
