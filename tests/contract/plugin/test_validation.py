"""Validation rules as scripts know them, over the API's: read, built, set and refused as Google does."""

from collections.abc import Callable

import pytest

from tests.contract.plugin.conftest import KPIS, Plugin
from tests.contract.plugin.test_choices import rule_at
from tests.contract.plugin.test_runtime import TAB, ran, refusal, value

Make = Callable[..., Plugin]
METRIC = f"{TAB}.getRange(2, {KPIS.position('metric') + 1})"
NEW = "SpreadsheetApp.newDataValidation()"


def test_a_built_list_is_the_api_s_rule(plugin: Make) -> None:
    sheet = plugin()
    ran(sheet, f"{METRIC}.setDataValidation({NEW}.requireValueInList(['a', 'b, c']).setHelpText('pick').build())")
    values = [{"userEnteredValue": "a"}, {"userEnteredValue": "b, c"}]
    condition = {"type": "ONE_OF_LIST", "values": values}
    assert rule_at(sheet, 0) == {"condition": condition, "inputMessage": "pick", "showCustomUi": True}


def test_a_new_rule_allows_what_is_invalid_until_told_otherwise(plugin: Make) -> None:
    sheet = plugin()
    assert value(sheet, f"return {NEW}.requireValueInList([]).build().getAllowInvalid()") is True
    ran(sheet, f"{METRIC}.setDataValidation({NEW}.requireValueInList(['a'], false).setAllowInvalid(false).build())")
    rule = rule_at(sheet, 0) or {}
    assert (rule["strict"], "showCustomUi" in rule) == (True, False)


def test_a_range_is_written_absolute_and_read_as_a_range(plugin: Make) -> None:
    sheet = plugin()
    sheet.book.edit({"updateSheetProperties": {"properties": {"sheetId": 710004, "title": "Ana's"}, "fields": "title"}})
    place = "SpreadsheetApp.getActive().getSheetById(710004).getRange('B2:B9')"
    ran(sheet, f"{METRIC}.setDataValidation({NEW}.requireValueInRange({place}).build())")
    assert (rule_at(sheet, 0) or {})["condition"]["values"] == [{"userEnteredValue": "='Ana''s'!$B$2:$B$9"}]
    read = f"const [r, arrow] = {METRIC}.getDataValidation().getCriteriaValues();"
    assert value(sheet, f"{read} return [r.getA1Notation(), r.getSheet().getName(), arrow]") == ["B2:B9", "Ana's", True]


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("stage", "VALUE_IN_LIST"),
        ("objective", "VALUE_IN_RANGE"),
        ("start", "DATE_IS_VALID_DATE"),
        ("target", "NUMBER_BETWEEN"),
    ],
)
def test_the_template_s_own_rules_are_read_by_their_criteria(plugin: Make, column: str, told: str) -> None:
    place = f"{TAB}.getRange(2, {KPIS.position(column) + 1})"
    body = f"return {place}.getDataValidation().getCriteriaType() === SpreadsheetApp.DataValidationCriteria.{told}"
    assert value(plugin(), body) is True


def test_numbers_come_as_numbers_and_a_rule_without_words_has_none(plugin: Make) -> None:
    sheet = plugin()
    place = f"{TAB}.getRange(2, {KPIS.position('target') + 1}).getDataValidation()"
    assert value(sheet, f"return [{place}.getCriteriaValues(), {place}.getHelpText()]") == [[-1e15, 1e15], None]


def test_cells_without_a_rule_are_null_and_null_takes_one_away(plugin: Make) -> None:
    sheet = plugin()
    rule = f"{NEW}.requireValueInList(['a']).build()"
    block = f"{TAB}.getRange(2, {KPIS.position('metric') + 1}, 3, 1)"
    ran(sheet, f"const r = {rule}; {block}.setDataValidations([[r], [null], [r]])")
    read = f"return {block}.getDataValidations().map(([rule]) => rule && rule.getCriteriaValues()[0])"
    assert value(sheet, read) == [["a"], None, ["a"]]
    ran(sheet, f"{block}.clearDataValidations()")
    assert value(sheet, read) == [None, None, None]


def test_a_copy_is_changed_and_the_rule_is_not(plugin: Make) -> None:
    body = f"""const one = {NEW}.requireValueInList(['a']).setHelpText('x').build();
    const two = one.copy().setHelpText('y').build(); return [one.getHelpText(), two.getHelpText()];"""
    assert value(plugin(), body) == ["x", "y"]


@pytest.mark.parametrize(
    "body",
    [
        f"{METRIC}.setDataValidations([['a']])",
        f"{METRIC}.setDataValidation({NEW}.requireValueInList(['a']))",
        f"{NEW}.requireValueInList('a, b')",
        f"{NEW}.requireValueInRange('A1:A3')",
        f"{TAB}.getRange(2, 2, 2, 1).setDataValidations([[null]])",
    ],
)
def test_what_is_no_rule_no_list_or_no_range_is_refused(plugin: Make, body: str) -> None:
    told = refusal(plugin(), body)
    assert "method signature" in told or "does not match" in told


@pytest.mark.parametrize("body", [NEW, f"{METRIC}.getDataValidations()"])
def test_without_permission_no_rule_is_read_or_built(plugin: Make, body: str) -> None:
    told = refusal(plugin(), body, authMode="NONE", event={"type": "open"})
    assert told.startswith("You do not have permission to call")


def test_a_simple_trigger_may_read_and_set_rules(plugin: Make) -> None:
    sheet = plugin()
    body = f"{METRIC}.setDataValidation({NEW}.requireValueInList(['a']).build())"
    assert "error" not in ran(sheet, body, authMode="LIMITED", event={"type": "open"})
    assert rule_at(sheet, 0) is not None
