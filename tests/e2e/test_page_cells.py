"""The page as a spreadsheet: what is typed, chosen, copied and undone stands in the workbook as a person means it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.contract.sheets.support import Api
from tests.e2e.spread import Spread

pytestmark = pytest.mark.browser
Open = Callable[..., Spread]


def rule(box: dict[str, int], kind: str, *values: str, strict: bool = True) -> dict[str, object]:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {
        "setDataValidation": {"range": box, "rule": {"condition": condition, "strict": strict, "showCustomUi": True}}
    }


def box(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def test_what_is_typed_is_read_as_a_person_means_it(api: Api, opened: Open) -> None:
    page = opened()
    page.type("B2", "12.5%")
    page.type("B3", "3/2/2026")
    page.type("B4", "=B2*2")
    assert api.values("B2:B4", valueRenderOption="UNFORMATTED_VALUE") == [[0.125], [46056], [0.25]]
    page.shows("B2", "12.50%")


def test_the_formula_bar_shows_what_was_typed_and_edits_it(api: Api, opened: Open) -> None:
    api.put("A1:B1", [["5", "=A1*2"]])
    page = opened()
    page.go("B1")
    formula = page.page.locator("#formula")
    expect(formula).to_have_value("=A1*2")
    formula.fill("=A1*3")
    formula.press("Enter")
    page.shows("B1", "15")


def test_a_drop_down_offers_its_choices_and_refuses_others(api: Api, opened: Open) -> None:
    api.batch(rule(box(0, 3, 0, 1), "ONE_OF_LIST", "apple", "pear", "plum"))
    page = opened()
    page.go("A1")
    page.press("Alt+ArrowDown")
    page.page.get_by_role("option", name="pear").click()
    page.shows("A1", "pear")
    page.type("A2", "pl")
    page.shows("A2", "plum")
    page.go("A3")
    page.page.keyboard.type("stone")
    page.press("Enter")
    expect(page.page.locator(".toast")).to_contain_text("stone")
    assert api.values("A1:A3") == [["pear"], ["plum"]]


def test_a_list_from_a_range_offers_what_stands_there(api: Api, opened: Open) -> None:
    api.put("C1:C3", [["north"], ["south"], ["north"]])
    api.batch(rule(box(0, 1, 0, 1), "ONE_OF_RANGE", "=Sheet1!$C$1:$C$3"))
    page = opened()
    page.go("A1")
    page.press("Alt+ArrowDown")
    assert page.page.get_by_role("option").all_inner_texts() == ["north", "south"]


def test_a_checkbox_turns_with_the_space_bar(api: Api, opened: Open) -> None:
    api.batch(rule(box(0, 1, 0, 1), "BOOLEAN"))
    api.put("A1", [[False]])
    page = opened()
    page.go("A1")
    page.press("Space")
    expect(page.cell("A1").locator("input")).to_be_checked()
    assert api.values("A1", valueRenderOption="UNFORMATTED_VALUE") == [[True]]


def test_a_note_shows_beside_its_cell_and_can_be_written(api: Api, opened: Open) -> None:
    api.batch({"updateCells": {"start": {}, "rows": [{"values": [{"note": "what it is"}]}], "fields": "note"}})
    page = opened()
    page.go("A1")
    expect(page.page.get_by_role("tooltip")).to_have_text("what it is")
    page.press("Shift+F2")
    page.page.locator("dialog textarea").fill("new words")
    page.page.get_by_role("button", name="OK").click()
    expect(page.page.get_by_role("tooltip")).to_have_text("new words")


def test_lights_have_the_rules_colours(api: Api, opened: Open) -> None:
    condition = {"type": "TEXT_STARTS_WITH", "values": [{"userEnteredValue": "▲"}]}
    look = {"condition": condition, "format": {"backgroundColor": {"green": 1}}}
    api.batch({"addConditionalFormatRule": {"rule": {"ranges": [box(0, 9, 0, 1)], "booleanRule": look}}})
    page = opened()
    page.type("A1", "▲ fine")
    expect(page.cell("A1")).to_have_css("background-color", "rgb(0, 255, 0)")


def test_undo_and_redo_bring_values_and_formats_back(api: Api, opened: Open) -> None:
    api.put("A1", [["old"]])
    page = opened()
    page.type("A1", "50%")
    page.shows("A1", "50%")
    page.press("Control+z")
    page.shows("A1", "old")
    page.press("Control+y")
    page.shows("A1", "50%")
    page.press("Control+z")
    page.saved()
    page.type("A1", "7")
    page.shows("A1", "7")


def test_rows_and_columns_come_and_go_and_come_back(api: Api, opened: Open) -> None:
    api.put("A1:B3", [["a", "1"], ["b", "=B1+1"], ["c", "=B2+1"]])
    page = opened()
    page.go("A2")
    page.menu("Insert", "Row above")
    page.shows("A3", "b")
    page.press("Control+z")
    page.shows("A2", "b")
    page.menu("Edit", "Delete rows")
    page.shows("A2", "c")
    page.press("Control+z")
    page.shows("B3", "3")
    page.menu("Insert", "Column to the left")
    page.shows("B1", "a")
    assert api.values("B1:C3", valueRenderOption="FORMULA")[2] == ["c", "=C2+1"]


def test_a_table_is_sorted_below_its_frozen_heading(api: Api, opened: Open) -> None:
    api.put("A1:B4", [["name", "n"], ["pear", 3], ["apple", 2], ["plum", 1]])
    grid = {"gridProperties": {"frozenRowCount": 1}}
    api.batch({"updateSheetProperties": {"properties": grid, "fields": "gridProperties.frozenRowCount"}})
    page = opened()
    page.go("A2")
    page.menu("Data", "Sort range A to Z")
    page.shows("A2", "apple")
    assert api.values("A1:B4") == [["name", "n"], ["apple", "2"], ["pear", "3"], ["plum", "1"]]
    page.press("Control+z")
    page.shows("A2", "pear")


def test_a_table_of_another_program_is_pasted_cell_by_cell(api: Api, opened: Open) -> None:
    page = opened()
    page.go("B2")
    page.paste('one\t1.5\r\n"two\nlines"\t"say ""hi"""\r\n5" screen\t=1+1\r\n')
    page.shows("C4", "2")
    assert api.values("B2:C4") == [["one", "1.5"], ["two\nlines", 'say "hi"'], ['5" screen', "2"]]
    assert page.copy() == 'one\t1.5\n"two\nlines"\t"say ""hi"""\n"5"" screen"\t2'


