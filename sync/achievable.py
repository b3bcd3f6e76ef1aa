"""The letter A: can the target still be reached, judged by what the readings have shown so far? Pure.

What counts is the rate needed from now on, against the best and the usual one ever seen, and the forecast's chance.
Without enough history nobody can tell, and nothing is ticked on trust.

| needed rate | verdict |
|---|---|
| within the usual one | yes |
| within the best one | yes, unless the forecast makes it unlikely (below 30 %) |
| beyond the best one | no, unless the forecast makes it likely (50 % and more) |

A target that holds at every moment is achievable where at least half of the last twelve periods met it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheet_templates.words import say, show_number
from sync.cells import cell_of
from sync.frame import Frame, Rule, definition_fault, out_of_scale, settle
from sync.history import believed, period_values
from sync.model import (
    Achievability,
    Fact,
    Issue,
    KpiDefinition,
    KpiOutcome,
    MeasureKind,
    Measurement,
    Projection,
    Severity,
    SmartCheck,
    Table,
    WindowValue,
)
from sync.numbers import at_least, at_most, same
from sync.periods import periods_between
from sync.trend import Rates, rates_of
from sync.units import is_percent

UNLIKELY, LIKELY = 0.3, 0.5  # chances below and from which the forecast decides
LAST_PERIODS = 12  # that a standing target is held against
_ENOUGH_CHANGES = 2
_ENOUGH_PERIODS = 1.8  # two cadences, give or take the short months
_ENOUGH_READINGS = 6  # a forecast from fewer decides nothing
_BLIND = {"unit_mismatch", "partial", "too_few_answers"}  # flags of a value that nothing can be told from
_GROWING = {MeasureKind.LEVEL, MeasureKind.RUNNING_TOTAL}
_UNKNOWN = Achievability()
_YES = Achievability(True)


def achievable(
    definition: KpiDefinition, value: WindowValue, projection: Projection | None, today: date
) -> Achievability:
    """Whether the target can still be reached on its due date; unknown without history, and once that day is over."""
    over = definition.due is not None and today > definition.due
    if over or not definition.active or definition.measure_kind is MeasureKind.MILESTONE or _BLIND & set(value.flags):
        return _UNKNOWN
    if definition_fault(definition, value.readings) or out_of_scale(definition, value.readings):
        return _UNKNOWN
    frame = settle(definition, value)
    if isinstance(frame, str):
        return _UNKNOWN
    history = believed(definition, value)
    if frame.rule in (Rule.STANDING, Rule.RANGE):
        return _often_met(frame, period_values(definition, history)[-LAST_PERIODS:])
    return _in_reach(definition, value, frame, history, _chance(definition, projection, history))


@dataclass(frozen=True)
class _Chance:
    """The forecast's chance where it is believed; `lowers` only where the owner laid no plan line of their own."""

    value: float | None
    lowers: bool

    @property
    def unlikely(self) -> bool:
        return self.lowers and self.value is not None and self.value < UNLIKELY

    @property
    def likely(self) -> bool:
        return self.value is not None and self.value >= LIKELY


def _chance(definition: KpiDefinition, projection: Projection | None, history: Sequence[Measurement]) -> _Chance:
    believed_one = projection is not None and len(history) >= _ENOUGH_READINGS
    own_plan = bool(definition.plan) or definition.seasonal
    return _Chance(projection.chance if projection is not None and believed_one else None, not own_plan)


def _often_met(frame: Frame, values: Sequence[float]) -> Achievability:
    """A standing target or a range against the last periods."""
    if len(values) < _ENOUGH_CHANGES:
        return _UNKNOWN
    met = sum(_meets(frame, value) for value in values)
    if 2 * met >= len(values):
        return _YES
    facts: dict[str, Fact] = {
        "met": float(met),
        "periods": float(len(values)),
        "target": frame.target,
        "upper": frame.upper,
    }
    return Achievability(False, "range_seldom_kept" if frame.rule is Rule.RANGE else "seldom_met", facts)


def _meets(frame: Frame, value: float) -> bool:
    if frame.rule is Rule.RANGE:
        return at_least(value, frame.target) and at_most(value, frame.target if frame.upper is None else frame.upper)
    return at_least(value, frame.target) if frame.rising else at_most(value, frame.target)


def _in_reach(
    definition: KpiDefinition, value: WindowValue, frame: Frame, history: Sequence[Measurement], chance: _Chance
) -> Achievability:
    """A movement or a ceiling: the rate that is still needed, or the room that is left, for each period."""
    now, on = _where_it_stands(value, frame)
    due = frame.window[1]
    if on >= due:
        return _UNKNOWN
    if frame.rule is Rule.CEILING and now > frame.target and not same(now, frame.target):
        return Achievability(False, "ceiling_passed", {"actual": now, "target": frame.target})
    if frame.rule is Rule.MOVEMENT and _meets(frame, now):
        return _YES
    rates = rates_of(definition, history, frame, now, on)
    if not _enough(definition, history, rates):
        return _UNKNOWN
    code = _hurdle(frame, rates, chance)
    if code is None:
        return _YES
    facts: dict[str, Fact] = {"needed": rates.needed, "best": rates.best, "usual": rates.usual, "due": due}
    facts |= {"chance": None if chance.value is None else chance.value * 100, "actual": now, "target": frame.target}
    return Achievability(False, code, facts)


