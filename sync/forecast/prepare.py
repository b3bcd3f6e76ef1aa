"""Pure: raw readings -> a gapless array that can be smoothed. What looks like an outage is no reading, one wild
reading is reined in.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

WILD = 6.0  # a reading further than this many robust deviations from its neighbours is pulled back to there
NOTHING = 1e-30  # of the largest reading: what is smaller is zero, for its square would be
NEIGHBOURS = 3  # readings to either side that say what is usual just there


@dataclass(frozen=True, slots=True)
class Prepared:
    """`values`: gapless, largest magnitude 1, from the first to the last real reading; `scale`: what to multiply by to
    be back in the owner's unit; `n_used`: real readings; `gap`: places after the last real reading, to be forecast and
    not shown.
    """

    values: Array
    scale: float
    n_used: int
    gap: int

    @property
    def positive(self) -> bool:
        return bool((self.values > 0).all())

    @property
    def non_negative(self) -> bool:
        return bool((self.values >= 0).all())


def prepare(values: Sequence[object]) -> Prepared:
    """Whatever a caller has (None, NaN, inf, text) counts as missing unless it is a finite number. Gaps are bridged
    straight.
    """
    read = _read(values)
    read = without_outages(without_unconnected_start(read))
    places = np.flatnonzero(np.isfinite(read))
    if len(places) == 0:
        return Prepared(np.zeros(0), 1.0, 0, 0)
    scale = float(np.abs(read[places]).max()) or 1.0
    filled = np.interp(np.arange(places[0], places[-1] + 1), places, read[places] / scale)
    filled[np.abs(filled) < NOTHING] = 0.0
    return Prepared(filled, scale, len(places), len(read) - 1 - int(places[-1]))


def _read(values: Sequence[object]) -> Array:
    if set(map(type, values)) <= {float, type(None)}:  # what readings are nearly always, in one stroke
        read = np.array(values, dtype=np.float64)  # None becomes NaN
        return np.where(np.isfinite(read), read, np.nan)
    return np.array([as_number(value) for value in values], dtype=np.float64)


def as_number(value: object) -> float:
    """A finite float, or NaN for anything else (a truth value is no reading either)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return math.nan
    try:
        number = float(value)
    except OverflowError:
        return math.nan
    return number if math.isfinite(number) else math.nan


def without_unconnected_start(read: Array) -> Array:
    """Zeros before the first real reading of a series that never goes below zero: not yet connected, not a result."""
    known = np.isfinite(read)
    if not (read[known] > 0).any() or (read[known] < 0).any():
        return read
    return read[int(np.argmax(np.nan_to_num(read) > 0)) :]


def without_outages(read: Array) -> Array:
    """Zeros become missing in a series that otherwise moves by less than a twentieth of itself: followers do not all
    leave for a day.
    """
    known = read[np.isfinite(read)]
    full = known[known != 0]
    if len(full) < 5 or len(full) == len(known) or (full < 0).any():
        return read
    if np.median(np.abs(np.diff(full))) >= 0.05 * np.median(full):
        return read
    return np.where(read == 0, np.nan, read)


def reined_in(values: Array) -> Array:
    """Each value at most WILD robust deviations from the median of its neighbours (deviation: 1.4826 x median absolute
    deviation).
    """
    if len(values) < 8:
        return values
    padded = np.pad(values, NEIGHBOURS, mode="reflect")
    usual = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1), axis=1)
    away = values - usual
    reach = WILD * 1.4826 * float(np.median(np.abs(away)))
    if reach == 0:  # more than half the readings sit on the median: nothing says what would be wild
        return values
    return np.asarray(usual + np.clip(away, -reach, reach))
