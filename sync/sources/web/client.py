"""Calls to platforms with everything that good manners ask for: turns, retry with an end, conditional requests."""

import logging
import re
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol

from sync.errors import SourceError
from sync.retry import retrying
from sync.sources.limits import FetchLimits
from sync.sources.manifest import Rate
from sync.sources.web.allowance import Allowances
from sync.sources.web.cache import AnswerCache
from sync.sources.web.call import Answer, Call

_LOG = logging.getLogger(__name__)
TRIES = 4
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_BUSY = (408, 425, 429, 500, 502, 503, 504)
_WORTH_ANOTHER_TRY = ("broken_answer", "unreachable_address")


class Carries(Protocol):
    """What takes one call over the wire. Tests pass an object that answers from memory."""

    def send(self, call: Call, allowed_hosts: Collection[str], limits: FetchLimits) -> Answer:
        """The answer, whatever its status. Raises SourceError."""
        ...


@dataclass(frozen=True)
class Terms:
    """On what terms a call goes out."""

    limits: FetchLimits = field(default_factory=FetchLimits)
    rate: Rate = field(default_factory=Rate)
    allowed_hosts: tuple[str, ...] = ()
    turn: Callable[[], None] = lambda: None  # waits for the turns of other processes


class _BusyError(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Web:
    """The one way out. May be used by several threads at once; its allowances hold for all of them.

    `sleep` and `clock` (monotonic seconds) are passed in by tests.
    """

    def __init__(
        self,
        cache: Path | None = None,
        carrier: Carries | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._carrier = carrier
        self._cache = AnswerCache(cache) if cache else None
        self._sleep = sleep
        self._allowances = Allowances(clock, sleep)

    def send(self, call: Call, terms: Terms) -> Answer:
        """The answer, whatever its status, once it is worth having: 429, 5xx, a bare 403 and cut answers were tried
        again, up to four times in all, as long as the platform doesn't want more patience than `terms.limits` has.

        Raises SourceError as `Carrier.send` does.
        """
        patience = _Patience(terms.limits.patience, self._sleep)
        tries = TRIES if call.repeatable else 1
        try:
            answer = retrying(lambda: self._once(call, terms), again=patience.again, sleep=patience.wait, tries=tries)
        except _BusyError as busy:
            answer = busy.answer
        _LOG.debug("%s %s: %s", call.method, call.host, answer.status)
        return answer

    def _once(self, call: Call, terms: Terms) -> Answer:
        asked = self._conditional(call)
        with self._allowances.turn(call.host, call.credential, terms.rate):
            terms.turn()
            answer = self._carries().send(asked, terms.allowed_hosts, terms.limits)
        if answer.status in _BUSY or _bare_refusal(answer):
            raise _BusyError(answer)
        return self._cache.settled(call, answer) if self._cache else answer

    def _conditional(self, call: Call) -> Call:
        conditions = self._cache.conditions(call) if self._cache else {}
        return replace(call, headers={**call.headers, **conditions}) if conditions else call

    def _carries(self) -> Carries:
        if self._carrier is None:
            from sync.sources.web.carrier import Carrier  # brings the HTTP client: only who goes out pays for it

            self._carrier = Carrier()
        return self._carrier


class _Patience:
    """What is left of the time that may be waited, and what is worth waiting for."""

    def __init__(self, seconds: float, sleep: Callable[[float], None]) -> None:
        self._left = seconds
        self._sleep = sleep

    def again(self, error: Exception) -> float | None:
        """Seconds that the platform asked for; None where there is no sense in another try."""
        if isinstance(error, _BusyError):
            asked = retry_after(error.answer)
            return asked if asked <= self._left and self._left > 0 else None
        worth = isinstance(error, SourceError) and error.code in _WORTH_ANOTHER_TRY
        return 0.0 if worth and self._left > 0 else None

    def wait(self, seconds: float) -> None:
        """Sleeps, but no longer than there is patience."""
        seconds = min(seconds, self._left)
        self._left -= seconds
        self._sleep(seconds)


def retry_after(answer: Answer) -> float:
    """Seconds that an answer asks us to wait (RFC 9110, section 10.2.3): a number or a date; 0 where it names none.

    Shopify writes 2.0.
    """
    asked = answer.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(asked):
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _bare_refusal(answer: Answer) -> bool:
    """A 403 without a word: some platforms refuse so whoever asks too often."""
    return answer.status == 403 and not answer.body.strip()
