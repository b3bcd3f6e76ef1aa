"""The Catalogue tab: filled when it is laid, left alone afterwards, never read by a sync."""

from collections.abc import Callable
from typing import Any

from sheet_templates.catalogue import catalogue_rows
from sheet_templates.layout import tabs
from sync.bootstrap import lay_template
from sync.ids import new_id
from sync.sheet.workbook import READ
from sync.sources.listed import offered_rows
from sync.sources.offers import offers
from sync.sources.registry import entries, load
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
        assert lines(plan) == [*catalogue_rows(language, locale), *offered_rows(language, locale)]
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
    assert len(lines(book([], name="two"))) <= TAB.rows


def test_no_sync_reads_the_catalogue() -> None:
    assert "catalogue" not in READ
