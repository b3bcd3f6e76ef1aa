"""Pure: exponential smoothing of a seasonally adjusted series, three families at once, each tried over a small grid of
parameters.

Level only; level with a constant drift (which is the Theta method: Hyndman and Billah 2003, International Journal of
Forecasting 19); level with a damped trend (Gardner and McKenzie 1985). Their mean is what did well in the M3 and M4
competitions. The grid runs through the series once, all its rows side by side and a block of readings at a time, so
that a series costs about a millisecond and no optimiser is needed.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from sync.forecast.prepare import Array

LEVEL_WEIGHTS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
DAMPED_GRID = tuple(
    (alpha, share * alpha, phi)
    for alpha in (0.05, 0.12, 0.25, 0.45, 0.7, 0.99)
    for share in (0.03, 0.1, 0.35)
    for phi in (0.8, 0.9, 0.97, 0.995)
)
FAMILY_WEIGHTS = (0.5, 1.5, 1.0)  # level, drift, damped trend
FAVOUR = 2.0  # a family that missed twice as much counts 2 ** this times less
TINY = 1e-12  # beside values of about 1: two families that both miss nothing count alike
DRIFT_SHARE = 0.6  # of the straight line's slope (Theta's own is a half)
TREND_FROM = 12  # readings; with fewer, a trend must show in nearly every step to be followed
TREND_SEEN = 8  # readings before which no drift is seen
TREND_DOUBT = 10  # a slope of n readings counts n / (n + this)
STEADY = 6.0  # the squared t value of the mean step at which a steadiness is a half
SURE = 0.7  # the steadiness from which a trend is followed further, up to the whole of it at 1
JUDGES = (1.0, 2.0)  # what the near-sighted and the far-sighted choice count
FAR_SIGHT = (1, 3, 6, 9, 12)  # steps ahead on which the far-sighted choice is judged
WARM_UP = 2  # first errors that do not count in the choice
START = 5  # readings from which the first level and trend are taken
BLOCK = 20  # readings that are smoothed in one stroke


class Rows(NamedTuple):
    """One entry for each row of the grid. `families` are the three slices of it."""

    alpha: Array
    beta: Array
    phi: Array
    families: tuple[slice, slice, slice]


class States(NamedTuple):
    """After 0, 1, ... n readings: level and trend of each row, shape (n + 1, rows)."""

    level: Array
    trend: Array


class Strokes(NamedTuple):
    """A block of readings makes of a row's state (level, trend) the states `carry @ state + pull @ readings`, one below
    the other: shapes (rows, 2 x BLOCK, 2) and (rows, 2 x BLOCK, BLOCK).
    """

    carry: Array
    pull: Array


@cache
def grid() -> Rows:
    level = np.array(LEVEL_WEIGHTS)
    damped = np.array(DAMPED_GRID)
    still, straight = np.zeros(2 * len(level)), np.ones(2 * len(level))
    ends = (len(level), 2 * len(level), 2 * len(level) + len(damped))
    return Rows(
        np.concatenate([level, level, damped[:, 0]]),
        np.concatenate([still, damped[:, 1]]),
        np.concatenate([straight, damped[:, 2]]),
        (slice(0, ends[0]), slice(ends[0], ends[1]), slice(ends[1], ends[2])),
    )


def paths(values: Array, horizon: int) -> Array:
    """What would have been forecast after 0, 1, ... n readings: shape (n + 1, horizon). The last is the forecast."""
    rows = grid()
    states = _smooth(values, rows, *_start(values, rows))
    steps = np.arange(1, horizon + 1)
    levels, weights = np.zeros(len(values) + 1), 0.0
    trends: list[Array] = []
    reaches: list[Array] = []
    for misses, judge in zip(_misses(values, rows, states, horizon), JUDGES, strict=True):
        best = [family.start + int(np.argmin(misses[family])) for family in rows.families]
        least = float(misses[best].min()) + TINY
        for row, usual in zip(best, FAMILY_WEIGHTS, strict=True):
            weight = judge * usual * (least / (float(misses[row]) + TINY)) ** FAVOUR
            levels += weight * states.level[:, row]
            trends.append(weight * _trend_then(values, rows, states, row))
            reaches.append(np.cumsum(rows.phi[row] ** steps))
            weights += weight
    made = np.column_stack(trends) @ np.stack(reaches)  # one product: with many steps ahead it is what a series costs
    return np.asarray((made + levels[:, None]) / weights)


def _trend_then(values: Array, rows: Rows, states: States, row: int) -> Array:
    """The trend of a row as it was known after 0, 1, ... n readings. The drift comes from the whole series; where past
    errors are measured, only what had been seen may count, or far steps look surer than they are.
    """
    trend = states.trend[:, row]
    if rows.beta[row] or not trend[-1]:
        return trend
    n = len(values)
    place = np.arange(n, dtype=np.float64)
    slopes = (
        (np.cumsum(place * values) - place / 2 * np.cumsum(values))
        * 12
        / np.maximum(place, 1)
        / (place + 1)
        / (place + 2)
    )
    slopes[: min(TREND_SEEN, n - 1)] = 0.0
    return np.concatenate([[0.0], slopes * (trend[-1] / slopes[-1] if slopes[-1] else 0.0)])


def _start(values: Array, rows: Rows) -> tuple[Array, Array]:
    """The first level and trend of each row. The drift is a share of the slope of the least-squares line."""
    n = len(values)
    few = min(n, START)
    from_middle = np.arange(n) - (n - 1) / 2
    slope = float(from_middle @ values) / max(float(from_middle @ from_middle), 1.0)
    first_trend = float(values[few - 1] - values[0]) / max(few - 1, 1)
    trust, share = _trend_trust(values)
    trend = np.zeros(len(rows.alpha))
    trend[rows.families[1]] = share * trust * slope
    trend[rows.families[2]] = trust * first_trend
    return values[:few].mean() - trend * (few - 1) / 2, trend


def _trend_trust(values: Array) -> tuple[float, float]:
    """How far a trend is believed at all, and how much of the line's slope the drift takes on; both from 0 to 1."""
    n, steady = len(values), steadiness(values)
    trust = n / (n + TREND_DOUBT) if n >= TREND_FROM else steady
    sure = max(0.0, (steady - SURE) / (1 - SURE))
    return trust + sure * (1 - trust), DRIFT_SHARE + sure * (1 - DRIFT_SHARE)