def test_a_copy_within_the_page_takes_formulas_along(api: Api, opened: Open) -> None:
    api.put("A1:B2", [["1", "=A1*10"], ["2"]])
    page = opened()
    page.go("B1")
    text = page.copy()
    page.go("B2")
    page.paste(text)
    page.shows("B2", "20")


def test_delete_empties_the_range_and_fill_down_repeats_the_first_row(api: Api, opened: Open) -> None:
    api.put("A1:B3", [["1", "=A1+1"], ["2"], ["3"]])
    page = opened()
    page.go("B1:B3")
    page.press("Control+d")
    page.shows("B3", "4")
    page.go("A1:A3")
    page.press("Delete")
    page.shows("B3", "1")
    assert api.values("A1:A3") is None


def test_keys_move_as_in_a_sheet(api: Api, opened: Open) -> None:
    api.put("A1:A5", [["x"], ["x"], ["x"], [""], ["x"]])
    page = opened()
    where = page.page.locator("#where")
    for keys, place in (
        ("Control+ArrowDown", "A3"),
        ("Control+ArrowDown", "A5"),
        ("Tab", "B5"),
        ("Shift+ArrowUp", "B4:B5"),
        ("Control+Home", "A1"),
        ("Shift+ArrowDown", "A1:A2"),
        ("Escape", "A1:A2"),
        ("Control+End", "A5"),
    ):
        page.press(keys)
        expect(where).to_have_value(place)


def test_a_protected_range_asks_first(api: Api, opened: Open) -> None:
    fence = {"range": box(0, 1, 0, 1), "description": "ours", "warningOnly": False}
    api.batch({"addProtectedRange": {"protectedRange": fence}})
    page = opened()
    page.go("A1")
    page.page.keyboard.type("x")
    page.press("Enter")
    page.page.get_by_role("button", name="Cancel").click()
    page.shows("A1", "")
    page.go("A1")
    page.page.keyboard.type("y")
    page.press("Enter")
    page.page.get_by_role("button", name="Change them").click()
    page.shows("A1", "y")


def test_a_value_that_a_rule_does_not_expect_is_marked_and_told(api: Api, opened: Open) -> None:
    api.put("A1:B3", [["apple", "x"], ["stone", 5], ["no day", ""]])
    api.batch(
        rule(box(0, 2, 1, 2), "CUSTOM_FORMULA", "=ISNUMBER(B1)", strict=False),
        rule(box(0, 2, 0, 1), "ONE_OF_LIST", "apple", "pear", strict=False),
        rule(box(2, 3, 0, 1), "DATE_IS_VALID", strict=False),
    )
    page = opened()
    for name in ("A2", "A3"):
        expect(page.cell(name)).to_have_attribute("aria-invalid", "true")
    for name in ("A1", "B2"):  # B2 holds a number, whatever stands at the range's corner
        expect(page.cell(name)).not_to_have_attribute("aria-invalid", "true")
    page.go("A2")
    expect(page.page.get_by_role("tooltip")).to_contain_text("not one of the values")
    page.type("A3", "2026-03-01")
    expect(page.cell("A3")).not_to_have_attribute("aria-invalid", "true")
