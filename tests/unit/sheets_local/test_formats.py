"""Colours and masks."""

import pytest

from sync.sheet.local.errors import ApiError, RequestError
from sync.sheet.local.formats import CHANNEL, channel_byte, tidy_format
from sync.sheet.local.masks import for_answer, for_write, merge, pick


def test_every_channel_value_comes_back_as_the_same_byte():
    assert [channel_byte(CHANNEL[n]) for n in range(256)] == list(range(256))


@pytest.mark.parametrize(("given", "answered"), [(0.5, 0.49803922), (1, 1), (1 / 255, 0.003921569), (0.2, 0.2)])
def test_colours_are_float32_of_a_byte(given, answered):
    assert tidy_format({"backgroundColor": {"red": given}})["backgroundColor"] == {"red": answered}


def test_a_colour_sets_its_twin_and_black_is_empty():
    kept = tidy_format({"backgroundColor": {"red": 0, "green": 0.0}})
    assert kept == {"backgroundColor": {}, "backgroundColorStyle": {"rgbColor": {}}}


def test_a_theme_colour_resolves():
    kept = tidy_format({"textFormat": {"foregroundColorStyle": {"themeColor": "ACCENT1"}}})["textFormat"]
    assert kept["foregroundColor"] == {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}
    assert kept["foregroundColorStyle"] == {"themeColor": "ACCENT1"}


@pytest.mark.parametrize(
    "mask",
    [
        "sheets.properties.title",
        "sheets/properties/title",
        "sheets(properties(title))",
        "sheets(properties/title)",
        "sheets.properties(title)",
        " sheets ( properties.title ) ",
    ],
)
def test_all_spellings_of_a_mask_say_the_same(mask):
    message = {"spreadsheetId": "x", "sheets": [{"properties": {"title": "a", "index": 0}, "merges": []}]}
    assert pick(message, for_answer(mask, "Spreadsheet")) == {"sheets": [{"properties": {"title": "a"}}]}


def test_a_star_and_snake_case_are_understood():
    message = {"sheets": [{"properties": {"sheetId": 0, "title": "a"}}]}
    assert pick(message, for_answer("sheets.properties.*", "Spreadsheet")) == message
    assert pick(message, for_answer("sheets.properties.sheet_id", "Spreadsheet")) == {
        "sheets": [{"properties": {"sheetId": 0}}]
    }


@pytest.mark.parametrize(
    "mask", ["nope", "sheets.nope", "sheets(", "sheets)", "sheets..title", "sheets.properties.title.x"]
)
def test_masks_that_lead_nowhere_are_refused(mask):
    with pytest.raises(ApiError):
        for_answer(mask, "Spreadsheet")


def test_a_write_mask_takes_away_what_is_not_given():
    tree = for_write("textFormat.bold,numberFormat", "CellFormat")
    old = {"textFormat": {"bold": True, "italic": True}, "numberFormat": {"type": "DATE"}}
    assert merge(old, {}, tree) == {"textFormat": {"italic": True}}


def test_a_write_needs_a_mask():
    with pytest.raises(RequestError, match="At least one field must be listed"):
        for_write("", "CellData")
