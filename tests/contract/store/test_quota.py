"""Permits by the state store: exact under several processes, and never more than a window allows."""

import json
import subprocess
import sys
from bisect import bisect_left
from pathlib import Path

import pytest

from sync.sheet.quota import GOOGLE, Pace, pace_of, reserve_of, steady
from sync.store.store import Store, open_store
from tests.capacity.virtual import Pass

PACE = Pace(20, 1.0, 4)  # twenty a second, four at once
ROOT = Path(__file__).parents[3]


def fullest(moments: list[float], window: float) -> int:
    """The most permits in any window."""
    ordered = sorted(moments)
    return max(bisect_left(ordered, start + window) - place for place, start in enumerate(ordered))


def test_six_processes_get_no_permit_too_many_and_a_good_part_of_what_they_may(url: str) -> None:
    open_store(url).close()
    command = [
        sys.executable,
        "-m",
        "tests.limiter_process",
        url,
        "3",
        *map(str, (PACE.limit, PACE.window, PACE.burst)),
    ]
    racing = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(6)]
    taken = [span for process in racing for span in json.loads(process.communicate(timeout=60)[0])]
    first, last = min(before for before, _ in taken), max(after for _, after in taken)
    allowed = (last - first) / PACE.interval + PACE.burst
    assert len(taken) <= allowed
    assert len(taken) >= 0.3 * allowed  # a quiet machine gets 0.9; who sleeps too long on a busy one loses the rest


def given(store: Store, pace: Pace, left: int = 0) -> int:
    """How many permits there are to be had at once."""
    count = 0
    while store.take_permits({"k": pace}, {"k": left}) <= 0:
        count += 1
    return count


def test_background_work_leaves_a_reserve_to_those_who_press(store: Store) -> None:
    now = [100.0]
    store.clock = lambda: now[0]
    pace, reserve = pace_of(60, 60), reserve_of(60)
    assert (given(store, pace, reserve), given(store, pace)) == (pace.burst - reserve, reserve)
    for _ in range(70):  # until the minute is full, not only the burst
        now[0] += 0.9
        given(store, pace, reserve)
    assert (given(store, pace, reserve), given(store, pace)) == (0, reserve)


def test_a_permit_of_two_keys_is_both_or_none(store: Store) -> None:
    store.clock = lambda: 100.0
    narrow, wide = Pace(60, 60.0, 1), Pace(60, 60.0, 2)
    assert store.take_permits({"narrow": narrow}) <= 0
    assert store.take_permits({"narrow": narrow, "wide": wide}) == pytest.approx(1.0)
    assert [store.take_permits({"wide": wide}) <= 0 for _ in range(3)] == [True, True, False]


def test_workers_that_come_late_make_up_for_it(store: Store) -> None:
    now = [0.0]
    store.clock = lambda: now[0]
    pace, taken = pace_of(60, 60), 0
    while now[0] < 600:
        if now[0] % 8 < 5:
            taken += given(store, pace, reserve_of(60))
        now[0] += 0.5
    assert 0.95 * 10 * steady(60) <= taken <= 10 * steady(60) + pace.burst


def test_a_refusal_by_the_other_side_stops_everybody_and_then_no_burst_follows(store: Store) -> None:
    now = [100.0]
    store.clock = lambda: now[0]
    store.drain_permits({"k": PACE}, 7.0)
    store.drain_permits({"k": PACE}, 7.0)
    assert store.take_permits({"k": PACE}) == pytest.approx(7.0)
    now[0] = 107.0001
    assert [store.take_permits({"k": PACE}) <= 0 for _ in range(2)] == [True, False]


@pytest.mark.parametrize("limit", [GOOGLE.user, GOOGLE.project, 6, 20])
def test_every_minute_stays_below_googles_limit_wherever_it_begins(store: Store, limit: int) -> None:
    now, moments, pace = [0.0], [], pace_of(limit, 60.0)
    store.clock = lambda: now[0]
    while now[0] < 200:
        wait = store.take_permits({"k": pace})
        if wait <= 0:
            moments.append(now[0])
        now[0] += max(wait, 0.0) + 1e-6
    assert fullest(moments, 60.0) <= limit
    assert len(moments) >= 0.95 * limit * 200 / 60


@pytest.mark.parametrize("workers", [1, 4])
def test_a_pass_takes_a_tenth_more_than_the_quota_allows_at_most_and_not_one_call_is_refused(
    store: Store, workers: int
) -> None:
    workbooks = 150
    seconds = Pass(store, GOOGLE, workers, workbooks).run()
    assert seconds / (workbooks / GOOGLE.user * GOOGLE.window) <= 1.1
