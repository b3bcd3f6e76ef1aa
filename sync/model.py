"""The values that travel through one sync, in the order in which they travel.

Everything here is frozen and holds no behaviour beyond what follows from its own fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

CellValue = str | float | bool | None  # what `values:batchGet`, unformatted, can hold; dates are serial numbers
Fact = str | float | date | None  # what a sentence may be filled with


class MeasureKind(StrEnum):
    """How values add up: see DESIGN.md section 1."""

    LEVEL = "level"
    FLOW = "flow"
    RUNNING_TOTAL = "running_total"
    RATIO = "ratio"
    AVERAGE = "average"
    MILESTONE = "milestone"


class Direction(StrEnum):
    """Where the owner wants the value to go, or where it shall stay."""

    INCREASE = "increase"
    DECREASE = "decrease"
    HOLD_ABOVE = "hold_above"
    HOLD_BELOW = "hold_below"
    KEEP_WITHIN = "keep_within"


class Span(StrEnum):
    """Over which readings a value is taken: all of the window, the last complete cadence period, or the latest one."""

    WINDOW = "window"
    PERIOD = "period"
    LATEST = "latest"


class Stage(StrEnum):
    """The way of the target group from first contact to loyalty."""

    AWARENESS = "awareness"
    CONSIDERATION = "consideration"
    CONVERSION = "conversion"
    LOYALTY = "loyalty"


class Nature(StrEnum):
    """Counted, or judged."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


class Cadence(StrEnum):
    """How often a KPI is measured and reviewed."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Severity(StrEnum):
    """An error keeps a KPI from being judged; a warning doesn't; a hint is a proposal."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Light(StrEnum):
    """The colour of a status."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


class Status(StrEnum):
    """The word of a judgement. `light` gives its colour."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    MISSED = "missed"
    NOT_STARTED = "not_started"
    EARLY = "early"
    NO_DATA = "no_data"
    STALE = "stale"
    SOURCE_FAILED = "source_failed"
    PROVISIONAL = "provisional"
    TOO_FEW_ANSWERS = "too_few_answers"
    INVALID = "invalid"
    PAUSED = "paused"

    @property
    def light(self) -> Light:
        """Green, amber or red for a verdict; grey for every word that is none."""
        return _LIGHTS.get(self, Light.GREY)


_LIGHTS = {
    Status.ACHIEVED: Light.GREEN,
    Status.ON_TRACK: Light.GREEN,
    Status.AT_RISK: Light.AMBER,
    Status.OFF_TRACK: Light.RED,
    Status.MISSED: Light.RED,
}


class Outcome(StrEnum):
    """What became of asking a source: the word for a fetch, as `Status` is the word for a judgement."""

    OK = "ok"
    NO_DATA = "no_data"  # it answered and holds nothing: never zero
    PARTIAL = "partial"  # pages or rows are missing, or the numbers are a sample: no colour
    PROVISIONAL = "provisional"  # the source still restates these days: never red
    BLOCKED = "blocked"  # a credential, a permission or a quota stops us: a person has the remedy
    ERROR = "error"  # transport or parsing failed


class Trend(StrEnum):
    """Where the readings have been going, in terms of the number and not of the wish."""

    UP = "up"
    FLAT = "flat"
    DOWN = "down"
    UNKNOWN = "unknown"


