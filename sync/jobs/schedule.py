"""When a workbook is due again: what its owner typed as «Actualizar», and the next moment that follows from it. Pure.

Understood in either language, whatever the case and the accents: `off`, `hourly`, `every 15 minutes`, `daily 07:00`,
`weekdays 8:30`, `monday and thursday 9:00`, `7:00, 15:00`; «apagado», «cada hora», «cada 15 minutos», «diario 07:00»,
«laborables 8:30», «lunes y jueves 9:00».

Clock times are those of the workbook's zone. An hour that daylight saving skips comes an hour later by the clock, one
that it repeats counts once. A thousand workbooks that say the same don't start at once: each has a place of its own,
by its id, within its interval or within the quarter of an hour that follows a clock time.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sheet_templates.layout import fold

SHORTEST, LONGEST = 5, 1440  # minutes: below it a sheet's own people would be in each other's way
SPREAD_SECONDS = 900.0  # how far workbooks of one clock time are drawn apart
EVERY_DAY, WORKDAYS = frozenset(range(7)), frozenset(range(5))
_MORNING = time(7)


@dataclass(frozen=True)
class Schedule:
    """How often: every so many minutes, or at clock times on some days of the week (Monday is 0); else never."""

    every: int | None = None
    at: tuple[time, ...] = ()
    days: frozenset[int] = EVERY_DAY

    @property
    def code(self) -> str:
        """The same for any spelling, for the store: `off`, `every 15`, `01234 08:30,15:00`. `from_code` reads it."""
        if self.every:
            return f"every {self.every}"
        times = ",".join(f"{each:%H:%M}" for each in self.at)
        return f"{''.join(map(str, sorted(self.days)))} {times}" if times else "off"

    def label(self, language: str) -> str:
        """As a person may type it."""
        spanish = language == "es"
        if self.every:
            return f"cada {self.every} minutos" if spanish else f"every {self.every} minutes"
        if not self.at:
            return "apagado" if spanish else "off"
        return f"{self._days_label(spanish)} {', '.join(f'{each:%H:%M}' for each in self.at)}"

    def _days_label(self, spanish: bool) -> str:
        if self.days == EVERY_DAY:
            return "diario" if spanish else "daily"
        if self.days == WORKDAYS:
            return "laborables" if spanish else "weekdays"
        names = _SPANISH_DAYS if spanish else _ENGLISH_DAYS
        return ", ".join(names[day] for day in sorted(self.days))


OFF = Schedule()
DEFAULT = Schedule(at=(_MORNING,))

_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPANISH_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_DAYS: dict[str, frozenset[int]] = {
    **{fold(name): frozenset((day,)) for names in (_ENGLISH_DAYS, _SPANISH_DAYS) for day, name in enumerate(names)},
    **{name[:3]: frozenset((day,)) for day, name in enumerate(_ENGLISH_DAYS)},
    **dict.fromkeys(("daily", "everyday", "diario", "diaria", "diariamente", "day", "days", "dia", "dias"), EVERY_DAY),
    **dict.fromkeys(("weekdays", "weekday", "workdays", "laborables", "laborable", "entresemana"), WORKDAYS),
}
_WEEKLY = frozenset(("weekly", "semanal", "semanalmente"))  # on Monday where no day is named
_NEVER = frozenset(("off", "no", "never", "none", "manual", "nunca", "apagado", "desactivado", "0", "false"))
_FILLERS = frozenset(
    ("at", "on", "and", "y", "e", "a", "las", "la", "los", "el", "every", "each", "cada", "todos", "de")
)
_HOURLY = frozenset(("hourly", "cada hora", "every hour", "cada 1 hora", "every 1 hour"))
_EVERY = re.compile(r"(?:(?:cada|every) )?(\d{1,4}) ?(m|min|mins|minutos?|minutes?|h|horas?|hours?)\.?")
_TIME = re.compile(r"\b([01]?\d|2[0-3])(?:[:.h]([0-5]\d))?(?: ?h)?(?: ?([ap])\.? ?m\b\.?)?(?![\d:])")
_NO_CLOCK = re.compile(r"\d+ (?:dias?|days?|semanas?|weeks?|mes|meses|months?)\b")
_PHRASES = {
    "de lunes a viernes": "laborables",
    "lunes a viernes": "laborables",
    "dias laborables": "laborables",
    "entre semana": "laborables",
    "monday to friday": "weekdays",
    "mon-fri": "weekdays",
}


def read_schedule(typed: str) -> Schedule | None:
    """What was typed; None for what nobody understands, and for intervals outside 5 minutes to a day."""
    text = fold(typed)
    if text in _NEVER:
        return OFF
    if text in _HOURLY:
        return Schedule(every=60)
    interval = _EVERY.fullmatch(text)
    if interval and not (interval[2] == "h" and not text.startswith(("cada", "every"))):
        minutes = int(interval[1]) * (60 if interval[2].startswith("h") else 1)
        return Schedule(every=minutes) if SHORTEST <= minutes <= LONGEST else None
    if re.fullmatch(r"0?\.\d+", text):
        return Schedule(at=(_clock_of(float(text)),))  # the sheet took a lone clock time for a part of a day
    return _read_clock(text)


def from_code(code: str) -> Schedule:
    """The schedule behind `Schedule.code`; the default for a code that an older version wrote."""
    if code == "off":
        return OFF
    if code.startswith("every "):
        return Schedule(every=int(code.removeprefix("every ")))
    days, _, times = code.partition(" ")
    try:
        return Schedule(at=tuple(map(time.fromisoformat, times.split(","))), days=frozenset(map(int, days)))
    except ValueError:
        return DEFAULT


def next_due(schedule: Schedule, timezone: str, after: float, workbook: str) -> float | None:
    """The first moment later than `after` (both Unix seconds); None for a schedule that is off.

    What was missed while nothing ran is not made up for: one moment stands for all of them.
    """
    place = _place(workbook)
    if schedule.every:
        period = schedule.every * 60.0
        phase = place * period
        return phase + period * ((after - phase) // period + 1)
    zone = zone_of(timezone)
    today = datetime.fromtimestamp(after, zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(-1, 9))
    moments = (
        datetime.combine(day, clock, zone).timestamp() + place * SPREAD_SECONDS
        for day in days
        if day.weekday() in schedule.days
        for clock in schedule.at
    )
    return min((moment for moment in moments if moment > after), default=None)


def day_in(timezone: str, moment: float) -> date:
    """The day that a moment (Unix seconds) falls on in a time zone; in UTC for one that nobody knows."""
    return datetime.fromtimestamp(moment, zone_of(timezone)).date()


def zone_of(timezone: str) -> ZoneInfo:
    """The zone of that name; UTC for one that nobody knows."""
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: “Europe” alone is a folder of zones
        return ZoneInfo("UTC")


def _place(workbook: str) -> float:
    """A workbook's own place in [0, 1), the same on every machine."""
    return int.from_bytes(sha256(workbook.encode()).digest()[:6], "big") / 2.0**48


def _read_clock(text: str) -> Schedule | None:
    for phrase, word in _PHRASES.items():
        text = text.replace(phrase, word)
    if _NO_CLOCK.search(text):
        return None
    times = [_time(found) for found in _TIME.finditer(text)]
    words = [word for word in re.split(r"[\s,;]+", _TIME.sub(" ", text)) if word and word not in _FILLERS]
    if None in times or not all(word in _DAYS or word in _WEEKLY for word in words) or not (times or words):
        return None
    named: frozenset[int] = frozenset().union(*(_DAYS.get(word, ()) for word in words))
    days = named or (frozenset((0,)) if _WEEKLY & set(words) else EVERY_DAY)
    return Schedule(at=tuple(sorted({each for each in times if each})) or (_MORNING,), days=days)


def _time(found: re.Match[str]) -> time | None:
    hour, half = int(found[1]), found[3]
    if half and not 1 <= hour <= 12:
        return None
    return time(hour % 12 + (12 if half == "p" else 0) if half else hour, int(found[2] or 0))


def _clock_of(part: float) -> time:
    minutes = round(part * 1440) % 1440
    return (datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).time()
