"""Trying again, with an end: waiting and the clock are passed in."""

import random
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

TRIES = 6
LONGEST_WAIT = 64.0  # seconds; Google's advice: 2^n plus up to one second at random, capped at 32 to 64


def retrying(
    call: Callable[[], Result],
    *,
    again: Callable[[Exception], float | None],
    sleep: Callable[[float], None],
    tries: int = TRIES,
) -> Result:
    """What `call` returns, tried up to `tries` times.

    `again` answers None for an error that a repetition can't mend (it is raised at once), else the least wait in
    seconds that the other side asked for (0 when it named none). Only for calls that may be repeated.
    """
    for attempt in range(tries):
        try:
            return call()
        except Exception as error:
            asked = again(error)
            if asked is None or attempt == tries - 1:
                raise
            jitter = random.random()  # noqa: S311  # spreads callers out; nothing secret hangs on it
            sleep(max(asked, min(2.0**attempt + jitter, LONGEST_WAIT)))
    raise AssertionError("unreachable: the last attempt returns or raises")
