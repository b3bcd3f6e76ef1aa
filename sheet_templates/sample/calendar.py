"""The sample plan's year around a day: it began some seven months ago and ends some four months ahead. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

GONE_MONTHS = 7  # whole months of the plan's year that lie behind `today`
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class PlanYear:
    """Twelve whole months; readings reach up to the last Sunday, `today` at the latest."""

    start: date
    end: date
    today: date

    def day(self, name: str) -> date | None:
        """The day that a name in kpis.yaml stands for; None for `never`. Raises KeyError for any other word."""
        if name.startswith("month_"):
            return self.month_end(int(name.removeprefix("month_")))
        return {
            "start": self.start,
            "end": self.end,
            "recent": self.today - timedelta(days=self.today.weekday()) - 3 * WEEK,
            "end_last_year": _same_day_a_year_before(self.end),
            "never": None,
        }[name]

    def month_end(self, number: int) -> date:
        """The last day of the year's `number`-th month, 1 to 12."""
        return months_later(self.start, number) - timedelta(days=1)

    def month_ends(self) -> tuple[date, ...]:
        """The last days of the months that lie wholly behind."""
        return tuple(self.month_end(number) for number in range(1, GONE_MONTHS + 1))

    def sundays(self, since: date | None = None) -> tuple[date, ...]:
        """The Sundays that close a whole week from `since` (by default the year's start) on; today may be the last."""
        first = (since or self.start) + timedelta(days=6)
        first += timedelta(days=6 - first.weekday())
        count = (self.today - first).days // WEEK.days + 1
        return tuple(first + WEEK * week for week in range(max(0, count)))

    def share(self, on: date) -> float:
        """The share of the year that has gone by on a day, 0 at its start and 1 at its end."""
        return (on - self.start).days / (self.end - self.start).days


def year_around(today: date) -> PlanYear:
    """The plan's year that a demo on `today` is in the middle of."""
    start = months_later(today.replace(day=1), -GONE_MONTHS)
    return PlanYear(start, months_later(start, 12) - timedelta(days=1), today)


def months_later(first: date, months: int) -> date:
    """The first day of a month so many months later. Raises ValueError outside the calendar."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _same_day_a_year_before(on: date) -> date:
    return on.replace(year=on.year - 1, day=min(on.day, monthrange(on.year - 1, on.month)[1]))
