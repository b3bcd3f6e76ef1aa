"""Definition, value and date -> status. Pure; never raises on any content.

The order of the questions is the order of `_QUESTIONS`: what can't be judged is grey before anything is coloured.
"""

from dataclasses import replace
from datetime import date

from sync.facts import facts_of
from sync.frame import Frame, Rule, definition_fault, out_of_scale, settle
from sync.model import (
    Evaluation,
    Fact,
    FetchFailure,
    KpiDefinition,
    MeasureKind,
    Projection,
    Status,
    WindowValue,
)
from sync.numbers import at_least, at_most, usable
from sync.periods import FRESH_DAYS, NEAR_DAYS, add_days
from sync.trend import trend_of
from sync.verdicts import Verdict, ceiling, milestone, movement, range_, standing

_FINAL_DAYS = 365  # how long an achieved or missed light goes on shining after the due date
_ALL_LEFT_OUT = {  # why nothing is left of what was measured, the likeliest reason first
    "suspect_zero": "only_suspect_zeros",
    "wild_reading": "only_wild",
    "negative_values": "only_negative",
    "unreadable_values": "only_unreadable",
    "future_rows": "only_future",
}
_UNLIKELY, _LIKELY = 0.3, 0.5  # chances that lower a green light, and lift a red one
_ENOUGH_READINGS = 6  # a forecast from fewer is shown, but moves no light
_COLOURED = {Status.ACHIEVED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.MISSED}
_RED = {Status.OFF_TRACK, Status.MISSED}


def evaluate(
    definition: KpiDefinition, value: WindowValue, today: date, projection: Projection | None = None
) -> Evaluation:
    """The judgement of one KPI on `today`. `projection` may lower green to amber and lift red to amber."""
    verdict, frame = _judge(definition, value, today)
    if frame is not None:
        believed = projection if len(value.readings) >= _ENOUGH_READINGS else None
        verdict = _forecasted(verdict, frame, believed, today, own_plan=bool(definition.plan) or definition.seasonal)
    verdict = _with_source_doubts(verdict, value)
    shown = verdict.status is not Status.INVALID and verdict.status is not Status.NOT_STARTED
    actual = value.actual if shown else None
    on = value.measured_on if actual is not None else None
    return Evaluation(
        kpi_id=definition.id,
        status=verdict.status,
        reason=verdict.reason,
        actual=actual,
        measured_on=on,
        attainment=verdict.attainment,
        expected=verdict.expected,
        pace=verdict.pace,
        trend=trend_of(value.readings) if shown else trend_of(()),
        projection=projection if shown and verdict.status is not Status.TOO_FEW_ANSWERS else None,
        good_until=_good_until(definition, frame, verdict, on),
        flags=_flags(value, frame, verdict, projection),
        facts=facts_of(definition, value, frame, verdict, projection),
    )


def evaluate_failure(
    definition: KpiDefinition, failure: FetchFailure, last: WindowValue | Evaluation | None = None
) -> Evaluation:
    """Grey: the number did not arrive. The last good value stays visible with its date, without a colour."""
    typed = definition.source or "/"  # in the owner's words; of an address only what the source itself would show
    facts: dict[str, Fact] = {"source": failure.source if "/" in typed else typed, "failure": failure.code}
    if not definition.active:
        return Evaluation(definition.id, Status.PAUSED, "paused")
    if last is None or last.actual is None:
        return Evaluation(definition.id, Status.SOURCE_FAILED, "source_failed", facts=facts)
    facts |= {"actual": last.actual, "on": last.measured_on}
    return Evaluation(
        definition.id, Status.SOURCE_FAILED, "source_failed_since", last.actual, last.measured_on, facts=facts
    )


def good_until(definition: KpiDefinition, measured_on: date, *, final: bool = False) -> date:
    """The day after which the light goes out: the reading's day, one cadence and a grace.

    Days: day 3, week 10, month 45, quarter 120, year 400. A final verdict shines for a year after the due date.
    """
    if final:
        return add_days(max(measured_on, definition.due or measured_on), _FINAL_DAYS)
    return add_days(measured_on, FRESH_DAYS[definition.cadence])


# --- the questions, in their order ------------------------------------------------------------------------------------


