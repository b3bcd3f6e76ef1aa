"""Days, weeks, months, quarters and years as cadences: their borders, lengths and graces. Pure.

Dates past the calendar's end stop there, so that a mistyped year is never an error here.
"""

from calendar import monthrange
from datetime import date, timedelta

from sync.model import Cadence

DAYS = {Cadence.DAY: 1.0, Cadence.WEEK: 7.0, Cadence.MONTH: 30.4375, Cadence.QUARTER: 91.3125, Cadence.YEAR: 365.25}

# How many days a reading may carry a light: one cadence and a grace, since numbers are seldom typed on the very day.
FRESH_DAYS = {Cadence.DAY: 3, Cadence.WEEK: 10, Cadence.MONTH: 45, Cadence.QUARTER: 120, Cadence.YEAR: 400}

# How far from the due date a reading may lie and still be the reading at the due date: about half a cadence.
NEAR_DAYS = {Cadence.DAY: 3, Cadence.WEEK: 7, Cadence.MONTH: 15, Cadence.QUARTER: 45, Cadence.YEAR: 180}

_MONTHS = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.YEAR: 12}


def add_days(on: date, days: int) -> date:
    """`on` and so many days; the calendar's first or last day where it would leave it."""
    number = min(max(on.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def period_start(on: date, cadence: Cadence) -> date:
    """The first day of the calendar period that holds `on`; weeks begin on Monday."""
    if cadence is Cadence.DAY:
        return on
    if cadence is Cadence.WEEK:
        return add_days(on, -on.weekday())
    months = _MONTHS[cadence]
    return on.replace(month=(on.month - 1) // months * months + 1, day=1)


def period_end(on: date, cadence: Cadence) -> date:
    """The last day of the calendar period that holds `on`."""
    following = one_later(period_start(on, cadence), cadence)
    return date.max if following == date.max else following - timedelta(days=1)


def one_later(on: date, cadence: Cadence) -> date:
    """One cadence after `on`: the same day of a later month, or its last day where it is shorter."""
    if cadence not in _MONTHS:
        return add_days(on, int(DAYS[cadence]))
    return add_months(on, _MONTHS[cadence])


def add_months(on: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    index = on.year * 12 + on.month - 1 + months
    year, month = divmod(index, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def periods_between(first: date, last: date, cadence: Cadence) -> float:
    """How many cadences lie between two days; negative when the second is earlier."""
    return (last - first).days / DAYS[cadence]
