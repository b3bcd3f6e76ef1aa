"""The examples of gspread's documentation, run against the embedded server."""

import gspread
import pytest
from gspread import Cell
from gspread.exceptions import APIError, SpreadsheetNotFound, WorksheetNotFound
from gspread.utils import PasteOrientation, PasteType, ValidationConditionType

from tests.contract.sheets.support import Api


@pytest.fixture
def tab(book: gspread.Spreadsheet) -> gspread.Worksheet:
    return book.sheet1


def test_a_spreadsheet_is_found_by_key_address_and_title(client: gspread.Client, book: gspread.Spreadsheet):
    book.update_title(f"By title {book.id}")
    assert client.open_by_key(book.id).title == book.title
    assert client.open_by_url(book.url).id == book.id
    assert client.open(f"By title {book.id}").id == book.id
    assert book.id in [item["id"] for item in client.list_spreadsheet_files()]


def test_unknown_spreadsheets_and_tabs_are_not_found(client: gspread.Client, book: gspread.Spreadsheet):
    with pytest.raises(SpreadsheetNotFound):
        client.open("no such title")
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_key("no-such-key")
    with pytest.raises(WorksheetNotFound):
        book.worksheet("no such tab")


def test_tabs_come_and_go(book: gspread.Spreadsheet):
    added = book.add_worksheet(title="A worksheet", rows=100, cols=20)
    assert (added.row_count, added.col_count, added.index) == (100, 20, 1)
    copy = book.duplicate_sheet(added.id, new_sheet_name="Twin")
    assert [tab.title for tab in book.worksheets()] == ["Twin", "Sheet1", "A worksheet"]
    book.del_worksheet(copy)
    book.reorder_worksheets([added, book.sheet1])
    assert [tab.title for tab in book.worksheets()] == ["A worksheet", "Sheet1"]


def test_two_tabs_cannot_share_a_title(book: gspread.Spreadsheet):
    with pytest.raises(APIError, match='A sheet with the name "Sheet1" already exists'):
        book.add_worksheet("Sheet1", 1, 1)


def test_the_last_visible_tab_cannot_be_hidden(tab: gspread.Worksheet):
    with pytest.raises(APIError, match="You can't hide all the sheets in a document"):
        tab.hide()


def test_cells_are_read_and_written(tab: gspread.Worksheet):
    tab.update_acell("B1", "Bingo!")
    tab.update_cell(1, 1, 42)
    tab.update([[1, 2], [3, 4]], "A2:B3")
    assert tab.acell("B1").value == "Bingo!"
    assert tab.cell(1, 1).value == "42"
    assert tab.row_values(2) == ["1", "2"]
    assert tab.col_values(2) == ["Bingo!", "2", "4"]
    assert tab.get("A2:B3") == [["1", "2"], ["3", "4"]]


def test_a_typed_formula_gives_its_value(tab: gspread.Worksheet):
    tab.update_acell("A1", "=3+4")
    assert tab.acell("A1").value == "7"
    assert tab.acell("A1", value_render_option="FORMULA").value == "=3+4"


def test_cells_are_updated_as_a_list(tab: gspread.Worksheet):
    cells = tab.range("A1:C2")
    for cell in cells:
        cell.value = "O_o"
    tab.update_cells(cells)
    tab.update_cells([Cell(1, 2, "x"), Cell(2, 3, "y")])
    assert tab.get_all_values() == [["O_o", "x", "O_o"], ["O_o", "O_o", "y"]]


def test_records_come_by_heading(tab: gspread.Worksheet):
    tab.update([["name", "n"], ["a", 1], ["b", 2.5]], "A1")
    assert tab.get_all_records() == [{"name": "a", "n": 1}, {"name": "b", "n": 2.5}]


def test_cells_are_found(tab: gspread.Worksheet):
    tab.update([["Dough", "x"], ["y", "Dough"]], "A1")
    assert tab.find("Dough").address == "A1"
    assert [cell.address for cell in tab.findall("Dough")] == ["A1", "B2"]
    assert tab.find("missing") is None


