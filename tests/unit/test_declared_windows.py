"""Windows, pieces and rows of declared sources that the plain cases do not need."""

import json
from datetime import date

import pytest

from sync.model import Cadence, FetchFailure
from tests.platforms import Platform, ok
from tests.source_builders import readings, series
from tests.unit.test_declared_sources import WORDS, content, measured, one

UNIQUE = {**WORDS, "ask": "whole", "additive": False}
ADDED = {**WORDS, "ask": "whole"}


def whole(**ask):
    """A source that gives one value a window, at most 30 days at a time."""
    plain = {"window": "whole", "path": "/x", "query": {"a": "{start}", "b": "{end}"}, "rows": "rows", "most_days": 30}
    metrics = {"sales": ADDED, "likes": UNIQUE}
    return content(metrics=metrics, asks={"whole": {**plain, **ask}})


def asked(platform):
    return [tuple(dict(call.query).values()) for call in platform.calls]


def test_what_adds_up_is_asked_for_in_pieces_and_added():
    platform = Platform(ok({"rows": [{"sales": 10}]}))
    found = measured(whole(), platform, "sales", start=date(2026, 5, 1))["sales"]
    assert asked(platform) == [("2026-05-01", "2026-05-30"), ("2026-05-31", "2026-06-29")]
    assert readings(found) == [("2026-06-29", 20.0)]
    assert not series(found).provenance.flags


def test_people_of_a_window_that_is_too_long_are_those_of_its_last_part_and_say_so():
    platform = Platform(ok({"rows": [{"likes": 10}]}))
    found = measured(whole(), platform, "likes", start=date(2026, 5, 1))["likes"]
    assert asked(platform) == [("2026-05-31", "2026-06-29")]
    assert (readings(found), series(found).provenance.flags) == ([("2026-06-29", 10.0)], ("partial",))


def test_one_piece_without_an_answer_leaves_no_sum():
    platform = Platform([ok({"rows": []}), ok({"rows": [{"sales": 10}]})])
    found = measured(whole(), platform, "sales", start=date(2026, 5, 1))["sales"]
    assert readings(found) == [("2026-06-29", None)]


def test_nothing_is_asked_beyond_what_a_question_remembers():
    platform = Platform(ok({"rows": [{"sales": 10}]}))
    found = measured(whole(look_back_days=20), platform, "sales", start=date(2026, 5, 1))["sales"]
    assert asked(platform) == [("2026-06-10", "2026-06-29")]
    assert series(found).provenance.flags == ("partial",)


def test_a_month_fits_whole_where_the_question_takes_it():
    found = one(whole(most_days=31), ok({"rows": [{"likes": 10}]}), "likes", measure_kind=None, cadence=Cadence.MONTH)
    assert not series(found).provenance.flags


def test_a_day_counts_only_in_the_piece_that_it_was_asked_in():
    always = ok({"rows": [{"on": "2026-05-20", "sales": 2}, {"on": "2026-06-28", "sales": 5}]})
    for reduce in ("only", "sum"):
        found = one(content({"most_days": 30, "reduce": reduce}), always, start=date(2026, 5, 1))
        assert readings(found) == [("2026-05-20", 2.0), ("2026-06-28", 5.0)]


def test_a_day_may_be_dated_by_its_end():
    rows = [{"on": "2026-06-29T07:00:00+0000", "sales": 1}]
    declared = content({"date_is": "end"}, timezone="America/Los_Angeles")
    assert readings(one(declared, ok({"rows": rows}))) == [("2026-06-28", 1.0)]


def test_rows_may_be_listed_metric_by_metric():
    page = {
        "data": [{"name": n, "values": [{"on": "2026-06-28", "value": v}]} for n, v in (("sales", 1), ("likes", 2))]
    }
    found = measured(
        content({"rows": "data[?name=='{field}'].values[]", "value": "value"}), Platform(ok(page)), "sales", "likes"
    )
    assert (readings(found["sales"])[0][1], readings(found["likes"])[0][1]) == (1.0, 2.0)


def test_rows_may_be_listed_by_day():
    declared = content({"rows": "@", "date": "key", "value": "value.{field}"})
    assert readings(one(declared, ok({"2026-06-28": {"sales": 5}, "2026-06-29": []}))) == [
        ("2026-06-28", 5.0),
        ("2026-06-29", None),
    ]


def test_the_parts_of_a_list_are_added():
    declared = content({"value": "values({field})", "reduce": "sum"})
    page = {"rows": [{"on": "2026-06-28", "sales": {"like": 3, "love": 1}}]}
    assert readings(one(declared, ok(page))) == [("2026-06-28", 4.0)]


def test_metrics_may_be_asked_for_as_a_json_list():
    platform = Platform(ok({"rows": []}))
    measured(content({"query": {"fields": "{fields_json}"}}), platform, "sales", "likes")
    assert json.loads(dict(platform.calls[0].query)["fields"]) == ["sales", "likes"]


@pytest.mark.parametrize("post", ["", "; post=7"])
def test_what_only_one_question_needs_is_missed_only_there(post):
    parameters = [{"column": "filter", "name": "post", "example": "7", **WORDS}]
    declared = content({"path": "/x/{post}"}, parameters=parameters)
    found = one(declared, ok({"rows": []}), filter=post)
    assert isinstance(found, FetchFailure) == (not post)
    assert not post or readings(found) == []
    assert post or found.code == "missing_parameter"
