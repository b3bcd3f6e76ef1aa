"""What a note says of the answers behind a value: how many, how sure, whether a limit lies within the doubt. Pure."""

from collections.abc import Mapping

from sheet_templates.words import say
from sync.model import Basis, Evaluation, Fact, Light, Score, Status, WindowValue

SCORES = ("scored", "lowest", "highest", "all_scored", "all_lowest", "all_highest")  # facts in the KPI's unit
_PLAN = ("on_plan", "behind_plan", "far_behind_plan", "forecast_lowers", "forecast_lifts")
_HELD_AGAINST = {**dict.fromkeys(_PLAN, ("expected",)), "worse_than_baseline": ("baseline",)}  # else the target


def basis_facts(value: WindowValue) -> dict[str, Fact]:
    """The facts of the reading that counts; none where it was not asked for in a survey."""
    basis = value.readings[-1].basis if value.readings else None
    if basis is None or value.actual is None:
        return {}
    return {
        "minimum": float(basis.minimum),
        "margin": _short(basis.period.margin, 2),
        **_facts(basis.period),
        **_whole_window(basis),
    }


def basis_sentences(evaluation: Evaluation, shown: Mapping[str, str], locale: str) -> list[str]:
    """The sentences for a note; `shown` are the facts as text."""
    facts = evaluation.facts
    if "answers" not in facts or evaluation.actual is None:
        return []
    few = evaluation.status is Status.TOO_FEW_ANSWERS
    codes = ["survey_few", "survey_basis"] if few else ["survey_basis"]
    limit = _within_doubt(evaluation) if evaluation.light is not Light.GREY else None
    codes += [f"survey_doubt_{limit}"] if limit else []
    if (few or limit) and "all_answers" in facts:
        codes.append("survey_window")
    return [say("reasons", code, locale, shown) for code in codes]


def _within_doubt(evaluation: Evaluation) -> str | None:
    """The name of a limit that the verdict was held against and that lies within the interval: it may be chance."""
    low, high = evaluation.facts["lowest"], evaluation.facts["highest"]
    for name in _HELD_AGAINST.get(evaluation.reason, ("target", "upper")):
        limit = evaluation.facts.get(name)
        if isinstance(limit, float | int) and isinstance(low, float) and isinstance(high, float) and low < limit < high:
            return name
    return None


def _whole_window(basis: Basis) -> dict[str, Fact]:
    """The score of all answers, where there are more than those of the period."""
    if basis.window.answers == basis.period.answers:
        return {}
    return {f"all_{key}": fact for key, fact in _facts(basis.window).items()}


def _facts(score: Score) -> dict[str, Fact]:
    ends = {"scored": score.value, "lowest": score.low, "highest": score.high}
    return {"answers": float(score.answers), **{key: _short(number, 3) for key, number in ends.items()}}


def _short(number: float, figures: int) -> float:
    """No more figures than a survey can vouch for."""
    return float(f"{number:.{figures}g}")
