"""gspread-dataframe and gspread-formatting, unmodified but for the client class."""

import gspread
import gspread_dataframe
import gspread_formatting as looks
import pandas as pd
import pytest


@pytest.fixture
def tab(book: gspread.Spreadsheet) -> gspread.Worksheet:
    return book.sheet1


def test_a_frame_goes_in_and_comes_out(tab: gspread.Worksheet):
    frame = pd.DataFrame({"name": ["a", "b"], "n": [1, 2], "x": [0.5, 1.5]})
    gspread_dataframe.set_with_dataframe(tab, frame, resize=True)
    back = gspread_dataframe.get_as_dataframe(tab)
    assert (tab.row_count, tab.col_count) == (3, 3)
    assert back.to_dict("records") == frame.to_dict("records")


def test_formulas_in_a_frame_are_evaluated_or_not(tab: gspread.Worksheet):
    gspread_dataframe.set_with_dataframe(tab, pd.DataFrame({"f": ["=1+1"]}))
    assert list(gspread_dataframe.get_as_dataframe(tab, evaluate_formulas=True, nrows=1)["f"]) == [2]
    assert list(gspread_dataframe.get_as_dataframe(tab, evaluate_formulas=False, nrows=1)["f"]) == ["=1+1"]


def test_a_cell_format_is_set_and_read_back(tab: gspread.Worksheet):
    bold = looks.CellFormat(
        backgroundColor=looks.Color(1, 0.9, 0.9),
        textFormat=looks.TextFormat(bold=True, foregroundColor=looks.Color(1, 0, 1)),
        horizontalAlignment="CENTER",
    )
    looks.format_cell_range(tab, "A1:J1", bold)
    kept = looks.get_user_entered_format(tab, "B1")
    assert (kept.textFormat.bold, kept.horizontalAlignment) == (True, "CENTER")
    assert kept.backgroundColor.red == 1
    assert looks.get_effective_format(tab, "A1").textFormat.bold
    assert looks.get_default_format(tab.spreadsheet).textFormat.bold is False


def test_several_ranges_are_formatted_in_one_batch(tab: gspread.Worksheet):
    with looks.batch_updater(tab.spreadsheet) as batch:
        batch.set_frozen(tab, rows=1)
        batch.set_row_height(tab, "1:10", 42)
        batch.set_column_width(tab, "A", 190)
        batch.format_cell_range(tab, "A1:A10", looks.cellFormat(textFormat=looks.textFormat(italic=True)))
    assert looks.get_frozen_row_count(tab) == 1
    assert looks.get_user_entered_format(tab, "A10").textFormat.italic


def test_conditional_rules_are_kept_in_order(tab: gspread.Worksheet):
    rules = looks.get_conditional_format_rules(tab)
    condition = looks.BooleanCondition("NUMBER_GREATER", ["100"])
    shown = looks.CellFormat(textFormat=looks.textFormat(bold=True), backgroundColor=looks.Color(1, 0, 0))
    rules.append(
        looks.ConditionalFormatRule(
            ranges=[looks.GridRange.from_a1_range("A1:A2000", tab)],
            booleanRule=looks.BooleanRule(condition=condition, format=shown),
        )
    )
    rules.save()
    again = looks.get_conditional_format_rules(tab)
    assert [rule.booleanRule.condition.type for rule in again] == ["NUMBER_GREATER"]
    again.clear()
    again.save()
    assert len(looks.get_conditional_format_rules(tab)) == 0


def test_a_validation_rule_is_set_and_taken_away(tab: gspread.Worksheet):
    rule = looks.DataValidationRule(looks.BooleanCondition("ONE_OF_LIST", ["1", "2"]), showCustomUi=True)
    looks.set_data_validation_for_cell_range(tab, "A2:D2", rule)
    assert looks.get_data_validation_rule(tab, "A2").condition.type == "ONE_OF_LIST"
    looks.set_data_validation_for_cell_range(tab, "A2", None)
    assert looks.get_data_validation_rule(tab, "A2") is None
