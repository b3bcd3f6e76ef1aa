"""Google Forms: answers as Google tells them become scores with their number and margin."""

import json
from datetime import date

import pytest

from sync.model import Cadence, FetchFailure, Outcome
from sync.sources import FetchLimits
from tests.contract.sources import hostile
from tests.contract.sources.good.forms import answering, form, response
from tests.discovery import misanswered, misasked
from tests.platforms import TOKEN, Platform, asks_for_a_token, at, ok, secrets_for, with_tokens
from tests.source_builders import failure, fetch, kpi, readings, series

FORM = "1FAIpQLSd0example"
QUESTION = "¿Nos recomendarías?"


def asked(answers, **fields):
    """The outcome of an NPS KPI on a form, and the calls that it took."""
    platform = Platform(with_tokens(answers))
    values = {"filter": "escala=NPS; min n=2", "cadence": Cadence.MONTH, "start": date(2026, 5, 1), **fields}
    row = kpi(f"forms: {FORM}", **{"metric": QUESTION, **values})
    found = fetch(row, at(platform, secrets_for("forms"), limits=FetchLimits(pages=3)))
    return found, [call for call in platform.calls if not asks_for_a_token(call)]


def people(*answers, time="2026-05-20T10:00:00.123456Z"):
    return [response(n, time, answer) for n, answer in enumerate(answers)]


def test_a_form_is_two_calls_that_the_vendor_would_take():
    answers = answering((QUESTION,), people(10, 9, 3, 10))
    found, calls = asked(answers)
    assert [call.url.rpartition("/v1/forms/")[2] for call in calls] == [FORM, f"{FORM}/responses"]
    assert dict(calls[1].query) == {"pageSize": "5000", "filter": "timestamp >= 2025-04-30T00:00:00Z"}
    for call in calls:
        assert misasked("forms.v1", call) == []
        assert misanswered("forms.v1", call, json.loads(answers(call).body)) == []
    assert readings(found) == [("2026-05-31", 50.0)]


def test_a_score_brings_its_number_and_its_margin():
    found, _ = asked(answering((QUESTION,), people(10, 9, 3, 10)))
    (point,) = series(found).points
    assert point.basis.period.answers == 4
    assert point.basis.period.margin > 0


def test_an_answer_after_midnight_belongs_to_the_day_of_the_workbook():
    late = people(10, 9, 3, time="2026-05-31T22:30:00Z")  # 0:30 on 1 June in Madrid
    found, _ = asked(answering((QUESTION,), late))
    assert [on for on, _ in readings(found)] == ["2026-06-01"]


def test_pages_that_are_not_read_make_it_partial():
    def endless(call):
        page = {
            "responses": people(10, 9),
            "nextPageToken": str(len(call.query) + len(dict(call.query).get("pageToken", ""))),
        }
        page["nextPageToken"] += dict(call.query).get("pageToken", "")
        return ok(page if call.url.endswith("/responses") else form(QUESTION))

    found, calls = asked(endless)
    assert len(calls) == 4
    assert found.outcome is Outcome.PARTIAL


def test_a_question_that_is_not_there_is_told_with_the_nearest():
    found, _ = asked(answering(("¿Nos recomendaría?",), people(10)))
    assert failure(found).code == "missing_column"
    assert "recomendaría" in failure(found).facts["known"]


def test_a_form_that_nobody_answered_has_no_score():
    found, _ = asked(answering((QUESTION,), []))
    assert found.outcome is Outcome.NO_DATA


def test_a_row_of_a_grid_is_a_question_of_its_own():
    content = form()
    rows = [{"questionId": "q0", "rowQuestion": {"title": "Trato"}}]
    content["items"] = [{"title": "Valora", "questionGroupItem": {"questions": rows}}]
    responses = people(10, 9, 3)
    found, _ = asked(
        lambda call: ok({"responses": responses} if "responses" in call.url else content), metric="Valora [Trato]"
    )
    assert series(found).points


def test_what_is_no_form_is_told():
    for content, status, code in (({}, 200, "unknown_shape"), ({"error": {"code": 403}}, 403, "permission_or_place")):
        found, _ = asked(lambda call, c=content, s=status: ok(c, s))
        assert failure(found).code == code


@pytest.mark.parametrize("damage", hostile.BROKEN)
def test_what_goes_wrong_is_told_without_a_score_or_a_secret(damage):
    good = answering((QUESTION,), people(10, 9, 3))
    found, _ = asked(lambda call: hostile.BROKEN[damage](good(call)))
    assert isinstance(found, FetchFailure)
    assert found.code != "bug"
    assert TOKEN not in repr(found)


@pytest.mark.parametrize("damage", hostile.EMPTY)
def test_what_is_absent_is_no_score(damage):
    good = answering((QUESTION,), people(10, 9, 3))
    found, _ = asked(lambda call: hostile.EMPTY[damage](hostile.damaged(hostile.unquoted)(good(call))))
    assert found.outcome not in (Outcome.OK, Outcome.PROVISIONAL)


def test_an_answer_that_was_changed_counts_on_the_day_of_its_change():
    changed = [{**one, "createTime": "2026-04-01T10:00:00Z"} for one in people(10, 9, 3)]
    found, _ = asked(answering((QUESTION,), changed))
    assert [on for on, _ in readings(found)] == ["2026-05-31"]
