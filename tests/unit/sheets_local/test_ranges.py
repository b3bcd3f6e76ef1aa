"""A1, R1C1, titles and named ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.sheet.local.document import Tab, Workbook
from sync.sheet.local.errors import ApiError
from sync.sheet.local.library import new_workbook
from sync.sheet.local.ranges import address, column_number, letters, quote_title, resolve


def book(*titles: str) -> Workbook:
    made = new_workbook("w", "W")
    grid = {"rowCount": 1000, "columnCount": 26}
    made.tabs = [
        Tab({"sheetId": n, "title": title, "sheetType": "GRID", "gridProperties": grid})
        for n, title in enumerate(titles or ("Sheet1",))
    ]
    return made


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("A1", "Sheet1!A1"),
        ("B2:B2", "Sheet1!B2"),
        ("C5:B2", "Sheet1!B2:C5"),
        ("A:A", "Sheet1!A1:A1000"),
        ("2:3", "Sheet1!A2:Z3"),
        ("B5:B", "Sheet1!B5:B1000"),
        ("A5:A", "Sheet1!A5:A1000"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("'Sheet1'!A1:B2", "Sheet1!A1:B2"),
        ("sheet1!a1", "Sheet1!A1"),
        ("Sheet1!$A$1:$B$2", "Sheet1!A1:B2"),
        ("R2C3", "Sheet1!C2"),
        ("R1C1:R2C2", "Sheet1!A1:B2"),
        ("A1:ZZ5000", "Sheet1!A1:Z1000"),
        ("R[1]C[1]", "Sheet1!B2"),
        ("R1C1:R[2]C[2]", "Sheet1!A1:C3"),
        ("R01C01", "Sheet1!A1"),
        ("R1", "Sheet1!R1"),
        ("R1:R2", "Sheet1!R1:R2"),
        ("R1C1:R2", "Sheet1!A1:Z2"),
        ("R1C1:C2", "Sheet1!A1:B1000"),
        ("R[1]", "Sheet1!A2:Z2"),
        ("RC", "Sheet1!A1"),
        ("R3C3:R1C1", "Sheet1!A1:C3"),
        ("!A1", "Sheet1!A1"),
        ("''!A1", "Sheet1!A1"),
    ],
)
def test_ranges_are_answered_in_full(text, answer):
    assert address(*resolve(book(), text)) == answer


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ("Sheet1", "Sheet1"),
        ("KPI_2", "KPI_2"),
        ("Q4", "'Q4'"),
        ("R1C1", "'R1C1'"),
        ("My tab", "'My tab'"),
        ("2026", "'2026'"),
        ("It's", "'It''s'"),
        ("Año", "'Año'"),
    ],
)
def test_titles_are_quoted_when_they_must_be(title, quoted):
    assert quote_title(title) == quoted
    assert address(*resolve(book(title), quoted)) == f"{quoted}!A1:Z1000"


@pytest.mark.parametrize("text", ["Nope!A1", "A0", "", "1A", "A1:B2:C3", "'Sheet1", "no_such_name", "A1B2", "!"])
def test_nonsense_is_unparsable(text):
    with pytest.raises(ApiError, match="Unable to parse range"):
        resolve(book(), text)


@pytest.mark.parametrize("text", ["R0C1", "R1C0", "R[-1]C1", "R[+1]C1", "A1:R2C2", "R1C1:B2", "R2C2:R1C1", "R[ 1]C"])
def test_r1c1_has_its_limits(text):
    with pytest.raises(ApiError, match="Unable to parse range"):
        resolve(book(), text)


def test_a_title_with_a_bang_is_found_unquoted():
    assert address(*resolve(book("a!b"), "a!b")) == "'a!b'!A1:Z1000"
    assert address(*resolve(book("a!b"), "a!b!B2")) == "'a!b'!B2"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ZZ:ZZ", "ZZ"),
        ("AA:AB", "AA:AB"),
        ("1001:1001", "1001"),
        ("1001:1002", "1001:1002"),
        ("RC1", "RC1"),
        ("AA5:AB", "AA5:AB"),
    ],
)
def test_whole_rows_and_columns_outside_of_the_grid_are_named_shortly(text, name):
    with pytest.raises(ApiError, match=rf"Range \(Sheet1!{name}\) exceeds grid limits"):
        resolve(book(), text)


def test_a_range_outside_of_the_grid_is_refused():
    with pytest.raises(ApiError, match=r"Range \(Sheet1!A1001\) exceeds grid limits. Max rows: 1000, max columns: 26"):
        resolve(book(), "A1001")


def test_a_named_range_goes_before_a_tab_of_that_name():
    both = book("Sheet1", "total")
    both.named_ranges = [{"namedRangeId": "1", "name": "total", "range": {"endRowIndex": 2, "endColumnIndex": 1}}]
    assert address(*resolve(both, "total")) == "Sheet1!A1:A2"
    assert address(*resolve(both, "'total'")) == "total!A1:Z1000"
    assert address(*resolve(both, "Sheet1!TOTAL")) == "Sheet1!A1:A2"


@given(st.integers(0, 18_277))
def test_column_letters_go_both_ways(column):
    assert column_number(letters(column)) == column
