"""The drop-down of a row's Metric cell: what its source gives, never strict, and a person's own rule never touched."""

from collections.abc import Callable
from typing import Any

import pytest

from sheet_templates.layout import tabs
from sync.sheet.tables import find_keys
from sync.sources.offers import offers
from sync.sources.registry import load
from tests.contract.plugin.conftest import KPIS, Plugin
from tests.contract.plugin.test_edits import WHOLE
from tests.contract.plugin.test_sync import MOVING, follow

Make = Callable[..., Plugin]
CATALOGUE = tabs()["catalogue"]
GA4 = {offer.name for offer in offers(load("ga4").manifest)} - {"conversions"}  # withdrawn since 2024
MINE = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "mine"}]}, "showCustomUi": True}


def rule_at(sheet: Plugin, row: int) -> dict[str, Any] | None:
    """The validation rule of a row's Metric cell, as the API has it."""
    mask = "sheets(properties(sheetId),data(rowData(values(dataValidation))))"
    found = sheet.book.client.look(sheet.book.id, mask)
    lines = next(each for each in found["sheets"] if each["properties"]["sheetId"] == KPIS.id)["data"][0]["rowData"]
    place = find_keys("kpis", sheet.book.column_heads("kpis"))["metric"]
    cells = lines[row + 1].get("values", [])
    rule: dict[str, Any] | None = cells[place].get("dataValidation") if place < len(cells) else None
    return rule


def offered(sheet: Plugin, row: int) -> list[str]:
    """What the drop-down of that row's Metric cell offers; nothing where there is none."""
    return [
        value["userEnteredValue"] for value in (rule_at(sheet, row) or {"condition": {}})["condition"].get("values", [])
    ]


def set_rule(sheet: Plugin, row: int, rule: dict[str, Any]) -> None:
    place = KPIS.position("metric")
    span = {"sheetId": KPIS.id, "startRowIndex": row + 1, "endRowIndex": row + 2}
    span |= {"startColumnIndex": place, "endColumnIndex": place + 1}
    sheet.book.edit({"setDataValidation": {"range": span, "rule": rule}})


def writes(done: dict[str, Any]) -> int:
    return sum(request["url"].split("?")[0].endswith(":batchUpdate") for request in done["requests"])


def test_a_platform_s_source_offers_its_metrics_and_refuses_none(plugin: Make) -> None:
    sheet = plugin()
    sheet.type_in(0, source="ga4:123456789")
    assert set(offered(sheet, 0)) == GA4
    rule = rule_at(sheet, 0)
    assert rule is not None
    assert not rule.get("strict")
    assert rule["showCustomUi"]
    assert rule["inputMessage"] == "Semáforo: elige una métrica de ga4, o escribe otra."


@pytest.mark.parametrize("source", ["GA4: 123", "ga4@cliente:123", "Ga4 @ cliente : 1", "ga4"])
def test_spelling_and_account_don_t_matter(plugin: Make, source: str) -> None:
    sheet = plugin()
    sheet.type_in(0, source=source)
    assert set(offered(sheet, 0)) == GA4


@pytest.mark.parametrize(
    ("source", "metric"), [("YouTube-Analytics", "views"), ("meta_ads:1", "spend"), ("HubSpot", "contacts.created")]
)
def test_a_name_of_two_words_and_one_without_a_place_are_understood(plugin: Make, source: str, metric: str) -> None:
    sheet = plugin()
    sheet.type_in(0, source=source)
    assert metric in offered(sheet, 0)


@pytest.mark.parametrize(
    "source", ["csv:ventas.csv", "https://example.org/a.json", "pestaña:CRM", "ig:acme", "42", "constructor"]
)
def test_any_other_source_has_no_drop_down(plugin: Make, source: str) -> None:
    sheet = plugin()
    sheet.type_in(0, source=source)
    assert rule_at(sheet, 0) is None


@pytest.mark.parametrize(
    ("source", "shown"), [("mediciones", "Mediciones"), ("Measurements", "Mediciones"), ("encuestas", "Encuestas")]
)
def test_a_tab_that_people_fill_offers_what_stands_in_it(plugin: Make, source: str, shown: str) -> None:
    sheet = plugin()
    sheet.type_in(0, source=source)
    key = "measurements" if shown == "Mediciones" else "surveys"
    assert offered(sheet, 0) == [f"='{shown}'!$B$2:$B${tabs()[key].rows + 1}"]
    assert not (rule_at(sheet, 0) or {"strict": True}).get("strict")


