"""Pure: the method as a whole. Prepare, take the season out, smooth, measure past errors, put the season back, keep
the bounds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sync.forecast.prepare import Array, prepare, reined_in
from sync.forecast.seasons import Season, find_season, find_year
from sync.forecast.smoothing import paths
from sync.forecast.spread import Spread, spread

MEMORY = 400  # readings that the smoothing looks back on; older ones only help to see a year's shape


@dataclass(frozen=True, slots=True)
class Path:
    """Arrays of `horizon` values in the owner's unit. `together`: see `spread.Spread`. `method` names what was found
    and used.
    """

    mean: Array
    low: Array
    high: Array
    together: float
    method: str
    n_used: int
    non_negative: bool


def project(
    values: Sequence[object], season: int, horizon: int, bounds: tuple[float | None, float | None]
) -> Path | None:
    """None if there is not one real reading. `season`: readings in a season, 1 for none. `bounds` are the lowest and
    highest possible.
    """
    ready = prepare(values)
    if ready.n_used == 0:
        return None
    seasons, series = _without_seasons(ready.values, season, ready.positive)
    smooth = reined_in(series)
    steps = ready.gap + horizon
    made = paths(smooth, steps)
    errs = spread(series, made, ready.positive, seasons[-1][0].spent if seasons else 0)
    lines = _with_seasons(_lines(made[-1], errs), seasons, len(ready.values))
    lower = bounds[0] if bounds[0] is not None else (0.0 if ready.non_negative else None)
    kept = [_bounded(line[ready.gap :], ready.scale, (lower, bounds[1])) for line in lines]
    return Path(kept[0], kept[1], kept[2], errs.together, _method(seasons), ready.n_used, ready.non_negative)


def _without_seasons(values: Array, period: int, positive: bool) -> tuple[list[tuple[Season, int]], Array]:
    """The seasons found, each with the place where the part of the series it belongs to begins, and what is left of
    the last readings.
    """
    found: list[tuple[Season, int]] = []
    year = find_year(values) if period == 7 else None
    if year is not None:
        found.append((year, 0))
        values = year.remove(values)
    begin = max(0, len(values) - max(MEMORY, 3 * period))
    values = values[begin:]
    season = find_season(values, period, positive)
    if season is not None:
        found.append((season, begin))
        values = season.remove(values)
    return found, values


def _lines(path: Array, errs: Spread) -> tuple[Array, ...]:
    mean = path + errs.shift
    return mean, np.minimum(path - errs.down, mean), np.maximum(path + errs.up, mean)


def _with_seasons(lines: tuple[Array, ...], seasons: list[tuple[Season, int]], length: int) -> list[Array]:
    result = list(lines)
    for season, begin in reversed(seasons):
        result = [season.restore(line, length - begin) for line in result]
    return result


def _bounded(line: Array, scale: float, bounds: tuple[float | None, float | None]) -> Array:
    largest = np.finfo(np.float64).max
    with np.errstate(over="ignore"):
        line = np.clip(line * scale, -largest, largest)
    return np.clip(line, *bounds) if bounds != (None, None) else line


def _method(seasons: list[tuple[Season, int]]) -> str:
    return "smoothing" + "".join(f"+season{len(season.factors)}" for season, _ in seasons)