# --- what the workbook said -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """One tab as it was read: columns of unformatted values, the heading first; trailing empty cells may be absent."""

    tab: str  # the tab's key, see sheet_templates
    title: str  # what the person calls the tab now
    sheet_id: int
    first_row: int  # grid index (0-based) of the heading row
    first_column: int  # grid index of the first column
    columns: tuple[tuple[CellValue, ...], ...]
    keys: Mapping[str, int]  # column key -> index into `columns`; a key whose heading was not found is absent
    grid_rows: int | None = None  # how many rows the grid has as far as the range says

    @property
    def height(self) -> int:
        """How many rows lie below the heading."""
        return max(0, max((len(column) for column in self.columns), default=0) - 1)

    def position(self, key: str) -> int:
        """The grid column of a key. Raises KeyError when its heading was not found."""
        return self.first_column + self.keys[key]

    def value(self, key: str, row: int) -> CellValue:
        """The cell of column `key` in the `row`-th row below the heading (0-based); None where there is nothing."""
        index = self.keys.get(key)
        if index is None or row + 1 >= len(self.columns[index]):
            return None
        value = self.columns[index][row + 1]
        return None if value == "" else value

    def filled(self, keys: Iterable[str]) -> set[int]:
        """The rows (0-based, below the heading) where at least one of these columns says something."""
        columns = (self.columns[self.keys[key]] for key in keys if key in self.keys)
        return {row for column in columns for row, value in enumerate(column[1:]) if value not in (None, "")}


@dataclass(frozen=True)
class Snapshot:
    """What the workbook said when we read it."""

    workbook: str
    tables: Mapping[str, Table]
    missing_tabs: tuple[str, ...] = ()  # keys
    others: Mapping[str, tuple[tuple[CellValue, ...], ...]] = field(default_factory=dict)  # title -> columns
    reads: int = 1  # calls that it took


# --- what a person wrote, understood ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """A place that a person can go to."""

    tab: str  # key
    row: int  # 0-based, below the heading
    column: str  # key
    a1: str  # as the person sees it, with the tab's present title: KPIs!F7


@dataclass(frozen=True)
class Issue:
    """What a person must correct, at a cell. `code` and `facts` make the sentence in the workbook's language."""

    code: str
    severity: Severity
    cell: Cell | None = None
    kpi_id: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanPoint:
    """An owner's own milestone on the way: the value expected on a date."""

    on: date
    value: float


@dataclass(frozen=True)
class KpiDefinition:
    """The owner's row, understood. What is absent or unreadable is None and has an Issue."""

    id: str
    row: int  # 0-based, below the heading; where it stood when it was read
    name: str
    objective: str | None = None
    statement: str | None = None
    stage: Stage | None = None
    nature: Nature = Nature.QUANTITATIVE
    source: str | None = None
    metric: str | None = None
    filter: str | None = None
    unit: str | None = None
    measure_kind: MeasureKind = MeasureKind.LEVEL
    direction: Direction | None = None
    baseline: float | None = None
    target: float | None = None
    upper_limit: float | None = None
    plan: tuple[PlanPoint, ...] = ()
    seasonal: bool = False
    start: date | None = None
    due: date | None = None
    cadence: Cadence = Cadence.MONTH
    owner: str | None = None
    amber_from: float | None = None
    green_from: float | None = None
    weight: float = 1.0
    active: bool = True
    span: Span | None = None  # None: what the measure kind and the direction ask for, see sync/aggregate.py


@dataclass(frozen=True)
class Objective:
    """What the company wants; every KPI serves one."""

    id: str
    row: int
    name: str


@dataclass(frozen=True)
class WorkbookSettings:
    """The owner's choices, from the Settings tab."""

    language: str = "es"
    locale: str = "es_ES"
    timezone: str = "Europe/Madrid"
    fill_proposals: bool = False
    refresh: str = "0123456 07:00"  # `Schedule.code`: when a sync begins by itself


@dataclass(frozen=True)
class SmartCheck:
    """The five letters of one KPI: True lit, False not, None unknown (no history to test it against)."""

    kpi_id: str
    letters: Mapping[str, bool | None]


@dataclass(frozen=True)
class Achievability:
    """The letter A, told from history: lit, out with the reason's code and its numbers, or unknown (None)."""

    verdict: bool | None = None
    code: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


