"""The rules of judgement: a frame and a value -> status, reason and the sums behind it. Pure.

attainment = (actual - baseline) / (target - baseline), one formula for both directions, over the attainment that the
plan line expected on the day of the data.
"""

from dataclasses import dataclass, replace
from datetime import date

from sync.frame import Frame, Rule
from sync.model import KpiDefinition, MeasureKind, Status, WindowValue
from sync.numbers import at_least, at_most, same, usable
from sync.periods import one_later
from sync.plan_line import milestone_value, seasonal_share, straight_share
from sync.units import is_percent

GREEN_FROM, AMBER_FROM = 0.95, 0.75  # attainment over expected attainment
EARLY_SHARE = 0.2  # of the window: a bad pace says nothing before
NEAR_SHARE, NEAR_POINTS = 0.1, 5.0  # how far from a standing target is still amber
NEAR_RANGE = 0.1  # of the range's width


@dataclass(frozen=True)
class Verdict:
    """A status with its reason code and the numbers that led to it."""

    status: Status
    reason: str
    attainment: float | None = None
    expected: float | None = None
    planned: float | None = None  # attainment expected by the plan
    pace: float | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bounds:
    """From which pace on a light is green or amber."""

    green: float = GREEN_FROM
    amber: float = AMBER_FROM


def bounds_of(definition: KpiDefinition) -> Bounds | None:
    """The owner's own bounds, as shares (95 is read as 95 %); None where the owner gave none."""
    green, amber = _share(definition.green_from), _share(definition.amber_from)
    if green is None and amber is None:
        return None
    top = GREEN_FROM if green is None else green
    if green is None and amber is not None:
        top = max(GREEN_FROM, amber)
    return Bounds(top, min(top, AMBER_FROM if amber is None else amber))


def _share(bound: float | None) -> float | None:
    if bound is None or not usable(bound) or bound <= 0:
        return None
    return bound / 100 if bound > 2 else bound


def light_word(pace: float, bounds: Bounds) -> Status:
    """On track, at risk or off track by a pace."""
    if at_least(pace, bounds.green):
        return Status.ON_TRACK
    return Status.AT_RISK if at_least(pace, bounds.amber) else Status.OFF_TRACK


# --- on the way to a target -------------------------------------------------------------------------------------------


def expected_value(definition: KpiDefinition, value: WindowValue, frame: Frame, on: date) -> float:
    """What the plan line says on `on`, in the KPI's unit."""
    start, due = frame.window
    baseline = 0.0 if frame.rule is Rule.CEILING or frame.baseline is None else frame.baseline
    if definition.plan:
        return milestone_value(baseline, frame.target, (start, due), definition.plan, on)
    share = None
    if definition.seasonal:
        flow = definition.measure_kind is MeasureKind.FLOW
        share = seasonal_share(start, due, on, value.earlier, flow=flow)
    if share is None:
        share = straight_share(start, due, on)
    return baseline + share * (frame.target - baseline)


def movement(definition: KpiDefinition, value: WindowValue, frame: Frame, actual: float, on: date) -> Verdict:
    """Green, amber, red or early by the pace; achieved where the target is reached before its time."""
    baseline = frame.baseline or 0.0
    way = frame.target - baseline
    expected = expected_value(definition, value, frame, on)
    attainment, planned = (actual - baseline) / way, (expected - baseline) / way
    sums = Verdict(Status.EARLY, "too_early", attainment, expected, planned, _pace(attainment, planned))
    gone = straight_share(*frame.window, on)
    if at_least(attainment, 1.0) and not value.shift:
        return replace(sums, status=Status.ACHIEVED, reason="target_reached")
    if gone > 0 and planned >= 0 and attainment < 0 and not same(actual, baseline):
        return replace(sums, status=Status.OFF_TRACK, reason="worse_than_baseline")
    status, reason = _without_jump(definition, value, (attainment, planned, way))
    if at_least(attainment, 1.0) and status is Status.ON_TRACK:
        return replace(sums, status=Status.ACHIEVED, reason="target_reached")
    return sums if _too_early(status, gone) else replace(sums, status=status, reason=reason)


def _too_early(status: Status, gone: float) -> bool:
    """On the first day nothing is said; in the first fifth of the window a bad pace says nothing."""
    first_fifth = gone < EARLY_SHARE and not same(gone, EARLY_SHARE)
    return gone == 0 or (first_fifth and status is not Status.ON_TRACK)


def _pace(attainment: float, planned: float) -> float:
    """Progress over planned progress; where the plan expects none yet, the distance to the plan from 1 on."""
    return attainment / planned if planned > 1e-6 else 1.0 + attainment - planned


_PACE_REASONS = {
    Status.ON_TRACK: "on_plan",
    Status.AT_RISK: "behind_plan",
    Status.OFF_TRACK: "far_behind_plan",
}


