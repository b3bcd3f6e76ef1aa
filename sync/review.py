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
    """The needed rate against the rate so far and the best ever seen; a person to look where the light is not green."""
    left, needed = evaluation.facts.get("periods_left"), evaluation.facts.get("needed")
    if evaluation.status not in _RUNNING or not isinstance(left, float) or not isinstance(needed, float) or left <= 0:
        return None
    code = _step_code(evaluation, needed, left)
    if needed < 0 and code.startswith("next_rate"):
        code, facts = f"{code}_fall", {**facts, **_as_falls(evaluation, locale)}
    per = say("reasons", f"per_{definition.cadence.value}", locale)
    return say("reasons", code, locale, {**facts, "per": per})


def _as_falls(evaluation: Evaluation, locale: str) -> dict[str, str]:
    """Rates of something that has to fall, told as falls: "it has to fall by 0.25", not "needs -0.25"."""
    rates = {key: evaluation.facts.get(key) for key in ("needed", "so_far", "best")}
    turned = {key: -rate for key, rate in rates.items() if isinstance(rate, float)}
    return {key: _show(key, rate, str(evaluation.facts.get("unit") or ""), locale) for key, rate in turned.items()}


def _step_code(evaluation: Evaluation, needed: float, left: float) -> str:
    if evaluation.reason.startswith("ceiling") or (evaluation.attainment is None and needed >= 0):
        return "next_room"
    if left < 1:
        return "next_total"
    best, so_far = evaluation.facts.get("best"), evaluation.facts.get("so_far")
    if not isinstance(so_far, float):
        return "next_rate_only"
    if not isinstance(best, float):
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
    return show_number(_figures(fact), locale, say("reasons", word, locale) if word == "points" else word)


def _figures(number: float) -> float:
    """Four figures are enough for a sentence."""
    return float(f"{number:.4g}") if abs(number) < 1000 else round(number)
