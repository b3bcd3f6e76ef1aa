"""The scales of the Surveys tab, and what is made of their answers. Pure.

| scale | answers | score |
|---|---|---|
| nps | 0 to 10 | per cent of 9 and 10 less per cent of 0 to 6, from -100 to 100 |
| csat | 1 to 5 | with the unit % or none: per cent of 4 and 5; with any other unit: the mean |
| ces | 1 to 7 | the mean; with the unit %: per cent of 5, 6 and 7 |
| likert | 1 to 5 | the mean; with the unit %: per cent of 4 and 5 |
| yes_no | 1 or 0, yes or no | per cent of yes |
"""

from dataclasses import dataclass
from enum import StrEnum

from sheet_templates.layout import vocabulary
from sync.model import CellValue
from sync.numbers_text import number_of
from sync.units import canonical, is_percent


class Measure(StrEnum):
    """How answers become one number."""

    NET = "net"  # per cent of one side less per cent of the other
    SHARE = "share"  # per cent of the favourable answers
    MEAN = "mean"


@dataclass(frozen=True)
class Scale:
    """The whole numbers from `low` to `high`; `favourable` is the lowest answer that counts as a good one."""

    low: int
    high: int
    favourable: int
    measure: Measure  # without a unit that says otherwise

    def measure_in(self, unit: str | None) -> Measure:
        """What the KPI's unit asks for."""
        if self.measure is Measure.NET or (self.low, self.high) == (0, 1):
            return self.measure
        if is_percent(unit):
            return Measure.SHARE
        return Measure.MEAN if canonical(unit) else self.measure

    def bounds(self, measure: Measure) -> tuple[float, float]:
        """Between which values a score can lie."""
        if measure is Measure.MEAN:
            return float(self.low), float(self.high)
        return (-100.0 if measure is Measure.NET else 0.0), 100.0

    def worth(self, answer: float, measure: Measure) -> float:
        """What one answer adds: 1, 0 or -1 of a net score, 1 or 0 of a share, itself in a mean."""
        if measure is Measure.NET:
            return float(answer >= self.favourable) - float(answer < self.favourable - 2)
        return float(answer >= self.favourable) if measure is Measure.SHARE else answer


SCALES = {
    "nps": Scale(0, 10, favourable=9, measure=Measure.NET),
    "csat": Scale(1, 5, favourable=4, measure=Measure.SHARE),
    "ces": Scale(1, 7, favourable=5, measure=Measure.MEAN),
    "likert": Scale(1, 5, favourable=4, measure=Measure.MEAN),
    "yes_no": Scale(0, 1, favourable=1, measure=Measure.SHARE),
}


def answer_of(cell: CellValue, code: str, locale: str) -> float | None:
    """The answer in a cell that is not empty; None where it is no whole number of the scale (nor yes or no)."""
    scale = SCALES[code]
    word = vocabulary("answer").code(cell) if code == "yes_no" and isinstance(cell, str) else None
    value = {"yes": 1.0, "no": 0.0}[word] if word else number_of(cell, locale).value
    return value if value is not None and value.is_integer() and scale.low <= value <= scale.high else None
