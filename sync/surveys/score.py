"""Answers -> a score with its 95 % interval. Pure.

- Net score: p - d, the shares of promoters and detractors. Both come from one sample, so the variance of one answer is
  p + d - (p - d)^2. The interval is the adjusted Wald one: it reckons with three more answers, 3/4 promoters and 3/4
  detractors, without which it is too narrow for scores near either end. Rocks, "Interval estimation for the Net
  Promoter Score", The American Statistician 70 (2016); https://measuringu.com/nps-confidence-intervals/.
- Share: Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
  Statistical Association 22 (1927); it stays within 0 and 100 % and holds for shares near either end.
- Mean: Student's t, s * t / sqrt(n) with n - 1 degrees of freedom;
  https://www.itl.nist.gov/div898/handbook/eda/section3/eda352.htm.

Equal answers have no spread, and still don't prove that nobody thinks otherwise: a mean is never held surer than if one
of its answers had been one step away. The first two need no such care.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean

from sync.model import Score
from sync.surveys.scales import Measure, Scale

Z = NormalDist().inv_cdf(0.975)
EXTRA = 3  # answers that the interval of a net score adds


def score_of(worths: Sequence[float], measure: Measure, scale: Scale) -> Score:
    """The score of what the answers are worth (see `Scale.worth`), in per cent but for a mean. Needs one answer."""
    count, value = len(worths), fmean(worths)
    factor = 1.0 if measure is Measure.MEAN else 100.0
    middle, half = _interval(worths, measure)
    least, most = scale.bounds(measure)
    value, middle, half = factor * value, factor * middle, min(factor * half, most - least)
    low, high = min(value, middle - half), max(value, middle + half)  # of two or three answers it may leave them out
    return Score(value, count, max(least, low), min(most, high), half)


def _interval(worths: Sequence[float], measure: Measure) -> tuple[float, float]:
    if measure is Measure.MEAN:
        return mean_interval(worths)
    if measure is Measure.SHARE:
        return wilson(fmean(worths), len(worths))
    return net_interval(worths.count(1.0), worths.count(-1.0), len(worths))


def net_interval(promoters: int, detractors: int, count: int) -> tuple[float, float]:
    """Middle and half the width of the interval of a net score in [-1, 1]."""
    over, under = (promoters + EXTRA / 4) / (count + EXTRA), (detractors + EXTRA / 4) / (count + EXTRA)
    middle = over - under
    return middle, Z * math.sqrt((over + under - middle**2) / (count + EXTRA))


def wilson(share: float, count: int) -> tuple[float, float]:
    """Middle and half the width of Wilson's interval of a share in [0, 1]."""
    spread = Z * Z / count
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return (share + spread / 2) / (1 + spread), half


def mean_interval(worths: Sequence[float]) -> tuple[float, float]:
    """Middle and half the width of the interval of a mean; of one answer nothing is known."""
    count, middle = len(worths), fmean(worths)
    if count < 2:
        return middle, math.inf
    variance = math.fsum((worth - middle) ** 2 for worth in worths) / (count - 1)
    return middle, student(count - 1) * math.sqrt(max(variance, 1 / count) / count)


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
