"""What a review note says of goal-posts that were moved, and the lines of "What changed"."""

from datetime import date
from typing import Any

import pytest

from sync.changes_text import MOST_LINES, change_json, change_lines, show_value
from sync.model import Change, ChangeKind, Evaluation, KpiDefinition, KpiOutcome, ReviewNote, Status
from sync.moves import GOAL_POSTS, tell_moves
from tests.judgement_builders import a_kpi

MAY = date(2026, 5, 3)


def moved(field: str, old: str | None, new: str | None, at: date = MAY) -> Change:
    return Change("k1", ChangeKind.DEFINITION, at, field, old, new)


def note(*changes: Change, locale: str = "en_GB", kpi: KpiDefinition | None = None) -> str:
    found = kpi or a_kpi()
    outcome = KpiOutcome(found, Evaluation("k1", Status.ON_TRACK, "on_plan"), ReviewNote("k1", "Fine."))
    return tell_moves([outcome], changes, locale)[0].note.text


def test_a_moved_target_is_told_with_its_day() -> None:
    assert note(moved("target", "60000", "40000")) == "Fine. The target was moved from 60,000 to 40,000 on 3 May 2026."


def test_in_spanish_as_spain_writes() -> None:
    text = note(moved("target", "60000", "40000"), locale="es_ES")
    assert text == "Fine. La meta pasó de 60.000 a 40.000 el 3 may 2026."


@pytest.mark.parametrize("field", GOAL_POSTS)
@pytest.mark.parametrize("locale", ["es_MX", "en_US"])
def test_every_goal_post_has_its_sentence(field: str, locale: str) -> None:
    values = {"due": ("2026-06-30", "2026-09-30"), "start": ("2026-01-01", "2026-02-01")}
    values |= {"direction": ("increase", "decrease"), "measure_kind": ("level", "flow")}
    text = note(moved(field, *values.get(field, ("1", "2"))), locale=locale)
    assert text.startswith("Fine. ")
    assert "2026" in text
    assert "–" not in text


def test_per_cents_are_shown_as_such() -> None:
    assert "from 80% to 70%" in note(moved("target", "80", "70"), kpi=a_kpi(unit="%"))


@pytest.mark.parametrize("kind", ["owner", "unit", "weight", "name", "plan"])
def test_what_is_no_goal_post_is_not_told_in_the_note(kind: str) -> None:
    assert note(moved(kind, "a", "b")) == "Fine."


def test_of_one_field_only_the_latest_move_is_told() -> None:
    text = note(moved("target", "60000", "50000"), moved("target", "50000", "40000", date(2026, 5, 9)))
    assert text == "Fine. The target was moved from 50,000 to 40,000 on 9 May 2026."


def test_at_most_two_sentences_the_newest_first() -> None:
    text = note(
        moved("baseline", "1", "2", date(2026, 5, 1)),
        moved("target", "3", "4", date(2026, 5, 2)),
        moved("due", "2026-06-30", "2026-09-30", date(2026, 5, 3)),
    )
    assert "due date" in text
    assert text.index("due date") < text.index("target")
    assert "baseline" not in text


def test_what_was_moved_before_the_start_is_planning() -> None:
    early = moved("target", "60000", "40000", date(2025, 12, 20))
    assert note(early) == "Fine."
    assert "target" in note(early, kpi=a_kpi(start=None))


def test_a_move_on_the_first_day_counts() -> None:
    assert "target" in note(moved("target", "60000", "40000", a_kpi().start or MAY))


def test_a_first_value_moves_nothing() -> None:
    assert note(moved("target", None, "40000")) == "Fine."


def test_an_empty_cell_in_between_hides_no_move() -> None:
    emptied, filled = moved("target", "60000", None), moved("target", None, "40000", date(2026, 5, 9))
    assert "from 60,000 to 40,000 on 9 May" in note(emptied, filled)
    assert note(emptied) == "Fine."


def test_an_empty_cell_that_gets_its_value_back_is_no_move() -> None:
    assert note(moved("target", "60000", None), moved("target", None, "60000", date(2026, 5, 9))) == "Fine."


def test_a_slip_corrected_on_the_same_day_is_no_move() -> None:
    assert note(moved("target", "12000", "1200"), moved("target", "1200", "12000")) == "Fine."


def test_the_steps_of_one_day_are_one_move() -> None:
    text = note(moved("target", "60000", "50000"), moved("target", "50000", "40000"))
    assert "from 60,000 to 40,000" in text


def test_a_slip_of_today_does_not_hide_the_move_before_it() -> None:
    later = date(2026, 5, 9)
    text = note(moved("target", "9", "8"), moved("target", "8", "1", later), moved("target", "1", "8", later))
    assert text == "Fine. The target was moved from 9 to 8 on 3 May 2026."


def test_another_kpis_moves_are_not_told() -> None:
    other = Change("k2", ChangeKind.DEFINITION, MAY, "target", "1", "2")
    assert note(other) == "Fine."


# --- the lines on the screen ------------------------------------------------------------------------------------------


def lines(*changes: Change, locale: str = "en_GB") -> list[str]:
    report: dict[str, Any] = {"kpis": [{"id": "k1", "name": "Fans"}], "changes": [change_json(one) for one in changes]}
    return list(change_lines(report, locale))


def test_changes_of_status_stand_first_with_their_symbols() -> None:
    status = Change("k1", ChangeKind.STATUS, MAY, "status", "on_track", "at_risk")
    assert lines(moved("target", "60000", "40000"), status) == [
        "Fans: ▲ On track → ◆ At risk",
        "Fans: Target: 60,000 → 40,000",
    ]


def test_the_lines_speak_spanish_too() -> None:
    gone = Change("k9", ChangeKind.REMOVED, MAY, old="Leads")
    new = Change("k1", ChangeKind.ADDED, MAY, new="Fans")
    assert lines(gone, new, locale="es_ES") == ["Fans: KPI nuevo", "Leads: KPI eliminado"]


def test_a_long_list_is_cut_and_the_rest_counted() -> None:
    found = lines(*[moved("owner", str(number), "x") for number in range(MOST_LINES + 3)])
    assert len(found) == MOST_LINES + 1
    assert "3" in found[-1]


def test_a_report_that_an_older_version_kept_has_no_lines() -> None:
    assert list(change_lines({"kpis": []}, "en_GB")) == []


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("due", "2026-12-31", "31 Dec 2026"),
        ("measure_kind", "running_total", "Running total"),
        ("active", "no", "No"),
        ("weight", "0.5", "0.5"),
        ("plan", "season", "season"),
        ("plan", "2026-03-31: 55000", "31 Mar 2026: 55,000"),
        ("owner", None, "–"),
        ("filter", "canal=x", "canal=x"),
    ],
)
def test_a_value_is_shown_as_a_person_writes_it(field: str, text: str | None, shown: str) -> None:
    assert show_value(field, text, "en_GB") == shown


def test_json_carries_canonical_values_and_an_iso_day() -> None:
    assert change_json(moved("target", "60000", "40000")) == {
        "kpi": "k1",
        "kind": "definition",
        "field": "target",
        "old": "60000",
        "new": "40000",
        "at": "2026-05-03",
    }
