"""How objectives and the plan stand."""

from sync.model import Evaluation, KpiDefinition, Light, Status
from sync.rollup import by_objective, roll_up
from tests.judgement_builders import a_kpi


def a_pair(
    status: Status, pace: float | None = None, weight: float = 1.0, objective: str = "o1"
) -> tuple[KpiDefinition, Evaluation]:
    return a_kpi(weight=weight, objective=objective), Evaluation("k1", status, "on_plan", pace=pace)


def test_weights_count() -> None:
    standing = roll_up([a_pair(Status.ON_TRACK, 1.0, weight=3), a_pair(Status.OFF_TRACK, 0.2)])
    assert standing.score == (3 * 1.0 + 0.2) / 4


def test_a_very_good_kpi_does_not_make_up_for_a_red_one() -> None:
    standing = roll_up([a_pair(Status.ACHIEVED, 5.0), a_pair(Status.OFF_TRACK, 0.0)])
    assert (standing.score, standing.worst) == (0.5, Light.RED)


def test_grey_is_counted_and_not_averaged() -> None:
    standing = roll_up([a_pair(Status.ON_TRACK, 1.0), a_pair(Status.STALE)])
    assert (standing.score, standing.judged, standing.lights[Light.GREY]) == (1.0, 0.5, 1)


def test_nothing_judged_has_no_score() -> None:
    standing = roll_up([a_pair(Status.STALE)])
    assert (standing.score, standing.worst) == (None, Light.GREY)
    assert roll_up([]).kpis == 0


def test_a_weight_that_is_none_counts_as_one() -> None:
    pairs = [a_pair(Status.ON_TRACK, 1.0, weight=float("nan")), a_pair(Status.OFF_TRACK, 0.0, weight=-2)]
    assert roll_up(pairs).score == 0.5


def test_each_objective_stands_by_itself() -> None:
    standings = by_objective([a_pair(Status.ON_TRACK, 1.0), a_pair(Status.MISSED, 0.5, objective="o2")])
    assert (standings["o1"].worst, standings["o2"].worst) == (Light.GREEN, Light.RED)
