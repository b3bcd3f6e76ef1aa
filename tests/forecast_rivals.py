"""What our forecast is compared with: naive, seasonal naive and the classical Theta, in plain Python, and the measures
of the comparison.
"""

from collections.abc import Sequence
from statistics import fmean

Line = list[float]


def naive(values: Sequence[float], season: int, horizon: int) -> Line:
    return [values[-1]] * horizon


def seasonal_naive(values: Sequence[float], season: int, horizon: int) -> Line:
    if len(values) < season:
        return naive(values, season, horizon)
    return [values[len(values) - season + step % season] for step in range(horizon)]


def theta(values: Sequence[float], season: int, horizon: int) -> Line:
    """Assimakopoulos and Nikolopoulos 2000: season out if the autocorrelation shows it, smoothing plus half the slope,
    season in.
    """
    factors = _season_factors(values, season)
    flat = [value / factors[place % season] for place, value in enumerate(values)]
    middle = (len(flat) - 1) / 2
    squares = sum((place - middle) ** 2 for place in range(len(flat)))
    slope = sum((place - middle) * value for place, value in enumerate(flat)) / squares
    alpha = min((step / 20 for step in range(1, 20)), key=lambda share: _smoothed(flat, share, slope / 2)[1])
    level, _ = _smoothed(flat, alpha, slope / 2)
    return [(level + slope / 2 * (step + 1)) * factors[(len(values) + step) % season] for step in range(horizon)]


def _smoothed(values: Sequence[float], alpha: float, drift: float) -> tuple[float, float]:
    """Last level, and the sum of squared errors one step ahead."""
    level, squares = values[0], 0.0
    for value in values[1:]:
        miss = value - level - drift
        squares += miss * miss
        level += drift + alpha * miss
    return level, squares


def _season_factors(values: Sequence[float], season: int) -> Line:
    if season < 2 or len(values) < 2 * season + 1 or min(values) <= 0 or not _correlates(values, season):
        return [1.0] * season
    half = season // 2
    weights = [1 / season] * season if season % 2 else [0.5 / season, *[1 / season] * (season - 1), 0.5 / season]
    phases: list[Line] = [[] for _ in range(season)]
    for place in range(half, len(values) - half):
        around = values[place - half : place + half + 1]
        phases[place % season].append(values[place] / sum(w * v for w, v in zip(weights, around, strict=True)))
    means = [fmean(phase) for phase in phases]
    return [mean / fmean(means) for mean in means]


def _correlates(values: Sequence[float], season: int) -> bool:
    mean = fmean(values)
    away = [value - mean for value in values]
    total = sum(value * value for value in away) or 1.0
    lags = [sum(a * b for a, b in zip(away, away[lag:], strict=False)) / total for lag in range(1, season + 1)]
    limit = 1.645 * ((1 + 2 * sum(lag * lag for lag in lags[:-1])) / len(values)) ** 0.5
    return abs(lags[-1]) > limit


def scaled_error(made: Sequence[float], came: Sequence[float], past: Sequence[float], season: int) -> float:
    """MASE: mean absolute error over that of the seasonal naive method in the past (Hyndman and Koehler 2006)."""
    lag = season if len(past) > season else 1
    usual = fmean(abs(later - earlier) for earlier, later in zip(past, past[lag:], strict=False))
    return fmean(abs(a - b) for a, b in zip(made, came, strict=True)) / (usual or 1.0)


def share_inside(low: Sequence[float], high: Sequence[float], came: Sequence[float]) -> float:
    return fmean(a <= value <= b for a, value, b in zip(low, came, high, strict=True))


def filled(values: Sequence[float | None]) -> Line:
    """The last known value over every gap; gaps before the first are left out."""
    result: Line = []
    for value in values:
        if value is not None:
            result.append(value)
        elif result:
            result.append(result[-1])
    return result
