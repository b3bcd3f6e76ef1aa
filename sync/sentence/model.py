"""The values that travel inside the sentence parser, in the order in which they are made; all frozen."""

import dataclasses
from dataclasses import dataclass
from datetime import date

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A number that can be read in two ways: as written, as we took it, and the other reading."""

    text: str
    taken: float
    other: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text with its unit. `start`/`end` cover sign, currency, number, scale and unit.

    `other` is the second reading of an ambiguous number, `word` tells numbers written as words.
    """

    start: int
    end: int
    value: float
    unit: str | None
    text: str
    other: float | None = None
    sign: str = ""
    word: bool = False
    scale: float = 1.0

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == "%"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression: its span with the word that governs it, first and last day, and what it is for.

    role: due, start, basis (a comparison, not a deadline), cadence, hold, hint (may be a deadline).
    explicit tells calendar dates from durations. `last` is None when it cannot be resolved.
    """

    start: int
    end: int
    role: str
    last: date | None = None
    first: date | None = None
    explicit: bool = True
    marked: bool = False


@dataclass(frozen=True, slots=True)
class VerbMention:
    """A word that gives a direction: increase, decrease, maintain, reach, get, launch; `noun` for 'increase in'."""

    start: int
    end: int
    direction: str
    noun: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What the sentence wants to reach, and the span of text that says so."""

    kind: str = "none"
    value: float | None = None
    high: float | None = None
    baseline: float | None = None
    unit: str | None = None
    start: int = -1
    end: int = -1
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Smart:
    """The three letters of SMART that a text can show; achievable and relevant need more than words."""

    specific: bool = False
    measurable: bool = False
    time_bound: bool = False


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A goal sentence as fields. docs/parse.md explains each; `as_dict` is what `semaforo parse` prints."""

    id: str | None
    text: str
    lang: str
    direction: str = "none"
    metric: str | None = None
    concept: str | None = None
    baseline: float | None = None
    target: float | None = None
    target_high: float | None = None
    target_kind: str = "none"
    unit: str | None = None
    period: str | None = None
    start: date | None = None
    due: date | None = None
    due_text: str | None = None
    channel: str | None = None
    missing: tuple[str, ...] = ("metric", "target", "due")
    verdict: str = "not_kpi"
    warnings: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    smart: Smart = Smart()

    def as_dict(self) -> dict[str, object]:
        """The fields as JSON knows them: dates as ISO text, tuples as lists."""
        row = dataclasses.asdict(self)
        return {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