def _judge(definition: KpiDefinition, value: WindowValue, today: date) -> tuple[Verdict, Frame | None]:
    grey = _before_judging(definition, value, today)
    if grey is not None:
        return grey, None
    frame = settle(definition, value)
    if isinstance(frame, str):
        return Verdict(Status.INVALID, frame), None
    actual, on = value.actual, value.measured_on
    if actual is None or on is None:
        return Verdict(Status.NO_DATA, "no_data"), None
    return _in_frame(definition, value, frame, (actual, on), today), frame


def _before_judging(definition: KpiDefinition, value: WindowValue, today: date) -> Verdict | None:
    """The grey words that need no frame, in order."""
    if not definition.active:
        return Verdict(Status.PAUSED, "paused")
    fault = definition_fault(definition, value.readings)
    if fault is not None:
        return Verdict(Status.INVALID, fault)
    if definition.start is not None and today < definition.start:
        return Verdict(Status.NOT_STARTED, "not_started")
    wrong_unit = _wrong_unit(definition, value)
    if wrong_unit is not None:
        return Verdict(Status.INVALID, wrong_unit)
    if value.actual is None or not usable(value.actual) or value.measured_on is None:
        return _nothing_measured(value)
    return Verdict(Status.TOO_FEW_ANSWERS, "too_few_answers") if "too_few_answers" in value.flags else None


def _wrong_unit(definition: KpiDefinition, value: WindowValue) -> str | None:
    if "unit_mismatch" in value.flags:
        return "unit_mismatch"
    return "out_of_scale" if out_of_scale(definition, value.readings) else None


def _nothing_measured(value: WindowValue) -> Verdict:
    if "too_few_answers" in value.flags:
        return Verdict(Status.TOO_FEW_ANSWERS, "too_few_answers")
    if "partial_period" in value.flags:
        return Verdict(Status.PROVISIONAL, "partial_period")
    if "no_reading_at_due" in value.flags:
        return Verdict(Status.STALE, "no_reading_at_due")
    if value.earlier and not value.readings:
        return Verdict(Status.NO_DATA, "only_before_start")
    left_out = (reason for flag, reason in _ALL_LEFT_OUT.items() if flag in value.flags)
    return Verdict(Status.NO_DATA, next(left_out, "no_data"))


def _in_frame(
    definition: KpiDefinition, value: WindowValue, frame: Frame, measured: tuple[float, date], today: date
) -> Verdict:
    actual, on = measured
    if frame.rule is Rule.MILESTONE:
        verdict = milestone(definition, value, frame, today)
        return verdict if verdict.status is not Status.ON_TRACK else _if_fresh(definition, verdict, on, today)
    verdict = _by_rule(definition, value, frame, actual, on)
    if _settled(definition, frame, actual):
        return _settled_verdict(frame, verdict, over=frame.due is not None and today >= frame.due)
    if frame.due is not None and today >= frame.due:
        near = abs((on - frame.due).days) <= NEAR_DAYS[definition.cadence]
        return (
            _final(frame, verdict, actual)
            if near
            else replace(verdict, status=Status.STALE, reason="no_reading_at_due")
        )
    return _if_fresh(definition, verdict, on, today)


def _by_rule(definition: KpiDefinition, value: WindowValue, frame: Frame, actual: float, on: date) -> Verdict:
    if frame.rule is Rule.MOVEMENT:
        return movement(definition, value, frame, actual, on)
    if frame.rule is Rule.CEILING:
        return ceiling(definition, value, frame, actual, on)
    if frame.rule is Rule.RANGE:
        return range_(frame, actual)
    return standing(definition, frame, actual)


def _settled(definition: KpiDefinition, frame: Frame, actual: float) -> bool:
    """Whether no later reading can change the outcome: a sum that only grows has passed its target."""
    summed = definition.measure_kind in (MeasureKind.FLOW, MeasureKind.RUNNING_TOTAL)
    if not summed or frame.rule not in (Rule.MOVEMENT, Rule.CEILING):
        return False
    if frame.rule is Rule.CEILING:
        return not at_most(actual, frame.target)
    return frame.rising and at_least(actual, frame.target)


