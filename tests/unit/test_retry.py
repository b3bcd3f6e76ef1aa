"""Trying again, with an end."""

import pytest

from sync.retry import LONGEST_WAIT, retrying


class Flaky:
    """Fails as often as it is told to, then answers."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self.calls <= self.failures:
            raise ConnectionError(self.calls)
        return "answer"


def test_a_passing_fault_is_tried_again_with_growing_waits() -> None:
    waits: list[float] = []
    assert retrying(Flaky(3), again=lambda error: 0.0, sleep=waits.append) == "answer"
    assert [int(wait) for wait in waits] == [1, 2, 4]


def test_what_never_gets_better_ends_after_six_tries() -> None:
    call = Flaky(99)
    with pytest.raises(ConnectionError):
        retrying(call, again=lambda error: 0.0, sleep=lambda seconds: None)
    assert call.calls == 6


def test_what_a_repetition_cannot_mend_is_raised_at_once() -> None:
    call = Flaky(99)
    with pytest.raises(ConnectionError):
        retrying(call, again=lambda error: None, sleep=lambda seconds: None)
    assert call.calls == 1


def test_the_other_side_may_ask_for_a_longer_wait() -> None:
    waits: list[float] = []
    retrying(Flaky(1), again=lambda error: 90.0, sleep=waits.append)
    assert waits == [90.0]


def test_no_wait_of_our_own_is_longer_than_a_minute() -> None:
    waits: list[float] = []
    with pytest.raises(ConnectionError):
        retrying(Flaky(99), again=lambda error: 0.0, sleep=waits.append, tries=12)
    assert max(waits) == LONGEST_WAIT
