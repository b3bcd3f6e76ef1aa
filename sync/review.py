"""Evaluation -> the review note and the next review. Pure.

A note is a function of the row, its measurements and the status: it never holds today's date or a count of days left,
so that a sync without news writes nothing.
"""

from collections.abc import Mapping
from datetime import date

from sheet_templates.words import say, sentences, show_date, show_number
from sync.model import Evaluation, Fact, FetchFailure, KpiDefinition, Light, ReviewNote, Status
from sync.numbers import usable
from sync.periods import one_later
from sync.surveys.told import SCORES, basis_sentences
from sync.units import is_percent

_IN_UNIT = (
    "actual",
    "target",
    "upper",
    "baseline",
    "expected",
    "missing",
    "needed",
    "so_far",
    "best",
    "projected",
    "low",
    "high",
    "margin",
    *SCORES,
)
_DIFFERENCES = ("missing", "needed", "so_far", "best", "margin")  # between two per cents lie percentage points
_RATES = ("needed", "so_far", "best")
_FACTS = (*_IN_UNIT, "share", "planned", "chance", "on", "start", "due", "name", "metric", "source")
_PER_CENT = ("share", "planned", "chance")
_TOLD_FLAGS = (
    *("replaced_version", "provisional", "wild_reading", "suspect_zero", "negative_values", "scale_mismatch"),
    *("baseline_defaulted", "start_defaulted"),
)
_RUNNING = {Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.EARLY}


def review(
    definition: KpiDefinition, evaluation: Evaluation, locale: str, failure: FetchFailure | None = None
) -> ReviewNote:
    """The note in the language of `locale`: why the status, and what would have to happen next."""
    facts = _shown(evaluation.facts, locale)
    parts = [say("reasons", evaluation.reason, locale, facts)]
    parts += basis_sentences(evaluation, facts, locale)
    if failure is not None:
        parts.append(_failure_sentence(failure, locale))
    step = _next_step(definition, evaluation, locale, facts)
    if step:
        parts.append(step)
    doubt = next((flag for flag in _TOLD_FLAGS if flag in evaluation.flags), None)
    if doubt and (evaluation.light is not Light.GREY or evaluation.status is Status.EARLY):
        parts.append(say("reasons", f"flag_{doubt}", locale, facts))
    if definition.owner and evaluation.light in (Light.AMBER, Light.RED):
        parts.append(say("reasons", "who_looks", locale, {"owner": definition.owner}))
    return ReviewNote(evaluation.kpi_id, " ".join(parts), _review_day(definition, evaluation))


def next_review(definition: KpiDefinition, measured_on: date) -> date:
    """When a KPI is to be looked at again: one cadence after its latest measurement."""
    return one_later(measured_on, definition.cadence)


def _review_day(definition: KpiDefinition, evaluation: Evaluation) -> date | None:
    if evaluation.status in (Status.PAUSED, Status.INVALID, Status.MISSED) or evaluation.reason.endswith("_at_due"):
        return None
    if evaluation.status is Status.NOT_STARTED:
        return definition.start
    return None if evaluation.measured_on is None else next_review(definition, evaluation.measured_on)


def _failure_sentence(failure: FetchFailure, locale: str) -> str:
    """The source's own sentence; a general one for a code without words: that it failed must be told all the same."""
    if failure.code in sentences("failures"):
        return say("failures", failure.code, locale, failure.facts)
    return say("reasons", "failure_without_words", locale, {"code": failure.code})


def _next_step(definition: KpiDefinition, evaluation: Evaluation, locale: str, facts: Mapping[str, str]) -> str | None:
    """The needed rate against the rate so far and the best ever seen; what to do where it was never seen."""
    left, needed = evaluation.facts.get("periods_left"), evaluation.facts.get("needed")
    if evaluation.status not in _RUNNING or not isinstance(left, float) or not isinstance(needed, float) or left <= 0:
        return None
    code = _step_code(evaluation, needed, left)
    if code.startswith("next_rate"):
        facts = {**facts, **_as_told(evaluation, needed, locale)}
        code = _plainer(code, facts) + ("_fall" if needed < 0 else "")
    per = say("reasons", f"per_{definition.cadence.value}", locale)
    step = say("reasons", code, locale, {**facts, "per": per})
    return f"{step} {say('reasons', 'next_change', locale)}" if _out_of_reach(evaluation, needed) else step


