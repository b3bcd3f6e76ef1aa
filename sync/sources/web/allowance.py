"""How often and how many at once an account may ask a host: a token bucket and a counter for each.

Both are of this process. How often all processes together may ask is counted in the state store (`shared_turn`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Semaphore

from sync.sheet.quota import Pace, Permits
from sync.sources.manifest import Rate

_COUNTED = 10  # permits that the store remembers of an account, where its burst isn't larger


class Bucket:
    """`burst` calls at once, then one each `1 / per_second` seconds. Calls go in the order in which they ask."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._every = 1 / rate.per_second if rate.per_second else 0.0
        self._room = self._every * max(0, rate.burst - 1)
        self._clock = clock
        self._free_at = clock() - self._room
        self._lock = Lock()

    def reserve(self) -> float:
        """Seconds to wait before the call that is now reserved."""
        with self._lock:
            now = self._clock()
            at = max(self._free_at, now - self._room)
            self._free_at = at + self._every
            return max(0.0, at - now)


class Allowances:
    """One bucket and one counter for each host and credential, shared by all syncs of this process."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock, self._sleep = clock, sleep
        self._known: dict[tuple[str, str], tuple[Bucket, Semaphore]] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str, credential: str, rate: Rate) -> Iterator[None]:
        """Waits until one more call is allowed, and holds its place while the block runs."""
        with self._lock:
            if len(self._known) > 1000:  # access tokens change hourly; old ones are of no interest
                self._known.clear()
            fresh = Bucket(rate, self._clock), Semaphore(rate.parallel)
            bucket, places = self._known.setdefault((host, credential), fresh)
        with places:
            wait = bucket.reserve()
            if wait > 0:
                self._sleep(wait)
            yield


def shared_turn(
    permits: Permits, key: str, rate: Rate, patience: float, sleep: Callable[[float], None]
) -> Callable[[], None]:
    """What waits until every process on this store together may ask once more, `patience` seconds at most: then the
    call goes out all the same, and the platform has the last word."""
    if rate.per_second is None:
        return lambda: None
    most = max(rate.burst, _COUNTED)
    paces = {key: Pace(most, most / rate.per_second, rate.burst)}

    def turn() -> None:
        left = patience
        while left > 0 and (wait := permits.take_permits(paces)) > 0:
            sleep(min(wait, left))
            left -= wait

    return turn
