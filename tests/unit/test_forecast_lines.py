"""`semaforo forecast`: a line of JSON in, an answer out, whatever the line says."""

import json
from typing import Any

import pytest

from sync.forecast import answers


def answer(**row: Any) -> dict[str, Any]:
    row = {"id": "k1", "freq": "M", "train": [10, 12, 11, 13, 12, 14], "horizon": 3} | row
    (found,) = answers([json.dumps(row)])
    return found


def test_a_row_is_answered_with_lists_as_long_as_its_horizon() -> None:
    found = answer()
    assert list(found) == ["id", "mean", "low", "high", "method", "n_used", "reason"]
    assert (found["id"], len(found["mean"]), len(found["low"]), len(found["high"])) == ("k1", 3, 3, 3)


def test_an_answer_can_be_written_as_strict_json() -> None:
    assert json.loads(json.dumps(answer(train=[1e308, 1, 1e308]), allow_nan=False))["id"] == "k1"


def test_nulls_and_words_among_the_values_are_missing() -> None:
    assert answer(train=[10, None, "N/A", 12, 11])["n_used"] == 3


def test_no_values_is_a_reason_and_no_error() -> None:
    found = answer(train=[])
    assert (found["mean"], found["reason"]) == ([], "no_points")


def test_an_id_that_json_cannot_hold_is_left_out() -> None:
    assert answer(id=float("nan"))["id"] is None


def test_bounds_are_kept() -> None:
    assert max(answer(train=[97, 98, 99], lower=0, upper=100)["high"]) <= 100


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"train": "1,2,3"}, "train_not_a_list"),
        ({"horizon": 0}, "horizon_not_a_whole_number"),
        ({"horizon": 2.5}, "horizon_not_a_whole_number"),
        ({"horizon": True}, "horizon_not_a_whole_number"),
        ({"horizon": 10**9}, "horizon_too_long"),
        ({"freq": 12}, "freq_not_a_text"),
        ({"lower": "zero"}, "bounds_not_numbers"),
        ({"upper": float("nan")}, "bounds_not_numbers"),
        ({"lower": 5, "upper": 4}, "bounds_crossed"),
    ],
)
def test_a_bad_row_is_answered_with_its_error(row: dict[str, Any], error: str) -> None:
    assert answer(**row) == {"id": "k1", "line": 1, "error": error}


@pytest.mark.parametrize(("line", "error"), [("{", "bad_json"), ("[1]", "not_an_object"), ("[" * 100_000, "bad_json")])
def test_a_line_that_is_no_row_is_answered_too(line: str, error: str) -> None:
    assert list(answers([line])) == [{"id": None, "line": 1, "error": error}]


def test_blank_lines_are_passed_over_and_the_next_row_keeps_its_number() -> None:
    assert [found["line"] for found in answers(["\n", "x", "  ", "y"])] == [2, 4]


def test_a_bad_row_does_not_stop_the_next() -> None:
    good = json.dumps({"id": 2, "freq": "M", "train": [1, 2, 3], "horizon": 1})
    assert [("error" in found) for found in answers(["nonsense", good])] == [True, False]
