"""Pure: a series and a number of steps -> what comes next, with an 80 % interval. numpy is loaded when the first
forecast is asked for.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sync.forecast.values import FEW, Forecast, Reason

if TYPE_CHECKING:
    from sync.forecast.series import Path

SUM_DOUBT = 1.25  # times: sums over stretches of the same past are fewer than they look, for they overlap
SKEW = 0.5  # of the even and of the multiplying interval, how much is the latter's
WIDEST = 1.5  # times the middle: beyond it the skew grows no more
Bounds = tuple[float | None, float | None]


def forecast(
    values: Sequence[object], *, season: int = 1, horizon: int, lower: float | None = None, upper: float | None = None
) -> Forecast:
    """`values` in even steps, oldest first; whatever is not a finite number counts as missing. `season`: see
    `season_of`.

    `lower` and `upper` are bounds that the measure cannot leave (0 and 100 for a percentage); a series that was never
    negative stays so unless `lower` says otherwise. Raises ValueError for a horizon below 1 or a lower bound above the
    upper, never for `values`.
    """
    if horizon < 1:
        raise ValueError(f"horizon must be at least 1, not {horizon}")
    if lower is not None and upper is not None and lower > upper:
        raise ValueError(f"lower bound {lower} lies above upper bound {upper}")
    path = project(values, season, horizon, (lower, upper))
    if path is None:
        return Forecast((), (), (), "none", 0, "no_points")
    reason: Reason = "" if path.n_used >= FEW else "too_few_points"
    mean, low, high = (tuple(line.tolist()) for line in (path.mean, path.low, path.high))
    return Forecast(mean, low, high, path.method, path.n_used, reason)


def total_ahead(
    values: Sequence[object], season: int, weights: Sequence[float], bounds: Bounds
) -> tuple[float, float, float] | None:
    """Weighted sum of the coming steps with its 80 % interval (a weight below 1 is a part of a period). None without
    any reading.

    The interval is as wide as sums over such stretches were wrong in the series' own past: wider than for independent
    steps, narrower than if all steps erred the same way.
    """
    path = project(values, season, len(weights), bounds)
    if path is None:
        return None
    middle = float(path.mean @ weights)
    share = min(1.0, path.together * SUM_DOUBT)
    down, up = (share * float(side @ weights) for side in (path.mean - path.low, path.high - path.mean))
    if path.non_negative and middle > 0:
        down, up = (middle * _skewed(size / middle, way) for size, way in ((down, -1), (up, 1)))
    return middle, middle - down, middle + up


def _skewed(size: float, way: int) -> float:
    """A sum of what is never negative can double more easily than vanish: half way from the even interval to one that
    multiplies and divides. `size` is a share of the middle.
    """
    bend = way * SKEW * min(size, WIDEST)
    return size * math.expm1(bend) / bend if bend else size


def project(values: Sequence[object], season: int, horizon: int, bounds: Bounds) -> "Path | None":
    from sync.forecast.series import project as run

    return run(values, season, horizon, bounds)