# --- what was measured ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """What answers come to: the value, how many they were, and the 95 % interval in the value's unit.

    `margin` is half the interval's width, before it was cut at the ends of the scale.
    """

    value: float
    answers: int
    low: float
    high: float
    margin: float


@dataclass(frozen=True)
class Basis:
    """The answers behind a reading: those of its period, those from the start up to it, and how many are asked for."""

    period: Score
    window: Score
    minimum: int


@dataclass(frozen=True)
class Measurement:
    """One observed value with its day. A ratio may bring its two parts; its value is then in per cent."""

    on: date
    value: float | None  # None: the source says there was nothing, which is never zero
    numerator: float | None = None
    denominator: float | None = None
    unit: str | None = None
    basis: Basis | None = None  # of what was asked for, not counted


@dataclass(frozen=True)
class Window:
    """The days that a source was asked for; both ends count."""

    start: date
    end: date


@dataclass(frozen=True)
class Provenance:
    """Where a series came from, and how far it may be believed. What a source does not know stays None."""

    source: str
    detail: str = ""  # a column, a tab, a host: never an address with a secret in it
    as_of: date | None = None
    flags: tuple[str, ...] = ()
    window: Window | None = None
    timezone: str | None = None  # in which the source cuts its days
    n: int | None = None  # how many things the numbers rest on
    definition: str | None = None  # the metric's meaning in force: its name and the day of its last change
    asked: str | None = None  # version of the interface that was asked for
    served: str | None = None  # version that answered
    pages_read: int | None = None
    pages_total: int | None = None
    request: str | None = None  # hash of what was asked, without credentials


@dataclass(frozen=True)
class MeasurementSeries:
    """Observed values in the order in which the source gave them; of two on one day the later row counts."""

    points: tuple[Measurement, ...]
    provenance: Provenance

    @property
    def outcome(self) -> Outcome:
        """ok, no_data, partial or provisional."""
        if "partial" in self.provenance.flags:
            return Outcome.PARTIAL
        if all(point.value is None and point.numerator is None for point in self.points):
            return Outcome.NO_DATA
        return Outcome.PROVISIONAL if "provisional" in self.provenance.flags else Outcome.OK


@dataclass(frozen=True)
class FetchFailure:
    """Why a KPI's number did not arrive. `code` and `facts` make the sentence; no raw text of another system."""

    source: str
    code: str
    permanent: bool
    facts: Mapping[str, Fact] = field(default_factory=dict)
    blocked: bool = False  # credentials, permissions or quota: a person has the remedy

    @property
    def outcome(self) -> Outcome:
        """blocked or error."""
        return Outcome.BLOCKED if self.blocked else Outcome.ERROR


FetchOutcome = MeasurementSeries | FetchFailure


@dataclass(frozen=True)
class WindowValue:
    """The value of the KPI's window: what `aggregate` makes of a series.

    `actual` is in the KPI's unit (per cent as 85, not 0.85). `readings` are the cleaned points that it rests on,
    one a day, ascending; `earlier` are those before the start, which never count as progress. `shift` is the sum of the
    sudden jumps among the readings, which are no growth. `flags` name what was doubted or repaired: see FLAGS in
    sync/clean.py.
    """

    actual: float | None
    measured_on: date | None
    readings: tuple[Measurement, ...] = ()
    flags: tuple[str, ...] = ()
    earlier: tuple[Measurement, ...] = ()
    shift: float = 0.0


# --- the judgement ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Projection:
    """The value to be expected on the due date, with an 80 % interval; `chance` of reaching the target is in [0, 1]."""

    value: float
    low: float
    high: float
    chance: float | None = None


@dataclass(frozen=True)
class Evaluation:
    """The judgement of one KPI on one day.

    `attainment` is (actual - baseline) / (target - baseline), 1.0 at the target; `expected` is the plan's value on the
    date of the data, in the KPI's unit. `reason` is a code whose sentence `review` fills with `facts`.
    """

    kpi_id: str
    status: Status
    reason: str
    actual: float | None = None
    measured_on: date | None = None
    attainment: float | None = None
    expected: float | None = None
    pace: float | None = None  # progress over planned progress
    trend: Trend = Trend.UNKNOWN
    projection: Projection | None = None
    good_until: date | None = None
    flags: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def light(self) -> Light:
        """The colour of the status."""
        return self.status.light