def steadiness(values: Array) -> float:
    """From 0 to 1: does the series go one way step by step (followers), or to and fro (most else)?"""
    moves = np.diff(values)
    if len(moves) < 3:
        return 0.0
    mean, noise = float(moves.mean()), float(moves.var(ddof=1)) / len(moves)
    return mean**2 / (mean**2 + STEADY * noise) if mean else 0.0


def _smooth(values: Array, rows: Rows, level: Array, trend: Array) -> States:
    """The error-correction form (forecast, miss, move level and trend by a share of the miss), a block at a time: step
    by step, this loop was most of what a long series cost.
    """
    strokes, count = _strokes(), len(rows.alpha)
    blocks = -(-len(values) // BLOCK)
    readings = np.zeros(blocks * BLOCK)
    readings[: len(values)] = values
    pulled = strokes.pull @ readings.reshape(blocks, BLOCK).T
    begins = np.empty((count, 2, blocks))
    state = np.stack([level, trend], axis=1)
    last = slice(-2, None)  # of the states of a block: where the next one begins
    for block in range(blocks):
        begins[:, :, block] = state
        state = (strokes.carry[:, last] @ state[:, :, None])[:, :, 0] + pulled[:, last, block]
    pulled += strokes.carry @ begins
    states = np.empty((2, len(values) + 1, count))
    states[:, 0] = level, trend
    after = pulled.reshape(count, BLOCK, 2, blocks).transpose(2, 3, 1, 0).reshape(2, blocks * BLOCK, count)
    states[:, 1:] = after[:, : len(values)]
    return States(states[0], states[1])


@cache
def _strokes() -> Strokes:
    rows = grid()
    kept = 1 - rows.alpha
    step = np.array([[kept, kept * rows.phi], [-rows.beta, rows.phi * (1 - rows.beta)]]).transpose(2, 0, 1)
    answers = [np.stack([rows.alpha, rows.beta], axis=1)[:, :, None]]  # to a reading, after 0, 1, ... further steps
    carried = [step]
    for _ in range(1, BLOCK):
        answers.append(step @ answers[-1])
        carried.append(step @ carried[-1])
    silence = np.zeros_like(answers[0])
    pulled = [np.concatenate([*answers[now::-1], *[silence] * (BLOCK - 1 - now)], axis=2) for now in range(BLOCK)]
    return Strokes(np.concatenate(carried, axis=1), np.concatenate(pulled, axis=1))


def _misses(values: Array, rows: Rows, states: States, horizon: int) -> tuple[Array, Array]:
    """Mean absolute error of each row one step ahead, and summed over the steps of FAR_SIGHT. Two judges of one grid:
    the first finds what follows the series closely, the second what does not run after every jump.
    """
    n = len(values)
    sight = max(1, min(horizon, n // 4))
    misses: list[Array] = []
    for step in (step for step in FAR_SIGHT if step <= sight):
        reach = (rows.phi[:, None] ** np.arange(1, step + 1)).sum(axis=1)
        miss = states.trend[: n - step + 1] * reach  # then in place: fresh memory costs more than the sums
        miss += states.level[: n - step + 1]
        miss -= values[step - 1 :, None]
        np.abs(miss, out=miss)
        misses.append(miss[min(WARM_UP, max(n - 3, 0), len(miss) - 1) :].mean(axis=0))
    return misses[0], np.sum(misses, axis=0)
