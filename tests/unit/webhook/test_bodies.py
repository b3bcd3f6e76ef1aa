import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webhook.bodies import json_object, question_of, workbook_in

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_a_question_has_its_parts() -> None:
    asked = question_of({"statement": "x", "row": {"target": 5}, "lang": "en-US", "today": "2026-11-22"})
    assert asked is not None
    assert (asked.statement, asked.row, asked.lang, asked.today) == ("x", {"target": 5}, "en-US", date(2026, 11, 22))


@pytest.mark.parametrize("body", [b'{"a": NaN}', b'{"a": Infinity}', b"null", b"7", b'"x"', b"\xef\xbb\xbf{}", b""])
def test_what_json_does_not_know_is_no_body(body: bytes) -> None:
    assert json_object(body) is None


@pytest.mark.parametrize("cell", [10**400, 1e999, [], {}, "\udc00"])
def test_a_cell_that_no_sheet_can_hold_is_no_question(cell: Any) -> None:
    assert question_of({"row": {"target": cell}}) is None


@pytest.mark.parametrize("named", ["", "x" * 201, 5, None, "\ud800"])
def test_a_workbook_needs_an_id(named: Any) -> None:
    assert workbook_in({"spreadsheetId": named}) is None


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first texts of a process take seconds to make
@given(st.dictionaries(st.sampled_from(["statement", "row", "lang", "today", "other"]), ANYTHING))
def test_no_content_breaks_it(content: dict[str, Any]) -> None:
    asked = question_of(content)
    assert asked is None or asked.statement is not None or asked.row is not None


@given(st.binary())
def test_no_bytes_break_it(body: bytes) -> None:
    found = json_object(body)
    assert found is None or json.loads(body) == found
