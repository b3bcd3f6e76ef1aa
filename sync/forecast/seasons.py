"""Pure: does the series show a season, and what shape has it? Classical decomposition, tested and shrunk towards no
season.
"""

from dataclasses import dataclass

import numpy as np

from sync.forecast.prepare import Array

YEAR = 365
LEAST_YEARS = 3  # of daily readings before a yearly shape is looked for: two shapes must be there to be compared
SHOWN = 1.5  # how many standard deviations the F ratio must lie above 1
REPEATS = 0.1  # share of one year's shape that the other years must explain


@dataclass(frozen=True, slots=True)
class Season:
    """`factors[i]` belongs to the readings at places i, i + period, ...; multiplied or added."""

    factors: Array
    multiplied: bool

    @property
    def spent(self) -> int:
        """Free numbers: what a fit on few periods has learnt by heart rather than found out."""
        return len(self.factors) - 1

    def remove(self, values: Array) -> Array:
        at = self._at(0, len(values))
        return values / at if self.multiplied else values - at

    def restore(self, values: Array, first: int) -> Array:
        """`values` stand at places first, first + 1, ... of the series."""
        at = self._at(first, len(values))
        return values * at if self.multiplied else values + at

    def _at(self, first: int, count: int) -> Array:
        return self.factors[np.arange(first, first + count) % len(self.factors)]


def find_season(values: Array, period: int, positive: bool) -> Season | None:
    """None where fewer than two periods are there, or where the phases differ no more than chance makes them differ."""
    if period < 2 or len(values) < max(2 * period, 2 * period + (period < 24)):
        return None
    trend, first = _centred_mean(values, period)
    multiplied = positive and bool((trend > 0).all())
    middle = values[first : first + len(trend)]
    detrended = middle / trend if multiplied else middle - trend
    phase = (np.arange(len(trend)) + first) % period
    ratio, factors = _phases(detrended, phase, period)
    if ratio is None or ratio < 1 + SHOWN * np.sqrt(2 / (period - 1) + 2 / max(1, len(trend) - period)):
        return None
    if period > 24:  # a week of the year is seen so seldom that its neighbours help
        factors = _smoothed(factors, 2)
    base = float(factors.mean())
    kept = base + (1 - _shrinkage(period, ratio)) * (factors - base)
    if multiplied:
        return Season(kept / base, True) if (kept > 0).all() else None
    return Season(kept - base, False)


def _shrinkage(period: int, ratio: float) -> float:
    """James-Stein: what share of the spread between phases is noise (Miller and Williams 2003, International Journal
    of Forecasting 19).
    """
    return min(1.0, (period - 3) / (period - 1) / ratio) if period > 3 else 0.0


def _phases(detrended: Array, phase: np.typing.NDArray[np.intp], period: int) -> tuple[float | None, Array]:
    """The F ratio of variance between phases to variance within them, and each phase's mean."""
    count = np.bincount(phase, minlength=period).astype(np.float64)
    if (count == 0).any():
        return None, count
    means = np.bincount(phase, detrended, minlength=period) / count
    within = float(((detrended - means[phase]) ** 2).sum()) / max(1.0, len(detrended) - period)
    between = float((count * (means - means.mean()) ** 2).sum()) / (period - 1)
    if between <= 1e-20:
        return None, means
    return between / max(within, 1e-12 * between), means


def _centred_mean(values: Array, period: int) -> tuple[Array, int]:
    """Moving mean over one period (half weights at the ends of an even one), and the place of its first value."""
    weights = np.full(period + 1 - period % 2, 1 / period)
    if period % 2 == 0:
        weights[[0, -1]] /= 2
    return np.convolve(values, weights, "valid"), len(weights) // 2


def _smoothed(factors: Array, reach: int) -> Array:
    """Triangular mean around the circle."""
    weights = np.concatenate([np.arange(1, reach + 2), np.arange(reach, 0, -1)]).astype(np.float64)
    wrapped = np.concatenate([factors[-reach:], factors, factors[:reach]])
    return np.convolve(wrapped, weights / weights.sum(), "valid")


def find_year(values: Array) -> Season | None:
    """The yearly shape of positive daily readings, if the years resemble one another. Works on logarithms; leap days
    drift by a day.
    """
    if len(values) < LEAST_YEARS * YEAR or not (values > 0).all():
        return None
    logs = np.log(values)
    trend, first = _centred_mean(logs, YEAR)
    away = logs[first : first + len(trend)] - trend
    years = len(away) // YEAR
    start = first + len(away) - years * YEAR
    shapes = np.array([_smoothed(shape, 14) for shape in away[-years * YEAR :].reshape(years, YEAR)])
    if _resemblance(shapes) < REPEATS:
        return None
    shape = np.median(shapes, axis=0) if years > 2 else shapes.mean(axis=0)
    return Season(np.exp(np.roll(shape - shape.mean(), start)), True)


def _resemblance(shapes: Array) -> float:
    """Mean share of a year's shape that the mean of the other years explains; 1 is a copy, 0 or less is no help."""
    if len(shapes) < 2:
        return -1.0
    others = (shapes.sum(axis=0) - shapes) / (len(shapes) - 1)
    own = np.maximum((shapes**2).sum(axis=1), 1e-12)
    return float(np.mean(1 - ((shapes - others) ** 2).sum(axis=1) / own))
