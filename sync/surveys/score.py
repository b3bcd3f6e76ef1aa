"""Answers -> a score with its 95 % interval. Pure.

- Net score: p - d, the shares of promoters and detractors, with variance (p + d - (p - d)^2) / n: both shares come from
  one multinomial sample, so their covariance is -pd/n. See Rocks, "Interval estimation for the Net Promoter Score",
  The American Statistician 70 (2016), or https://www.cybaea.net/journal/2016/01/14/NPS-confidence-intervals-stats/.
- Share: the interval of Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
  American Statistical Association 22 (1927); it stays within 0 and 100 % and holds for shares near either end.
- Mean: Student's t, s * t / sqrt(n) with n - 1 degrees of freedom. https://www.itl.nist.gov/div898/handbook/eda/section3/eda352.htm

Equal answers have no spread, and still don't prove that nobody thinks otherwise: a net score and a mean are never held
surer than if one of the answers had been one step away.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean

from sync.model import Score
from sync.surveys.scales import Measure, Scale

Z = NormalDist().inv_cdf(0.975)


def score_of(worths: Sequence[float], measure: Measure, scale: Scale) -> Score:
    """The score of what the answers are worth (see `Scale.worth`), in per cent but for a mean. Needs one answer."""
    count, middle = len(worths), fmean(worths)
    if measure is Measure.SHARE:
        low, high = wilson(middle, count)
        return Score(100 * middle, count, 100 * low, 100 * high, 50 * (high - low), even=False)
    factor = 100.0 if measure is Measure.NET else 1.0
    margin = factor * (_net_margin(worths, middle) if measure is Measure.NET else _mean_margin(worths, middle))
    least, most = scale.bounds(measure)
    value = factor * middle
    margin = min(margin, most - least)
    return Score(value, count, max(least, value - margin), min(most, value + margin), margin)


def wilson(share: float, count: int) -> tuple[float, float]:
    """The ends of Wilson's interval around a share in [0, 1]."""
    spread = Z * Z / count
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def _net_margin(worths: Sequence[float], middle: float) -> float:
    count = len(worths)
    variance = fmean(worth * worth for worth in worths) - middle * middle
    one_apart = (count - 1) / count**2
    return Z * math.sqrt(max(variance, one_apart) / count) if count > 1 else math.inf


def _mean_margin(worths: Sequence[float], middle: float) -> float:
    count = len(worths)
    if count < 2:
        return math.inf
    variance = math.fsum((worth - middle) ** 2 for worth in worths) / (count - 1)
    return student(count - 1) * math.sqrt(max(variance, 1 / count) / count)


# Of the first degrees of freedom by the table, https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm;
# beyond it the expansion of Abramowitz and Stegun, 26.7.5, which is exact there to five figures.
_FIRST = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)


def student(freedom: int) -> float:
    """The value that Student's t stays below with a probability of 97.5 %."""
    if freedom <= len(_FIRST):
        return _FIRST[freedom - 1]
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    third = (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384
    return Z + first / freedom + second / freedom**2 + third / freedom**3