def _out_of_reach(evaluation: Evaluation, needed: float) -> bool:
    """Whether a light that is not green asks for a rate that was never seen."""
    best = evaluation.facts.get("best")
    never = isinstance(best, float) and (abs(needed) > abs(best) or needed * best < 0)
    return never and evaluation.light in (Light.AMBER, Light.RED) and evaluation.attainment is not None


def _plainer(code: str, facts: Mapping[str, str]) -> str:
    """A best rate that reads as the rate so far is not told twice."""
    same = facts["best"] == facts["so_far"]
    return "next_rate_so_far" if same and code in ("next_rate", "next_rate_never_seen") else code


def _as_told(evaluation: Evaluation, needed: float, locale: str) -> dict[str, str]:
    """Rates in the way that the value has to go ("it has to fall by 0.25", not "needs -0.25"); a rate of the wrong way
    without its sign, for its sentence says "falls" or "rises".
    """
    way = -1.0 if needed < 0 else 1.0
    rates = {key: evaluation.facts.get(key) for key in _RATES}
    told = {key: rate * way for key, rate in rates.items() if isinstance(rate, float)}
    if told.get("so_far", 0.0) < 0:
        told["so_far"] = abs(told["so_far"])
    unit = str(evaluation.facts.get("unit") or "")
    return {key: _show(key, rate, unit, locale) for key, rate in told.items()}


def _step_code(evaluation: Evaluation, needed: float, left: float) -> str:
    if evaluation.reason.startswith("ceiling") or (evaluation.attainment is None and needed >= 0):
        return "next_room"
    if left < 1:
        return "next_total"
    best, so_far = evaluation.facts.get("best"), evaluation.facts.get("so_far")
    if not isinstance(so_far, float):
        return "next_rate_only"
    if so_far * needed < 0:
        return "next_rate_wrong_way"
    return _against_best(evaluation.reason, needed, so_far, best) if isinstance(best, float) else "next_rate_so_far"


def _against_best(reason: str, needed: float, so_far: float, best: float) -> str:
    """An average rate at or above the best (months differ in length) leaves nothing to tell of the best."""
    if reason == "mostly_a_jump":
        return "next_rate_without_jump"
    if abs(so_far) >= abs(best):
        return "next_rate_so_far"
    return "next_rate_never_seen" if abs(needed) > abs(best) or needed * best < 0 else "next_rate"


# --- facts as a person reads them -------------------------------------------------------------------------------------


def _shown(facts: Mapping[str, Fact], locale: str) -> dict[str, str]:
    """Every fact as text: values with their unit, shares as whole per cents, dates in the locale."""
    unit = facts.get("unit")
    shown = dict.fromkeys(_FACTS, "–")
    shown.update({key: _show(key, fact, str(unit or ""), locale) for key, fact in facts.items()})
    return shown


def _show(key: str, fact: Fact, unit: str, locale: str) -> str:
    if isinstance(fact, date):
        return show_date(fact, locale)
    if not isinstance(fact, int | float):
        return fact or "–"
    if not usable(fact):
        return "–"
    if key in _PER_CENT:
        return show_number(round(fact), locale)
    if key not in _IN_UNIT:
        return show_number(fact, locale)
    word = ("points" if key in _DIFFERENCES else "%") if is_percent(unit) else None
    figures = _figures(fact, 3 if key in _RATES else 4)
    return show_number(figures, locale, say("reasons", word, locale) if word == "points" else word)


def _figures(number: float, figures: int) -> float:
    """Four figures are enough for a sentence, three for a rate."""
    return float(f"{number:.{figures}g}") if abs(number) < 1000 else round(number)
