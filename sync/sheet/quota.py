"""A permit before each call: how many a minute Google allows, shared by all workers through the state store.

Google counts reads and writes apart, each for a user (a service account is one) and for the project, over a minute
(https://developers.google.com/workspace/sheets/api/limits). No minute gets more permits than that, wherever it begins,
and within it they are spread: a few at once, then one after the other. The slack is for calls that travel slowly.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from sync.errors import WorkbookError

SLACK = 0.008  # of the window: two calls that left half a second apart may arrive at once
PATIENCE = {True: 60.0, False: 240.0}  # seconds that a press waits, and that background work waits
PENALTY = 0.1  # of the window: how long nobody calls after a 429 that names no time
TOLD_FROM = 2.0  # seconds: a shorter wait is not worth a word
_BACKGROUND: ContextVar[bool] = ContextVar("background", default=False)


@dataclass(frozen=True)
class Quota:
    """Calls that are allowed in `window` seconds, of each kind: to one account, and to all of them together."""

    user: int = 60
    project: int = 300
    window: float = 60.0

    def __bool__(self) -> bool:
        return self.user > 0


GOOGLE, UNLIMITED = Quota(), Quota(0, 0)


@dataclass(frozen=True)
class Pace:
    """At most `limit` permits in any `window` seconds; of those at most `burst` at once, the others one by one."""

    limit: int
    window: float
    burst: int

    @property
    def interval(self) -> float:
        """Seconds from one permit to the next, at an even pace."""
        return self.window / self.limit


def read_quota(text: str) -> Quota:
    """`60/300` (to an account and to the project, a minute), `60/300/60` with the seconds, or `off`.

    Raises ValueError.
    """
    if text.strip().lower() == "off":
        return UNLIMITED
    parts = [float(part) for part in text.split("/")]
    if not 2 <= len(parts) <= 3 or min(parts[:2]) < 6 or min(parts) <= 0:
        raise ValueError(text)
    return Quota(int(parts[0]), int(parts[1]), *parts[2:])


@contextmanager
def background(on: bool = True) -> Iterator[None]:
    """What runs in this block was begun by no person: it leaves a reserve of permits to those who press."""
    token = _BACKGROUND.set(on)
    try:
        yield
    finally:
        _BACKGROUND.reset(token)


def reserve_of(limit: int) -> int:
    """Permits that background work leaves to people who press."""
    return max(1, limit // 50)


def steady(limit: int) -> float:
    """How many calls in each window background work gets, hour after hour."""
    return (limit - reserve_of(limit)) / (1 + SLACK)


def pace_of(limit: int, window: float) -> Pace:
    """What keeps every window within the limit, and lets workers that came late make up for it."""
    return Pace(limit, window * (1 + SLACK), min(limit, reserve_of(limit) + max(5, limit // 20)))


class Permits(Protocol):
    """Where permits come from: the state store."""

    def take_permits(self, paces: Mapping[str, Pace], reserve: Mapping[str, int] | None = None) -> float: ...

    def drain_permits(self, paces: Mapping[str, Pace], seconds: float) -> None: ...


class Gate(Protocol):
    """What a client asks before a call, and tells when the other side said stop."""

    def ask(self, kind: str) -> None:
        """Return once a call of that kind may go out. Raises WorkbookError when that takes too long."""
        ...

    def refused(self, kind: str, asked: float, scope: str | None) -> None:
        """A 429 came. `asked` are the seconds that it names, 0 for none; `scope` is user, project, or unknown."""
        ...


Gates = Callable[[str], Gate]  # the gate of an account


class OpenGate:
    """No quota: costs nothing."""

    def ask(self, kind: str) -> None:
        """At once."""

    def refused(self, kind: str, asked: float, scope: str | None) -> None:
        """Nobody to tell; the client's own waiting does."""


@dataclass(frozen=True)
class SharedGate:
    """The permits of one account, shared with every other process on this store.

    `pressed` says that a person waits: background work leaves a reserve for such calls, so they go first. `tell` hears
    of waiting: seconds waited so far, and in all.
    """

    permits: Permits
    quota: Quota
    account: str
    pressed: bool = False
    tell: Callable[[float, float], object] = lambda waited, total: None
    sleep: Callable[[float], None] = time.sleep

    def ask(self, kind: str) -> None:
        """Wait for a permit, at most for PATIENCE. Raises WorkbookError (temporary): the sync is queued again."""
        paces, waited = self._paces(kind), 0.0
        reserve = {} if self.pressed else {key: reserve_of(limit) for key, limit in self._limits(kind).items()}
        while (wait := self.permits.take_permits(paces, reserve)) > 0:
            if waited + wait > PATIENCE[self.pressed]:
                raise WorkbookError("workbook_quota", permanent=False)
            if wait > TOLD_FROM:
                self.tell(waited, waited + wait)
            # A little more than asked: those who wait for one permit must not all ask for it in the same instant.
            pause = min(wait, 5.0) + random.random() * min(wait, 0.05)  # noqa: S311  # nothing secret
            self.sleep(pause)
            waited += pause

    def refused(self, kind: str, asked: float, scope: str | None) -> None:
        """Empty the bucket for everybody, for as long as was asked: refusals that come together count as one."""
        paces = {key: pace for key, pace in self._paces(kind).items() if scope is None or key.startswith(scope)}
        self.permits.drain_permits(paces, max(asked, PENALTY * self.quota.window))

    def _limits(self, kind: str) -> dict[str, int]:
        return {f"project:{kind}": self.quota.project, f"user:{self.account}:{kind}": self.quota.user}

    def _paces(self, kind: str) -> dict[str, Pace]:
        return {key: pace_of(limit, self.quota.window) for key, limit in self._limits(kind).items()}


def open_gates(account: str) -> Gate:
    """No quota for any account."""
    return OpenGate()


def shared_gates(quota: Quota | None, permits: Permits, progress: Callable[[str, int, int], object]) -> Gates:
    """Gates on one quota; without one they are open. `progress` hears of waiting as step `quota`, in seconds."""
    if not quota:
        return open_gates

    def tell(waited: float, total: float) -> None:
        progress("quota", round(waited), round(total))

    return lambda account: SharedGate(permits, quota, account, pressed=not _BACKGROUND.get(), tell=tell)
