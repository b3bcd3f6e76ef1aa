"""Answers to one reading a period: which period counts, and what is too little."""

from datetime import date

from sync.model import Cadence
from tests.survey_builders import an_nps, points, read

JUNE = date(2026, 6, 15)


def test_a_period_that_is_over_speaks_of_its_end() -> None:
    found = read(an_nps(), [("2026-03-03", 3, 1.0), ("2026-03-20", 1, 0.0), ("2026-04-02", 4, 0.0)], JUNE)
    assert points(found) == [("2026-03-31", 75.0), ("2026-04-30", 0.0)]
    assert not found.flags


def test_the_running_period_counts_once_enough_have_answered() -> None:
    said = [("2026-05-10", 4, 1.0), ("2026-06-02", 2, 0.0)]
    assert points(read(an_nps(), said, JUNE)) == [("2026-05-31", 100.0)]
    assert points(read(an_nps(), [*said, ("2026-06-09", 1, 0.0)], JUNE))[-1] == ("2026-06-09", 0.0)


def test_a_finished_period_with_too_few_answers_is_told_and_not_hidden_by_an_older_one() -> None:
    found = read(an_nps(), [("2026-04-10", 9, 1.0), ("2026-05-10", 2, 1.0)], JUNE)
    assert points(found)[-1] == ("2026-05-31", 100.0)
    assert found.flags == {"too_few_answers"}


def test_an_older_period_with_too_few_answers_is_no_reading() -> None:
    found = read(an_nps(), [("2026-03-10", 2, -1.0), ("2026-04-10", 2, -1.0), ("2026-05-10", 3, 1.0)], JUNE)
    assert points(found) == [("2026-05-31", 100.0)]
    assert not found.flags


def test_the_first_running_period_with_too_few_answers_is_told() -> None:
    found = read(an_nps(), [("2026-06-10", 2, 1.0)], JUNE)
    assert (points(found), found.flags) == ([("2026-06-10", 100.0)], {"too_few_answers"})


def test_a_period_is_cut_at_the_start_and_at_the_due_date() -> None:
    kpi = an_nps(start=date(2026, 3, 10), due=date(2026, 5, 20))
    said = [("2026-03-05", 3, -1.0), ("2026-03-15", 3, 1.0), ("2026-05-18", 3, 0.0), ("2026-05-25", 3, -1.0)]
    assert points(read(kpi, said, JUNE)) == [("2026-03-09", -100.0), ("2026-03-31", 100.0), ("2026-05-20", 0.0)]


def test_every_reading_knows_the_score_from_the_start_up_to_it() -> None:
    found = read(an_nps(), [("2025-12-10", 9, -1.0), ("2026-03-10", 3, 1.0), ("2026-04-10", 5, 0.0)], JUNE)
    basis = found.points[-1].basis
    assert basis is not None
    assert (basis.period.answers, basis.window.answers, basis.minimum) == (5, 8, 3)
    assert basis.window.value == 37.5


def test_answers_from_tomorrow_do_not_count() -> None:
    found = read(an_nps(), [("2026-06-10", 3, 1.0), ("2026-06-16", 9, -1.0)], JUNE)
    assert (points(found), found.flags) == ([("2026-06-10", 100.0)], {"future_rows"})


def test_periods_follow_the_cadence() -> None:
    said = [("2026-01-10", 2, 1.0), ("2026-02-10", 1, 0.0), ("2026-03-10", 1, 0.0)]
    assert points(read(an_nps(cadence=Cadence.QUARTER), said, JUNE)) == [("2026-03-31", 50.0)]


def test_the_last_day_of_a_period_still_belongs_to_the_running_one() -> None:
    said = [("2026-04-10", 3, 1.0), ("2026-05-28", 1, 0.0), ("2026-05-31", 1, 0.0)]
    assert points(read(an_nps(), said, date(2026, 5, 31))) == [("2026-04-30", 100.0)]
    assert read(an_nps(), said, date(2026, 6, 1)).flags == {"too_few_answers"}


def test_a_few_answers_from_before_the_start_are_nothing_to_judge() -> None:
    found = read(an_nps(), [("2025-12-10", 2, 1.0)], JUNE)
    assert (found.points, found.flags) == ((), set())
