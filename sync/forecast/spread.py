"""Pure: how wrong the same method was on the series' own past, step by step ahead -> how wide the interval must be.

The errors are those of forecasts that the smoothing would have made at each earlier moment (its parameters saw the
whole series, which flatters it a little: WIDEN makes up for that and for short series; the numbers were set on real
series, see docs/forecast.md).
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sync.forecast.prepare import Array
from sync.forecast.smoothing import steadiness

TENTH = 1.2816  # standard normal: a tenth lies beyond it on either side
MEAN_TO_SD = 1.2533  # standard deviation over mean absolute deviation of a normal
SKIP = 3  # first forecasts, made from hardly anything
OWN_SHAPE = 0.4  # how far the series' own quantiles replace the normal's, once it is long
SIDES_APART = 0.5  # of that, how far the two sides may differ
MEDIAN_SHIFT = 0.3  # how far the middle follows the median of past errors
WIDEN = (0.95, 3.0, 10.0)  # times (a + b / n + c / n^2)
GROWTH = 0.15  # of the variance for each further step, where the series itself cannot tell
SLOPE_DOUBT = 1.0  # of the growth that is foreseen, where the past's slopes differed widely or the step lies far ahead
SPEEDS_UP, TURNS = 1.0, 0.5  # of that doubt: more on the side of the growth and less on the other, if it is steady
FAR = 1.0  # times the steps ahead over the readings: what distance alone adds to that doubt, up to the whole
QUARTERS = 4  # of the past, whose slopes are compared
WINDOWS = 4  # separate stretches of a length from which a series tells its errors at that length by itself
STEEPEST = 1.5  # power of the steps ahead by which errors may grow: that of a slope that wanders
NOTHING = 1e-14  # beside values of about 1: what rounding leaves of no error at all
LOOKS = 24  # steps ahead whose errors together show the shape: more tell nothing new, and sorting them costs
FLOOR = 0.02  # of the level, over n: a few equal readings do not prove that nothing moves


class Spread(NamedTuple):
    """In the adjusted series' unit for each step: what to add to the path for the middle, and how far down and up the
    interval reaches from the path. `together` is how much the errors of the steps add up: 1 if all go the same way.
    """

    shift: Array
    down: Array
    up: Array
    together: float


class Errors(NamedTuple):
    """`by_origin[o, h]`: relative error, h + 1 steps on, of the forecast made after o readings; 0 where none is known.

    `known` says where one is, `counts` how many in each column.
    """

    by_origin: Array
    known: npt.NDArray[np.bool_]
    counts: npt.NDArray[np.intp]


def spread(values: Array, made: Array, positive: bool, spent: int) -> Spread:
    """`made`: paths as smoothing gives them for `values`, shape (n + 1, horizon). `spent`: free numbers that the
    season took from them.
    """
    n = len(values)
    unit = _unit(values, made, positive)
    errors = _errors(values, made, unit)
    relative = _sizes(errors, n)
    down, up, shift = _quantiles(errors, relative, n)
    floor = FLOOR * abs(float(made[-1][0])) / n * np.sqrt(1 + GROWTH * np.arange(len(relative)))
    seen = np.maximum(relative * unit[-1], floor)
    growth = _slope_doubt(values, len(relative)) * (made[-1] - made[-1][0])
    on, back = _growth_apart(values)
    onward, backward = (_widen(n, spent) * np.hypot(seen, share * growth) for share in (on, back))
    below, above = np.where(growth < 0, onward, backward), np.where(growth < 0, backward, onward)
    return Spread(shift * seen, down * below, up * above, _together(errors))


def _growth_apart(values: Array) -> tuple[float, float]:
    """How much of the doubt about foreseen growth lies further on, and how much back: what has gone one way step by
    step (followers) may well speed up, and seldom turns.
    """
    steady = steadiness(values)
    return 1 + SPEEDS_UP * steady, 1 - TURNS * steady


def _slope_doubt(values: Array, horizon: int) -> Array:
    """For each step, of the growth that is foreseen: how much the slopes of the series' own quarters differed, and more
    the further the step lies ahead beside what is known.
    """
    marks = values[np.linspace(0, len(values) - 1, QUARTERS + 1).round().astype(int)]
    slopes = np.diff(marks)
    mean = abs(float(slopes.mean()))
    apart = min(1.0, float(slopes.std(ddof=1)) / mean) if mean else 1.0
    return np.asarray(SLOPE_DOUBT * np.minimum(1.0, apart + FAR * np.arange(horizon) / len(values)))


def _widen(n: int, spent: int) -> float:
    """For what the fit flatters: little data, and as many numbers learnt by heart as a season has phases."""
    return (WIDEN[0] + WIDEN[1] / n + WIDEN[2] / n**2) * math.sqrt(n / max(n - spent, n / 2))


def _unit(values: Array, made: Array, positive: bool) -> Array:
    """The square root of what was forecast: errors of positive series grow with the level, but less than in
    proportion.
    """
    if not positive:
        return np.ones_like(made)
    floor = 0.1 * float(np.median(np.abs(values)))
    return np.asarray(np.sqrt(np.maximum(made, max(floor, 1e-12))))


def _errors(values: Array, made: Array, unit: Array) -> Errors:
    n, horizon = len(values), made.shape[1]
    place = np.arange(n)[:, None] + np.arange(horizon)
    known = (place >= min(SKIP, max(0, n - 4))) & (place < n)
    came = np.lib.stride_tricks.sliding_window_view(np.concatenate([values, np.zeros(horizon)]), horizon)
    by_origin = came[:n] - made[:n]
    by_origin /= unit[:n]
    by_origin *= known
    return Errors(by_origin, known, known.sum(axis=0))


def _sizes(errors: Errors, n: int) -> Array:
    """Standard deviation by step ahead, never falling. Few separate windows of a length say little, so it leans on the
    usual growth.
    """
    measured = MEAN_TO_SD * np.abs(errors.by_origin).sum(axis=0) / np.maximum(errors.counts, 1)
    first = float(measured[0])
    if first <= NOTHING:
        return np.zeros_like(measured)
    steps = np.arange(len(measured))
    windows = np.maximum(n - steps, 0) / (steps + 1)
    trust = np.where(errors.counts >= 3, windows / (windows + 1), 0.0)
    usual = np.maximum(np.sqrt(1 + GROWTH * steps), _carried_on(measured / first, windows))
    return first * np.maximum.accumulate(trust * measured / first + (1 - trust) * usual)


def _carried_on(sizes: Array, windows: Array) -> Array:
    """Beyond the steps that the series has seen often enough, its errors go on growing as they grew before.

    What wanders errs by the root of the steps; what goes steadily one way (followers) errs by its slope, nearly in
    proportion to them.
    """
    anchor = int(np.flatnonzero(windows >= WINDOWS).max(initial=0))
    if anchor < 8 or sizes[anchor // 4] <= 0 or sizes[anchor] <= 0:
        return np.zeros_like(sizes)
    slope = min(STEEPEST, math.log(sizes[anchor] / sizes[anchor // 4]) / math.log((anchor + 1) / (anchor // 4 + 1)))
    ratio = (np.arange(len(sizes)) + 1) / (anchor + 1)
    return np.where(ratio > 1, sizes[anchor] * ratio ** max(slope, 0.0), 0.0)


def _quantiles(errors: Errors, sizes: Array, n: int) -> tuple[float, float, float]:
    """How many sizes down and up 80 % reach, and the shift of the middle. Normal for short series, more and more its
    own for long ones.
    """
    if errors.counts[0] < 10 or sizes[0] <= 0:
        return TENTH, TENTH, 0.0
    steps = min(len(sizes), max(1, n // 4))
    near = slice(0, steps, -(-steps // LOOKS))
    scaled = (errors.by_origin[:, near] / sizes[near])[errors.known[:, near]]
    low, middle, high = np.quantile(scaled, [0.1, 0.5, 0.9])
    own = n / (n + 20)
    half = (high - low) / 2
    down = (1 - SIDES_APART) * half - SIDES_APART * low
    up = (1 - SIDES_APART) * half + SIDES_APART * high
    share = OWN_SHAPE * own
    return (
        max((1 - share) * TENTH + share * float(down), 0.0),
        max((1 - share) * TENTH + share * float(up), 0.0),
        MEDIAN_SHIFT * own * float(middle),
    )


def _together(errors: Errors) -> float:
    """The size of the summed error over a stretch, as a share of the sum of the sizes: 1 / sqrt(steps) if independent,
    1 if alike.
    """
    n, horizon = errors.by_origin.shape
    rows = int(errors.counts[0])
    stretch = min(horizon, rows // 3)
    if stretch < 2:
        return 1.0
    runs = errors.by_origin[n - rows : n - stretch + 1, :stretch]
    total, apart = float(np.abs(runs.sum(axis=1)).mean()), float(np.abs(runs).sum(axis=1).mean())
    return min(1.0, max(stretch**-0.5, total / apart)) if apart > 0 else 1.0