def test_the_metric_column_of_a_tab_is_found_where_people_moved_it(plugin: Make) -> None:
    sheet = plugin()
    span = {"sheetId": tabs()["measurements"].id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    sheet.book.edit({"moveDimension": {"source": span, "destinationIndex": 4}})
    sheet.type_in(0, source="mediciones")
    assert offered(sheet, 0)[0].startswith("='Mediciones'!$D$2")


def test_a_workbook_in_english_is_told_in_english(plugin: Make) -> None:
    sheet = plugin(language="en")
    sheet.type_in(0, source="instagram:acme")
    assert "reach" in offered(sheet, 0)
    assert (rule_at(sheet, 0) or {})["inputMessage"].startswith("Semáforo: choose a metric of instagram")
    sheet.type_in(0, source="mediciones")
    assert offered(sheet, 0)[0].startswith("='Measurements'!$B$2")


def test_another_source_changes_the_list_and_one_without_metrics_clears_it(plugin: Make) -> None:
    sheet = plugin()
    sheet.type_in(0, source="ga4:1")
    sheet.type_in(0, source="linkedin:2")
    assert offered(sheet, 0)
    assert not GA4 & set(offered(sheet, 0))
    sheet.type_in(0, source="csv:ventas.csv")
    assert rule_at(sheet, 0) is None
    sheet.type_in(0, source="ga4:1")
    sheet.type_in(0, source=None)
    assert rule_at(sheet, 0) is None


@pytest.mark.parametrize("source", ["ga4:1", "csv:x.csv", "mediciones", None], ids=["ga4", "csv", "tab", "none"])
def test_a_person_s_own_rule_is_kept(plugin: Make, source: str | None) -> None:
    sheet = plugin()
    for mine in (MINE, {**MINE, "inputMessage": "Pregunta a Ana"}):
        set_rule(sheet, 0, mine)
        sheet.type_in(0, source=source)
        assert rule_at(sheet, 0) == mine


def test_our_rule_that_a_person_made_strict_is_theirs(plugin: Make) -> None:
    sheet = plugin()
    sheet.type_in(0, source="ga4:1")
    theirs = {**(rule_at(sheet, 0) or {}), "strict": True}
    set_rule(sheet, 0, theirs)
    sheet.type_in(0, source="csv:x.csv")
    assert rule_at(sheet, 0) == theirs


def test_a_paste_of_many_rows_is_one_write_and_reads_the_catalogue_once(plugin: Make) -> None:
    mixed = ["ga4:1", "mediciones", "csv:a.csv", "instagram:x", None, "surveys"]
    sheet = plugin([{**WHOLE, "source": mixed[row % 6]} for row in range(30)])
    set_rule(sheet, 7, MINE)
    done = sheet.edit(0, "source", rows=30)
    reads = [str(CATALOGUE.id) in request["body"] for request in done["requests"]]
    assert (sum(reads), writes(done)) == (1, 1)
    assert set(offered(sheet, 24)) == GA4
    assert offered(sheet, 25)[0].startswith("='Mediciones'")
    assert rule_at(sheet, 26) is None
    assert "reach" in offered(sheet, 27)
    assert offered(sheet, 29)[0].startswith("='Encuestas'")
    assert offered(sheet, 7) == ["mine"]


def test_an_edit_elsewhere_in_the_row_asks_nothing_more(plugin: Make) -> None:
    sheet = plugin([{**WHOLE, "source": "ga4:1"}])
    assert len(sheet.edit(0, "name")["requests"]) == 2
    assert len(sheet.edit(0, "metric")["requests"]) == 2
    assert rule_at(sheet, 0) is None


def test_an_edit_of_the_source_is_five_requests_and_again_without_news_no_write(plugin: Make) -> None:
    sheet = plugin([{**WHOLE, "source": "ga4:1"}])
    assert len(sheet.edit(0, "source")["requests"]) == 5  # names, row, its rule, catalogue, write
    again = sheet.edit(0, "source")
    assert (len(again["requests"]), writes(again)) == (4, 0)


def test_the_drop_down_and_the_notes_go_out_in_one_write(plugin: Make) -> None:
    sheet = plugin()
    assert writes(sheet.type_in(0, source="ga4:1", name="Visitas")) == 1
    assert "target" in sheet.notes(0)
    assert offered(sheet, 0)


def test_without_a_catalogue_tab_there_is_no_drop_down_and_no_error(plugin: Make) -> None:
    sheet = plugin()
    sheet.book.edit({"deleteSheet": {"sheetId": CATALOGUE.id}})
    sheet.type_in(0, source="ga4:1")
    assert rule_at(sheet, 0) is None
    sheet.type_in(0, source="mediciones")
    assert offered(sheet, 0)


@pytest.mark.parametrize("key", ["source", "metric"])
def test_an_older_catalogue_without_the_column_offers_nothing(plugin: Make, key: str) -> None:
    sheet = plugin()
    place = CATALOGUE.position(key)
    span = {"sheetId": CATALOGUE.id, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    sheet.book.edit({"deleteDimension": {"range": span}})
    sheet.type_in(0, source="ga4:1")
    assert rule_at(sheet, 0) is None


def test_a_sorted_catalogue_says_the_same(plugin: Make) -> None:
    sheet = plugin()
    span = {"sheetId": CATALOGUE.id, "startRowIndex": 1}
    sheet.book.edit({"sortRange": {"range": span, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}})
    sheet.type_in(0, source="ga4:1")
    assert set(offered(sheet, 0)) == GA4


def test_a_metric_that_somebody_added_to_the_catalogue_is_offered(plugin: Make) -> None:
    sheet = plugin()
    added = {"platform": "GA4", "metric": "keyEvents:purchase", "source": "ga4:\nGA4 :"}
    sheet.book.type_in("catalogue", [added, added], first=300)
    sheet.type_in(0, source="ga4:1")
    assert offered(sheet, 0).count("keyEvents:purchase") == 1


def test_a_cleared_source_asks_no_catalogue(plugin: Make) -> None:
    sheet = plugin()
    assert not [each for each in sheet.type_in(0, source=None)["requests"] if str(CATALOGUE.id) in each["body"]]


def test_a_table_of_measurements_without_rows_offers_nothing(plugin: Make) -> None:
    sheet = plugin()
    name, span = tabs()["measurements"].range_name, {"sheetId": tabs()["measurements"].id, "endRowIndex": 1}
    named = {"namedRangeId": name, "name": name, "range": span}
    sheet.book.edit({"updateNamedRange": {"namedRange": named, "fields": "range"}})
    sheet.type_in(0, source="mediciones")
    assert rule_at(sheet, 0) is None


def test_a_tab_that_is_gone_takes_its_drop_down_along(plugin: Make) -> None:
    sheet = plugin()
    sheet.type_in(0, source="mediciones")
    sheet.book.edit({"deleteSheet": {"sheetId": tabs()["measurements"].id}})
    sheet.edit(0, "source")
    assert rule_at(sheet, 0) is None


def test_rows_that_were_sorted_get_the_list_of_their_own_source(plugin: Make) -> None:
    sheet = plugin([{**WHOLE, "source": "ga4:1"}, {**WHOLE, "source": "instagram:x"}])
    sheet.edit(0, "source", rows=2)
    sheet.book.type_in("kpis", [{"source": "instagram:x"}, {"source": "ga4:1"}])  # sorted, and the rules stayed behind
    sheet.select(0)
    sheet.run("checkThisRow")
    assert "reach" in offered(sheet, 0)
    sheet.edit(1, "source")
    assert set(offered(sheet, 1)) == GA4


def test_a_sort_of_whole_rows_leaves_nothing_to_do(plugin: Make) -> None:
    sheet = plugin([{**WHOLE, "name": "b", "source": "ga4:1"}, {**WHOLE, "name": "a", "source": "instagram:x"}])
    sheet.edit(0, "source", rows=2)
    span = {"sheetId": KPIS.id, "startRowIndex": 1, "endRowIndex": 3}
    sheet.book.edit({"sortRange": {"range": span, "sortSpecs": [{"dimensionIndex": KPIS.position("name")}]}})
    assert "reach" in offered(sheet, 0)
    assert writes(sheet.edit(0, "source", rows=2)) == 0


def test_a_sync_touches_no_rule_and_afterwards_each_row_has_its_list(connected: Make) -> None:
    sheet = connected([{**MOVING, "source": "mediciones"}, {**MOVING, "source": "csv:absent.csv"}])
    set_rule(sheet, 1, MINE)
    follow(sheet, sheet.ask("startSync", False)["id"])
    assert offered(sheet, 0)[0].startswith("='Mediciones'")
    assert rule_at(sheet, 1) == MINE


def test_a_kpi_put_in_by_the_sidebar_has_its_list(plugin: Make) -> None:
    sheet = plugin()
    sheet.ask("insertKpi", "Más visitas", {"name": "Visitas", "source": "ga4:1"})
    assert set(offered(sheet, 0)) == GA4


def test_without_a_source_or_metric_column_nothing_is_asked(plugin: Make) -> None:
    sheet = plugin([WHOLE])
    place = KPIS.position("metric")
    span = {"sheetId": KPIS.id, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    sheet.book.edit({"deleteDimension": {"range": span}})
    assert writes(sheet.edit(0, "source")) == 0
