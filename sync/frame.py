"""Definition and readings -> the frame that a value is judged in, or the reason why it can't be. Pure.

What the owner left out is settled here where the readings settle it (a start, a baseline); the flag says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sync.aggregate import span_of
from sync.model import Direction, KpiDefinition, MeasureKind, Measurement, Span, WindowValue
from sync.numbers import median, same, usable
from sync.periods import FRESH_DAYS, add_days
from sync.units import is_percent

_MOVING = {Direction.INCREASE, Direction.DECREASE}
_OTHER_SCALE = 100.0  # so far off, a value is in another unit
_RATES = {MeasureKind.RATIO, MeasureKind.AVERAGE}


class Rule(StrEnum):
    """What is judged: see DESIGN.md section 5."""

    MOVEMENT = "movement"  # on the way from a baseline to a target
    CEILING = "ceiling"  # a sum that must not grow beyond its target by the due date
    STANDING = "standing"  # a target that holds at every moment
    RANGE = "range"
    MILESTONE = "milestone"


@dataclass(frozen=True)
class Frame:
    """All that a rule needs, settled. `rising` says which way is better; `upper` is a range's other end.

    A movement and a ceiling have a start, a due date and a baseline (a ceiling's may be None).
    """

    rule: Rule
    rising: bool
    target: float
    start: date | None = None
    due: date | None = None
    baseline: float | None = None
    upper: float | None = None
    flags: tuple[str, ...] = ()

    @property
    def window(self) -> tuple[date, date]:
        """Start and due date of a rule that has both."""
        if self.start is None or self.due is None:
            raise ValueError(f"a {self.rule} without a window")
        return self.start, self.due


def definition_fault(definition: KpiDefinition, readings: Sequence[Measurement] = ()) -> str | None:
    """The reason code why this definition can't be judged; None where it can.

    The readings are asked for one thing only: whether values above 100 % do occur.
    """
    numbers = (definition.baseline, definition.target, definition.upper_limit)
    if any(number is not None and not usable(number) for number in numbers):
        return "unusable_number"
    if definition.measure_kind is MeasureKind.MILESTONE:
        return _window_fault(definition) or ("missing_due" if definition.due is None else None)
    if definition.target is None:
        return "missing_target"
    if definition.direction is None:
        return "missing_direction"
    return _window_fault(definition) or _target_fault(definition, readings) or _due_fault(definition)


def _window_fault(definition: KpiDefinition) -> str | None:
    if definition.start is None or definition.due is None or definition.due > definition.start:
        return None
    return "zero_length_period" if definition.due == definition.start else "due_before_start"


def _due_fault(definition: KpiDefinition) -> str | None:
    return "missing_due" if definition.due is None and rule_of(definition) in (Rule.MOVEMENT, Rule.CEILING) else None


def _target_fault(definition: KpiDefinition, readings: Sequence[Measurement]) -> str | None:
    target, baseline = definition.target or 0.0, definition.baseline
    if definition.direction is Direction.KEEP_WITHIN:
        if definition.upper_limit is None:
            return "missing_upper_limit"
        return "range_reversed" if definition.upper_limit < target else None
    if _impossible(definition, target, [point.value or 0.0 for point in readings]):
        return "target_out_of_bounds"
    if baseline is None or same(baseline, target):
        return None
    rises = target > baseline
    against = (definition.direction is Direction.INCREASE and not rises) or (
        definition.direction is Direction.DECREASE and rises
    )
    return "direction_conflict" if against else None


def _impossible(definition: KpiDefinition, target: float, seen: list[float]) -> bool:
    """A share of more than all, or less than nothing: only where the baseline shows that it is a share or a count."""
    baseline = definition.baseline
    below = target < 0 and not same(target, 0) and baseline is not None and baseline >= 0
    if is_percent(definition.unit) and definition.measure_kind is MeasureKind.RATIO:
        share = all(0 <= number <= 100 for number in [*seen, *([] if baseline is None else [baseline])])
        over = target > 100 and not same(target, 100) and definition.direction is not Direction.HOLD_BELOW
        return below or (share and over)
    return below and (definition.unit or "").strip().casefold() in ("count", "leads")


def rule_of(definition: KpiDefinition) -> Rule:
    """Which rule the definition asks for; readings may still turn a movement without a baseline into a standing one."""
    if definition.measure_kind is MeasureKind.MILESTONE:
        return Rule.MILESTONE
    if definition.direction is Direction.KEEP_WITHIN:
        return Rule.RANGE
    if _summed(definition):
        downward = definition.direction in (Direction.DECREASE, Direction.HOLD_BELOW)
        return Rule.CEILING if downward and (definition.target or 0.0) >= 0 else Rule.MOVEMENT
    return Rule.STANDING if _stands(definition) else Rule.MOVEMENT


def _summed(definition: KpiDefinition) -> bool:
    """Whether the value is one growing sum of the window."""
    kind = definition.measure_kind
    return kind is MeasureKind.RUNNING_TOTAL or (kind is MeasureKind.FLOW and span_of(definition) is Span.WINDOW)


def _stands(definition: KpiDefinition) -> bool:
    """Whether the target holds at every moment: said so, already met at the start, or set for each period."""
    baseline, target = definition.baseline, definition.target
    if definition.direction not in _MOVING:
        return True
    if baseline is None or target is None:
        return definition.measure_kind is MeasureKind.FLOW  # "500 leads a month": each month is judged against 500
    return same(baseline, target)


def out_of_scale(definition: KpiDefinition, readings: Sequence[Measurement]) -> bool:
    """Whether the readings of a movement are a hundred times larger than its numbers, or smaller: cents for euros.

    Smaller is asked of a level, ratio or average with a baseline only: a sum begins small. Of a standing target neither
    is asked: a hundred complaints where one is allowed are a hundred complaints.
    """
    sizes = [abs(number) for number in (definition.baseline, definition.target) if number and not same(number, 0)]
    seen = [abs(point.value) for point in readings if point.value]
    if not sizes or not seen or rule_of(definition) is not Rule.MOVEMENT:
        return False
    middle = median(seen)
    small = not _summed(definition) and len(sizes) > 1 and middle * _OTHER_SCALE <= min(sizes)
    return small or middle >= _OTHER_SCALE * max(sizes)


def settle(definition: KpiDefinition, value: WindowValue) -> Frame | str:
    """The frame of a definition without a fault, or the reason code why these readings leave it open."""
    rule = rule_of(definition)
    rising = definition.direction in (Direction.INCREASE, Direction.HOLD_ABOVE, Direction.KEEP_WITHIN)
    if rule is Rule.MILESTONE:
        target = 1.0 if definition.target is None else definition.target
        return Frame(rule, True, target, definition.start, definition.due)
    frame = Frame(rule, rising, definition.target or 0.0, definition.start, definition.due, definition.baseline)
    if rule is Rule.RANGE:
        return replace(frame, upper=definition.upper_limit)
    if rule is Rule.STANDING:
        equal = definition.direction in _MOVING and definition.baseline is not None
        return replace(frame, flags=("baseline_equals_target",) if equal else ())
    return _with_baseline(definition, value, _with_start(frame, value))


def _with_start(frame: Frame, value: WindowValue) -> Frame:
    """Without a start the first reading opens the window, where it is the baseline's own or no baseline is given."""
    if frame.start is not None or not value.readings:
        return frame
    first = value.readings[0]
    if frame.baseline is not None and not same(first.value or 0.0, frame.baseline):
        return frame
    return replace(frame, start=first.on, flags=(*frame.flags, "start_defaulted"))


def _with_baseline(definition: KpiDefinition, value: WindowValue, frame: Frame) -> Frame | str:
    if frame.start is None:
        return "missing_start"
    if frame.due is None or frame.due <= frame.start:
        return "zero_length_period"
    if frame.rule is Rule.CEILING:
        return frame
    if _summed(definition):
        # a sum begins at nothing: a flow's baseline is what an earlier window summed up to, a mere comparison
        begins = frame.baseline if definition.measure_kind is MeasureKind.RUNNING_TOTAL else None
        return _beyond(replace(frame, baseline=begins or 0.0))
    return frame if frame.baseline is not None else _with_first_reading(definition, value, frame, frame.start)


def _with_first_reading(definition: KpiDefinition, value: WindowValue, frame: Frame, start: date) -> Frame | str:
    first = _start_reading(definition, value, start)
    if first is None:
        return _without_baseline(definition, value, frame)
    return _beyond(replace(frame, baseline=first.value, flags=(*frame.flags, "baseline_defaulted")))


def _beyond(frame: Frame) -> Frame:
    """A beginning at or beyond the target leaves nothing to move: the target stands."""
    first = frame.baseline or 0.0
    done = first >= frame.target if frame.rising else first <= frame.target
    return replace(frame, rule=Rule.STANDING, baseline=None) if done or same(first, frame.target) else frame


def _without_baseline(definition: KpiDefinition, value: WindowValue, frame: Frame) -> Frame | str:
    """A rate without any baseline is judged against its target; a level only once it has reached it."""
    reached = value.actual is not None and (
        value.actual >= frame.target if frame.rising else value.actual <= frame.target
    )
    if definition.measure_kind in _RATES or reached:
        return replace(frame, rule=Rule.STANDING)
    return "missing_baseline"


def _start_reading(definition: KpiDefinition, value: WindowValue, start: date) -> Measurement | None:
    """The reading that shows where things stood when the window opened, where a later one can be compared with it."""
    fresh = FRESH_DAYS[definition.cadence]
    known = [point for point in value.earlier if add_days(point.on, fresh) >= start]
    if known:
        return known[-1]
    if len(value.readings) > 1 and value.readings[0].on <= add_days(start, fresh):
        return value.readings[0]
    return None