def _where_it_stands(value: WindowValue, frame: Frame) -> tuple[float, date]:
    """The latest value and its day; the baseline on the day of the start where nothing is measured since."""
    if value.actual is None or value.measured_on is None:
        return frame.baseline or 0.0, frame.window[0]
    return value.actual, value.measured_on


def _enough(definition: KpiDefinition, history: Sequence[Measurement], rates: Rates) -> bool:
    """Two periods at least: one change alone is neither usual nor a record."""
    if rates.seen < _ENOUGH_CHANGES:
        return False
    flow = definition.measure_kind is MeasureKind.FLOW
    return flow or periods_between(history[0].on, history[-1].on, definition.cadence) >= _ENOUGH_PERIODS


def _hurdle(frame: Frame, rates: Rates, chance: _Chance) -> str | None:
    """What speaks against it; None where nothing does."""
    ceiling = frame.rule is Rule.CEILING
    if _within(rates.usual, rates.needed, rising=frame.rising):
        return None
    if _within(rates.best, rates.needed, rising=frame.rising):
        return ("room_unlikely" if ceiling else "rarely_reached") if chance.unlikely else None
    return None if chance.likely else ("room_too_small" if ceiling else "never_reached")


def _within(seen: float | None, needed: float, *, rising: bool) -> bool:
    if seen is None:
        return False
    return at_least(seen, needed) if rising else at_most(seen, needed)


# --- the letter and its issue -----------------------------------------------------------------------------------------


def complete(
    checks: Mapping[str, SmartCheck],
    issues: Sequence[Issue],
    outcomes: Sequence[KpiOutcome],
    table: Table,
    locale: str,
) -> tuple[Mapping[str, SmartCheck], tuple[Issue, ...]]:
    """The checks by KPI id, and the issues, completed by what only the measurements can tell."""
    found = (hurdle_issue(outcome.definition, outcome.achievable, table, locale) for outcome in outcomes)
    letters = {outcome.definition.id: outcome.achievable.verdict for outcome in outcomes}
    completed = {key: SmartCheck(key, {**check.letters, "A": letters[key]}) for key, check in checks.items()}
    return completed, (*issues, *(issue for issue in found if issue is not None))


def hurdle_issue(definition: KpiDefinition, found: Achievability, table: Table, locale: str) -> Issue | None:
    """The sentence that states the arithmetic, at the target's cell; None where the letter is lit or unknown."""
    if found.code is None:
        return None
    shown = {key: _shown(key, fact, definition, found, locale) for key, fact in found.facts.items()}
    per = say("reasons", f"per_{definition.cadence.value}", locale)
    cell = cell_of(table, definition.row, "target")
    return Issue(f"achievable.{found.code}", Severity.WARNING, cell, definition.id, {**shown, "per": per})


def _shown(key: str, fact: Fact, definition: KpiDefinition, found: Achievability, locale: str) -> Fact:
    """A number as the sentence says it: rates of what grows with their sign and in per cent of the value now."""
    if not isinstance(fact, int | float) or key in ("met", "periods"):
        return fact
    if key == "chance":
        return float(round(fact))
    number = float(f"{fact:.4g}") if abs(fact) < 1000 else float(round(fact))
    percent = is_percent(definition.unit)
    if key in ("actual", "target", "upper"):
        return show_number(number, locale, "%" if percent else definition.unit)
    unit = say("reasons", "points", locale) if percent else definition.unit
    unit = unit if key == "needed" else None  # once in a sentence is enough
    if str(found.code).startswith("room") or definition.measure_kind is MeasureKind.FLOW:
        return show_number(number, locale, unit)
    return _signed(number, locale, unit) + _share(fact, definition, found, locale)


def _signed(number: float, locale: str, unit: str | None = None) -> str:
    return ("+" if round(number, 2) > 0 else "") + show_number(number, locale, unit)


def _share(rate: float, definition: KpiDefinition, found: Achievability, locale: str) -> str:
    """The rate in per cent of the value now, for what grows upon itself."""
    now = found.facts.get("actual")
    if definition.measure_kind not in _GROWING or is_percent(definition.unit) or not isinstance(now, float) or now <= 0:
        return ""
    share = rate / now * 100
    rounded = round(share) if abs(share) >= 10 or same(share, 0) else float(f"{share:.2g}")
    return f" ({_signed(float(rounded), locale, '%')})"
