"""Series + due date -> projected value with an interval. Pure; importing it loads neither numpy nor pandas.

The rooms, from the ground up: `values`; `prepare`, `seasons`, `smoothing`, `spread`, `series` (the method, on numpy
arrays); `ahead` (the way in, without numpy until it is needed); `periods`, `chance` and `due` (a KPI's dates); `lines`
(the command).
"""

from sync.forecast.ahead import forecast
from sync.forecast.chance import Goal
from sync.forecast.due import forecast_at_due
from sync.forecast.lines import answers
from sync.forecast.values import Forecast, ProjectedValue, season_of

__all__ = ["Forecast", "Goal", "ProjectedValue", "answers", "forecast", "forecast_at_due", "season_of"]
