"""How objectives and the plan stand."""

import pytest

from sync.model import Evaluation, KpiDefinition, Light, Status
from sync.rollup import evened, roll_up
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


@pytest.mark.parametrize(
    ("statuses", "light"),
    [
        ("ON_TRACK", Light.GREEN),
        ("AT_RISK", Light.AMBER),
        ("OFF_TRACK", Light.RED),
        ("STALE", Light.GREY),
        ("ON_TRACK ON_TRACK ON_TRACK AT_RISK", Light.GREEN),
        ("ON_TRACK ON_TRACK AT_RISK", Light.AMBER),
        ("ON_TRACK ON_TRACK ON_TRACK ON_TRACK OFF_TRACK", Light.AMBER),
        ("ON_TRACK OFF_TRACK", Light.RED),
        ("ON_TRACK STALE", Light.GREEN),
        ("ON_TRACK STALE NO_DATA", Light.GREY),
    ],
)
def test_the_light_of_the_whole_goes_by_weight(statuses: str, light: Light) -> None:
    assert roll_up(a_pair(Status[name]) for name in statuses.split()).light is light


def test_the_attainment_of_the_whole_leaves_out_what_has_no_light() -> None:
    pairs = [
        (a_kpi(weight=3), Evaluation("k1", Status.ON_TRACK, "on_plan", attainment=0.8)),
        (a_kpi(), Evaluation("k2", Status.ACHIEVED, "on_plan", attainment=1.7)),
        (a_kpi(), Evaluation("k3", Status.STALE, "stale", attainment=0.1)),
        (a_kpi(), Evaluation("k4", Status.ON_TRACK, "on_plan")),
    ]
    assert roll_up(pairs).attainment == pytest.approx((3 * 0.8 + 1) / 4)


def test_in_the_whole_plan_every_objective_counts_the_same() -> None:
    kpis = [a_kpi(objective="a", weight=40), a_kpi(objective="a", weight=60), a_kpi(objective="b")]
    assert [kpi.weight for kpi in evened(kpis)] == [0.4, 0.6, 1.0]