def _if_fresh(definition: KpiDefinition, verdict: Verdict, on: date, today: date) -> Verdict:
    if today <= good_until(definition, on):
        return verdict
    return replace(verdict, status=Status.STALE, reason="stale")


def _final(frame: Frame, verdict: Verdict, actual: float) -> Verdict:
    """From the due date on only the target counts."""
    if frame.rule is Rule.RANGE:
        inside = verdict.status is Status.ON_TRACK
        word = "range_met_at_due" if inside else "range_missed_at_due"
        return replace(verdict, status=Status.ACHIEVED if inside else Status.MISSED, reason=word)
    met = at_least(actual, frame.target) if frame.rising else at_most(actual, frame.target)
    if met:
        return replace(verdict, status=Status.ACHIEVED, reason="met_at_due")
    return replace(verdict, status=Status.MISSED, reason="missed_at_due")


def _settled_verdict(frame: Frame, verdict: Verdict, *, over: bool) -> Verdict:
    """A sum past its target: achieved at once; a broken ceiling is missed once its window is over."""
    if frame.rule is Rule.MOVEMENT:
        return replace(verdict, status=Status.ACHIEVED, reason="target_reached")
    return replace(verdict, status=Status.MISSED) if over else verdict


# --- what may still move the light ------------------------------------------------------------------------------------


def _forecasted(
    verdict: Verdict, frame: Frame, projection: Projection | None, today: date, *, own_plan: bool
) -> Verdict:
    """The forecast moves a light of a running window by one step, never further.

    It lowers nothing where the owner laid the plan line: a launch in May is not in the readings of March.
    """
    running = frame.due is not None and today < frame.due
    if projection is None or not running or frame.rule not in (Rule.MOVEMENT, Rule.CEILING):
        return verdict
    unlikely, likely = _outlook(projection, frame)
    if verdict.status is Status.ON_TRACK and unlikely and not own_plan:
        return replace(verdict, status=Status.AT_RISK, reason="forecast_lowers")
    if verdict.status is Status.OFF_TRACK and likely and verdict.reason != "ceiling_broken":
        return replace(verdict, status=Status.AT_RISK, reason="forecast_lifts")
    return verdict


def _outlook(projection: Projection, frame: Frame) -> tuple[bool, bool]:
    """Whether the target is unlikely, and whether it is likely; by the chance, or by the interval without one."""
    if projection.chance is not None:
        return projection.chance < _UNLIKELY, projection.chance >= _LIKELY
    if frame.rising:
        return projection.high < frame.target, projection.value >= frame.target
    return projection.low > frame.target, projection.value <= frame.target


def _with_source_doubts(verdict: Verdict, value: WindowValue) -> Verdict:
    """An incomplete answer has no colour; days that the source still restates are never red."""
    if "partial" in value.flags and verdict.status in _COLOURED:
        return replace(verdict, status=Status.PROVISIONAL, reason="partial_answer")
    if "provisional" in value.flags and verdict.status in _RED:
        return replace(verdict, status=Status.PROVISIONAL, reason="provisional_values")
    return verdict


# --- what is told with it ---------------------------------------------------------------------------------------------


def _good_until(definition: KpiDefinition, frame: Frame | None, verdict: Verdict, on: date | None) -> date | None:
    if on is None or verdict.status not in _COLOURED:
        return None
    final = verdict.status is Status.MISSED or verdict.reason in ("met_at_due", "range_met_at_due", "milestone_done")
    summed = frame is not None and verdict.status is Status.ACHIEVED and _settled(definition, frame, frame.target)
    return good_until(definition, on, final=final or summed)


def _flags(value: WindowValue, frame: Frame | None, verdict: Verdict, projection: Projection | None) -> tuple[str, ...]:
    flags = {*value.flags, *verdict.flags, *(frame.flags if frame else ())}
    if verdict.status is Status.INVALID:
        flags.add(verdict.reason)
    if verdict.reason in ("forecast_lowers", "forecast_lifts"):
        flags.add("pace_and_forecast_disagree")
    if verdict.reason == "no_reading_at_due":
        flags.add("no_reading_at_due")
    if frame is not None and projection is None and len(value.readings) < 3 and frame.rule is Rule.MOVEMENT:
        flags.add("few_points")
    return tuple(sorted(flags))
