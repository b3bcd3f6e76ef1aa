"""Which reviews are overdue."""

from datetime import date, timedelta

from sync.model import Cadence, Evaluation, KpiOutcome, ReviewNote, Status
from sync.reviews import overdue_reviews, reviews_due, reviews_held, reviews_shown
from tests.builders import TODAY, kpi_row, table
from tests.judgement_builders import a_kpi

YESTERDAY = TODAY - timedelta(days=1)


def test_a_review_is_overdue_the_day_after_its_day() -> None:
    kpi = a_kpi()
    assert overdue_reviews([kpi], {"k1": YESTERDAY}, {}, TODAY) == {"k1"}
    assert overdue_reviews([kpi], {"k1": TODAY}, {}, TODAY) == frozenset()
    assert overdue_reviews([kpi], {}, {}, TODAY) == frozenset()


def test_a_paused_kpi_has_no_review() -> None:
    assert overdue_reviews([a_kpi(active=False)], {"k1": YESTERDAY}, {}, TODAY) == frozenset()


def test_a_review_noted_by_a_person_counts_for_one_cadence() -> None:
    held = {"followers": date(2026, 5, 20)}
    assert overdue_reviews([a_kpi()], {"k1": YESTERDAY}, held, TODAY) == frozenset()
    assert overdue_reviews([a_kpi(cadence=Cadence.WEEK)], {"k1": YESTERDAY}, held, TODAY) == {"k1"}


def test_the_latest_review_counts_and_a_planned_one_does_not() -> None:
    rows = [
        {"date": date(2026, 5, 1), "kpi": "Seguidores"},
        {"date": date(2026, 6, 1), "kpi": "SEGUIDORES"},
        {"date": date(2026, 7, 1), "kpi": "Seguidores"},
        {"date": "pronto", "kpi": "Otro"},
    ]
    assert reviews_held(table("reviews", rows), "es_ES", TODAY) == {"seguidores": date(2026, 6, 1)}
    assert reviews_held(None, "es_ES", TODAY) == {}


def test_a_row_shows_its_own_review_unless_it_is_achieved_or_of_another_kpi() -> None:
    ours = {"next_review": YESTERDAY, "status": "▲ En rumbo"}
    rows = [
        kpi_row(id="k1", computed_for="k1", **ours),
        kpi_row(id="k2", computed_for="k1", **ours),
        kpi_row(id="k3", computed_for="k3", **{**ours, "status": "✔ Logrado"}),
    ]
    kpis = [a_kpi(id=f"k{row + 1}", row=row) for row in range(3)]
    assert reviews_shown(table("kpis", rows), kpis) == {"k1": YESTERDAY}


def test_what_is_achieved_asks_for_no_review() -> None:
    def outcome(key: str, status: Status) -> KpiOutcome:
        return KpiOutcome(a_kpi(id=key), Evaluation(key, status, "on_plan"), ReviewNote(key, "", YESTERDAY))

    outcomes = [outcome("k1", Status.STALE), outcome("k2", Status.ACHIEVED)]
    assert reviews_due(outcomes) == {"k1": YESTERDAY}