def test_several_ranges_in_one_call(tab: gspread.Worksheet):
    tab.batch_update([{"range": "A1:B1", "values": [["42", "43"]]}, {"range": "A1", "values": [["44"]]}])
    assert tab.batch_get(["A1:B1", "C1:D1"]) == [[["44", "43"]], []]
    tab.batch_clear(["A1:B1"])
    assert tab.get_all_values() == [[]]


def test_rows_are_appended_inserted_and_deleted(tab: gspread.Worksheet):
    tab.append_row(["a", "b"])
    tab.append_rows([["c", "d"], ["e", "f"]])
    tab.insert_row(["first"], 1)
    tab.insert_rows([["x"], ["y"]], 2)
    tab.delete_rows(3)
    assert tab.get_all_values() == [["first", ""], ["x", ""], ["a", "b"], ["c", "d"], ["e", "f"]]


def test_columns_are_inserted_and_deleted(tab: gspread.Worksheet):
    tab.update([["a", "b"], ["c", "d"]], "A1")
    tab.insert_cols([["new", "col"]], 2)
    assert tab.get_all_values() == [["a", "new", "b"], ["c", "col", "d"]]
    tab.delete_columns(1)
    assert tab.get_all_values() == [["new", "b"], ["col", "d"]]


def test_rows_are_sorted(tab: gspread.Worksheet):
    tab.update([["b", 2], ["a", 2], ["c", 1]], "A1")
    tab.sort((2, "des"), (1, "asc"), range="A1:B3")
    assert tab.get_all_values() == [["a", "2"], ["b", "2"], ["c", "1"]]


def test_formats_are_kept_and_merged(tab: gspread.Worksheet, api: Api):
    tab.format("A1:B1", {"textFormat": {"bold": True}, "horizontalAlignment": "CENTER"})
    tab.batch_format([{"range": "A1", "format": {"backgroundColor": {"red": 1.0}}}])
    kept = api.cell("A1", "userEnteredFormat")["userEnteredFormat"]
    assert kept == {
        "backgroundColor": {"red": 1},
        "backgroundColorStyle": {"rgbColor": {"red": 1}},
        "horizontalAlignment": "CENTER",
        "textFormat": {"bold": True},
    }


def test_notes_are_written_read_and_removed(tab: gspread.Worksheet):
    tab.update_notes({"A1": "one", "B2": "two"})
    assert tab.get_notes() == [["one"], ["", "two"]]
    tab.clear_note("A1")
    assert tab.get_note("A1") == ""


def test_cells_are_merged(tab: gspread.Worksheet, api: Api):
    tab.merge_cells("A1:C2", merge_type="MERGE_ROWS")
    found = api.get("", fields="sheets.merges")["sheets"][0]["merges"]
    assert [(grid["startRowIndex"], grid["endColumnIndex"]) for grid in found] == [(0, 3), (1, 3)]
    tab.unmerge_cells("A1:C1")
    assert len(api.get("", fields="sheets.merges")["sheets"][0]["merges"]) == 1


def test_ranges_are_protected(book: gspread.Spreadsheet, tab: gspread.Worksheet):
    tab.add_protected_range("A1:B2", ["ana@example.org"], description="ours", warning_only=False)
    item = book.list_protected_ranges(tab.id)[0]
    assert item["description"] == "ours"
    assert "ana@example.org" in item["editors"]["users"]
    tab.delete_protected_range(item["protectedRangeId"])
    assert book.list_protected_ranges(tab.id) == []


def test_ranges_get_names(book: gspread.Spreadsheet, tab: gspread.Worksheet):
    name_id = tab.define_named_range("A1:B2", "total")["replies"][0]["addNamedRange"]["namedRange"]["namedRangeId"]
    tab.update([["x", "y"]], "A1")
    assert book.values_get("total")["range"] == "Sheet1!A1:B2"
    tab.delete_named_range(name_id)
    assert book.list_named_ranges() == []