@dataclass(frozen=True)
class ReviewNote:
    """The sentences that explain a status and say what to do next, in the workbook's language."""

    kpi_id: str
    text: str
    next_review: date | None = None


# --- what changed -----------------------------------------------------------------------------------------------------


class ChangeKind(StrEnum):
    """What a change is about."""

    STATUS = "status"
    DEFINITION = "definition"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was, told once. `old` and `new` are canonical text: see sync/changes.py."""

    kpi_id: str
    kind: ChangeKind
    at: date  # the day of the sync that saw it
    field: str | None = None  # the column's key; None for a KPI that came or went: its name is in `new` or `old`
    old: str | None = None
    new: str | None = None
    who: str | None = None  # who made it; None: unknown, for a spreadsheet does not tell
    asked_by: str | None = None  # who asked for the sync that saw it, where proved


Fields = Mapping[str, str | None]  # column key -> canonical text; a key that is absent was never read


@dataclass(frozen=True)
class LastDefinition:
    """What a KPI's row said at the last sync that saw it; `present` is False once the row is gone."""

    fields: Fields
    present: bool = True


# --- what the workbook should say -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RowWrite:
    """What one row of one tab should say in our columns. `key` is the id that the row must carry."""

    tab: str
    row: int  # 0-based, below the heading; where the row stood when it was read
    key: str
    values: Mapping[str, CellValue]  # column key -> value, all of our columns
    changed: tuple[str, ...]  # the columns whose cell says something else now


@dataclass(frozen=True)
class WritePlan:
    """What the sheet should say minus what it says. Falsy when there is nothing to write."""

    rows: tuple[RowWrite, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def cells(self) -> int:
        """How many cells say something else than they should; the Log, which only tells of them, does not count."""
        return sum(len(row.changed) for row in self.rows if row.tab != "log")


@dataclass(frozen=True)
class ApplyResult:
    """What the one write did: how often we called, and the rows that stayed wrong after every repair."""

    reads: int = 0
    writes: int = 0
    cells: int = 0
    unresolved: tuple[RowWrite, ...] = ()


@dataclass(frozen=True)
class KpiOutcome:
    """One line of a sync report."""

    definition: KpiDefinition
    evaluation: Evaluation
    note: ReviewNote
    failure: FetchFailure | None = None
    achievable: Achievability = Achievability()
    value: WindowValue | None = None  # what was judged; None where nothing was measured


@dataclass(frozen=True)
class Finding:
    """What the plan as a whole lacks: see sync/coverage.py. `subject` is the objective or owner concerned."""

    code: str
    subject: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """A value of a day of what a platform keeps no past of; `definition` is the metric's meaning in force then."""

    subject: str  # what was measured: see sync/readings.py
    on: date
    value: float
    definition: str | None = None


@dataclass(frozen=True)
class SyncReport:
    """One run over one workbook; what it did."""

    workbook: str
    settings: WorkbookSettings
    outcomes: tuple[KpiOutcome, ...]
    issues: tuple[Issue, ...]
    plan: WritePlan
    applied: ApplyResult
    today: date
    dry_run: bool = False
    took: float = 0.0  # seconds
    other_tabs: tuple[str, ...] = ()  # titles of the person's own tabs that a source names
    changes: tuple[Change, ...] = ()
    definitions: Mapping[str, Fields] = field(default_factory=dict)  # by KPI, for the next sync to compare with
    coverage: tuple[Finding, ...] = ()
    readings: tuple[Reading, ...] = ()  # of now, to be kept for the days on which the platform tells them no more
