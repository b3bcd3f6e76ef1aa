"""The Catalogue tab: filled when it is laid, left alone afterwards, never read by a sync."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sheet_templates.layout import fold, tabs
from sync.bootstrap import lay_template
from sync.ids import new_id
from sync.sheet.tables import find_keys
from sync.sheet.workbook import READ
from sync.sources.listed import listed_rows
from sync.sources.offers import offers
from sync.sources.refs import parse_source
from sync.sources.registry import ENTRIES, entries, load
from tests.workbooks import Book

Books = Callable[..., Book]
TAB = tabs()["catalogue"]


def properties(plan: Book) -> dict[str, Any]:
    sheets = plan.client.look(plan.id, "sheets(properties)")["sheets"]
    return next(sheet["properties"] for sheet in sheets if sheet["properties"]["sheetId"] == TAB.id)


def lines(plan: Book) -> list[tuple[Any, ...]]:
    columns = plan.columns("catalogue")
    height = max(map(len, columns))
    padded = [column + [""] * (height - len(column)) for column in columns]
    return list(zip(*padded, strict=True))[1:]


def test_a_new_workbook_shows_the_catalogue_in_its_language(book: Books) -> None:
    for language, locale in (("es", "es_ES"), ("en", "en_GB")):
        plan = book([], name=language, language=language)
        assert lines(plan) == listed_rows(language, locale)
        assert not properties(plan).get("hidden")


def test_a_tab_that_was_laid_empty_and_hidden_is_filled_and_shown_once(book: Books) -> None:
    plan = book([])
    body = {"sheetId": TAB.id, "startRowIndex": 1}
    hidden = {"properties": {"sheetId": TAB.id, "hidden": True}, "fields": "hidden"}
    plan.edit({"updateCells": {"range": body, "fields": "userEnteredValue"}}, {"updateSheetProperties": hidden})
    assert lines(plan) == []
    first = lay_template(plan.client, plan.id, new_id=new_id)
    assert len(lines(plan)) > 190
    assert not properties(plan).get("hidden")
    assert first.repaired == ["Catálogo"]
    assert not lay_template(plan.client, plan.id, new_id=new_id)


def test_every_metric_that_a_platforms_source_offers_stands_in_the_tab(book: Books) -> None:
    listed = {line[1] for line in lines(book([]))}
    manifests = [load(kind).manifest for kind in entries()]
    offered = {offer.name for manifest in manifests if manifest.reads == "platform" for offer in offers(manifest)}
    assert len(offered) > 150
    assert offered <= listed
    assert len(listed_rows("es", "es_ES")) <= TAB.rows  # else the last ones would be cut off


def typed(plan: Book) -> dict[tuple[Any, ...], str]:
    """(Platform, metric) -> what the tab says to type in Source."""
    return {line[:2]: line[TAB.position("source")] for line in lines(plan)}


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_the_tab_says_to_type_is_understood_and_gives_that_metric(language: str) -> None:
    rows = [(row[1], start) for row in listed_rows(language, language) for start in row[2].split("\n") if start]
    assert len(rows) > 180
    for metric, start in rows:
        ref = parse_source(f"{start}123" if start.endswith(":") else start)
        assert ref is not None
        assert metric in {offer.name for offer in offers(load(ref.kind).manifest)}


def test_what_nobody_gives_any_more_or_yet_has_nothing_to_type(book: Books) -> None:
    found = typed(book([]))
    assert found["Instagram", "reach"] == "instagram:"
    assert found["HubSpot", "contacts.created"] == "hubspot"
    assert found["Instagram", "impressions"] == ""
    assert found["Google Analytics 4", "conversions"] == ""
    assert found["Google Business Profile", "WEBSITE_CLICKS"] == ""


def test_of_two_sources_of_a_platform_each_metric_names_its_own(book: Books) -> None:
    found = typed(book([]))
    assert found["YouTube", "statistics.subscriberCount"] == "youtube:"
    assert found["YouTube", "views"] == "youtube analytics"


def test_a_metric_that_two_sources_give_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    second = replace(ENTRIES["search_console"], kind="seo", es="buscador", en="search")
    monkeypatch.setitem(ENTRIES, "seo", second)
    both = {row[2] for row in listed_rows("es", "es_ES") if row[0] == "Google Search Console"}
    assert both == {"search console:\nbuscador:"}


def older(plan: Book, *keys: str) -> None:
    """The workbook as a version without these columns of the catalogue left it."""
    for key in keys:
        place = find_keys(TAB.key, plan.column_heads(TAB.key))[key]
        span = {"sheetId": TAB.id, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
        plan.edit({"deleteDimension": {"range": span}})


def test_an_older_workbook_gets_the_column_with_its_values(book: Books) -> None:
    plan = book([])
    whole = lines(plan)
    older(plan, "source")
    first = lay_template(plan.client, plan.id, new_id=new_id)
    assert first.columns == ["Catálogo: Se escribe en Fuente"]
    assert lines(plan) == whole
    assert not lay_template(plan.client, plan.id, new_id=new_id)


def test_the_values_find_their_rows_though_somebody_sorted_and_added_some(book: Books) -> None:
    plan = book([])
    older(plan, "source", "stage")
    plan.type_in("catalogue", [{"platform": "Intranet", "metric": "visits"}], first=len(lines(plan)))
    body = {"sheetId": TAB.id, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 4}
    plan.edit({"sortRange": {"range": body, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}})
    lay_template(plan.client, plan.id, new_id=new_id)
    found = {line[:2]: line for line in lines(plan)}
    assert found.pop(("Intranet", "visits"))[2:] == ("", "", "", "")
    assert found == {row[:2]: row for row in listed_rows("es", "es_ES")}


def test_an_empty_tab_of_an_older_workbook_is_filled_in_the_right_columns(book: Books) -> None:
    plan = book([])
    older(plan, "source")
    body = {"sheetId": TAB.id, "startRowIndex": 1}
    plan.edit({"updateCells": {"range": body, "fields": "userEnteredValue"}})
    lay_template(plan.client, plan.id, new_id=new_id)
    assert lines(plan) == listed_rows("es", "es_ES")


def test_the_tabs_that_people_fill_bear_the_names_that_their_sources_have() -> None:
    for key in ("measurements", "surveys"):
        assert {fold(title) for title in tabs()[key].title.values()} == {ENTRIES[key].es, ENTRIES[key].en}


def test_no_sync_reads_the_catalogue() -> None:
    assert "catalogue" not in READ