def test_ranges_are_copied_and_cut(tab: gspread.Worksheet):
    tab.update([["a", "b"], ["=A1", 2]], "A1", raw=False)
    tab.copy_range("A1:B2", "C1:D2", PasteType.normal, PasteOrientation.normal)
    assert tab.get("C1:D2") == [["a", "b"], ["a", "2"]]
    assert tab.acell("C2", value_render_option="FORMULA").value == "=C1"
    tab.cut_range("C1:D1", "C5", PasteType.normal)
    assert tab.get("C5:D5") == [["a", "b"]]
    assert tab.get("C1:D1") == [[]]


def test_grids_grow_freeze_and_hide_their_lines(book: gspread.Spreadsheet, tab: gspread.Worksheet):
    tab.resize(rows=50, cols=10)
    tab.freeze(rows=2, cols=1)
    tab.add_rows(5)
    tab.hide_gridlines()
    tab.update_tab_color("#ff0000")
    props = book.fetch_sheet_metadata()["sheets"][0]["properties"]
    assert props["gridProperties"] == {
        "rowCount": 55,
        "columnCount": 10,
        "frozenRowCount": 2,
        "frozenColumnCount": 1,
        "hideGridlines": True,
    }
    assert props["tabColor"] == {"red": 1}


def test_rows_and_columns_are_hidden_and_grouped(tab: gspread.Worksheet, api: Api):
    tab.hide_rows(1, 3)
    tab.add_dimension_group_rows(4, 6)
    rows = api.get("", fields="sheets.data.rowMetadata")["sheets"][0]["data"][0]["rowMetadata"]
    assert [row.get("hiddenByUser", False) for row in rows[:4]] == [False, True, True, False]
    assert tab.list_dimension_group_rows()[0]["depth"] == 1
    tab.delete_dimension_group_rows(4, 6)
    assert tab.list_dimension_group_rows() == []


def test_a_filter_covers_the_whole_tab(book: gspread.Spreadsheet, tab: gspread.Worksheet):
    tab.set_basic_filter()
    filter_range = book.fetch_sheet_metadata()["sheets"][0]["basicFilter"]["range"]
    assert filter_range == {"startRowIndex": 0, "endRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 26}
    tab.clear_basic_filter()
    assert "basicFilter" not in book.fetch_sheet_metadata()["sheets"][0]


def test_choices_are_offered(tab: gspread.Worksheet, api: Api):
    tab.add_validation("A1", ValidationConditionType.one_of_list, ["Yes", "No"], strict=True, showCustomUi=True)
    assert api.cell("A1", "dataValidation")["dataValidation"] == {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Yes"}, {"userEnteredValue": "No"}]},
        "strict": True,
        "showCustomUi": True,
    }


def test_a_copy_has_everything(client: gspread.Client, book: gspread.Spreadsheet):
    book.sheet1.update([["a"]], "A1")
    copy = client.copy(book.id, copy_permissions=True)
    assert copy.title == f"Copy of {book.title}"
    assert copy.sheet1.get_all_values() == [["a"]]


def test_a_spreadsheet_is_shared(book: gspread.Spreadsheet):
    book.share("otto@example.org", perm_type="user", role="writer", notify=False)
    shared = [(item.get("emailAddress"), item["role"]) for item in book.list_permissions()]
    assert ("otto@example.org", "writer") in shared
    book.remove_permissions("otto@example.org")
    assert "otto@example.org" not in [item.get("emailAddress") for item in book.list_permissions()]


def test_a_tab_is_copied_to_another_spreadsheet(client: gspread.Client, book: gspread.Spreadsheet):
    other = client.create("Other")
    book.sheet1.update([["a"]], "A1")
    made = book.sheet1.copy_to(other.id)
    assert made["title"] == "Copy of Sheet1"
    assert other.get_worksheet_by_id(made["sheetId"]).acell("A1").value == "a"


def test_locale_and_zone_are_changed(book: gspread.Spreadsheet):
    book.update_locale("es_ES")
    book.update_timezone("Europe/Madrid")
    again = book.fetch_sheet_metadata()["properties"]
    assert (again["locale"], again["timeZone"]) == ("es_ES", "Europe/Madrid")