def _without_jump(
    definition: KpiDefinition, value: WindowValue, shares: tuple[float, float, float]
) -> tuple[Status, str]:
    """The light of the pace. A sudden jump (merged accounts, a purge) may move it by one step at most."""
    attainment, planned, way = shares
    bounds = bounds_of(definition) or Bounds()
    status = light_word(_pace(attainment, planned), bounds)
    if value.shift:
        organic = light_word(_pace(attainment - value.shift / way, planned), bounds)
        if status is Status.ON_TRACK and organic is not Status.ON_TRACK:
            return Status.AT_RISK, "mostly_a_jump"
        if status is Status.OFF_TRACK and organic is not Status.OFF_TRACK:
            return Status.AT_RISK, "a_jump_hides_growth"
    return status, _PACE_REASONS[status]


# --- a sum that must stay below ---------------------------------------------------------------------------------------


_CEILING_REASONS = {
    Status.ON_TRACK: "ceiling_kept",
    Status.AT_RISK: "ceiling_close",
    Status.OFF_TRACK: "ceiling_outpaced",
}


def ceiling(definition: KpiDefinition, value: WindowValue, frame: Frame, actual: float, on: date) -> Verdict:
    """A sum held against its share of the ceiling; with a baseline, what was saved over what should have been saved."""
    allowed = expected_value(definition, value, frame, on)
    if not at_most(actual, frame.target):
        return Verdict(Status.OFF_TRACK, "ceiling_broken", expected=allowed)
    attainment, planned, pace = _saved(frame, actual, allowed)
    sums = Verdict(Status.EARLY, "too_early", attainment, allowed, planned, pace)
    status = light_word(pace, bounds_of(definition) or Bounds())
    worse = attainment is not None and attainment < 0
    if _too_early(status, straight_share(*frame.window, on)) and not worse:
        return sums
    return replace(sums, status=status, reason=_CEILING_REASONS[status])


def _saved(frame: Frame, actual: float, allowed: float) -> tuple[float | None, float | None, float]:
    """Attainment, planned attainment (both of what there is to save) and pace."""
    if frame.baseline is None or at_most(frame.baseline, frame.target):
        return None, None, 2.0 if at_most(actual, allowed / 2) else allowed / actual
    gone = allowed / frame.target if frame.target > 0 else 0.0
    usual, way = frame.baseline * gone, frame.baseline - frame.target
    if usual <= allowed:
        return None, None, 1.0 if at_most(actual, allowed) else 0.0
    pace = (usual - actual) / (usual - allowed)
    return pace * gone, gone, pace if way else 1.0


# --- standing targets, ranges, milestones -----------------------------------------------------------------------------


def standing(definition: KpiDefinition, frame: Frame, actual: float) -> Verdict:
    """Green at or beyond the target; amber within a tenth of it, in per cent within five points if that is less."""
    meets = at_least(actual, frame.target) if frame.rising else at_most(actual, frame.target)
    share = _share_of_target(frame, actual)
    flags = ("boundary",) if same(actual, frame.target) else ()
    own = bounds_of(definition)
    if meets:
        status = Status.ON_TRACK
    elif own is not None and share is not None:
        status = light_word(share, own)
    else:
        room = NEAR_SHARE * abs(frame.target)
        room = min(room, NEAR_POINTS) if is_percent(definition.unit) else room
        status = Status.AT_RISK if at_most(abs(actual - frame.target), room) else Status.OFF_TRACK
    reason = {Status.ON_TRACK: "meets_target", Status.AT_RISK: "near_target", Status.OFF_TRACK: "off_target"}[status]
    reason = "within_own_bounds" if status is Status.ON_TRACK and not meets else reason
    return Verdict(status, reason, attainment=share, expected=frame.target, pace=share, flags=flags)


def _share_of_target(frame: Frame, actual: float) -> float | None:
    """1.0 at the target and more beyond it; None where a quotient would mean nothing."""
    above, below = (actual, frame.target) if frame.rising else (frame.target, actual)
    return above / below if below > 1e-9 and above >= 0 else None


def range_(frame: Frame, actual: float) -> Verdict:
    """Green inside, amber within a tenth of the width beyond a limit."""
    low, high = frame.target, frame.upper if frame.upper is not None else frame.target
    if at_least(actual, low) and at_most(actual, high):
        edge = same(actual, low) or same(actual, high)
        return Verdict(Status.ON_TRACK, "inside_range", flags=("boundary",) if edge else ())
    beyond = max(low - actual, actual - high)
    near = at_most(beyond, NEAR_RANGE * (high - low)) and not same(high, low)
    return Verdict(Status.AT_RISK, "near_range") if near else Verdict(Status.OFF_TRACK, "outside_range")


def milestone(definition: KpiDefinition, value: WindowValue, frame: Frame, today: date) -> Verdict:
    """Done by the due date; within one cadence after it amber, later missed."""
    due = frame.due or today
    done_on = next((point.on for point in value.readings if at_least(point.value or 0.0, frame.target)), None)
    grace = one_later(due, definition.cadence)
    if done_on is not None and done_on <= due:
        return Verdict(Status.ACHIEVED, "milestone_done", attainment=1.0)
    if today <= due:
        return Verdict(Status.ON_TRACK, "milestone_ahead", attainment=0.0)
    if done_on is not None and done_on <= grace:
        return Verdict(Status.AT_RISK, "milestone_done_late", attainment=1.0)
    if today <= grace:
        return Verdict(Status.AT_RISK, "milestone_late", attainment=0.0)
    return Verdict(Status.MISSED, "milestone_missed", attainment=0.0)
